"""Lots as the plant file or the server knows them: disposition, expiry and what is on hand, in bulk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store.amounts import less, to_text
from kiosk.store.lot_rows import change_moved, refresh, row_of
from kiosk.store.records import ReferenceRecord
from kiosk.store.schema import EVENTS, LOT_FACTS, LOTS, MOVEMENTS, STOCK
from traceability.lots import Disposition, LotKey

Bodies = dict[LotKey, dict[str, Any]]
_TAKEN_IN: Final = ("acknowledged", "exception")


def store_lots(connection: Connection, records: Sequence[ReferenceRecord]) -> None:
    """Store what the records say of lots. Own events that the server has not taken in stay on top of it."""
    said: Bodies = {_key(each.key): each.body for each in records if each.body is not None}
    if said:
        ids = _store_words(connection, said)
        _store_on_hand(connection, {ids[key]: body["on_hand"] for key, body in said.items() if "on_hand" in body})
        _settle(connection, tuple(ids.values()))
    for record in records:
        if record.body is None:
            _forget(connection, _key(record.key))


def _key(key: str) -> LotKey:
    item, code, assigned_by = json.loads(key)
    return LotKey(item, code, assigned_by)


def _store_words(connection: Connection, said: Bodies) -> dict[LotKey, int]:
    insertion = upsert(LOTS)
    new = insertion.excluded
    merged = {
        # A null never overwrites a stored expiry.
        "reference_expires_on": func.coalesce(new.reference_expires_on, LOTS.c.reference_expires_on),
        "expires_on": func.coalesce(new.expires_on, LOTS.c.expires_on),
        "reference_disposition": new.reference_disposition,
        "disposition": new.disposition,
        "known": 1,
    }
    statement = insertion.on_conflict_do_update(index_elements=["item", "code", "assigned_by"], set_=merged)
    rows = [_words(key, body) for key, body in said.items()]
    made = connection.execute(statement.returning(LOTS.c.id, LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by), rows)
    return {LotKey(row.item, row.code, row.assigned_by): row.id for row in made}


def _words(key: LotKey, body: dict[str, Any]) -> dict[str, Any]:
    expires_on = body.get("expires_on")
    disposition = Disposition(body.get("disposition", Disposition.AVAILABLE)).value
    return {
        "item": key.item,
        "code": key.code,
        "assigned_by": key.assigned_by,
        "reference_expires_on": expires_on,
        "expires_on": expires_on,
        "reference_disposition": disposition,
        "disposition": disposition,
        "known": 1,
    }


def _store_on_hand(connection: Connection, figures: dict[int, list[dict[str, str]]]) -> None:
    if not figures:
        return
    connection.execute(update(STOCK).where(STOCK.c.lot.in_(bindparam("lots", tuple(figures), expanding=True))).values(opening="0"))
    rows = [
        {"lot": lot, "place": each["place"], "opening": to_text(Decimal(each["quantity"])), "moved": "0"}
        for lot, places in figures.items()
        for each in places
    ]
    if rows:
        statement = upsert(STOCK)
        new = {"opening": statement.excluded.opening}
        connection.execute(statement.on_conflict_do_update(index_elements=["lot", "place"], set_=new), rows)


def _settle(connection: Connection, lots: tuple[int, ...]) -> None:
    """Leave what the server has taken in to its own figures, and work out anew what holds for the lots that we spoke of."""
    among: BindParameter[tuple[int, ...]] = bindparam("lots", lots, expanding=True)
    taken_in = select(EVENTS.c.row).where(EVENTS.c.state.in_(_TAKEN_IN))
    ours = set(connection.execute(select(LOT_FACTS.c.lot).where(LOT_FACTS.c.lot.in_(among))).scalars())
    if not ours:
        return
    moved = (MOVEMENTS.c.lot.in_(among)) & (MOVEMENTS.c.settled == 0) & (MOVEMENTS.c.event.in_(taken_in))
    for row in connection.execute(select(MOVEMENTS).where(moved)).all():
        change_moved(connection, row.lot, row.place, less(Decimal(0), Decimal(row.amount)))
    connection.execute(update(MOVEMENTS).where(moved).values(settled=1))
    connection.execute(update(LOT_FACTS).where(LOT_FACTS.c.lot.in_(among), LOT_FACTS.c.event.in_(taken_in)).values(settled=1))
    for lot in ours:
        refresh(connection, lot)


def _forget(connection: Connection, key: LotKey) -> None:
    """The server no longer speaks of the lot: what our own events say of it holds."""
    row = row_of(connection, key)
    if row is None:
        return
    connection.execute(update(LOTS).where(LOTS.c.id == row.id).values(reference_expires_on=None, reference_disposition=None))
    connection.execute(update(STOCK).where(STOCK.c.lot == row.id).values(opening="0"))
    connection.execute(update(LOT_FACTS).where(LOT_FACTS.c.lot == row.id).values(settled=0))
    refresh(connection, row.id)
