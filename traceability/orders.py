"""Documents that work is done against."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from traceability.values import quick, replace

_NOTHING: Final = Decimal(0)


def _left(wanted: Decimal, done: Decimal) -> Decimal:
    left = wanted - done
    return left if left > 0 else _NOTHING


@quick
@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of a purchase order; amounts in the item's base unit."""

    line: str
    item: str
    ordered: Decimal
    received: Decimal = Decimal(0)

    @property
    def to_go(self) -> Decimal:
        """How much is still expected; never below zero."""
        return _left(self.ordered, self.received)


@quick
@dataclass(frozen=True, slots=True)
class PurchaseOrder:
    """What one vendor is to deliver. `number` None: a blind receipt, no order known."""

    number: str | None
    vendor: str
    vendor_name: str = ""
    lines: tuple[OrderLine, ...] = ()
    closed: bool = False

    def lines_of(self, item: str) -> tuple[OrderLine, ...]:
        """Return the lines that want `item`, open ones first, in their own order."""
        wanted = [line for line in self.lines if line.item == item]
        if len(wanted) > 1:
            wanted.sort(key=lambda line: line.received >= line.ordered)
        return tuple(wanted)

    def with_received(self, line: str | None, amount: Decimal) -> PurchaseOrder:
        """Return the order with `amount` (below zero: undone) more received on one line; a blind receipt has none."""
        for at, each in enumerate(self.lines):
            if each.line == line:
                counted = replace(each, received=each.received + amount)
                return replace(self, lines=(*self.lines[:at], counted, *self.lines[at + 1 :]))
        return self


@quick
@dataclass(frozen=True, slots=True)
class ShipLine:
    """One line of a ship order; amounts in the item's base unit."""

    line: str
    item: str
    ordered: Decimal
    shipped: Decimal = Decimal(0)

    @property
    def to_go(self) -> Decimal:
        """How much the customer still gets; never below zero."""
        return _left(self.ordered, self.shipped)


@quick
@dataclass(frozen=True, slots=True)
class ShipOrder:
    """What one customer is to get, and how many days it must keep after it leaves."""

    number: str
    customer: str
    customer_name: str = ""
    lines: tuple[ShipLine, ...] = ()
    min_remaining_days: int | None = None
    closed: bool = False

    def lines_of(self, item: str) -> tuple[ShipLine, ...]:
        """Return the lines that want `item`, open ones first, in their own order."""
        wanted = [line for line in self.lines if line.item == item]
        if len(wanted) > 1:
            wanted.sort(key=lambda line: line.shipped >= line.ordered)
        return tuple(wanted)

    def with_shipped(self, line: str, amount: Decimal) -> ShipOrder:
        """Return the order with `amount` (below zero: undone) more shipped on one line."""
        for at, each in enumerate(self.lines):
            if each.line == line:
                counted = replace(each, shipped=each.shipped + amount)
                return replace(self, lines=(*self.lines[:at], counted, *self.lines[at + 1 :]))
        return self


@dataclass(frozen=True, slots=True)
class Component:
    """What a work order uses of one item, for the whole of its quantity; amounts in the item's base unit."""

    item: str
    planned: Decimal
    used: Decimal = Decimal(0)

    @property
    def to_go(self) -> Decimal:
        """How much is still to be used; never below zero."""
        return _left(self.planned, self.used)


@quick
@dataclass(frozen=True, slots=True)
class WorkOrder:
    """What is to be made, how much of it, and of what. Each item stands among the components once.

    `unit` is the made item's base unit, which `quantity` and `made` are in.
    """

    number: str
    item: str
    quantity: Decimal
    unit: str
    components: tuple[Component, ...] = ()
    closed: bool = False
    made: Decimal = Decimal(0)
    by_products: tuple[str, ...] = ()  # items that come out beside

    @property
    def to_make(self) -> Decimal:
        """How much is still to be made; never below zero."""
        return _left(self.quantity, self.made)

    def component(self, item: str) -> Component | None:
        """Return what the order wants of `item`, or None where it wants none of it."""
        return next((each for each in self.components if each.item == item), None)

    def with_used(self, item: str, amount: Decimal) -> WorkOrder:
        """Return the order with `amount` (below zero: undone or returned) more used of one component."""
        for at, each in enumerate(self.components):
            if each.item == item:
                counted = replace(each, used=each.used + amount)
                return replace(self, components=(*self.components[:at], counted, *self.components[at + 1 :]))
        return self

    def with_made(self, amount: Decimal) -> WorkOrder:
        """Return the order with `amount` (below zero: undone) more made of its item."""
        return replace(self, made=self.made + amount)
