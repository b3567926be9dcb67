"""Where a lot stands, what stands in a place, and what happened to a lot: each found by an index."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from typing import Final

from sqlalchemy import Connection, bindparam, select, union

from kiosk.store.amounts import total
from kiosk.store.lot_rows import row_of
from kiosk.store.reading import event_of
from kiosk.store.schema import CONTAINERS, EVENTS, LOT_FACTS, LOTS, MOVEMENTS, STOCK
from kiosk.store.times import from_text
from traceability.history import Happening
from traceability.lots import LotKey

# Built once: making a statement costs SQLAlchemy five times what running it does.
_PLACES: Final = select(STOCK.c.place, STOCK.c.opening, STOCK.c.moved).where(STOCK.c.lot == bindparam("of_lot")).order_by(STOCK.c.place)
_THERE: Final = (
    select(LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by, STOCK.c.opening, STOCK.c.moved)
    .join(LOTS, LOTS.c.id == STOCK.c.lot)
    .where(STOCK.c.place == bindparam("at"), (STOCK.c.opening != "0") | (STOCK.c.moved != "0"))
    .order_by(STOCK.c.lot.desc())  # as the index has them: no more is read than is wanted
)
_CONTAINERS: Final = (
    select(LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by, CONTAINERS.c.serial, CONTAINERS.c.quantity)
    .join(STOCK, STOCK.c.lot == LOTS.c.id)
    .join(CONTAINERS, CONTAINERS.c.lot == LOTS.c.id)
    .where(STOCK.c.place == bindparam("at"), CONTAINERS.c.place == bindparam("at"), CONTAINERS.c.voided == 0)
    .order_by(CONTAINERS.c.serial)
)
_MOVED: Final = (
    select(MOVEMENTS.c.event)
    .where(MOVEMENTS.c.lot == bindparam("of_lot"))
    .order_by(MOVEMENTS.c.event.desc())
    .limit(bindparam("most"))
    .subquery()
)
_SAID: Final = (
    select(LOT_FACTS.c.event)
    .where(LOT_FACTS.c.lot == bindparam("of_lot"))
    .order_by(LOT_FACTS.c.event.desc())
    .limit(bindparam("most"))
    .subquery()
)
_HAPPENED: Final = (
    select(EVENTS)
    .where(EVENTS.c.row.in_(union(select(_MOVED.c.event), select(_SAID.c.event))), EVENTS.c.kind != "correction")
    .order_by(EVENTS.c.row.desc())
    .limit(bindparam("most"))
)


def places_of(connection: Connection, key: LotKey) -> tuple[tuple[str, Decimal], ...]:
    """Return (place, amount) wherever the lot has any figure but nothing."""
    row = row_of(connection, key)
    found = connection.execute(_PLACES, {"of_lot": row.id}) if row is not None else ()
    amounts = ((each.place, total(Decimal(each.opening), Decimal(each.moved))) for each in found)
    return tuple((place, amount) for place, amount in amounts if amount)


def standing_at(connection: Connection, place: str, most: int | None = None) -> tuple[tuple[LotKey, Decimal], ...]:
    """Return (lot, amount) for each lot that the books have in a place; where there are more than `most`, those that came last."""
    found = connection.execute(_THERE, {"at": place})
    amounts = ((LotKey(row.item, row.code, row.assigned_by), total(Decimal(row.opening), Decimal(row.moved))) for row in found)
    there = list(islice(((key, amount) for key, amount in amounts if amount), most))
    found.close()
    return tuple(sorted(there, key=lambda each: (each[0].item, each[0].code, each[0].assigned_by)))


def containers_at(connection: Connection, place: str) -> dict[LotKey, tuple[tuple[str, Decimal], ...]]:
    """Return the containers (serial, amount) that stand in a place and hold something, by lot."""
    found: dict[LotKey, tuple[tuple[str, Decimal], ...]] = {}
    for row in connection.execute(_CONTAINERS, {"at": place}):
        key, amount = LotKey(row.item, row.code, row.assigned_by), Decimal(row.quantity)
        if amount > 0:
            found[key] = (*found.get(key, ()), (row.serial, amount))
    return found


def history(connection: Connection, key: LotKey, limit: int) -> tuple[Happening, ...]:
    """Return the latest events about a lot, newest first; corrections show as what they undid."""
    row = row_of(connection, key)
    if row is None:
        return ()
    rows = connection.execute(_HAPPENED, {"of_lot": row.id, "most": limit})
    return tuple(Happening(each.id, from_text(each.occurred_at), event_of(each), each.corrected_by is not None) for each in rows)
