"""What making a lot depends on: what its order consumed and named, what stands there to be booked, and what became of a lot."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from kiosk.store.amounts import ZERO, less, total
from kiosk.store.listed import as_list, listed
from kiosk.store.lots_stopped import ancestors_on_hold
from kiosk.store.schema import (
    CARTON_CONTENTS,
    CONTAINERS,
    EDGES,
    EVENTS,
    LOTS,
    MOVEMENTS,
    PRODUCTIONS,
    STOCK,
    USES,
)
from traceability.attribution import OrderUse
from traceability.backflush import Stand
from traceability.genealogy import Grade
from traceability.lots import Disposition, LotKey

#: What was done to a lot itself; its papers are those that it was made for.
_HERE_STILL: Final = frozenset({"scrap", "sample", "adjustment", "count", "move", "split"})

# Built once: making a statement costs SQLAlchemy five times what running it does.
_USES: Final = (
    select(USES.c.lot, USES.c.amount, USES.c.unit, LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by)
    .join(LOTS, LOTS.c.id == USES.c.lot)
    .where(USES.c.number == bindparam("of_order"), USES.c.voided == 0)
    .order_by(USES.c.event)
)
# Summed by equal amounts: each output names every lot again that may be in it, most of them with nothing.
_NAMED: Final = (
    select(EDGES.c.source, EDGES.c.quantity, func.count().label("times"))
    .join(PRODUCTIONS, PRODUCTIONS.c.event == EDGES.c.event)
    .where(PRODUCTIONS.c.number == bindparam("of_order"), PRODUCTIONS.c.voided == 0)
    .where(EDGES.c.grade != Grade.BACKFLUSHED.value, EDGES.c.quantity != "0")
    .where(PRODUCTIONS.c.event.is_distinct_from(select(EVENTS.c.row).where(EVENTS.c.id == bindparam("without")).scalar_subquery()))
    .group_by(EDGES.c.source, EDGES.c.quantity)
)
_HERE: Final = (
    select(LOTS, STOCK.c.opening, STOCK.c.moved)
    .join(STOCK, STOCK.c.lot == LOTS.c.id)
    .where(LOTS.c.item == bindparam("of_item"), LOTS.c.known == 1, LOTS.c.disposition == Disposition.AVAILABLE.value)
    .where(STOCK.c.place == bindparam("at"), (STOCK.c.opening != "0") | (STOCK.c.moved != "0"))
    .where(LOTS.c.expires_on.is_(None) | (LOTS.c.expires_on >= bindparam("today")))
    .order_by(LOTS.c.expires_on.is_(None), LOTS.c.expires_on, LOTS.c.last_received_at, LOTS.c.id)
)
_CONTAINERS: Final = (
    select(CONTAINERS.c.lot, CONTAINERS.c.serial, CONTAINERS.c.quantity)
    .where(CONTAINERS.c.lot.in_(listed("lots")), CONTAINERS.c.place == bindparam("at"), CONTAINERS.c.voided == 0)
    .order_by(CONTAINERS.c.labelled_at, CONTAINERS.c.serial)
)
_MADE: Final = (
    select(PRODUCTIONS.c.event, PRODUCTIONS.c.lot, PRODUCTIONS.c.quantity)
    .join(EVENTS, EVENTS.c.row == PRODUCTIONS.c.event)
    .where(EVENTS.c.id == bindparam("named"), PRODUCTIONS.c.voided == 0)
)
_SINCE: Final = (
    select(EVENTS.c.kind, EVENTS.c.body)
    .join(MOVEMENTS, MOVEMENTS.c.event == EVENTS.c.row)
    .where(MOVEMENTS.c.lot == bindparam("of_lot"), EVENTS.c.row > bindparam("after"))
    .where(MOVEMENTS.c.amount.startswith("-"), EVENTS.c.corrected_by.is_(None), EVENTS.c.kind != "correction")
    .order_by(EVENTS.c.row)
)
# What is packed stays on hand until it ships: no movement tells of it.
_PACKED: Final = (
    select(CARTON_CONTENTS.c.carton, CARTON_CONTENTS.c.quantity)
    .where(CARTON_CONTENTS.c.lot == bindparam("of_lot"), CARTON_CONTENTS.c.gone == 0, CARTON_CONTENTS.c.event > bindparam("after"))
    .order_by(CARTON_CONTENTS.c.event)
)
_STANDS: Final = select(STOCK.c.opening, STOCK.c.moved).where(STOCK.c.lot == bindparam("of_lot"))


def order_uses(connection: Connection, order: str, without: str | None) -> tuple[OrderUse, ...]:
    """Return what the order consumed here lot by lot, first consumed first, and what its outputs named (not those of event `without`)."""
    used, rows = _used(connection, order)
    named: dict[int, list[Decimal]] = {}
    for edge in connection.execute(_NAMED, {"of_order": order, "without": without}) if used else ():
        named.setdefault(edge.source, []).extend([Decimal(edge.quantity)] * edge.times)
    return tuple(
        OrderUse(LotKey(row.item, row.code, row.assigned_by), row.unit, total(*used[lot]), total(*named.get(lot, ())))
        for lot, row in rows.items()
    )


def lots_in(connection: Connection, order: str) -> int:
    """Return how many lots the order consumed here and did not give back."""
    used, _ = _used(connection, order)
    return sum(total(*amounts) > 0 for amounts in used.values())


def _used(connection: Connection, order: str) -> tuple[dict[int, list[Decimal]], dict[int, Any]]:
    """What was taken of each lot, first consumed first, and the lot's row."""
    used: dict[int, list[Decimal]] = {}
    rows: dict[int, Any] = {}
    for row in connection.execute(_USES, {"of_order": order}):
        used.setdefault(row.lot, []).append(Decimal(row.amount))
        rows[row.lot] = row
    return used, rows


