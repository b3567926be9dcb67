"""A picture of the label, one pixel a printer's dot: for the screen and for looking before printing."""

from __future__ import annotations

import io
from typing import Final

from labels.dots import picture
from labels.label import Label
from labels.refused import LabelRefused

MEDIA: Final = None  # the template's own


def render(label: Label, copies: int) -> bytes | LabelRefused:
    """Return a PNG; there is one copy of a picture."""
    if copies != 1:
        return LabelRefused(f"A picture has no copies; got {copies}, expected 1.")
    made = io.BytesIO()
    picture(label).save(made, "PNG", dpi=(label.media.dpi, label.media.dpi))
    return made.getvalue()
