"""What is free to be fetched: on hand, not packed, not set aside for another order; oldest first. A fixed number of questions."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import BindParameter, CompoundSelect, Connection, Row, bindparam, func, select, union_all

from kiosk.store.amounts import less, total
from kiosk.store.lot_rows import lots_of
from kiosk.store.schema import ALLOCATIONS, CARTON_CONTENTS, LOTS, OTHERS_SET_ASIDE, OTHERS_SHARES, PICKS, RECORDS, STOCK, TAINTS
from traceability.lots import Disposition
from traceability.order_shares import Doing
from traceability.picking import FreeLot, OrderKind
from traceability.places import Place

#: Lots of one order that are looked at, the oldest first: more than any order takes …
_MOST: Final = 2000
#: … and of each of its items so many at least.
_MOST_OF_ITEM: Final = 100
_Spot = tuple[int, str]

# Built once: making a statement costs SQLAlchemy five times what running it does. What never expires comes last.
_OLDEST_FIRST: Final = (LOTS.c.expires_on.is_(None), LOTS.c.expires_on, LOTS.c.last_received_at, LOTS.c.id, STOCK.c.place)
_IN_LINE: Final = (
    select(LOTS, STOCK.c.place, STOCK.c.opening, STOCK.c.moved)
    .add_columns(func.row_number().over(partition_by=LOTS.c.item, order_by=_OLDEST_FIRST).label("in_line"))
    .join(STOCK, STOCK.c.lot == LOTS.c.id)
    .where(LOTS.c.item.in_(bindparam("items", expanding=True)), LOTS.c.known == 1, LOTS.c.disposition == Disposition.AVAILABLE.value)
    .where((LOTS.c.expires_on.is_(None)) | (LOTS.c.expires_on >= bindparam("today")))
    .where((STOCK.c.opening != "0") | (STOCK.c.moved != "0"))
    .where(STOCK.c.place.not_in(bindparam("apart", expanding=True)))
    .where(~select(TAINTS.c.lot).where(TAINTS.c.lot == LOTS.c.id).exists())
    .subquery()
)
_STOCKED: Final = select(_IN_LINE).where(_IN_LINE.c.in_line <= bindparam("most")).order_by(_IN_LINE.c.item, _IN_LINE.c.in_line)
_PLACES: Final = select(RECORDS.c.key, RECORDS.c.body).where(RECORDS.c.kind == "place").order_by(RECORDS.c.key)
_LOTS: Final[BindParameter[Any]] = bindparam("lots", expanding=True)
_PACKED: Final = select(CARTON_CONTENTS.c.lot, CARTON_CONTENTS.c.place, CARTON_CONTENTS.c.quantity.label("amount")).where(
    CARTON_CONTENTS.c.lot.in_(_LOTS), CARTON_CONTENTS.c.gone == 0
)
_PROMISED: Final = select(ALLOCATIONS).where(ALLOCATIONS.c.lot.in_(_LOTS), ALLOCATIONS.c.released == 0)
_USED_UP: Final = select(PICKS).where(PICKS.c.number.in_(bindparam("orders", expanding=True)), PICKS.c.voided == 0)
_OF_ORDER: Final = select(PICKS.c.line, PICKS.c.amount).where(
    PICKS.c.number == bindparam("of_order"), PICKS.c.order_kind == bindparam("of_kind"), PICKS.c.voided == 0
)
_PICKED_ELSEWHERE: Final = select(OTHERS_SHARES.c.line, OTHERS_SHARES.c.amount).where(
    OTHERS_SHARES.c.order_kind == bindparam("of_kind"),
    OTHERS_SHARES.c.number == bindparam("of_order"),
    OTHERS_SHARES.c.doing == Doing.PICKED.value,
)
_PICKED: Final[CompoundSelect[tuple[str, str]]] = union_all(_OF_ORDER, _PICKED_ELSEWHERE)
_PROMISED_ELSEWHERE: Final = select(OTHERS_SET_ASIDE.c.lot, OTHERS_SET_ASIDE.c.place, OTHERS_SET_ASIDE.c.amount).where(
    OTHERS_SET_ASIDE.c.lot.in_(_LOTS)
)
_LAST_PICK: Final = (
    select(PICKS.c.order_kind, PICKS.c.number)
    .where(PICKS.c.container == bindparam("on_label"), PICKS.c.voided == 0)
    .order_by(PICKS.c.event.desc())
    .limit(1)
)


def shelves(
    connection: Connection, items: Collection[str], today: str, order: tuple[OrderKind, str], apart: Collection[str]
) -> tuple[FreeLot, ...]:
    """Return what `order` may be given of `items`, not from the places `apart`. Nothing that another order was promised."""
    most = max(_MOST_OF_ITEM, _MOST // max(len(items), 1))
    rows = connection.execute(_STOCKED, {"items": tuple(items), "today": today, "apart": tuple(apart), "most": most}).all() if items else []
    lots = tuple({row.id for row in rows})
    taken = _sums(connection.execute(_PACKED, {"lots": lots})) if lots else {}
    for spot, amount in _promised(connection, lots, order).items():
        taken[spot] = total(taken.get(spot, Decimal(0)), amount)
    for each in connection.execute(_PROMISED_ELSEWHERE, {"lots": lots}) if lots else ():
        # Whoever fetches elsewhere, also for this very order, fetches what is meant for them.
        spot = (each.lot, each.place)
        taken[spot] = total(taken.get(spot, Decimal(0)), max(Decimal(each.amount), Decimal(0)))
    known = lots_of(connection, rows)
    free = ((row, less(total(Decimal(row.opening), Decimal(row.moved)), taken.get((row.id, row.place), Decimal(0)))) for row in rows)
    return tuple(FreeLot(known[row.id], row.place, amount) for row, amount in free if amount > 0)


def _sums(rows: Iterable[Row[Any]]) -> dict[_Spot, Decimal]:
    sums: dict[_Spot, Decimal] = {}
    for row in rows:
        sums[row.lot, row.place] = total(sums.get((row.lot, row.place), Decimal(0)), Decimal(row.amount))
    return sums


def _promised(connection: Connection, lots: Collection[int], order: tuple[OrderKind, str]) -> dict[_Spot, Decimal]:
    """What other orders were promised and have not fetched yet, by lot and place."""
    rows = connection.execute(_PROMISED, {"lots": tuple(lots)}).all() if lots else []
    others = [row for row in rows if (row.order_kind, row.number) != order]
    if not others:
        return {}
    left: dict[tuple[str, str, str, int, str], Decimal] = {}
    for row in others:
        of_line = (row.order_kind, row.number, row.line, row.lot, row.place)
        left[of_line] = total(left.get(of_line, Decimal(0)), Decimal(row.amount))
    since = {(row.order_kind, row.number): row.event for row in others}
    for pick in connection.execute(_USED_UP, {"orders": tuple({row.number for row in others})}):
        of_line = (pick.order_kind, pick.number, pick.line, pick.meant_lot, pick.meant_place)
        if of_line in left and pick.event > since[pick.order_kind, pick.number]:
            left[of_line] = less(left[of_line], Decimal(pick.amount))
    sums: dict[_Spot, Decimal] = {}
    for (_, _, _, lot, place), amount in left.items():
        sums[lot, place] = total(sums.get((lot, place), Decimal(0)), max(amount, Decimal(0)))
    return sums


def picked(connection: Connection, order: tuple[OrderKind, str]) -> Mapping[str, Decimal]:
    """Return how much was fetched for each line of an order, here and elsewhere."""
    sums: dict[str, Decimal] = {}
    for row in connection.execute(_PICKED, {"of_kind": order[0], "of_order": order[1]}):
        sums[row.line] = total(sums.get(row.line, Decimal(0)), Decimal(row.amount))
    return sums


def picked_for(connection: Connection, serial: str) -> tuple[OrderKind, str] | None:
    """Return which order a container was fetched for last, or None."""
    row = connection.execute(_LAST_PICK, {"on_label": serial}).first()
    return None if row is None else (row.order_kind, row.number)


def places(connection: Connection) -> tuple[Place, ...]:
    """Return the plant's places."""
    return tuple(Place(row.key, json.loads(row.body).get("kind", "")) for row in connection.execute(_PLACES))
