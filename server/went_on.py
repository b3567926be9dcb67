"""What was undone and went on all the same: where to, for the person who settles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from server.findings import finding
from server.store.books import Books
from server.store.sheets import Row
from sync.protocol import Finding
from traceability.events import Container
from traceability.refusals import Reason


def named(lot: Row, books: Books) -> Iterator[Finding]:
    """Yield the finding that names where an undone lot went: work orders, lots, cartons, customers; none where it went nowhere."""
    if names := [*_used(lot, books), *_packed(lot, books), *_shipped(lot, books)]:
        words = f"lot {lot['code']!r} of {lot['item']} was undone, and went into {', '.join(names)}"
        yield finding(Reason.DOWNSTREAM_EXISTS, words)


def what_came(containers: Iterable[Container], place: str, lot: Row, books: Books) -> Iterator[Finding]:
    """The same of goods that came to a place, once they are taken off it and before their labels are void: does what is left cover it?"""
    row = books.stock.find(lot["id"], place)
    there = row["quantity"] if row is not None else Decimal(0)
    if there < _waiting(lot, place, books) or any(_opened(each, books) for each in containers):
        yield from named(lot, books)


def _opened(container: Container, books: Books) -> bool:
    row = books.containers.find(container.serial)
    packed = (each["quantity"] for each in _packings(row, books) if each["container"] == container.serial) if row is not None else ()
    return row is not None and (row["quantity"] < container.quantity or sum(packed, Decimal(0)) > 0)


def _packings(container: Row, books: Books) -> list[Row]:
    return [each for each in books.packings.having("lot_id", (container["lot_id"],)) if not each["voided"]]


def _waiting(lot: Row, place: str, books: Books) -> Decimal:
    """How much of a lot stands in cartons at a place and has not left."""
    packed = [each for each in books.packings.having("lot_id", (lot["id"],)) if not each["voided"] and each["place"] == place]
    states = {each["sscc"]: each["state"] for each in books.cartons.having("sscc", {each["sscc"] for each in packed})}
    return sum((each["quantity"] for each in packed if states.get(each["sscc"]) != "shipped"), Decimal(0))


def _used(lot: Row, books: Books) -> list[str]:
    used: dict[str, Decimal] = {}
    for each in books.uses.having("lot_id", (lot["id"],)):
        if not each["voided"]:
            used[each["order_number"]] = used.get(each["order_number"], Decimal(0)) + each["quantity"]
    into = {each["target"] for each in books.edges.having("source", (lot["id"],)) if not each["voided"]}
    orders = [f"work order {order!r}" for order, quantity in used.items() if quantity > 0]
    return orders + [f"lot {row['code']!r} of {row['item']}" for row in books.lots_by_id(into).values()]


def _packed(lot: Row, books: Books) -> list[str]:
    packed: dict[str, Decimal] = {}
    for each in books.packings.having("lot_id", (lot["id"],)):
        if not each["voided"]:
            packed[each["sscc"]] = packed.get(each["sscc"], Decimal(0)) + each["quantity"]
    return [f"carton {sscc}" for sscc, quantity in packed.items() if quantity > 0]


def _shipped(lot: Row, books: Books) -> list[str]:
    left = [each for each in books.shipments.having("lot_id", (lot["id"],)) if not each["voided"]]
    return list(dict.fromkeys(f"ship order {each['order_number']!r} to {each['customer']}" for each in left))