def stands(connection: Connection, item: str, place: str, today: date) -> tuple[Stand, ...]:
    """Return what of an item stands at a place and may be used, oldest first, container by container, then what is loose."""
    rows = connection.execute(_HERE, {"of_item": item, "at": place, "today": today.isoformat()}).all()
    stopped = ancestors_on_hold(connection, [LotKey(row.item, row.code, row.assigned_by) for row in rows])
    labelled: dict[int, list[Any]] = {}
    for container in connection.execute(_CONTAINERS, {"lots": as_list([row.id for row in rows]), "at": place}):
        labelled.setdefault(container.lot, []).append(container)
    found = list[Stand]()
    for row in rows:
        key, left = LotKey(row.item, row.code, row.assigned_by), total(Decimal(row.opening), Decimal(row.moved))
        if key in stopped:
            continue
        for each in labelled.get(row.id, ()):
            amount = min(Decimal(each.quantity), left)
            if amount > 0:
                found.append(Stand(key, amount, place, each.serial))
                left = less(left, amount)
        if left > 0:
            found.append(Stand(key, left, place))
    return tuple(found)


def downstream(connection: Connection, event_id: str) -> tuple[str, ...]:
    """Return where the lot that an event made went since: papers, cartons, or the kind of event. Empty: all of it is still there."""
    made = connection.execute(_MADE, {"named": event_id}).first()
    if made is None:
        return ()
    after = {"of_lot": made.lot, "after": made.event}
    gone = dict.fromkeys(whereto(row) for row in connection.execute(_SINCE, after))
    packed: dict[str, Decimal] = {}
    for each in connection.execute(_PACKED, after):
        packed[each.carton] = total(packed.get(each.carton, ZERO), Decimal(each.quantity))
    gone |= dict.fromkeys(carton for carton, amount in packed.items() if amount > 0)
    there = total(*(Decimal(part) for row in connection.execute(_STANDS, {"of_lot": made.lot}) for part in (row.opening, row.moved)))
    # Another station took of it: the server's figures say so, not where to.
    return tuple(gone) or (("…",) if there < Decimal(made.quantity) else ())


def whereto(row: Any) -> str:
    """Return where the goods of an event went, in words: a paper, a carton, a lot, or the kind of event."""
    envelope = json.loads(row.body)
    data, papers = envelope["data"], [number for _, number in envelope.get("documents", ())]
    named = data.get("sscc") or data.get("parent") or data.get("order") or next(iter(papers), None)
    return str(row.kind if row.kind in _HERE_STILL else named or (data.get("lot") if row.kind == "production" else row.kind))
