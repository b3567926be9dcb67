"""A lot was made: it is known and in stock, with its containers; what went into it is drawn, also what other stations consumed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from server import hold_scopes, line_stays, order_edges, went_on
from server.counted import enter_containers, in_lots_unit, is_usable, void_containers
from server.findings import finding
from server.store.books import Books
from server.store.sheets import Row
from server.taken import Taken
from server.work_orders import work_order
from sync.protocol import Finding
from traceability.events import LotInput, LotProduced
from traceability.genealogy import Grade
from traceability.hold_scopes import Came
from traceability.lots import Disposition, LotKey, lot_code_fault
from traceability.refusals import Reason
from traceability.units import DIGITS_AFTER_POINT, LARGEST, plain


def fault(event: LotProduced) -> str | None:
    """Return what no production can say: an impossible lot code or amount, a missing name."""
    if words := lot_code_fault(event.lot) or next(filter(None, (lot_code_fault(each.lot) for each in event.inputs)), None):
        return words
    names = {name: getattr(event, name) for name in ("item", "assigned_by", "unit", "base_unit", "place")}
    names |= {f"container {each.serial}": each.serial and each.unit for each in event.containers}
    for each in event.inputs:
        names |= {f"input {each.lot}": each.item.strip() and each.assigned_by.strip() and each.unit}
    if empty := [name for name, text in names.items() if not text.strip()]:
        return f"{empty[0]} is empty"
    amounts = {"quantity": event.quantity, "base_quantity": event.base_quantity}
    amounts |= {f"container {each.serial}": each.quantity for each in event.containers}
    amounts |= {f"input {number}": each.quantity for number, each in enumerate(event.inputs, 1)}
    wrong = [name for name, amount in amounts.items() if not is_usable(amount)]
    return f"{wrong[0]} is no amount that can be counted (zero to {LARGEST}, {DIGITS_AFTER_POINT} places)" if wrong else None


def post(event: LotProduced, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter what was made. It happened, so it counts, whatever is found."""
    found = [*_item(event, books), *_order(event, books)]
    lot = books.open_lot(key_of(event), event.base_unit, event.expires_on, event.disposition, taken.event_id)
    amount = in_lots_unit(event.base_quantity, event.base_unit, lot)
    if amount is None:
        words = f"lot {event.lot!r} of {event.item} is counted in {lot['unit']}, this in {event.base_unit}: the stock stays as it was"
        found.append(finding(Reason.UNIT_UNKNOWN, words))
    books.move(lot, event.place, amount or Decimal(0))
    books.touch(lot, taken.envelope_id)
    found.extend(enter_containers(event.containers, event.place, taken, lot, books))
    output = _enter(event, taken, lot, amount or Decimal(0), books)
    found.extend(hold_scopes.reach(lot, Came("made", event.order, taken.occurred_at), books))
    for each in event.inputs:
        found.extend(_draw(each, event, taken, lot, books))
    if event.order is not None:
        found.extend(order_edges.complete(output, books))
        line_stays.complete(output, books)
    return tuple(found)


