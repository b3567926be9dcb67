"""The nouns of shipping: the ship order that cartons and pallets go onto."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from traceability.cartons import Level
from traceability.events import CartonShipped
from traceability.orders import ShipOrder
from traceability.values import quick
from traceability.workflows.working import Done, Working

#: How many of the units that left the screen still lists.
MOST_LISTED: Final = 100


@quick
@dataclass(frozen=True, slots=True)
class Gone:
    """A unit that left on this order, as the screen lists it."""

    sscc: str
    level: Level
    cartons: int
    lots: int


@dataclass(frozen=True, slots=True)
class AwaitShipOrder:
    """No ship order is open."""


@quick
@dataclass(frozen=True, slots=True)
class Shipping(Working):
    """A ship order is open."""

    order: ShipOrder
    gone: tuple[Gone, ...] = ()

    def document(self) -> tuple[tuple[str, str], ...]:
        """The documents that events of this order name."""
        return (("ship_order", self.order.number),)

    def facts(self) -> dict[str, str]:
        """The order and whose it is, for the words."""
        return {"workflow": "ship", "order": self.order.number, "customer": self.order.customer_name or self.order.customer}


ShipState = AwaitShipOrder | Shipping


def counted(order: ShipOrder, done: Done, sign: int) -> ShipOrder:
    """Return the order with one shipment more (`sign` 1) or less (-1) on its lines."""
    assert isinstance(done.event, CartonShipped)
    for each in done.event.contents:
        if each.line is not None:
            order = order.with_shipped(each.line, sign * each.base_quantity)
    return order


def listed(shipped: CartonShipped) -> Gone:
    """Return the unit as the screen lists it."""
    return Gone(shipped.sscc, shipped.level, len(shipped.cartons), len({(each.item, each.lot) for each in shipped.contents}))
