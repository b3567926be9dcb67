"""What every stock event does to the books: what is where, what is in a container, the account of the lot's balance; and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from server.counted import enter_containers, in_lots_unit, is_usable, void_containers
from server.findings import finding
from server.store.books import Books
from server.store.sheets import Row
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotAdjusted, LotCounted, LotReturnedByCustomer, LotReturnedToVendor, LotScrapped
from traceability.lots import Disposition, LotKey, lot_code_fault
from traceability.movements import Effect, Moving, effect_of, undone
from traceability.refusals import Reason
from traceability.units import DIGITS_AFTER_POINT, LARGEST, plain


def fault(event: Moving) -> str | None:
    """Return what no stock event can say: an impossible lot code or amount, a missing name."""
    if words := lot_code_fault(event.lot):
        return words
    names = {name: getattr(event, name) for name in ("item", "assigned_by", "unit", "base_unit", "place")}
    names |= {name: getattr(event, name) for name in ("to_place", "vendor") if hasattr(event, name)}
    effect = effect_of(event)
    names |= {f"container {each.serial}": each.serial and each.unit for each in effect.labelled}
    if empty := [name for name, text in names.items() if not text.strip()]:
        return f"{empty[0]} is empty"
    amounts = {"quantity": event.quantity, "base_quantity": event.base_quantity}
    amounts |= {f"container {each.serial}": each.quantity for each in effect.labelled}
    # A difference may be below zero, and so may what a container was thought to hold.
    amounts |= {f"place {each.place}": abs(each.amount) for each in effect.shifts}
    amounts |= {f"container {each.serial}": abs(each.amount) for each in effect.contents}
    wrong = [name for name, amount in amounts.items() if not is_usable(amount)]
    return f"{wrong[0]} is no amount that can be counted (zero to {LARGEST}, {DIGITS_AFTER_POINT} places)" if wrong else None


def key_of(event: Moving) -> LotKey:
    """Return which lot it was."""
    return LotKey(event.item, event.lot, event.assigned_by)


def post(event: Moving, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter what happened. It happened, so it counts, whatever is found."""
    found = [*_unknown(event, books)]
    disposition = event.disposition if isinstance(event, LotReturnedByCustomer) else Disposition.AVAILABLE
    lot = books.open_lot(key_of(event), event.base_unit, getattr(event, "expires_on", None), disposition, taken.event_id)
    effect = _in_lots_unit(effect_of(event), event.base_unit, lot)
    if effect is None:
        words = f"lot {event.lot!r} of {event.item} is counted in {lot['unit']}, this in {event.base_unit}: the stock stays as it was"
        found.append(finding(Reason.UNIT_UNKNOWN, words))
        effect = Effect(())
    found.extend(_other_than_thought(event, lot, books))
    _apply(effect, lot, books)
    books.touch(lot, taken.envelope_id)
    found.extend(enter_containers(effect.labelled, event.place, taken, lot, books))
    _enter(event, effect, taken, lot, books)
    return (*found, *_short(event, effect, lot, books))


def void(event: Moving, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Take back what never happened."""
    lot, change = books.lot(key_of(event)), books.stock_changes.find(taken.envelope_id)
    if lot is None or change is None:
        raise LookupError(f"the books do not hold the {event.kind} {taken.event_id}")
    books.stock_changes.change(change, voided=True)
    books.unsay(lot, taken.event_id)
    effect = _in_lots_unit(effect_of(event), event.base_unit, lot) or Effect(())
    _apply(undone(effect), lot, books)
    void_containers(effect.labelled, taken, books)
    return ()


def _in_lots_unit(effect: Effect, unit: str, lot: Row) -> Effect | None:
    """Return the effect in the unit that the lot is counted in; None where a station's item data was of another dimension."""
    factor = in_lots_unit(Decimal(1), unit, lot)
    return None if factor is None else effect.scaled(factor)


def _apply(effect: Effect, lot: Row, books: Books) -> None:
    for each in effect.shifts:
        books.move(lot, each.place, each.amount)
    for content in effect.contents:
        row = books.containers.find(content.serial)
        if row is not None:
            books.containers.change(row, quantity=row["quantity"] + content.amount, place=content.stands or row["place"])


def _enter(event: Moving, effect: Effect, taken: Taken, lot: Row, books: Books) -> None:
    books.stock_changes.add(
        envelope_id=taken.envelope_id,
        lot_id=lot["id"],
        account=effect.account.value,
        quantity=effect.amount,
        place=event.place,
        party=_party(event),
        order_number=getattr(event, "order", None),
        why=getattr(event, "why", None),
        occurred_at=taken.occurred_at,
        grade=taken.grade.value,
        voided=False,
    )


def _party(event: Moving) -> str | None:
    match event:
        case LotReturnedByCustomer():
            return event.customer
        case LotReturnedToVendor():
            return event.vendor
        case _:
            return None


def _unknown(event: Moving, books: Books) -> Iterator[Finding]:
    if books.known("item", event.item) is None:
        yield finding(Reason.ITEM_UNKNOWN, f"item {event.item!r} is not in the plant's data")
    walked_in = isinstance(event, LotCounted) and event.opening
    lot = books.lot(key_of(event))
    if lot is None and not walked_in:
        yield finding(Reason.LOT_UNKNOWN, f"the {event.kind} speaks of lot {event.lot!r} of {event.item} before any of it came in")
    if isinstance(event, LotScrapped) and event.order is not None and books.known("work_order", event.order) is None:
        yield finding(Reason.ORDER_UNKNOWN, f"work order {event.order!r} is not in the plant's data")


def _other_than_thought(event: Moving, lot: Row, books: Books) -> Iterator[Finding]:
    """Yield a finding where a container's figure was put right from another one than the books have."""
    if not isinstance(event, LotAdjusted) or event.container is None:
        return
    row, thought = books.containers.find(event.container), in_lots_unit(event.expected, event.base_unit, lot)
    if row is not None and thought is not None and row["lot_id"] == lot["id"] and row["quantity"] != thought:
        words = f"container {event.container!r} was put right from {plain(thought)} {lot['unit']}; the books had {plain(row['quantity'])}"
        yield finding(Reason.FACTS_CONFLICT, words)


def _short(event: Moving, effect: Effect, lot: Row, books: Books) -> Iterator[Finding]:
    """Yield a finding for each place that holds less than nothing now; a count and an adjustment say what is really there."""
    if isinstance(event, LotCounted | LotAdjusted):
        return
    for place in (each.place for each in effect.shifts if each.amount < 0):
        row = books.stock.find(lot["id"], place)
        if row is not None and row["quantity"] < 0:
            words = f"{plain(-row['quantity'])} {lot['unit']} more of lot {event.lot!r} of {event.item} left {place} than were there"
            yield finding(Reason.LOT_SHORT, words)
