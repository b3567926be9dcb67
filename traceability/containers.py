"""Containers: labelled units of one lot, each with a serial, what is left in it, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from traceability.lots import LotKey


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
