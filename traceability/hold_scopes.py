"""Everything of a delivery, of a work order or of a time, held by one word: what belongs to it, also what comes to light later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from traceability.lots import Disposition, LotKey

Basis = Literal["receipt", "work_order", "time_window"]


@dataclass(frozen=True, slots=True)
class Came:
    """How a lot came to be where it is, or what it went into: one event's part in it."""

    how: Literal["received", "made", "used"]
    order: str | None  # the purchase order, or the work order
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldLot:
    """A lot that is held with others: by which holds of that scope, and how it stands without any."""

    key: LotKey
    holds: tuple[str, ...]
    without: Disposition


@dataclass(frozen=True, slots=True)
class HoldScope:
    """What was held together, by whom, when and why. `id`: the event that said so."""

    id: str
    basis: Basis
    number: str | None = None  # which purchase order, which work order
    since: datetime | None = None
    until: datetime | None = None
    with_used: bool = False
    why: str = ""
    by: str | None = None
    at: datetime | None = None

    def takes_in(self, came: Came) -> bool:
        """Whether a lot that came so belongs to it."""
        of_the_order = self.number is not None and came.order == self.number
        match self.basis:
            case "receipt":
                return of_the_order and came.how == "received"
            case "work_order":
                return of_the_order and (came.how == "made" or (came.how == "used" and self.with_used))
            case "time_window":
                inside = self.since is not None and self.until is not None and self.since <= came.at <= self.until
                return inside and came.how != "used"
