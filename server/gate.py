"""The gate, afterwards: what left that should not have. The goods are gone, so it refuses nothing: a person must look."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Final

from server.cartons import key_of
from server.findings import finding
from server.store.books import Books
from server.store.sheets import Row
from server.taken import Taken
from sync.protocol import Finding
from traceability.cartons import CartonState
from traceability.events import CartonShipped, ShippedLot
from traceability.genealogy import reached
from traceability.lots import Disposition
from traceability.refusals import Reason
from traceability.taints import STOPPING
from traceability.units import Quantity, plain, to_base

_STOPPED: Final = {
    Disposition.QUARANTINE: (Reason.LOT_IN_QUARANTINE, "still waited for QC"),
    Disposition.HOLD: (Reason.LOT_ON_HOLD, "was on hold"),
    Disposition.REJECTED: (Reason.LOT_REJECTED, "was rejected"),
    Disposition.RECALLED: (Reason.LOT_RECALLED, "was recalled"),
}
_HELD: Final = tuple(each.value for each in STOPPING)  # what stations stop descendants of


def order_findings(event: CartonShipped, books: Books) -> Iterator[Finding]:
    """Yield what does not fit between the shipment and its order."""
    order = books.known("ship_order", event.order)
    if order is None:
        yield finding(Reason.ORDER_UNKNOWN, f"ship order {event.order!r} is not in the plant's data")
        return
    if order.get("closed"):
        yield finding(Reason.ORDER_CLOSED, f"ship order {event.order!r} was closed")
    if order["customer"] != event.customer:
        words = f"ship order {event.order!r} is for {order['customer']!r}; carton {event.sscc} was shipped to {event.customer!r}"
        yield finding(Reason.WRONG_CUSTOMER, words)
    asked_for = {line["item"] for line in order.get("lines", ())}
    for item in sorted({each.item for each in event.contents} - asked_for):
        yield finding(Reason.ITEM_NOT_ON_ORDER, f"ship order {event.order!r} does not ask for {item!r}")


def carton_findings(event: CartonShipped, books: Books) -> Iterator[Finding]:
    """Yield what does not fit between the shipment and what is known of its cartons."""
    for sscc in (event.sscc, *event.cartons):
        row = books.cartons.find(sscc)
        if row is None:
            yield finding(Reason.CARTON_UNKNOWN, f"carton {sscc} was never opened here; its station may not have sent it yet")
        elif row["state"] == CartonState.SHIPPED:
            yield finding(Reason.CARTON_ELSEWHERE, f"carton {sscc} had left already")
        elif row["customer"] not in (None, event.customer) or row["order_number"] not in (None, event.order):
            words = f"carton {sscc} was packed for {row['customer']!r}, order {row['order_number']!r}; it went to {event.customer!r}"
            yield finding(Reason.WRONG_CUSTOMER, f"{words}, order {event.order!r}")


def lot_findings(event: CartonShipped, taken: Taken, books: Books) -> Iterator[Finding]:
    """Yield what stood against a lot that left, or against what it was made from."""
    found: dict[int, Row] = {}
    for each in {key_of(each): each for each in event.contents}.values():
        lot = books.lot(key_of(each))
        if lot is None:
            yield finding(Reason.LOT_UNKNOWN, f"lot {each.lot!r} of {each.item} left before any of it came in")
            continue
        found[lot["id"]] = lot
        if stopped := _STOPPED.get(Disposition(lot["disposition"])):
            reason, words = stopped
            yield finding(reason, f"lot {each.lot!r} of {each.item} {words}; it left for {event.customer!r} in {each.sscc}")
        yield from _expiry(event, each, lot, taken, books)
    yield from _made_from_held(event, found, books)


def _expiry(event: CartonShipped, each: ShippedLot, lot: Row, taken: Taken, books: Books) -> Iterator[Finding]:
    if not lot["expires_on"]:
        return
    last, left_on = date.fromisoformat(lot["expires_on"]), taken.occurred_at.date()
    if (left_on - last).days > 1:  # the last good day has passed wherever on earth the plant is
        yield finding(Reason.LOT_EXPIRED, f"lot {each.lot!r} of {each.item} expired on {last}; it left after that")
        return
    customer, item = books.known("customer", event.customer) or {}, books.known("item", each.item) or {}
    least = customer.get("min_remaining_days", item.get("min_remaining_days"))
    if least is not None and last < left_on + timedelta(days=least - 1):
        words = f"lot {each.lot!r} of {each.item} is good until {last}; {event.customer!r} wants {least} days"
        yield finding(Reason.SHELF_LIFE_SHORT, words)


def _made_from_held(event: CartonShipped, left: dict[int, Row], books: Books) -> Iterator[Finding]:
    """Yield the finding a lot that descends, surely or possibly, from a held one. The books are asked once a level, for all together."""
    onward: dict[int, set[int]] = {}

    def sources(level: Collection[int]) -> Iterator[int]:
        for row in books.edges.having("target", level):  # what this batch drew is among it
            if not row["voided"]:
                onward.setdefault(row["source"], set()).add(row["target"])
                yield row["source"]

    among = books.lots_by_id(reached(left, sources))
    causes: dict[int, Row] = {}
    for held in (row for _, row in sorted(among.items()) if row["disposition"] in _HELD):
        for number in reached((held["id"],), lambda level: chain.from_iterable(onward.get(each, ()) for each in level)):
            if number != held["id"]:
                causes.setdefault(number, held)
    for number, lot in left.items():
        if cause := causes.get(number):
            words = f"lot {lot['code']!r} of {lot['item']} was made from lot {cause['code']!r} of {cause['item']}"
            yield finding(Reason.ANCESTOR_ON_HOLD, f"{words}, which is {cause['disposition']}; it left for {event.customer!r}")


def more_than_was_there(each: ShippedLot, lot: Row, books: Books) -> Iterator[Finding]:
    """Yield the finding where a place holds less than nothing now."""
    row = books.stock.find(lot["id"], each.place)
    if row is not None and row["quantity"] < 0:
        words = f"{plain(-row['quantity'])} {lot['unit']} more of lot {each.lot!r} of {each.item} left than were in {each.place}"
        yield finding(Reason.LOT_SHORT, words)


def more_than_was_ordered(event: CartonShipped, item: str, books: Books) -> Iterator[Finding]:
    """Yield the finding where more of an item left than the order asked for."""
    order, known = books.known("ship_order", event.order) or {}, books.known("item", item) or {}
    unit, packs = known.get("unit", "ea"), {name: Decimal(factor) for name, factor in known.get("units", {}).items()}
    lines = [line for line in order.get("lines", ()) if line["item"] == item]
    wanted = [to_base(Quantity(Decimal(line["quantity"]), line.get("unit") or unit), unit, packs) for line in lines]
    row = books.ship_progress.find(event.order, item)
    if not wanted or row is None or None in wanted:
        return  # not asked for, or in a unit that the item does not know: that is said elsewhere
    ordered = sum((each.base.amount for each in wanted if each), Decimal(0))
    if row["shipped"] > ordered:
        yield finding(Reason.OVER_PLAN, f"ship order {event.order!r}: {plain(row['shipped'])} of {plain(ordered)} {unit} {item!r} left")
