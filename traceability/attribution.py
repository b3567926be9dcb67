"""Which of the lots that went into a work order went into the lot that comes out of it, and how much of each.

The rule. Every lot that the order consumed, net of what came back, before its output was made is an input of that output. How much
of it is said comes from what was consumed and not yet named by an earlier output of the order: the recipe's share (what the order
plans of the item, by the part of the order that was made now), the lot that was consumed first first, and all that is left once
the order's quantity is reached. In sum no more is ever named than was consumed. A lot of which nothing falls to this output is
named all the same, with nothing and *possible*: it was at hand, so a recall must find it. By-products have the same inputs, surely and
without a quantity: it is said once, on the main output.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from traceability.events import LotInput
from traceability.genealogy import Grade
from traceability.lots import LotKey
from traceability.orders import WorkOrder
from traceability.units import DIGITS_AFTER_POINT

_NONE: Final = Decimal(0)
_FINEST: Final = Decimal(1).scaleb(-DIGITS_AFTER_POINT)


@dataclass(frozen=True, slots=True)
class OrderUse:
    """What an order consumed of one lot, net of what came back, and what its earlier outputs named of that; in the lot's base unit."""

    key: LotKey
    unit: str
    used: Decimal
    named: Decimal = _NONE

    @property
    def left(self) -> Decimal:
        """How much no output has named yet; never below zero."""
        return max(self.used - self.named, _NONE)


def went_in(uses: Iterable[OrderUse], order: WorkOrder, produced: Decimal) -> tuple[LotInput, ...]:
    """Return the inputs of an output of so much; `uses` are those before it, first consumed first, `order.made` what was made before."""
    wanted: dict[str, Decimal | None] = {}
    inputs = []
    for use in uses:
        if use.used <= 0:
            continue  # all of it came back
        item = use.key.item
        most = wanted.setdefault(item, recipe_share(order, item, produced))
        amount = use.left if most is None else min(use.left, most)
        wanted[item] = None if most is None else most - amount
        inputs.append(_input(use, amount, Grade.SCANNED if amount > 0 else Grade.POSSIBLE))
    return tuple(inputs)


def went_into_by_product(uses: Iterable[OrderUse]) -> tuple[LotInput, ...]:
    """Return the inputs of a by-product: the same lots, how much of each stands on the main output."""
    return tuple(_input(use, _NONE, Grade.SCANNED) for use in uses if use.used > 0)


def recipe_share(order: WorkOrder, item: str, produced: Decimal) -> Decimal | None:
    """Return how much of an item so much of the product takes; None: all that is left (the order is done, or no recipe says how much)."""
    component = order.component(item)
    if component is None or order.quantity <= 0 or order.made + produced >= order.quantity:
        return None
    return share(component.planned, order.quantity, produced)


def share(planned: Decimal, quantity: Decimal, produced: Decimal) -> Decimal:
    """Return the part of what is planned for the whole `quantity` that falls to so much of it, to nine places."""
    with localcontext() as context:
        context.prec = 60
        return (planned * produced / quantity).quantize(_FINEST).normalize() + _NONE


def _input(use: OrderUse, amount: Decimal, grade: Grade) -> LotInput:
    return LotInput(use.key.item, use.key.code, use.key.assigned_by, amount, use.unit, grade)
