"""How facts are written for people on a label."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def quantity(amount: Decimal | None, unit: str | None) -> str | None:
    """Return "25.00 kg", as exactly as it was given."""
    return None if amount is None else f"{amount:f} {unit or ''}".strip()


def day(value: date | None) -> str | None:
    """Return 2027-11-30, which no country reads as another day."""
    return None if value is None else value.isoformat()


def count(value: int | None) -> str | None:
    """Return a count as it is."""
    return None if value is None else str(value)
