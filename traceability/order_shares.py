"""What an event did on the lines of its order: one reading, for the station's own figures and for those that the server tells of others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from traceability.events import CartonShipped, Event, LotConsumed, LotPicked, LotProduced, LotReceived, LotReturned


class Doing(StrEnum):
    """What was done on an order's line."""

    RECEIVED = "received"
    USED = "used"
    MADE = "made"
    SHIPPED = "shipped"
    PICKED = "picked"


@dataclass(frozen=True, slots=True)
class OrderShare:
    """So much on one line of one order, in the item's base unit; below zero: it came back."""

    order_kind: str
    order: str
    doing: Doing
    line: str  # a work order's component is named by its item; what it makes has no line: ""
    amount: Decimal


def shares_of(event: Event) -> tuple[OrderShare, ...]:
    """Return what the event did on orders; nothing where it names none."""
    match event:
        case LotReceived(order=str(order), line=str(line)):
            return (OrderShare("purchase_order", order, Doing.RECEIVED, line, event.base_quantity),)
        case LotConsumed():
            return (OrderShare("work_order", event.order, Doing.USED, event.item, event.base_quantity),)
        case LotReturned():
            return (OrderShare("work_order", event.order, Doing.USED, event.item, -event.base_quantity),)
        case LotProduced(order=str(order)):
            return tuple(_made(event, order))
        case CartonShipped():
            lines = ((each.line, each.base_quantity) for each in event.contents if each.line is not None)
            return tuple(OrderShare("ship_order", event.order, Doing.SHIPPED, line, amount) for line, amount in lines)
        case LotPicked():
            return (OrderShare(event.order_kind, event.order, Doing.PICKED, event.line, event.base_quantity),)
        case _:
            return ()


def _made(event: LotProduced, order: str) -> Iterator[OrderShare]:
    if event.transformation == "made":
        yield OrderShare("work_order", order, Doing.MADE, "", event.base_quantity)
    # What the event itself took, by the recipe; what was consumed before has events of its own.
    for each in event.inputs:
        if each.place is not None:
            yield OrderShare("work_order", order, Doing.USED, each.item, each.quantity)
