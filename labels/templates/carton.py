"""The label of a carton: its SSCC, and what is inside where that is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from labels.label import Label
from labels.media import Media
from labels.refused import LabelRefused
from labels.shipping import lay_out_unit

MEDIA: Final = "100x150"


def lay_out(data: Mapping[str, object], media: Media) -> Label | LabelRefused:
    """Lay out a carton label; it needs an SSCC."""
    return lay_out_unit("CARTON", data, media)
