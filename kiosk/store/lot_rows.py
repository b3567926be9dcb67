"""The rows behind a lot: found by its key, and brought up to date with what was said about it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store import holds, taints
from kiosk.store.amounts import to_text, total
from kiosk.store.listed import as_list, listed
from kiosk.store.schema import LOT_FACTS, LOTS, MOVEMENTS, STOCK
from traceability.lots import Disposition, Lot, LotKey
from traceability.standing import Decided, Said, Standing, Statement, standing, worst
from traceability.taints import STOPPING

#: How a lot comes to be here: from a vendor, or from our own work.
_CAME_IN: Final = frozenset({"receipt", "production"})
#: Facts by which quality decided; the others only make a lot's standing stricter.
_DECISIONS: Final = frozenset({"release", "qc_result"})

# Built once: making a statement costs SQLAlchemy five times what running it does.
_LOT: Final = select(LOTS).where(
    LOTS.c.item == bindparam("lot_item"), LOTS.c.code == bindparam("lot_code"), LOTS.c.assigned_by == bindparam("lot_by")
)
_ADD_LOT: Final = insert(LOTS).returning(LOTS.c.id)
_ADD_FACT: Final = insert(LOT_FACTS)
_NOW: Final = select(LOTS.c.disposition, LOTS.c.expires_on, LOTS.c.last_received_at).where(LOTS.c.id == bindparam("lot_id"))
_SET_LOT: Final = update(LOTS).where(LOTS.c.id == bindparam("lot_id"))
_WORDS: Final = select(LOTS.c.id, LOTS.c.reference_disposition).where(LOTS.c.id.in_(listed("lots")))
_NEWER: Final = (
    select(LOT_FACTS)
    .where(LOT_FACTS.c.lot.in_(listed("lots")), LOT_FACTS.c.voided == 0, LOT_FACTS.c.settled == 0)
    .order_by(LOT_FACTS.c.event)
)
_ADD_MOVEMENT: Final = insert(MOVEMENTS)
_MOVED: Final = select(STOCK.c.moved).where(STOCK.c.lot == bindparam("lot_id"), STOCK.c.place == bindparam("at"))
_STOCK: Final = upsert(STOCK)
_SET_MOVED: Final = _STOCK.on_conflict_do_update(index_elements=["lot", "place"], set_={"moved": _STOCK.excluded.moved})
_ON_HAND_EACH: Final = select(STOCK.c.lot, STOCK.c.opening, STOCK.c.moved).where(STOCK.c.lot.in_(listed("lots")))
_NAMED: Final = func.json_each(bindparam("keys")).table_valued("value", name="named")
_EACH_LOT: Final = (
    select(LOTS.c.id, LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by)
    .select_from(_NAMED)
    .join(
        LOTS,
        (LOTS.c.item == func.json_extract(_NAMED.c.value, "$[0]"))
        & (LOTS.c.code == func.json_extract(_NAMED.c.value, "$[1]"))
        & (LOTS.c.assigned_by == func.json_extract(_NAMED.c.value, "$[2]")),
    )
)
_ON_HAND: Final = select(STOCK.c.opening, STOCK.c.moved).where(STOCK.c.lot == bindparam("lot_id"))


def row_of(connection: Connection, key: LotKey) -> Row[Any] | None:
    """Return the lot's row by its identity, or None."""
    return connection.execute(_LOT, {"lot_item": key.item, "lot_code": key.code, "lot_by": key.assigned_by}).first()


def lot_id(connection: Connection, key: LotKey) -> int:
    """Return the row of the lot, made where there is none; a row that nothing is said about is not a known lot."""
    found = row_of(connection, key)
    if found is not None:
        return int(found.id)
    new = {"item": key.item, "code": key.code, "assigned_by": key.assigned_by, "disposition": Disposition.AVAILABLE.value, "known": 0}
    return int(connection.execute(_ADD_LOT, new).scalar_one())


def add_fact(connection: Connection, lot: int, **fact: Any) -> None:
    """Keep what one event says about the lot and add it to what holds now."""
    connection.execute(_ADD_FACT, {"lot": lot, **fact})
    now = connection.execute(_NOW, {"lot_id": lot}).one()
    if fact["disposition"] == Disposition.HOLD:
        holds.hold(connection, lot, fact["event"])
    stands = worst(now.disposition, fact["disposition"])
    changed = {
        "known": 1,
        # A null never overwrites a stored expiry; a differing one was asked about before it came here.
        "expires_on": fact.get("expires_on") or now.expires_on,
        "disposition": stands.value,
        "last_received_at": fact["occurred_at"] if fact["kind"] in _CAME_IN else now.last_received_at,
    }
    connection.execute(_SET_LOT, {"lot_id": lot, **changed})
    _spread(connection, lot, now.disposition, stands)


def decide(connection: Connection, lot: int, **fact: Any) -> None:
    """Keep what quality decided about the lot, and let it hold from now on."""
    connection.execute(_ADD_FACT, {"lot": lot, **fact})
    refresh(connection, lot)


def _spread(connection: Connection, lot: int, before: str, now: str) -> None:
    """What was made from the lot is stopped with it, and free with it."""
    if (before in STOPPING) != (now in STOPPING):
        taints.standing_changed(connection, (lot,))


