"""Exact decimal amounts as text columns: SQLite's own numbers are binary floats or too short."""

from __future__ import annotations

from decimal import Decimal, Inexact, localcontext

from traceability.units import plain

ZERO = Decimal(0)


def to_text(amount: Decimal) -> str:
    """Return `amount` in its one written form ("25", "0.5"), so that equal amounts are equal text."""
    return "0" if amount == 0 else plain(amount)


def total(*amounts: Decimal) -> Decimal:
    """Return the exact sum; Inexact rather than a rounded one."""
    with localcontext() as context:
        context.prec = 60
        context.traps[Inexact] = True
        return sum(amounts, ZERO)


def less(amount: Decimal, taken: Decimal) -> Decimal:
    """Return `amount` without `taken`, exactly."""
    return total(amount, taken.copy_negate())
