"""What each kind of event changes beside the journal: lots, stock, containers, order lines, barcodes. One function a kind."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store import (
    carton_postings,
    line_postings,
    made_postings,
    people_postings,
    picking_postings,
    quality_postings,
    serials,
    stock_postings,
    work_postings,
)
from kiosk.store.amounts import less, to_text, total
from kiosk.store.codes import spellings
from kiosk.store.lot_rows import add_fact, lot_id, move_stock, unsay
from kiosk.store.nouns import expects_goods, purchase_order_of, ship_order_of, still_ships, wants_goods, work_order_of
from kiosk.store.posting import Posting, add_containers, mark_order, void_containers
from kiosk.store.reading import event_of
from kiosk.store.schema import EVENTS, ITEM_CODES, ORDER_PROGRESS, RECEIVED_ON
from traceability.events import BarcodeLinked, DocumentFinished, EventCorrected, LotConsumed, LotReceived, LotReturned
from traceability.lots import LotKey

# Built once: making a statement costs SQLAlchemy five times what running it does.
_PROGRESS: Final = select(ORDER_PROGRESS.c.received).where(
    ORDER_PROGRESS.c.number == bindparam("of_order"), ORDER_PROGRESS.c.line == bindparam("of_line")
)
_LINE: Final = upsert(ORDER_PROGRESS)
_SET_PROGRESS: Final = _LINE.on_conflict_do_update(index_elements=["number", "line"], set_={"received": _LINE.excluded.received})


_RECEIVED_ON: Final = insert(RECEIVED_ON)


class NotCorrectable(ValueError):
    """The event can't be undone: it is not there, it is undone already, or its kind has no effect to reverse."""


def post(connection: Connection, posting: Posting) -> None:
    """Let one event take effect, inside the caller's transaction. Kinds without effects pass."""
    effect = _EFFECTS.get(posting.event.kind)
    if effect is not None:
        effect(connection, posting, posting.event)
        line_postings.stored(connection, posting)
        serials.note(connection, posting)


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
    add_containers(connection, posting, received.containers, received.place, lot)
    _add_progress(connection, received, received.base_quantity)
    if received.order is not None:
        connection.execute(_RECEIVED_ON, {"event": posting.row, "lot": lot, "number": received.order})


def _add_progress(connection: Connection, received: LotReceived, amount: Decimal) -> None:
    if received.order is None or received.line is None:
        return
    before = connection.execute(_PROGRESS, {"of_order": received.order, "of_line": received.line}).scalar()
    now = to_text(total(Decimal(before or 0), amount))
    connection.execute(_SET_PROGRESS, {"number": received.order, "line": received.line, "received": now})


def _finish(connection: Connection, _posting: Posting, finished: DocumentFinished) -> None:
    picking_postings.release(connection, finished)
    if finished.document is None:
        return
    if finished.document_kind == "work_order":
        made = work_order_of(connection, finished.document)
        done = made is not None and not wants_goods(made) and made.to_make <= 0
    elif finished.document_kind == "ship_order":
        sold = ship_order_of(connection, finished.document)
        done = sold is not None and not still_ships(sold)
    else:
        bought = purchase_order_of(connection, finished.document)
        done = bought is not None and not expects_goods(bought)
    mark_order(connection, finished.document_kind, finished.document, finished=done)


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
    event = event_of(found)
    undo(connection, posting, found.row, event)
    line_postings.taken_back(connection, found.row, correction.corrects)
    serials.forget(connection, found.row, event)
    connection.execute(update(EVENTS).where(EVENTS.c.row == found.row).values(corrected_by=posting.row))


def _take_back(connection: Connection, posting: Posting, row: int, received: LotReceived) -> None:
    lot = unsay(connection, row)
    move_stock(connection, posting.row, lot, received.place, less(Decimal(0), received.base_quantity))
    void_containers(connection, row)
    _add_progress(connection, received, less(Decimal(0), received.base_quantity))
    if received.order is not None:
        mark_order(connection, "purchase_order", received.order, finished=False)


def _unlink(connection: Connection, _posting: Posting, row: int, _linked: BarcodeLinked) -> None:
    connection.execute(delete(ITEM_CODES).where(ITEM_CODES.c.event == row))


_EFFECTS: Final[dict[str, Callable[[Connection, Posting, Any], None]]] = {
    LotReceived.kind: _receive,
    LotConsumed.kind: work_postings.consume,
    LotReturned.kind: work_postings.return_to_stock,
    BarcodeLinked.kind: _link,
    EventCorrected.kind: _correct,
    DocumentFinished.kind: _finish,
    **carton_postings.EFFECTS,
    **line_postings.EFFECTS,
    **made_postings.EFFECTS,
    **quality_postings.EFFECTS,
    **stock_postings.EFFECTS,
    **picking_postings.EFFECTS,
    **people_postings.EFFECTS,
}
_REVERSALS: Final[dict[str, Callable[[Connection, Posting, int, Any], None]]] = {
    LotReceived.kind: _take_back,
    LotConsumed.kind: work_postings.take_back_consumed,
    LotReturned.kind: work_postings.take_back_returned,
    BarcodeLinked.kind: _unlink,
    **carton_postings.REVERSALS,
    **line_postings.REVERSALS,
    **made_postings.REVERSALS,
    **quality_postings.REVERSALS,
    **stock_postings.REVERSALS,
    **picking_postings.REVERSALS,
}
#: The kinds that change anything here.
CHANGING: Final = frozenset(_EFFECTS)
