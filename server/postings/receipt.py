"""Goods of one lot came in: the lot is known, stock grows, the order's line fills, each container stands for itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from server import hold_scopes, went_on
from server.counted import enter_containers, in_lots_unit, is_usable, void_containers
from server.findings import Exceptional, finding
from server.store.books import Books
from server.store.sheets import Row
from server.store.standings import Author
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotReceived
from traceability.hold_scopes import Came
from traceability.lots import Disposition, LotKey, lot_code_fault
from traceability.refusals import Reason
from traceability.standing import Said
from traceability.units import DIGITS_AFTER_POINT, LARGEST, Quantity, plain, to_base

_STOPPED = {
    Disposition.HOLD: (Reason.LOT_ON_HOLD, "on hold"),
    Disposition.REJECTED: (Reason.LOT_REJECTED, "rejected"),
    Disposition.RECALLED: (Reason.LOT_RECALLED, "recalled"),
}


def fault(event: LotReceived) -> str | None:
    """Return what no receipt can say: an impossible lot code or amount, a missing name."""
    if words := lot_code_fault(event.lot):
        return words
    names = {name: getattr(event, name) for name in ("item", "assigned_by", "vendor", "unit", "base_unit", "place")}
    names |= {f"container {each.serial}": each.serial and each.unit for each in event.containers}
    if empty := [name for name, text in names.items() if not text.strip()]:
        return f"{empty[0]} is empty"
    amounts = {"quantity": event.quantity, "base_quantity": event.base_quantity} | {
        f"container {each.serial}": each.quantity for each in event.containers
    }
    wrong = [name for name, amount in amounts.items() if not is_usable(amount)]
    return f"{wrong[0]} is no amount that can come in (zero to {LARGEST}, {DIGITS_AFTER_POINT} places)" if wrong else None


def post(event: LotReceived, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter the receipt."""
    findings = [*_parties(event, books), *_lot(event, books), *_order(event, books)]
    lot = books.open_lot(_key(event), event.base_unit, event.expires_on, Disposition.AVAILABLE)
    if event.disposition is not Disposition.AVAILABLE:
        books.state(lot, Said(taken.event_id, event.disposition), Author(taken.operator, taken.occurred_at))
    amount = in_lots_unit(event.base_quantity, event.base_unit, lot)
    if amount is None:
        words = f"lot {event.lot!r} of {event.item} is counted in {lot['unit']}, this receipt in {event.base_unit}: not added to the stock"
        findings.append(finding(Reason.UNIT_UNKNOWN, words))
    books.move(lot, event.place, amount or Decimal(0))
    books.touch(lot, taken.envelope_id)
    _count_on_order(event, event.base_quantity, books)
    findings.extend(enter_containers(event.containers, event.place, taken, lot, books))
    _enter(event, taken, lot, amount or Decimal(0), books)
    findings.extend(hold_scopes.reach(lot, _came(event, taken), books))
    return tuple(findings)


def void(event: LotReceived, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Take the goods off the books again. What became of them meanwhile is for a person to settle."""
    lot, receipt = books.lot(_key(event)), books.receipts.find(taken.envelope_id)
    if lot is None or receipt is None:
        raise LookupError(f"the books do not hold the receipt {taken.event_id}")
    books.receipts.change(receipt, voided=True)
    books.unsay(lot, taken.event_id)
    hold_scopes.leave(lot, _came(event, taken), books)
    books.move(lot, event.place, -receipt["base_quantity"])
    _count_on_order(event, -event.base_quantity, books)
    found = tuple(went_on.what_came(event.containers, event.place, lot, books))
    void_containers(event.containers, taken, books)
    return found


def _came(event: LotReceived, taken: Taken) -> Came:
    return Came("received", event.order, taken.occurred_at)


def _key(event: LotReceived) -> LotKey:
    return LotKey(event.item, event.lot, event.assigned_by)


def _enter(event: LotReceived, taken: Taken, lot: Row, amount: Decimal, books: Books) -> None:
    books.receipts.add(
        envelope_id=taken.envelope_id,
        lot_id=lot["id"],
        vendor=event.vendor,
        order_number=event.order,
        line=event.line,
        quantity=event.quantity,
        unit=event.unit,
        base_quantity=amount,
        place=event.place,
        occurred_at=taken.occurred_at,
        grade=taken.grade.value,
        voided=False,
    )


def _parties(event: LotReceived, books: Books) -> Iterator[Finding]:
    if books.known("item", event.item) is None:
        yield finding(Reason.ITEM_UNKNOWN, f"item {event.item!r} is not in the plant's data")
    if books.known("vendor", event.vendor) is None:
        yield finding(Exceptional.VENDOR_UNKNOWN, f"vendor {event.vendor!r} is not in the plant's data")


def _lot(event: LotReceived, books: Books) -> Iterator[Finding]:
    lot = books.lot(_key(event))
    if lot is None:
        return
    if stopped := _STOPPED.get(Disposition(lot["disposition"])):
        reason, words = stopped
        if event.disposition is Disposition.AVAILABLE:
            yield finding(reason, f"lot {event.lot!r} of {event.item} is {words}; more of it came in as available")
    said = event.expires_on.isoformat() if event.expires_on else None
    if said and lot["expires_on"] and said != lot["expires_on"]:
        yield finding(Reason.LOT_EXPIRY_DIFFERS, f"lot {event.lot!r} expires on {lot['expires_on']}; this receipt says {said}")


def _order(event: LotReceived, books: Books) -> Iterator[Finding]:
    if event.order is None:
        return
    order = books.known("purchase_order", event.order)
    if order is None:
        yield finding(Reason.ORDER_UNKNOWN, f"order {event.order!r} is not in the plant's data")
        return
    if order.get("closed"):
        yield finding(Reason.ORDER_CLOSED, f"order {event.order!r} was closed")
    lines = {line["line"]: line for line in order["lines"]}
    line = lines.get(event.line or "")
    if event.item not in {each["item"] for each in lines.values()}:
        yield finding(Reason.ITEM_NOT_ON_ORDER, f"order {event.order!r} does not ask for {event.item!r}")
    elif line is None or line["item"] != event.item:
        yield finding(Exceptional.LINE_UNKNOWN, f"order {event.order!r} has no line {event.line!r} for {event.item!r}")
    else:
        yield from _over(event, line, books)


def _over(event: LotReceived, line: dict[str, str], books: Books) -> Iterator[Finding]:
    item = books.known("item", event.item) or {}
    packs = {unit: Decimal(factor) for unit, factor in item.get("units", {}).items()}
    ordered = to_base(Quantity(Decimal(line["quantity"]), line.get("unit") or event.base_unit), event.base_unit, packs)
    if ordered is None:
        return  # the order counts in a unit that the item does not know: the plant's check says so at import
    row = books.order_lines.find(event.order, event.line)
    total = (row["received"] if row else Decimal(0)) + event.base_quantity
    most = ordered.base.amount * (1 + Decimal(item.get("over_receipt_percent", "0")) / 100)
    if total > most:
        words = f"order {event.order!r} line {event.line}: {plain(total)} of {plain(ordered.base.amount)} {event.base_unit} came in"
        yield finding(Reason.OVER_RECEIPT, words)


def _count_on_order(event: LotReceived, amount: Decimal, books: Books) -> None:
    if event.order is None or event.line is None:
        return
    row = books.order_lines.find(event.order, event.line)
    if row is None:
        books.order_lines.add(order_number=event.order, line=event.line, received=amount)
    else:
        books.order_lines.change(row, received=row["received"] + amount)
