"""Which lot of an item comes first: the one that expires first, else the one that came first, of those that may be used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, select

from kiosk.store.amounts import total
from kiosk.store.lot_rows import lot_of, row_of
from kiosk.store.schema import LOTS, STOCK
from traceability.lots import Disposition, Lot, ShelvedLot

# Built once: making a statement costs SQLAlchemy five times what running it does. A place with nothing in it is not read.
_IN_STOCK: Final = (
    select(LOTS, STOCK.c.place, STOCK.c.opening, STOCK.c.moved)
    .join(STOCK, STOCK.c.lot == LOTS.c.id)
    .where(LOTS.c.item == bindparam("of_item"), LOTS.c.known == 1, LOTS.c.disposition == Disposition.AVAILABLE.value)
    .where((STOCK.c.opening != "0") | (STOCK.c.moved != "0"))
)
_EXPIRES_BEFORE: Final = _IN_STOCK.where(LOTS.c.expires_on >= bindparam("today"), LOTS.c.expires_on < bindparam("before")).order_by(
    LOTS.c.expires_on, LOTS.c.id, STOCK.c.place
)
_CAME_BEFORE: Final = _IN_STOCK.where(LOTS.c.expires_on.is_(None), LOTS.c.last_received_at < bindparam("before")).order_by(
    LOTS.c.last_received_at, LOTS.c.id, STOCK.c.place
)


def older_lot(connection: Connection, lot: Lot, today: date) -> ShelvedLot | None:
    """Return the oldest lot on hand that should be used before `lot`, and where it is. Expired, held and waiting ones don't count."""
    row = row_of(connection, lot.key)
    if row is None:
        return None
    if row.expires_on is not None:
        asked = {"of_item": lot.key.item, "today": today.isoformat(), "before": row.expires_on}
        return _first(connection, _EXPIRES_BEFORE, asked)
    return _first(connection, _CAME_BEFORE, {"of_item": lot.key.item, "before": row.last_received_at})


def _first(connection: Connection, statement: Select[Any], asked: dict[str, Any]) -> ShelvedLot | None:
    found = next(_with_something_left(connection.execute(statement, asked)), None)
    return None if found is None else ShelvedLot(lot_of(connection, found), found.place)


def _with_something_left(rows: Any) -> Iterator[Row[Any]]:
    return (row for row in rows if total(Decimal(row.opening), Decimal(row.moved)) > 0)
