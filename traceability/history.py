"""What happened to a lot, as one station knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from traceability.events import Event
from traceability.lots import LotKey


@dataclass(frozen=True, slots=True)
class Happening:
    """One event about a lot. `undone`: a later one took it back; both stay on record."""

    id: str
    at: datetime
    event: Event
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """So much of a lot is packed, or set aside, for an order or a customer, and has not left."""

    how: Literal["packed", "set_aside"]
    order: str | None
    customer: str | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Delivered:
    """So much of a lot came in under a vendor's SSCC , and where what is left of it stands, in the base unit."""

    lot: LotKey
    quantity: Decimal
    unit: str
    vendor: str
    order: str | None
    at: datetime
    places: tuple[tuple[str, Decimal], ...]
