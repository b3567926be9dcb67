"""The holds on a lot: made here, told by the server, undone, released."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store.listed import as_list, listed
from kiosk.store.reading import envelope_of
from kiosk.store.schema import EVENTS, HOLDS, LOT_FACTS
from kiosk.store.times import maybe_from_text
from traceability.standing import PLANT, HoldInForce

# Built once: making a statement costs SQLAlchemy five times what running it does.
_IN_FORCE: Final = (
    select(HOLDS.c.hold, HOLDS.c.held_by, HOLDS.c.held_at, HOLDS.c.why)
    .where(HOLDS.c.lot == bindparam("lot_id"), HOLDS.c.voided == 0, HOLDS.c.lifted_by.is_(None))
    .where((HOLDS.c.told == 1) | (HOLDS.c.event.is_not(None) & (HOLDS.c.settled == 0)))
    .order_by(HOLDS.c.held_at, HOLDS.c.hold)
)
_HOLD: Final = upsert(HOLDS)
_NEW: Final = _HOLD.excluded
_KEEP_OWN: Final = _HOLD.on_conflict_do_update(
    index_elements=["lot", "hold"], set_={each: _NEW[each] for each in ("event", "held_by", "held_at", "why", "scope")}
)
_KEEP_TOLD: Final = _HOLD.on_conflict_do_update(
    index_elements=["lot", "hold"], set_={"told": 1, **{each: _NEW[each] for each in ("held_by", "held_at", "why", "scope")}}
)
_PUT_BACK: Final = _HOLD.on_conflict_do_update(index_elements=["lot", "hold"], set_={"told": 1})
_EVENT: Final = select(EVENTS).where(EVENTS.c.row == bindparam("event_row"))
_AMONG: Final = HOLDS.c.lot.in_(listed("lots"))
_UNTELL: Final = update(HOLDS).where(_AMONG, HOLDS.c.told == 1).values(told=0)
_DROP_UNTOLD: Final = delete(HOLDS).where(_AMONG, HOLDS.c.told == 0, HOLDS.c.event.is_(None), HOLDS.c.lifted_by.is_(None))
_TAKEN_IN: Final = select(LOT_FACTS.c.event).where(LOT_FACTS.c.lot.in_(listed("lots")), LOT_FACTS.c.settled == 1)
_SETTLE_MADE: Final = update(HOLDS).where(_AMONG, HOLDS.c.event.in_(_TAKEN_IN)).values(settled=1)
_SETTLE_LIFTED: Final = update(HOLDS).where(_AMONG, HOLDS.c.lifted_by.in_(_TAKEN_IN)).values(lifted_by=None)
_LIFT: Final = update(HOLDS).where(HOLDS.c.lot == bindparam("lot_id"), HOLDS.c.hold.in_(bindparam("those", expanding=True)))


def in_force(connection: Connection, lot: int) -> tuple[HoldInForce, ...]:
    """Return the holds that stand on a lot, oldest first."""
    rows = connection.execute(_IN_FORCE, {"lot_id": lot}).all()
    return tuple(HoldInForce(row.hold, row.held_by, maybe_from_text(row.held_at), row.why) for row in rows)


def hold(connection: Connection, lot: int, event: int) -> None:
    """Keep the hold that one of our events put on a lot: a hold, or goods taken in on hold."""
    row = connection.execute(_EVENT, {"event_row": event}).one()
    envelope: Mapping[str, Any] = envelope_of(row)
    data = envelope["data"]
    values = {"held_by": envelope["operator"], "held_at": row.occurred_at, "why": str(data.get("why", "")), "scope": data.get("group")}
    connection.execute(_KEEP_OWN, {"lot": lot, "hold": row.id, "told": 0, "event": event, "settled": 0, "voided": 0, **values})


def take_back(connection: Connection, event: int) -> None:
    """The event that made a hold was undone."""
    connection.execute(update(HOLDS).where(HOLDS.c.event == event).values(voided=1))


def lift(connection: Connection, lot: int, those: Sequence[str], event: int) -> None:
    """A release made here lifts these holds; the server's word comes later."""
    connection.execute(_LIFT, {"lot_id": lot, "those": list(those), "lifted_by": event})


def put_back(connection: Connection, lot: int, those: Sequence[str], event: int) -> None:
    """The release `event` was undone: its holds stand again, whatever the server had made of it meanwhile."""
    connection.execute(update(HOLDS).where(HOLDS.c.lifted_by == event).values(lifted_by=None))
    rows = [_told(lot, {"hold": each}) for each in those]
    if rows:
        connection.execute(_PUT_BACK, rows)


def tell(connection: Connection, said: Mapping[int, Sequence[Mapping[str, Any]]]) -> None:
    """Keep which holds the server, or the plant file, says that each lot has; others are no longer told."""
    lots = {"lots": as_list(said)}
    connection.execute(_UNTELL, lots)
    rows = [_told(lot, each) for lot, holds in said.items() for each in holds]
    if rows:
        connection.execute(_KEEP_TOLD, rows)
    connection.execute(_DROP_UNTOLD, lots)


def told_by(body: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the holds that a lot's record tells of; one that only says "hold" has the plant's own."""
    return body.get("holds") or ([{"hold": PLANT}] if body.get("disposition") == "hold" else [])


def settle(connection: Connection, lots: Collection[int]) -> None:
    """Leave what the server has taken in, of what we held and released, to its own word."""
    connection.execute(_SETTLE_MADE, {"lots": as_list(lots)})
    connection.execute(_SETTLE_LIFTED, {"lots": as_list(lots)})


def told_now(connection: Connection) -> set[tuple[int, str]]:
    """Return which holds are told, by lot and name."""
    return {(row.lot, row.hold) for row in connection.execute(select(HOLDS.c.lot, HOLDS.c.hold).where(HOLDS.c.told == 1))}


def tell_again(connection: Connection, told: Collection[tuple[int, str]]) -> None:
    """Reading the journal anew put back holds of releases that were undone long since: only these are told."""
    for lot, name in told_now(connection).difference(told):
        connection.execute(update(HOLDS).where(HOLDS.c.lot == lot, HOLDS.c.hold == name).values(told=0))


def forget_own(connection: Connection) -> None:
    """Leave only what was told, so that the journal can be read anew."""
    connection.execute(delete(HOLDS).where(HOLDS.c.told == 0))
    connection.execute(update(HOLDS).values(event=None, settled=0, voided=0, lifted_by=None))


def _told(lot: int, said: Mapping[str, Any]) -> dict[str, Any]:
    made = {"held_by": said.get("by"), "held_at": said.get("at"), "why": said.get("why", ""), "scope": said.get("scope")}
    return {"lot": lot, "hold": said["hold"], "told": 1, "event": None, "settled": 0, "voided": 0, **made}
