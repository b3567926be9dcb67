"""Components that nobody scans: taken by the recipe, from the oldest stock at the station's place, when something is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from traceability.attribution import OrderUse, share
from traceability.events import LotInput
from traceability.genealogy import Grade
from traceability.lots import LotKey
from traceability.orders import WorkOrder

_NONE: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stand:
    """So much of a lot at one place, free to use: in one container, or loose (None)."""

    key: LotKey
    amount: Decimal
    place: str
    container: str | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands at the station's place of a component that is taken by the recipe, oldest first; amounts in the base unit."""

    item: str
    unit: str
    stands: tuple[Stand, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """By the recipe more of an item went in than stands there."""

    item: str
    unit: str
    wanted: Decimal
    there: Decimal


def taken(
    shelves: Iterable[Shelf], uses: Iterable[OrderUse], order: WorkOrder, produced: Decimal
) -> tuple[tuple[LotInput, ...], Missing | None]:
    """Return what is taken by the recipe for so much of the product, and the first component of which too little is there.

    What was scanned of such a component all the same, and no output has named, is used up first.
    """
    scanned: dict[str, Decimal] = {}
    for use in uses:
        scanned[use.key.item] = scanned.get(use.key.item, _NONE) + use.left
    inputs, missing = list[LotInput](), None
    for shelf in shelves:
        component = order.component(shelf.item)
        if component is None or order.quantity <= 0:
            continue
        wanted = max(share(component.planned, order.quantity, produced) - scanned.get(shelf.item, _NONE), _NONE)
        mine = _from_oldest(shelf, wanted)
        inputs += mine
        there = sum((each.quantity for each in mine), _NONE)
        if there < wanted and missing is None:
            missing = Missing(shelf.item, shelf.unit, wanted, there)
    return tuple(inputs), missing


def _from_oldest(shelf: Shelf, wanted: Decimal) -> list[LotInput]:
    mine, left = [], wanted
    for stand in shelf.stands:
        amount = min(stand.amount, left)
        if amount > 0:
            key = stand.key
            mine.append(LotInput(key.item, key.code, key.assigned_by, amount, shelf.unit, Grade.BACKFLUSHED, stand.place, stand.container))
            left -= amount
    return mine
