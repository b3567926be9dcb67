"""Containers: labelled units of one lot, each with a serial, what is left in it, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from traceability.lots import LotKey
from traceability.values import quick

#: What every station of ours begins its serials with, a tag of its database, and the label's number.
_LABEL_SERIAL: Final = re.compile(r"[A-Z0-9]{1,8}-[0-9A-HJKMNP-TV-Z]{4}-[0-9]{1,6}")


@quick
@dataclass(frozen=True, slots=True)
class KnownContainer:
    """A container that our label stands on; `quantity` is what is left, in the base unit (below zero: more was used than it held)."""

    serial: str
    lot: LotKey
    quantity: Decimal
    unit: str
    place: str
    labelled_at: datetime
    voided: bool = False


def is_label_serial(serial: str) -> bool:
    """Whether a serial has the shape of those that stations put on their labels; a vendor's own hardly ever has."""
    return _LABEL_SERIAL.fullmatch(serial) is not None
