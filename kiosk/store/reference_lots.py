"""Lots as the plant file or the server knows them: disposition, expiry and what is on hand, in bulk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store import holds, taints
from kiosk.store.amounts import less, to_text
from kiosk.store.listed import as_list, listed
from kiosk.store.lot_rows import change_moved, lot_id, refresh, row_of
from kiosk.store.records import ReferenceRecord
from kiosk.store.schema import EVENTS, HOLDS, LOT_FACTS, LOTS, MOVEMENTS, STOCK, TOLD_ANCESTORS
from traceability.lots import Disposition, LotKey

Bodies = dict[LotKey, dict[str, Any]]
_TAKEN_IN: Final = ("acknowledged", "exception")
# Built once: making a statement costs SQLAlchemy five times what running it does. Each row's own event is asked, not the whole journal.
_MOVED_AND_TAKEN: Final = (
    select(MOVEMENTS)
    .join(EVENTS, EVENTS.c.row == MOVEMENTS.c.event)
    .where(MOVEMENTS.c.lot.in_(listed("lots")), MOVEMENTS.c.settled == 0, EVENTS.c.state.in_(_TAKEN_IN))
)
_SETTLE_MOVED: Final = (
    update(MOVEMENTS).where(MOVEMENTS.c.event == bindparam("of_event"), MOVEMENTS.c.lot == bindparam("of_lot")).values(settled=1)
)
_SAID: Final = (
    select(LOT_FACTS.c.event, LOT_FACTS.c.lot, EVENTS.c.state)
    .join(EVENTS, EVENTS.c.row == LOT_FACTS.c.event)
    .where(LOT_FACTS.c.lot.in_(listed("lots")))
)
_SETTLE_SAID: Final = (
    update(LOT_FACTS).where(LOT_FACTS.c.event == bindparam("of_event"), LOT_FACTS.c.lot == bindparam("of_lot")).values(settled=1)
)
_WORDS: Final = upsert(LOTS)
_SAY: Final = _WORDS.on_conflict_do_update(
    index_elements=["item", "code", "assigned_by"],
    set_={
        # A null never overwrites a stored expiry.
        "reference_expires_on": func.coalesce(_WORDS.excluded.reference_expires_on, LOTS.c.reference_expires_on),
        "expires_on": func.coalesce(_WORDS.excluded.expires_on, LOTS.c.expires_on),
        "reference_disposition": _WORDS.excluded.reference_disposition,
        "disposition": _WORDS.excluded.disposition,
        "known": 1,
    },
).returning(LOTS.c.id, LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by)
_OPENING_GONE: Final = update(STOCK).where(STOCK.c.lot.in_(listed("lots"))).values(opening="0")
_OPENING: Final = upsert(STOCK)
_SET_OPENING: Final = _OPENING.on_conflict_do_update(index_elements=["lot", "place"], set_={"opening": _OPENING.excluded.opening})
_FORGET_TOLD: Final = delete(TOLD_ANCESTORS).where(TOLD_ANCESTORS.c.lot.in_(listed("lots")))
_TOLD: Final = select(TOLD_ANCESTORS).where(TOLD_ANCESTORS.c.lot.in_(listed("lots")))


def store_lots(connection: Connection, records: Sequence[ReferenceRecord]) -> None:
    """Store what the records say of lots. Own events that the server has not taken in stay on top of it."""
    said: Bodies = {_key(each.key): each.body for each in records if each.body is not None}
    if said:
        ids = _store_words(connection, said)
        holds.tell(connection, {ids[key]: holds.told_by(body) for key, body in said.items()})
        _store_on_hand(connection, {ids[key]: body["on_hand"] for key, body in said.items() if "on_hand" in body})
        _settle(connection, tuple(ids.values()))
        _spread(connection, ids, said)
    for record in records:
        if record.body is None:
            _forget(connection, _key(record.key))


def _key(key: str) -> LotKey:
    item, code, assigned_by = json.loads(key)
    return LotKey(item, code, assigned_by)


def _store_words(connection: Connection, said: Bodies) -> dict[LotKey, int]:
    made = connection.execute(_SAY, [_words(key, body) for key, body in said.items()])
    return {LotKey(row.item, row.code, row.assigned_by): row.id for row in made}


def _words(key: LotKey, body: dict[str, Any]) -> dict[str, Any]:
    expires_on = body.get("expires_on")
    disposition = Disposition(body.get("disposition", Disposition.AVAILABLE)).value
    without_holds = Disposition.AVAILABLE.value if disposition == Disposition.HOLD else disposition
    return {
        "item": key.item,
        "code": key.code,
        "assigned_by": key.assigned_by,
        "reference_expires_on": expires_on,
        "expires_on": expires_on,
        "reference_disposition": Disposition(body.get("base", without_holds)).value,
        "disposition": disposition,
        "known": 1,
    }


def _store_on_hand(connection: Connection, figures: dict[int, list[dict[str, str]]]) -> None:
    if not figures:
        return
    connection.execute(_OPENING_GONE, {"lots": as_list(figures)})
    rows = [
        {"lot": lot, "place": each["place"], "opening": to_text(Decimal(each["quantity"])), "moved": "0"}
        for lot, places in figures.items()
        for each in places
    ]
    if rows:
        connection.execute(_SET_OPENING, rows)


def _settle(connection: Connection, lots: tuple[int, ...]) -> None:
    """Leave what the server has taken in to its own figures, and work out anew what holds for the lots that we spoke of.

    A lot that only the server spoke of may have been moved or used here too.
    """
    asked = {"lots": as_list(lots)}
    taken = connection.execute(_MOVED_AND_TAKEN, asked).all()
    for row in taken:
        change_moved(connection, row.lot, row.place, less(Decimal(0), Decimal(row.amount)))
    if taken:
        connection.execute(_SETTLE_MOVED, [{"of_event": row.event, "of_lot": row.lot} for row in taken])
    facts = connection.execute(_SAID, asked).all()
    said = [{"of_event": row.event, "of_lot": row.lot} for row in facts if row.state in _TAKEN_IN]
    if said:
        connection.execute(_SETTLE_SAID, said)
    ours = {row.lot for row in facts}
    if ours:
        holds.settle(connection, ours)
    for lot in ours:
        refresh(connection, lot)


def _spread(connection: Connection, ids: dict[LotKey, int], said: Bodies) -> None:
    """Stop what was made from lots that the server holds, as far as it or we know; free what nothing stops any more."""
    lots = frozenset(ids.values())
    before: dict[int, set[int]] = {}
    for row in connection.execute(_TOLD, {"lots": as_list(lots)}):
        before.setdefault(row.lot, set()).add(row.ancestor)
    now = {ids[key]: {_row_id(connection, each, ids) for each in body["ancestors"]} for key, body in said.items() if "ancestors" in body}
    changed = {lot for lot in before.keys() | now.keys() if before.get(lot) != now.get(lot)}
    if changed:
        connection.execute(_FORGET_TOLD, {"lots": as_list(changed)})
        rows = [{"lot": lot, "ancestor": ancestor} for lot in changed for ancestor in now.get(lot, ())]
        if rows:
            connection.execute(insert(TOLD_ANCESTORS), rows)
        taints.work_out(connection, changed)
    taints.standing_changed(connection, lots)


def _row_id(connection: Connection, names: Sequence[str], ids: dict[LotKey, int]) -> int:
    key = LotKey(*names)
    known = ids.get(key)
    return lot_id(connection, key) if known is None else known


def _forget(connection: Connection, key: LotKey) -> None:
    """The server no longer speaks of the lot: what our own events say of it holds."""
    row = row_of(connection, key)
    if row is None:
        return
    connection.execute(update(LOTS).where(LOTS.c.id == row.id).values(reference_expires_on=None, reference_disposition=None))
    connection.execute(update(STOCK).where(STOCK.c.lot == row.id).values(opening="0"))
    connection.execute(update(LOT_FACTS).where(LOT_FACTS.c.lot == row.id).values(settled=0))
    holds.tell(connection, {row.id: ()})
    connection.execute(update(HOLDS).where(HOLDS.c.lot == row.id).values(settled=0))
    connection.execute(delete(TOLD_ANCESTORS).where(TOLD_ANCESTORS.c.lot == row.id))
    refresh(connection, row.id)
    taints.work_out(connection, (row.id,))
