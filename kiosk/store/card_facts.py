"""What a card tells beside the lot itself: an item's lots, for whom a lot is bound, what it is in further on, when a carton left."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, bindparam, select

from kiosk.store.amounts import total
from kiosk.store.lot_rows import row_of
from kiosk.store.schema import ALLOCATIONS, CARTON_CONTENTS, CARTONS, EDGES, EVENTS, LOTS, STOCK
from kiosk.store.times import maybe_from_text
from traceability.history import Bound
from traceability.lots import Disposition, Lot, LotKey

#: Lots made from a lot, however far: a card names so many.
MOST_MADE: Final = 50
_ROUNDS: Final = 20

# Built once: making a statement costs SQLAlchemy five times what running it does.
_OF_ITEM: Final = (
    select(LOTS, STOCK.c.opening, STOCK.c.moved)
    .join(STOCK, STOCK.c.lot == LOTS.c.id)
    .where(LOTS.c.item == bindparam("of_item"), LOTS.c.known == 1, (STOCK.c.opening != "0") | (STOCK.c.moved != "0"))
    .order_by(LOTS.c.expires_on.is_(None), LOTS.c.expires_on, LOTS.c.last_received_at, LOTS.c.id)
    .limit(bindparam("most"))
)
_PACKED: Final = (
    select(CARTON_CONTENTS.c.quantity, CARTONS.c.order_number, CARTONS.c.customer)
    .join(CARTONS, CARTONS.c.sscc == CARTON_CONTENTS.c.carton)
    .where(CARTON_CONTENTS.c.lot == bindparam("of_lot"), CARTON_CONTENTS.c.gone == 0)
    .order_by(CARTON_CONTENTS.c.event)
)
_SET_ASIDE: Final = (
    select(ALLOCATIONS.c.number, ALLOCATIONS.c.amount)
    .where(ALLOCATIONS.c.lot == bindparam("of_lot"), ALLOCATIONS.c.released == 0)
    .order_by(ALLOCATIONS.c.event)
)
_NEXT: Final = select(EDGES.c.target).where(EDGES.c.source.in_(bindparam("among", expanding=True)), EDGES.c.voided == 0).distinct()
_NAMES: Final = select(LOTS).where(LOTS.c.id.in_(bindparam("among", expanding=True)))
_LEFT: Final = (
    select(EVENTS.c.occurred_at).join(CARTONS, CARTONS.c.shipped_by == EVENTS.c.row).where(CARTONS.c.sscc == bindparam("on_label"))
)


def lots_of_item(connection: Connection, item: str, limit: int) -> tuple[Lot, ...]:
    """Return the item's lots on hand, first the one that comes first: the earliest expiry, else the earliest arrival."""
    sums: dict[int, Lot] = {}
    for row in connection.execute(_OF_ITEM, {"of_item": item, "most": limit}):
        amount = total(Decimal(row.opening), Decimal(row.moved))
        before = sums.get(row.id)
        expires_on = date.fromisoformat(row.expires_on) if row.expires_on else None
        on_hand = total(before.on_hand, amount) if before else amount
        sums[row.id] = Lot(LotKey(row.item, row.code, row.assigned_by), expires_on, Disposition(row.disposition), on_hand)
    return tuple(each for each in sums.values() if each.on_hand > 0)


def bound_for(connection: Connection, key: LotKey) -> tuple[Bound, ...]:
    """Return the orders and customers that some of a lot is packed or set aside for, and has not left."""
    lot = row_of(connection, key)
    if lot is None:
        return ()
    packed: dict[tuple[str | None, str | None], Decimal] = {}
    for row in connection.execute(_PACKED, {"of_lot": lot.id}):
        whose = (row.order_number, row.customer)
        packed[whose] = total(packed.get(whose, Decimal(0)), Decimal(row.quantity))
    aside = [Bound("set_aside", row.number, None, Decimal(row.amount)) for row in connection.execute(_SET_ASIDE, {"of_lot": lot.id})]
    return (*(Bound("packed", order, whom, amount) for (order, whom), amount in packed.items() if amount > 0), *aside)


def made_from(connection: Connection, key: LotKey) -> tuple[tuple[LotKey, int], ...]:
    """Return (lot, how many steps on) of what a lot went into, surely or possibly, as this station's own edges say; the nearest first."""
    start = row_of(connection, key)
    if start is None:
        return ()
    found: dict[int, int] = {start.id: 0}
    edge = [start.id]
    for step in range(1, _ROUNDS + 1):
        edge = [each for each in connection.execute(_NEXT, {"among": edge}).scalars() if each not in found] if edge else []
        found.update(dict.fromkeys(edge[: MOST_MADE - len(found) + 1], step))
        if not edge or len(found) > MOST_MADE:
            break
    names = {row.id: LotKey(row.item, row.code, row.assigned_by) for row in connection.execute(_NAMES, {"among": list(found)})}
    return tuple((names[lot], step) for lot, step in found.items() if step)


def left_at(connection: Connection, sscc: str) -> datetime | None:
    """Return when a carton or pallet left from here, or None."""
    return maybe_from_text(connection.execute(_LEFT, {"on_label": sscc}).scalar())
