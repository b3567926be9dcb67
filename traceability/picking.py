"""Which lots an order gets: the oldest that may be used and that nobody else was promised, place by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

from traceability.lots import Lot, LotKey
from traceability.orders import ShipOrder, WorkOrder
from traceability.values import quick, replace

OrderKind = Literal["ship_order", "work_order"]
NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class FreeLot:
    """What is free of one lot in one place, in the item's base unit: on hand, not packed, not set aside for others."""

    lot: Lot
    place: str
    free: Decimal


@quick
@dataclass(frozen=True, slots=True)
class SetAside:
    """So much of a lot in a place is meant for one line of an order; in the item's base unit."""

    line: str
    item: str
    lot: str
    assigned_by: str
    place: str
    base_quantity: Decimal
    base_unit: str

    @property
    def key(self) -> LotKey:
        """Which lot it is."""
        return LotKey(self.item, self.lot, self.assigned_by)


@quick
@dataclass(frozen=True, slots=True)
class PickLine:
    """How much of an item an order wants and has; in the item's base unit."""

    line: str
    item: str
    wanted: Decimal
    picked: Decimal = NOTHING

    @property
    def to_go(self) -> Decimal:
        """How much is still to be fetched; never below zero."""
        left = self.wanted - self.picked
        return left if left > 0 else NOTHING


@quick
@dataclass(frozen=True, slots=True)
class PickOrder:
    """An order as whoever fetches for it sees it."""

    kind: OrderKind
    number: str
    lines: tuple[PickLine, ...] = ()
    for_whom: str = ""  # the customer's name, or the item that is made
    min_remaining_days: int | None = None  # that the customer wants it to keep
    closed: bool = False

    def line_for(self, item: str) -> PickLine | None:
        """Return the line that a lot of `item` goes to: the first that wants more, else the last of the item."""
        lines = [each for each in self.lines if each.item == item]
        return next((each for each in lines if each.to_go > 0), lines[-1] if lines else None)

    def with_fetched(self, picked: Mapping[str, Decimal]) -> PickOrder:
        """Return the order with so much fetched for each line; what left, or was used, was fetched too, by whatever way."""
        return replace(self, lines=tuple(replace(each, picked=max(each.picked, picked.get(each.line, each.picked))) for each in self.lines))

    def with_picked(self, line: str, amount: Decimal) -> PickOrder:
        """Return the order with `amount` (below zero: undone) more fetched for one line."""
        for at, each in enumerate(self.lines):
            if each.line == line:
                counted = replace(each, picked=each.picked + amount)
                return replace(self, lines=(*self.lines[:at], counted, *self.lines[at + 1 :]))
        return self


def ship_pick(order: ShipOrder) -> PickOrder:
    """Return what is to be fetched for a customer; what left already was fetched."""
    lines = tuple(PickLine(each.line, each.item, each.ordered, each.shipped) for each in order.lines)
    whom = order.customer_name or order.customer
    return PickOrder("ship_order", order.number, lines, whom, order.min_remaining_days, order.closed)


def work_pick(order: WorkOrder) -> PickOrder:
    """Return what is to be fetched for a work order; what was used already was fetched."""
    lines = tuple(PickLine(each.item, each.item, each.planned, each.used) for each in order.components)
    return PickOrder("work_order", order.number, lines, order.item, None, order.closed)


def keeps_long_enough(lot: Lot, today: date, min_remaining_days: int | None) -> bool:
    """Whether a lot is good today, and for as long after as its customer wants."""
    return lot.expires_on is None or lot.expires_on >= today + timedelta(days=min_remaining_days or 0)


def proposals(order: PickOrder, shelves: Sequence[FreeLot], today: date, units: Mapping[str, str]) -> tuple[SetAside, ...]:
    """Set lots aside for what the order still wants. `shelves`: oldest first; none gives more than is free, no line gets too much."""
    left = [each.free for each in shelves]
    found: list[SetAside] = []
    for line in order.lines:
        wanted = line.to_go
        for place, shelf in enumerate(shelves):
            fits = shelf.lot.key.item == line.item and keeps_long_enough(shelf.lot, today, order.min_remaining_days)
            amount = min(wanted, left[place]) if fits else NOTHING
            if amount > 0:
                key = shelf.lot.key
                found.append(SetAside(line.line, key.item, key.code, key.assigned_by, shelf.place, amount, units.get(key.item, "")))
                left[place], wanted = left[place] - amount, wanted - amount
    return tuple(found)


def next_up(set_aside: Iterable[SetAside], line: str) -> SetAside | None:
    """Return what is to be fetched next for a line, or None where nothing is set aside for it any more."""
    return next((each for each in set_aside if each.line == line and each.base_quantity > 0), None)


def meant(set_aside: Sequence[SetAside], line: str, lot: LotKey, place: str | None) -> SetAside | None:
    """Return what was set aside of this very lot for the line: from this place first, else what is not fetched yet."""
    of_lot = sorted((each for each in set_aside if each.line == line and each.key == lot), key=lambda each: each.base_quantity <= 0)
    return next((each for each in of_lot if each.place == place), of_lot[0] if of_lot else None)


def with_fetched(set_aside: tuple[SetAside, ...], used: SetAside | None, amount: Decimal) -> tuple[SetAside, ...]:
    """Return what is left of it after `amount` (below zero: undone) was fetched in the place of `used`; below zero: more was taken."""
    if used is None:
        return set_aside
    line, place, key = used.line, used.place, used.key
    return tuple(
        replace(each, base_quantity=each.base_quantity - amount) if each.line == line and each.place == place and each.key == key else each
        for each in set_aside
    )


def missing(order: PickOrder, set_aside: Iterable[SetAside]) -> dict[str, Decimal]:
    """Return, by line, what the order wants and nothing is set aside for."""
    there: dict[str, Decimal] = {}
    for each in set_aside:
        there[each.line] = there.get(each.line, NOTHING) + max(each.base_quantity, NOTHING)
    short = {each.line: each.to_go - there.get(each.line, NOTHING) for each in order.lines}
    return {line: amount for line, amount in short.items() if amount > 0}
