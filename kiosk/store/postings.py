"""What each kind of event changes beside the journal: lots, stock, containers, order lines, barcodes. One function a kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store.amounts import less, to_text, total
from kiosk.store.codes import spellings
from kiosk.store.lot_rows import add_fact, lot_id, move_stock, refresh
from kiosk.store.nouns import expects_goods, purchase_order_of
from kiosk.store.reading import event_of
from kiosk.store.schema import CONTAINERS, EVENTS, ITEM_CODES, LOT_FACTS, ORDER_PROGRESS, PRINT_JOBS, RECORDS
from traceability.events import BarcodeLinked, DocumentFinished, Event, EventCorrected, LotHeld, LotReceived
from traceability.lots import Disposition, LotKey

# Built once: making a statement costs SQLAlchemy five times what running it does.
_ADD_CONTAINERS: Final = insert(CONTAINERS)
_PROGRESS: Final = select(ORDER_PROGRESS.c.received).where(
    ORDER_PROGRESS.c.number == bindparam("of_order"), ORDER_PROGRESS.c.line == bindparam("of_line")
)
_LINE: Final = upsert(ORDER_PROGRESS)
_SET_PROGRESS: Final = _LINE.on_conflict_do_update(index_elements=["number", "line"], set_={"received": _LINE.excluded.received})


class NotCorrectable(ValueError):
    """The event can't be undone: it is not there, it is undone already, or its kind has no effect to reverse."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One chained event about to take effect: its row in the journal and when it happened."""

    row: int
    occurred_at: str
    event: Event


def post(connection: Connection, posting: Posting) -> None:
    """Let one event take effect, inside the caller's transaction. Kinds without effects pass."""
    effect = _EFFECTS.get(posting.event.kind)
    if effect is not None:
        effect(connection, posting, posting.event)


def _receive(connection: Connection, posting: Posting, received: LotReceived) -> None:
    lot = lot_id(connection, LotKey(received.item, received.lot, received.assigned_by))
    add_fact(
        connection,
        lot,
        event=posting.row,
        kind=received.kind,
        occurred_at=posting.occurred_at,
        expires_on=received.expires_on.isoformat() if received.expires_on else None,
        disposition=received.disposition,
        vendor=received.vendor,
        vendor_serial=received.vendor_serial,
        sscc=received.sscc,
    )
    move_stock(connection, posting.row, lot, received.place, received.base_quantity)
    _add_containers(connection, posting, received, lot)
    _add_progress(connection, received, received.base_quantity)


def _add_containers(connection: Connection, posting: Posting, received: LotReceived, lot: int) -> None:
    rows = [
        {
            "serial": each.serial,
            "lot": lot,
            "quantity": to_text(each.quantity),
            "unit": each.unit,
            "place": received.place,
            "labelled_at": posting.occurred_at,
            "event": posting.row,
            "voided": 0,
        }
        for each in received.containers
    ]
    if rows:
        connection.execute(_ADD_CONTAINERS, rows)


def _add_progress(connection: Connection, received: LotReceived, amount: Decimal) -> None:
    if received.order is None or received.line is None:
        return
    before = connection.execute(_PROGRESS, {"of_order": received.order, "of_line": received.line}).scalar()
    now = to_text(total(Decimal(before or 0), amount))
    connection.execute(_SET_PROGRESS, {"number": received.order, "line": received.line, "received": now})


def _finish(connection: Connection, _posting: Posting, finished: DocumentFinished) -> None:
    order = purchase_order_of(connection, finished.document) if finished.document else None
    if order is not None and order.number is not None:
        _mark_order(connection, order.number, finished=not expects_goods(order))


def _mark_order(connection: Connection, number: str, *, finished: bool) -> None:
    row = (RECORDS.c.kind == "purchase_order") & (RECORDS.c.key == number)
    connection.execute(update(RECORDS).where(row).values(finished=int(finished)))


def _hold(connection: Connection, posting: Posting, held: LotHeld) -> None:
    lot = lot_id(connection, LotKey(held.item, held.lot, held.assigned_by))
    fact = {"event": posting.row, "kind": held.kind, "occurred_at": posting.occurred_at, "disposition": Disposition.HOLD}
    add_fact(connection, lot, **fact)


def _link(connection: Connection, posting: Posting, linked: BarcodeLinked) -> None:
    for code in spellings(linked.code):
        row = {"code": code, "vendor": linked.vendor or "", "unit": linked.unit, "item": linked.item, "event": posting.row}
        connection.execute(insert(ITEM_CODES).values(**row))


def _correct(connection: Connection, posting: Posting, correction: EventCorrected) -> None:
    found = connection.execute(select(EVENTS).where(EVENTS.c.id == correction.corrects)).first()
    if found is None:
        raise NotCorrectable(f"there is no event {correction.corrects} to undo")
    if found.corrected_by is not None:
        raise NotCorrectable(f"event {correction.corrects} is undone already")
    undo = _REVERSALS.get(found.kind)
    if undo is None:
        raise NotCorrectable(f"a {found.kind} has no effect to undo")
    undo(connection, posting, found.row, event_of(found))
    connection.execute(update(EVENTS).where(EVENTS.c.row == found.row).values(corrected_by=posting.row))


def _take_back(connection: Connection, posting: Posting, row: int, received: LotReceived) -> None:
    lot = _unsay(connection, row)
    move_stock(connection, posting.row, lot, received.place, less(Decimal(0), received.base_quantity))
    connection.execute(update(CONTAINERS).where(CONTAINERS.c.event == row).values(voided=1))
    serials = select(CONTAINERS.c.serial).where(CONTAINERS.c.event == row)
    waiting = (PRINT_JOBS.c.serial.in_(serials)) & (PRINT_JOBS.c.state == "waiting")
    connection.execute(update(PRINT_JOBS).where(waiting).values(state="void"))
    _add_progress(connection, received, less(Decimal(0), received.base_quantity))
    if received.order is not None:
        _mark_order(connection, received.order, finished=False)


def _unhold(connection: Connection, _posting: Posting, row: int, _held: LotHeld) -> None:
    _unsay(connection, row)


def _unsay(connection: Connection, row: int) -> int:
    connection.execute(update(LOT_FACTS).where(LOT_FACTS.c.event == row).values(voided=1))
    lot = connection.execute(select(LOT_FACTS.c.lot).where(LOT_FACTS.c.event == row)).scalar_one()
    refresh(connection, lot)
    return int(lot)


def _unlink(connection: Connection, _posting: Posting, row: int, _linked: BarcodeLinked) -> None:
    connection.execute(delete(ITEM_CODES).where(ITEM_CODES.c.event == row))


_EFFECTS: Final[dict[str, Callable[[Connection, Posting, Any], None]]] = {
    LotReceived.kind: _receive,
    LotHeld.kind: _hold,
    BarcodeLinked.kind: _link,
    EventCorrected.kind: _correct,
    DocumentFinished.kind: _finish,
}
_REVERSALS: Final[dict[str, Callable[[Connection, Posting, int, Any], None]]] = {
    LotReceived.kind: _take_back,
    LotHeld.kind: _unhold,
    BarcodeLinked.kind: _unlink,
}
