"""The nouns of consuming: the work order that lots go into."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from traceability.events import LotConsumed, LotReturned
from traceability.lots import LotKey
from traceability.orders import WorkOrder
from traceability.places import Place
from traceability.values import quick
from traceability.workflows.working import Done, Working


@dataclass(frozen=True, slots=True)
class AwaitWorkOrder:
    """No work order is open."""


@quick
@dataclass(frozen=True, slots=True)
class Consuming(Working):
    """A work order is open."""

    order: WorkOrder
    position: Place | None = None  # where at the line it is loaded, once somebody said where

    def used_of(self, key: LotKey) -> Decimal:
        """How much of a lot went into the order here and did not come back."""
        return sum((used_by(each) for each in self.done if each.key == key), Decimal(0))

    def document(self) -> tuple[tuple[str, str], ...]:
        """The documents that events of this order name."""
        return (("work_order", self.order.number),)

    def facts(self) -> dict[str, str]:
        """The order, for the words."""
        return {"work_order": self.order.number}


ConsumeState = AwaitWorkOrder | Consuming


def used_by(done: Done) -> Decimal:
    """How much it used of the lot, in the base unit; below zero: so much came back."""
    match done.event:
        case LotConsumed(base_quantity=amount):
            return amount
        case LotReturned(base_quantity=amount):
            return -amount
        case _:
            return Decimal(0)
