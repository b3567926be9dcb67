"""What a vendor's unit held when it came in under its own SSCC, and where that is now."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, bindparam, select

from kiosk.store.amounts import total
from kiosk.store.lot_history import places_of
from kiosk.store.reading import event_of
from kiosk.store.schema import CONTAINERS, EVENTS, LOT_FACTS
from kiosk.store.times import from_text
from traceability.events import LotReceived
from traceability.history import Delivered
from traceability.lots import LotKey

# Built once: making a statement costs SQLAlchemy five times what running it does.
_RECEIPTS: Final = (
    select(EVENTS)
    .join(LOT_FACTS, LOT_FACTS.c.event == EVENTS.c.row)
    .where(LOT_FACTS.c.sscc == bindparam("scanned"), LOT_FACTS.c.voided == 0)
    .order_by(EVENTS.c.row)
)
_LEFT: Final = (
    select(CONTAINERS.c.place, CONTAINERS.c.quantity)
    .where(CONTAINERS.c.event == bindparam("made_by"), CONTAINERS.c.voided == 0)
    .order_by(CONTAINERS.c.place)
)


def delivered(connection: Connection, sscc: str) -> tuple[Delivered, ...]:
    """Return what came in under this SSCC, a lot each; nothing where none did."""
    return tuple(
        _held(connection, row.row, received, from_text(row.occurred_at))
        for row in connection.execute(_RECEIPTS, {"scanned": sscc}).all()
        if isinstance(received := event_of(row), LotReceived)
    )


def _held(connection: Connection, row: int, received: LotReceived, at: datetime) -> Delivered:
    key = LotKey(received.item, received.lot, received.assigned_by)
    # What has our labels is told by them; of loose goods nobody can say more than where their lot is.
    places: dict[str, Decimal] = {}
    for each in connection.execute(_LEFT, {"made_by": row}):
        places[each.place] = total(places.get(each.place, Decimal(0)), Decimal(each.quantity))
    there = tuple(places.items()) if received.containers else places_of(connection, key)
    left = tuple((place, amount) for place, amount in there if amount > 0)
    return Delivered(key, received.base_quantity, received.base_unit, received.vendor, received.order, at, left)
