"""Pieces with a serial of their own: what events say of them, whichever kind they are; and where one is now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, bindparam, exists, func, insert, select, update

from kiosk.store.lot_rows import lot_id
from kiosk.store.posting import Posting
from kiosk.store.schema import EVENTS, LOTS, PRINT_JOBS, SERIAL_FACTS, STOCK
from kiosk.store.times import from_text
from traceability.events import CartonShipped, Event, LotProduced, LotReceived, LotSplit, Unpacked
from traceability.lots import LotKey
from traceability.serials import KnownSerial, PieceFact, SerialState, said_of_pieces

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
# A number of ours that was given to a piece which was never made: its label may still stand on something.
_VOID: Final = (
    select(SERIAL_FACTS, LOTS.c.item.label("lot_item"), LOTS.c.code, LOTS.c.assigned_by)
    .join(LOTS, LOTS.c.id == SERIAL_FACTS.c.lot)
    .join(EVENTS, EVENTS.c.row == SERIAL_FACTS.c.event)
    .where(SERIAL_FACTS.c.serial == bindparam("on_piece"), SERIAL_FACTS.c.item == bindparam("of_item"), SERIAL_FACTS.c.voided == 1)
    .where(EVENTS.c.kind == LotProduced.kind)
    .limit(1)
)
#: What an event may name that a piece went into, the most telling first.
_WENT: Final = ("customer_name", "customer", "vendor", "order")
_LATER: Final = SERIAL_FACTS.alias("later")
_IS_THERE: Final = and_(
    SERIAL_FACTS.c.voided == 0,
    SERIAL_FACTS.c.state == SerialState.HERE.value,
    ~exists().where(
        _LATER.c.serial == SERIAL_FACTS.c.serial,
        _LATER.c.item == SERIAL_FACTS.c.item,
        _LATER.c.voided == 0,
        _LATER.c.event > SERIAL_FACTS.c.event,
    ),
)
_AT: Final = (
    select(LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by, SERIAL_FACTS.c.serial)
    .join(STOCK, STOCK.c.lot == LOTS.c.id)
    .join(SERIAL_FACTS, SERIAL_FACTS.c.lot == LOTS.c.id)
    .where(STOCK.c.place == bindparam("at"), SERIAL_FACTS.c.place == bindparam("at"), _IS_THERE)
    .order_by(SERIAL_FACTS.c.serial)
)
_OF_LOT: Final = (
    select(SERIAL_FACTS.c.place, func.count())
    .join(LOTS, LOTS.c.id == SERIAL_FACTS.c.lot)
    .where(LOTS.c.item == bindparam("lot_item"), LOTS.c.code == bindparam("lot_code"), LOTS.c.assigned_by == bindparam("lot_by"), _IS_THERE)
    .group_by(SERIAL_FACTS.c.place)
)
_SAID: Final = select(SERIAL_FACTS.c.serial).where(SERIAL_FACTS.c.event == bindparam("said_by"))
_UNPRINT: Final = (
    update(PRINT_JOBS)
    .where(PRINT_JOBS.c.serial.in_(bindparam("serials", expanding=True)), PRINT_JOBS.c.state == "waiting")
    .values(state="void")
)


def note(connection: Connection, posting: Posting) -> None:
    """Keep what an event says of pieces; most name none."""
    event = posting.event
    match event:
        case CartonShipped():
            _carried(connection, posting, (event.sscc, *event.cartons), SerialState.GONE)
        case Unpacked():
            lots = {lot_id(connection, _key(each)): each.place for each in event.contents}
            _carried(connection, posting, (event.sscc,), SerialState.HERE, lots)
        case _:
            _name(connection, posting, event, said_of_pieces(event))


def _name(connection: Connection, posting: Posting, event: Any, facts: tuple[PieceFact, ...]) -> None:
    if not facts:
        return
    row = {"lot": lot_id(connection, _key(event)), "item": event.item}
    said = ({"serial": each.serial, "state": each.state.value, "carton": each.carton, "place": each.place} for each in facts)
    _say(connection, posting, [{**row, **each} for each in said])


def _key(event: Any) -> LotKey:
    return LotKey(event.item, event.lot, event.assigned_by)


def _carried(
    connection: Connection, posting: Posting, cartons: tuple[str, ...], state: SerialState, lots: dict[int, str] | None = None
) -> None:
    """What happens to a carton happens to the pieces in it; those that left it since are not in it. `lots`: only these, to that place."""
    inside = {(row.item, row.serial): row for row in connection.execute(_IN_CARTONS, {"cartons": cartons})}
    rows = []
    for (item, serial), row in inside.items():
        newest = connection.execute(_NEWEST, {"on_piece": serial, "of_item": item}).one()
        if newest.event == row.event and row.event != posting.row and (lots is None or row.lot in lots):
            place = row.place if lots is None else lots[row.lot]
            rows.append({"item": item, "serial": serial, "lot": row.lot, "state": state.value, "carton": None, "place": place})
    _say(connection, posting, rows)


def _say(connection: Connection, posting: Posting, rows: Iterable[dict[str, Any]]) -> None:
    kept = [{**row, "event": posting.row, "occurred_at": posting.occurred_at} for row in rows]
    if kept:
        connection.execute(_SAY, kept)


def forget(connection: Connection, row: int, event: Event) -> None:
    """Take back what an event said of pieces; its labels that still wait for the printer come out no more."""
    if unsaid := connection.execute(_SAID, {"said_by": row}).scalars().all():
        connection.execute(_UNSAY, {"said_by": row})
        if isinstance(event, LotProduced | LotReceived | LotSplit):
            connection.execute(_UNPRINT, {"serials": unsaid})


def known_serial(connection: Connection, item: str, serial: str) -> KnownSerial | None:
    """Return where a piece is, or None where it was never heard of."""
    asked = {"on_piece": serial, "of_item": item}
    row = connection.execute(_NEWEST, asked).first()
    if row is None:
        void = connection.execute(_VOID, asked).first()
        return _known(void, SerialState.VOID) if void is not None else None
    said = json.loads(row.body)["data"]
    went = row.carton or next((said[name] for name in _WENT if said.get(name)), "")
    return _known(row, SerialState(row.state), went)


def _known(row: Row[Any], state: SerialState, went: str = "") -> KnownSerial:
    lot = LotKey(row.lot_item, row.code, row.assigned_by)
    return KnownSerial(row.serial, lot, state, from_text(row.occurred_at), row.place, "" if state is SerialState.HERE else went)


def pieces_at(connection: Connection, place: str) -> dict[LotKey, tuple[str, ...]]:
    """Return the serials of the pieces that should be in a place, by lot."""
    found: dict[LotKey, tuple[str, ...]] = {}
    for row in connection.execute(_AT, {"at": place}):
        key = LotKey(row.item, row.code, row.assigned_by)
        found[key] = (*found.get(key, ()), row.serial)
    return found


def named_of(connection: Connection, lot: LotKey) -> dict[str, int]:
    """Return how many pieces of a lot are known by their serials in each place; what else stands there nobody named."""
    rows = connection.execute(_OF_LOT, {"lot_item": lot.item, "lot_code": lot.code, "lot_by": lot.assigned_by})
    return {place: int(count) for place, count in rows}