def void(event: LotProduced, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Take what was made off the books; what it took itself is back. What became of it meanwhile is for a person to settle.

    Where it went on, the way from what went into it stays, as a possible one: a recall must still reach those goods.
    """
    lot, output = books.lot(key_of(event)), books.productions.find(taken.envelope_id)
    if lot is None or output is None:
        raise LookupError(f"the books do not hold the production {taken.event_id}")
    books.productions.change(output, voided=True)
    books.unsay(lot, taken.event_id)
    hold_scopes.leave(lot, Came("made", event.order, taken.occurred_at), books)
    books.move(lot, event.place, -output["quantity"])
    downstream = tuple(_downstream(lot, books))
    for edge in books.edges.having("envelope_id", (taken.envelope_id,)):
        if downstream:
            books.edges.change(edge, grade=Grade.POSSIBLE.value)
        else:
            books.edges.change(edge, voided=True)
    for each in event.inputs:
        _take(each, -1, books)
    void_containers(event.containers, taken, books)
    return downstream


def key_of(event: LotProduced) -> LotKey:
    """Return which lot it was."""
    return LotKey(event.item, event.lot, event.assigned_by)


def _enter(event: LotProduced, taken: Taken, lot: Row, amount: Decimal, books: Books) -> Row:
    return books.productions.add(
        envelope_id=taken.envelope_id,
        lot_id=lot["id"],
        order_number=event.order,
        transformation=event.transformation,
        quantity=amount,
        place=event.place,
        occurred_at=taken.occurred_at,
        grade=taken.grade.value,
        voided=False,
    )


def _item(event: LotProduced, books: Books) -> Iterator[Finding]:
    if books.known("item", event.item) is None:
        yield finding(Reason.ITEM_UNKNOWN, f"item {event.item!r} is not in the plant's data")


def _order(event: LotProduced, books: Books) -> Iterator[Finding]:
    if event.order is None:
        return
    order = work_order(event.order, books)
    if order is None:
        yield finding(Reason.ORDER_UNKNOWN, f"work order {event.order!r} is not in the plant's data")
        return
    if order.closed:
        yield finding(Reason.ORDER_CLOSED, f"work order {event.order!r} was closed")
    if event.item not in (order.item, *order.by_products):
        yield finding(Reason.ITEM_NOT_ON_ORDER, f"work order {event.order!r} does not make {event.item!r}")


def _draw(each: LotInput, event: LotProduced, taken: Taken, target: Row, books: Books) -> Iterator[Finding]:
    unknown = books.lot(_key(each)) is None
    source = books.open_lot(_key(each), each.unit, None, Disposition.AVAILABLE)
    if unknown:
        yield finding(Reason.LOT_UNKNOWN, f"lot {each.lot!r} of {each.item} went into this before any of it came in")
    amount = in_lots_unit(each.quantity, each.unit, source)
    if amount is None:
        words = f"lot {each.lot!r} of {each.item} is counted in {source['unit']}, this in {each.unit}: the stock stays as it was"
        yield finding(Reason.UNIT_UNKNOWN, words)
    books.touch(source, taken.envelope_id)
    books.edges.add(
        source=source["id"],
        target=target["id"],
        quantity=amount or Decimal(0),
        unit=source["unit"],
        grade=(Grade.OVERRIDDEN if (each.grade, taken.grade) == (Grade.SCANNED, Grade.OVERRIDDEN) else each.grade).value,
        envelope_id=taken.envelope_id,
        voided=False,
        taken=each.place is not None,
        use_id=None,
    )
    yield from hold_scopes.reach(source, Came("used", event.order, taken.occurred_at), books)
    yield from _taken_off(each, event, source, books)


def _taken_off(each: LotInput, event: LotProduced, source: Row, books: Books) -> Iterator[Finding]:
    if each.place is None:
        return
    if source["disposition"] in (Disposition.HOLD, Disposition.REJECTED, Disposition.RECALLED):
        reason = {"hold": Reason.LOT_ON_HOLD, "rejected": Reason.LOT_REJECTED, "recalled": Reason.LOT_RECALLED}[source["disposition"]]
        yield finding(reason, f"lot {each.lot!r} of {each.item} stood on {source['disposition']}; it went into lot {event.lot!r}")
    _take(each, 1, books)
    row = books.stock.find(source["id"], each.place)
    if row is not None and row["quantity"] < 0:
        words = f"{plain(-row['quantity'])} {source['unit']} more of lot {each.lot!r} of {each.item} were used than were in {each.place}"
        yield finding(Reason.LOT_SHORT, words)


def _take(each: LotInput, sign: int, books: Books) -> None:
    """Take off the stock and out of the container what the event itself took (`sign` -1: put it back)."""
    lot = books.lot(_key(each))
    amount = in_lots_unit(each.quantity, each.unit, lot) if lot is not None else None
    if each.place is None or lot is None or amount is None:
        return
    books.move(lot, each.place, -sign * amount)
    container = books.containers.find(each.container) if each.container is not None else None
    if container is not None:
        books.containers.change(container, quantity=container["quantity"] - sign * amount)


def _downstream(lot: Row, books: Books) -> Iterator[Finding]:
    others = [each for each in books.productions.having("lot_id", (lot["id"],)) if not each["voided"]]
    if others:
        return  # more of the lot was made: what was used may be of that
    yield from went_on.named(lot, books)


def _key(each: LotInput) -> LotKey:
    return LotKey(each.item, each.lot, each.assigned_by)
