"""Lots: what makes two of them the same, and where one stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from traceability.values import quick

LONGEST_CODE: Final = 128


class Disposition(StrEnum):
    """Where a lot stands. Expired is computed from its date, never stored."""

    AVAILABLE = "available"
    QUARANTINE = "quarantine"
    HOLD = "hold"
    REJECTED = "rejected"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class LotKey:
    """A lot's identity: the item, the code verbatim as printed, and who assigned it (a vendor, or the site itself)."""

    item: str
    code: str
    assigned_by: str


@quick
@dataclass(frozen=True, slots=True)
class Lot:
    """A lot as the station knows it; `expires_on` is the last good day."""

    key: LotKey
    expires_on: date | None = None
    disposition: Disposition = Disposition.AVAILABLE
    on_hand: Decimal = Decimal(0)  # in the item's base unit


@dataclass(frozen=True, slots=True)
class ShelvedLot:
    """A lot and the place where most of it is, for who is to fetch it."""

    lot: Lot
    place: str


def lot_code_fault(code: str) -> str | None:
    """Return what is wrong with a lot code, in words, or None. Any printable text up to 128 characters is carried verbatim."""
    if not code or not code.strip():
        return "the lot code is empty"
    if len(code) > LONGEST_CODE:
        return f"the lot code has {len(code)} characters; at most {LONGEST_CODE} are kept"
    if not code.isprintable():
        return "the lot code holds a character that can't be printed"
    return None
