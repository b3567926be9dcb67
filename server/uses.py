"""So much of a lot went into a work order, or came back from it: what both events do to the books, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from server import order_edges
from server.counted import in_lots_unit, is_usable
from server.findings import finding
from server.store.books import Books
from server.store.sheets import Row
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotConsumed, LotReturned
from traceability.lots import Disposition, LotKey, lot_code_fault
from traceability.refusals import Reason
from traceability.units import DIGITS_AFTER_POINT, LARGEST, plain

Use = LotConsumed | LotReturned


def fault_of(event: Use) -> str | None:
    """Return what no use can say: an impossible lot code or amount, a missing name."""
    if words := lot_code_fault(event.lot):
        return words
    names = {name: getattr(event, name) for name in ("item", "assigned_by", "order", "unit", "base_unit", "place")}
    if empty := [name for name, text in names.items() if not text.strip()]:
        return f"{empty[0]} is empty"
    wrong = [name for name in ("quantity", "base_quantity") if not is_usable(getattr(event, name))]
    return f"{wrong[0]} is no amount that can be counted (zero to {LARGEST}, {DIGITS_AFTER_POINT} places)" if wrong else None


def key_of(event: Use) -> LotKey:
    """Return which lot it was."""
    return LotKey(event.item, event.lot, event.assigned_by)


def enter(event: Use, sign: int, taken: Taken, books: Books) -> tuple[Row, Decimal, tuple[Finding, ...]]:
    """Count it on the lot and on the order (`sign` 1: used, -1: came back); return the lot, how much it was, and what is to settle."""
    lot = books.open_lot(key_of(event), event.base_unit, None, Disposition.AVAILABLE)
    amount = in_lots_unit(event.base_quantity, event.base_unit, lot)
    findings: tuple[Finding, ...] = ()
    if amount is None:
        words = f"lot {event.lot!r} of {event.item} is counted in {lot['unit']}, this in {event.base_unit}: the stock stays as it was"
        amount, findings = Decimal(0), (finding(Reason.UNIT_UNKNOWN, words),)
    books.move(lot, event.place, -sign * amount)
    books.touch(lot, taken.envelope_id)
    books.uses.add(
        envelope_id=taken.envelope_id,
        lot_id=lot["id"],
        order_number=event.order,
        quantity=sign * amount,
        occurred_at=taken.occurred_at,
        grade=taken.grade.value,
        voided=False,
    )
    return lot, amount, findings


def take_back(event: Use, taken: Taken, books: Books) -> Decimal:
    """Reverse it; return how much it had been, below zero what had come back."""
    lot, use = books.lot(key_of(event)), books.uses.find(taken.envelope_id)
    if lot is None or use is None:
        raise LookupError(f"the books do not hold the use {taken.event_id}")
    books.uses.change(use, voided=True)
    books.move(lot, event.place, use["quantity"])
    return Decimal(use["quantity"])


def named_too_much(event: Use, books: Books) -> tuple[Finding, ...]:
    """Return the finding where the order's outputs name more of the lot than is left consumed."""
    lot = books.lot(key_of(event))
    return order_edges.shrunk(event.order, lot["id"], books) if lot is not None else ()


def order_findings(event: Use, books: Books) -> Iterator[Finding]:
    """Yield what does not fit between the event and its work order."""
    order = books.known("work_order", event.order)
    if order is None:
        yield finding(Reason.ORDER_UNKNOWN, f"work order {event.order!r} is not in the plant's data")
        return
    if order.get("closed"):
        yield finding(Reason.ORDER_CLOSED, f"work order {event.order!r} was closed")
    if event.item not in {each["item"] for each in order.get("components", ())}:
        yield finding(Reason.ITEM_NOT_ON_ORDER, f"work order {event.order!r} does not use {event.item!r}")


def more_than_was_there(event: Use, lot: Row, books: Books) -> Iterator[Finding]:
    """Yield the finding where a place holds less than nothing now."""
    row = books.stock.find(lot["id"], event.place)
    if row is not None and row["quantity"] < 0:
        words = f"{plain(-row['quantity'])} {lot['unit']} more of lot {event.lot!r} of {event.item} were used than were in {event.place}"
        yield finding(Reason.LOT_SHORT, words)
