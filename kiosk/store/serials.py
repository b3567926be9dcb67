"""Pieces with a serial of their own: what events say of them, whichever kind they are; and where one is now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.store.lot_rows import lot_id
from kiosk.store.posting import Posting
from kiosk.store.schema import EVENTS, LOTS, SERIAL_FACTS
from kiosk.store.times import from_text
from traceability.events import CartonShipped, Event, LotReceived, Unpacked
from traceability.lots import LotKey
from traceability.serials import STATES, KnownSerial, SerialState

# Built once: making a statement costs SQLAlchemy five times what running it does.
_SAY: Final = insert(SERIAL_FACTS)
_UNSAY: Final = update(SERIAL_FACTS).where(SERIAL_FACTS.c.event == bindparam("said_by")).values(voided=1)
_IN_CARTONS: Final = (
    select(SERIAL_FACTS)
    .where(SERIAL_FACTS.c.carton.in_(bindparam("cartons", expanding=True)), SERIAL_FACTS.c.voided == 0)
    .order_by(SERIAL_FACTS.c.event)
)
_NEWEST: Final = (
    select(SERIAL_FACTS, EVENTS.c.body, LOTS.c.item.label("lot_item"), LOTS.c.code, LOTS.c.assigned_by)
    .join(LOTS, LOTS.c.id == SERIAL_FACTS.c.lot)
    .join(EVENTS, EVENTS.c.row == SERIAL_FACTS.c.event)
    .where(SERIAL_FACTS.c.serial == bindparam("on_piece"), SERIAL_FACTS.c.item == bindparam("of_item"), SERIAL_FACTS.c.voided == 0)
    .order_by(SERIAL_FACTS.c.event.desc())
    .limit(1)
)


def note(connection: Connection, posting: Posting) -> None:
    """Keep what an event says of pieces; most name none."""
    event = posting.event
    match event:
        case CartonShipped():
            _carried(connection, posting, (event.sscc, *event.cartons), SerialState.GONE)
        case Unpacked():
            _carried(connection, posting, (event.sscc,), SerialState.HERE, {lot_id(connection, _key(each)) for each in event.contents})
        case _:
            _name(connection, posting, event, _named(event))


def _name(connection: Connection, posting: Posting, event: Any, serials: tuple[str, ...]) -> None:
    if not serials:
        return
    lot, state = lot_id(connection, _key(event)), STATES[event.kind]
    carton = event.sscc if state is SerialState.PACKED else None
    row = {"lot": lot, "state": state.value, "carton": carton, "item": event.item}
    _say(connection, posting, [{**row, "serial": each} for each in dict.fromkeys(serials)])


def _named(event: Event) -> tuple[str, ...]:
    if isinstance(event, LotReceived):
        return (event.vendor_serial,) if event.vendor_serial else ()
    serials: tuple[str, ...] = getattr(event, "serials", ())
    return serials if event.kind in STATES else ()


def _key(event: Any) -> LotKey:
    return LotKey(event.item, event.lot, event.assigned_by)


def _carried(connection: Connection, posting: Posting, cartons: tuple[str, ...], state: SerialState, lots: set[int] | None = None) -> None:
    """What happens to a carton happens to the pieces in it; those that left it since are not in it."""
    inside = {(row.item, row.serial): row for row in connection.execute(_IN_CARTONS, {"cartons": cartons})}
    rows = []
    for (item, serial), row in inside.items():
        newest = connection.execute(_NEWEST, {"on_piece": serial, "of_item": item}).one()
        if newest.event == row.event and row.event != posting.row and (lots is None or row.lot in lots):
            rows.append({"item": item, "serial": serial, "lot": row.lot, "state": state.value, "carton": None})
    _say(connection, posting, rows)


def _say(connection: Connection, posting: Posting, rows: Iterable[dict[str, Any]]) -> None:
    kept = [{**row, "event": posting.row, "occurred_at": posting.occurred_at} for row in rows]
    if kept:
        connection.execute(_SAY, kept)


def forget(connection: Connection, row: int) -> None:
    """Take back what an event said of pieces."""
    connection.execute(_UNSAY, {"said_by": row})


def known_serial(connection: Connection, item: str, serial: str) -> KnownSerial | None:
    """Return where a piece is, or None where it was never heard of."""
    row = connection.execute(_NEWEST, {"on_piece": serial, "of_item": item}).first()
    if row is None:
        return None
    said = json.loads(row.body)["data"]
    place = str(said.get("to_place") or said.get("place") or "")
    lot = LotKey(row.lot_item, row.code, row.assigned_by)
    return KnownSerial(serial, lot, SerialState(row.state), from_text(row.occurred_at), place)