def refresh(connection: Connection, lot: int) -> None:
    """Work out anew what holds for the lot: facts that the server has taken in, then its own word, then newer facts."""
    reference = connection.execute(select(LOTS).where(LOTS.c.id == lot)).one()
    facts = connection.execute(select(LOT_FACTS).where(LOT_FACTS.c.lot == lot, LOT_FACTS.c.voided == 0).order_by(LOT_FACTS.c.event)).all()
    newer = [fact for fact in facts if not fact.settled]
    stated = [*(fact.expires_on for fact in facts if fact.settled), reference.reference_expires_on, *(fact.expires_on for fact in newer)]
    base = _base(reference.reference_disposition, newer)
    stands = worst(base, Disposition.HOLD) if holds.in_force(connection, lot) else base
    connection.execute(
        update(LOTS)
        .where(LOTS.c.id == lot)
        .values(
            known=int(bool(facts) or reference.reference_disposition is not None),
            expires_on=next((each for each in reversed(stated) if each), None),
            disposition=stands.value,
            last_received_at=max((fact.occurred_at for fact in facts if fact.kind in _CAME_IN), default=None),
        )
    )
    _spread(connection, lot, reference.disposition, stands)


def without_holds(connection: Connection, lots: Collection[int]) -> dict[int, Disposition]:
    """Return how each of these lots stands but for its holds."""
    asked = {"lots": as_list(lots)}
    newer: dict[int, list[Row[Any]]] = {}
    for fact in connection.execute(_NEWER, asked):
        newer.setdefault(fact.lot, []).append(fact)
    return {row.id: _base(row.reference_disposition, newer.get(row.id, ())) for row in connection.execute(_WORDS, asked)}


def _base(reference: str | None, newer: Iterable[Row[Any]]) -> Disposition:
    # Where the server never spoke of the lot, no fact is settled.
    told = Standing(Disposition(reference or Disposition.AVAILABLE))
    return standing((_statement(fact) for fact in newer if fact.disposition != Disposition.HOLD), told).base


def unsay(connection: Connection, event: int) -> int:
    """What the event said about its lot no longer counts, a hold that it made included; return the lot."""
    holds.take_back(connection, event)
    connection.execute(update(LOT_FACTS).where(LOT_FACTS.c.event == event).values(voided=1))
    lot = int(connection.execute(select(LOT_FACTS.c.lot).where(LOT_FACTS.c.event == event)).scalar_one())
    refresh(connection, lot)
    return lot


def _statement(fact: Row[Any]) -> Statement:
    said = Disposition(fact.disposition)
    return Decided(str(fact.event), said) if fact.kind in _DECISIONS else Said(str(fact.event), said)


def move_stock(connection: Connection, event: int, lot: int, place: str, amount: Decimal) -> None:
    """Add `amount` (below zero: take away) to what is at the place, in the name of one event."""
    connection.execute(_ADD_MOVEMENT, {"event": event, "lot": lot, "place": place, "amount": to_text(amount), "settled": 0})
    change_moved(connection, lot, place, amount)


def change_moved(connection: Connection, lot: int, place: str, amount: Decimal) -> None:
    """Change the sum of what the reference data does not hold yet."""
    before = connection.execute(_MOVED, {"lot_id": lot, "at": place}).scalar()
    moved = to_text(total(Decimal(before or 0), amount))
    connection.execute(_SET_MOVED, {"lot": lot, "place": place, "moved": moved})


def on_hand(connection: Connection, lot: int) -> Decimal:
    """Return how much of the lot there is, over all places."""
    rows = connection.execute(_ON_HAND, {"lot_id": lot}).all()
    return total(*(Decimal(part) for row in rows for part in (row.opening, row.moved)))


def lot_of(connection: Connection, row: Row[Any]) -> Lot:
    """Return the lot of a row, with how much of it there is."""
    return _lot(row, on_hand(connection, row.id))


def lots_of(connection: Connection, rows: Iterable[Row[Any]]) -> dict[int, Lot]:
    """Return the lots of rows by their ids, with how much of each there is: one question for all of them."""
    by_id = {row.id: row for row in rows}
    there: dict[int, list[Decimal]] = {}
    for stock in connection.execute(_ON_HAND_EACH, {"lots": as_list(by_id)}) if by_id else ():
        there.setdefault(stock.lot, []).extend((Decimal(stock.opening), Decimal(stock.moved)))
    return {each: _lot(row, total(*there.get(each, ()))) for each, row in by_id.items()}


def lot_ids(connection: Connection, keys: Collection[LotKey]) -> dict[LotKey, int]:
    """Return the rows of lots as `lot_id` does, made where there are none: one question for all that are there."""
    named = json.dumps([(each.item, each.code, each.assigned_by) for each in keys])
    found = {LotKey(row.item, row.code, row.assigned_by): int(row.id) for row in connection.execute(_EACH_LOT, {"keys": named})}
    return {key: found[key] if key in found else lot_id(connection, key) for key in keys}


def _lot(row: Row[Any], on_hand: Decimal) -> Lot:
    expires_on = None if row.expires_on is None else date.fromisoformat(row.expires_on)
    return Lot(LotKey(row.item, row.code, row.assigned_by), expires_on, Disposition(row.disposition), on_hand)
