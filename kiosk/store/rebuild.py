"""Make lots, stock, containers, order lines and linked barcodes anew from the journal: it is the record, they are a reading of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, delete, select, update

from kiosk.store import holds, taints, told_cartons
from kiosk.store.amounts import less
from kiosk.store.database import Database
from kiosk.store.lot_rows import change_moved, refresh
from kiosk.store.posting import Posting
from kiosk.store.postings import post
from kiosk.store.reading import event_of
from kiosk.store.schema import (
    ALLOCATIONS,
    ATTACHMENTS,
    CARTON_CONTENTS,
    CARTONS,
    CONTAINERS,
    EDGES,
    EVENTS,
    HOLD_SCOPES,
    ITEM_CODES,
    LINE_ENDS,
    LINE_LOADS,
    LOT_FACTS,
    LOTS,
    MOVEMENTS,
    ORDER_PROGRESS,
    OVERRIDES,
    PICKS,
    PRODUCTIONS,
    RECEIVED_ON,
    SERIAL_FACTS,
    SHIP_PROGRESS,
    STOCK,
    TAINTS,
    USES,
    WORK_ORDER_USE,
)

_MADE_FROM_EVENTS: Final = (
    CONTAINERS,
    MOVEMENTS,
    LOT_FACTS,
    ORDER_PROGRESS,
    WORK_ORDER_USE,
    USES,
    PRODUCTIONS,
    EDGES,
    CARTON_CONTENTS,
    CARTONS,
    SHIP_PROGRESS,
    TAINTS,
    ATTACHMENTS,
    ALLOCATIONS,
    PICKS,
    SERIAL_FACTS,
    OVERRIDES,
    HOLD_SCOPES,
    LINE_LOADS,
    LINE_ENDS,
    RECEIVED_ON,
)
_PAGE: Final = 500


def rebuild(database: Database) -> int:
    """Post every event again, in one transaction, and return how many; reference data stays. StorageFailed."""
    with database.writing() as connection:
        settled, told = _settled(connection), holds.told_now(connection)
        stand = told_cartons.settled(connection)
        _clear(connection)
        posted = _post_all(connection)
        _settle_again(connection, settled)
        holds.tell_again(connection, told)
        told_cartons.tell_again(connection, stand)
        spoken_of = set(connection.execute(select(LOT_FACTS.c.lot)).scalars()) | {lot for lot, _ in told}
        holds.settle(connection, spoken_of)
        for lot in spoken_of:
            refresh(connection, lot)
        taints.work_out_all(connection)
    return posted


def _settled(connection: Connection) -> set[tuple[int, int]]:
    """What the server has taken in already, by event and lot: its figures hold it, so it must not count twice."""
    moved = connection.execute(select(MOVEMENTS.c.event, MOVEMENTS.c.lot).where(MOVEMENTS.c.settled == 1))
    said = connection.execute(select(LOT_FACTS.c.event, LOT_FACTS.c.lot).where(LOT_FACTS.c.settled == 1))
    return {(row.event, row.lot) for rows in (moved, said) for row in rows}


def _clear(connection: Connection) -> None:
    for table in _MADE_FROM_EVENTS:
        connection.execute(delete(table))
    holds.forget_own(connection)
    connection.execute(delete(ITEM_CODES).where(ITEM_CODES.c.event.is_not(None)))
    connection.execute(update(STOCK).values(moved="0"))
    connection.execute(update(EVENTS).values(corrected_by=None))
    # A lot that the server never spoke of is unknown until an event names it again.
    told = LOTS.c.reference_disposition.is_not(None)
    connection.execute(update(LOTS).where(~told).values(known=0, expires_on=None, disposition="available", last_received_at=None))
    connection.execute(
        update(LOTS)
        .where(told)
        .values(expires_on=LOTS.c.reference_expires_on, disposition=LOTS.c.reference_disposition, last_received_at=None)
    )


def _post_all(connection: Connection) -> int:
    posted, last = 0, 0
    while rows := connection.execute(select(EVENTS).where(EVENTS.c.row > last).order_by(EVENTS.c.row).limit(_PAGE)).all():
        for row in rows:
            post(connection, Posting(row.row, row.occurred_at, event_of(row)))
        posted, last = posted + len(rows), rows[-1].row
    return posted


def _settle_again(connection: Connection, settled: set[tuple[int, int]]) -> None:
    for event, lot in settled:
        mine = (MOVEMENTS.c.event == event) & (MOVEMENTS.c.lot == lot)
        for row in connection.execute(select(MOVEMENTS).where(mine)).all():
            change_moved(connection, row.lot, row.place, less(Decimal(0), Decimal(row.amount)))
        connection.execute(update(MOVEMENTS).where(mine).values(settled=1))
        connection.execute(update(LOT_FACTS).where(LOT_FACTS.c.event == event, LOT_FACTS.c.lot == lot).values(settled=1))
