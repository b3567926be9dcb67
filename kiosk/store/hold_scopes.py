"""What is held together: all of a delivery, of a work order, of a time. Ours until the server has it, then by its word."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store.listed import as_list, listed
from kiosk.store.lot_rows import without_holds
from kiosk.store.reading import envelope_of
from kiosk.store.schema import EVENTS, HOLD_SCOPES, HOLDS, LOTS, RECORDS
from kiosk.store.times import maybe_from_text
from traceability.hold_scopes import HeldLot, HoldScope
from traceability.lots import LotKey

#: The kind of record by which the server tells of one.
KIND: Final = "hold_scope"
_NOT_TAKEN: Final = ("waiting", "parked")

# Built once: making a statement costs SQLAlchemy five times what running it does.
_RELEASED: Final = select(HOLD_SCOPES.c.scope).where(HOLD_SCOPES.c.released_by.is_not(None))
_TOLD: Final = select(RECORDS.c.key, RECORDS.c.body).where(RECORDS.c.kind == KIND, RECORDS.c.key.not_in(_RELEASED)).order_by(RECORDS.c.key)
_OWN: Final = (
    select(EVENTS)
    .join(HOLD_SCOPES, HOLD_SCOPES.c.event == EVENTS.c.row)
    .where(HOLD_SCOPES.c.voided == 0, HOLD_SCOPES.c.released_by.is_(None), EVENTS.c.state.in_(_NOT_TAKEN))
    .order_by(EVENTS.c.row)
)
_HELD: Final = (
    select(HOLDS.c.lot, HOLDS.c.hold, LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by)
    .join(LOTS, LOTS.c.id == HOLDS.c.lot)
    .where(HOLDS.c.scope.in_(listed("scopes")), HOLDS.c.voided == 0, HOLDS.c.lifted_by.is_(None))
    .where((HOLDS.c.told == 1) | (HOLDS.c.event.is_not(None) & (HOLDS.c.settled == 0)))
    .order_by(HOLDS.c.lot, HOLDS.c.hold)
)
_ID: Final = select(EVENTS.c.id).where(EVENTS.c.row == bindparam("of_event"))
_SCOPE: Final = upsert(HOLD_SCOPES)
_HOLD: Final = _SCOPE.on_conflict_do_update(index_elements=["scope"], set_={"event": _SCOPE.excluded.event})
_RELEASE: Final = _SCOPE.on_conflict_do_update(index_elements=["scope"], set_={"released_by": _SCOPE.excluded.released_by})
_VOID: Final = update(HOLD_SCOPES).where(HOLD_SCOPES.c.event == bindparam("of_event")).values(voided=1)
_UNRELEASE: Final = update(HOLD_SCOPES).where(HOLD_SCOPES.c.released_by == bindparam("of_event")).values(released_by=None)


def in_force(connection: Connection) -> tuple[HoldScope, ...]:
    """Return what is held together and was not released, oldest first."""
    told = {row.key: _from_server(json.loads(row.body)) for row in connection.execute(_TOLD)}
    own = {row.id: _from_event(envelope_of(row)) for row in connection.execute(_OWN)}
    return tuple(each for _, each in sorted({**own, **told}.items()))  # ids begin with their time


def held(connection: Connection, scopes: Collection[str]) -> tuple[HeldLot, ...]:
    """Return the lots that are known here and held by one of them still."""
    found: dict[int, tuple[LotKey, list[str]]] = {}
    for row in connection.execute(_HELD, {"scopes": as_list(scopes)}):
        found.setdefault(row.lot, (LotKey(row.item, row.code, row.assigned_by), []))[1].append(row.hold)
    stands = without_holds(connection, found)
    return tuple(HeldLot(key, tuple(holds), stands[lot]) for lot, (key, holds) in found.items())


def hold(connection: Connection, event: int) -> None:
    """Keep that one of our events held something together."""
    scope = connection.execute(_ID, {"of_event": event}).scalar_one()
    connection.execute(_HOLD, {"scope": scope, "event": event})


def release(connection: Connection, scope: str, event: int) -> None:
    """Keep that one of our events released it."""
    connection.execute(_RELEASE, {"scope": scope, "released_by": event})


def unhold(connection: Connection, event: int) -> None:
    """The event that held it was undone."""
    connection.execute(_VOID, {"of_event": event})


def unrelease(connection: Connection, event: int) -> None:
    """The event that released it was undone."""
    connection.execute(_UNRELEASE, {"of_event": event})


def _from_event(envelope: Mapping[str, Any]) -> HoldScope:
    data = envelope["data"]
    return _scope(data, envelope["id"], data.get("basis_id"), envelope.get("operator"), envelope["occurred_at"])


def _from_server(body: Mapping[str, Any]) -> HoldScope:
    return _scope(body, body["scope"], body.get("number"), body.get("by"), body.get("at"))


def _scope(said: Mapping[str, Any], id_: str, number: str | None, by: str | None, at: str | None) -> HoldScope:
    since, until = (maybe_from_text(said.get(each)) for each in ("since", "until"))
    why, with_used = said.get("why", ""), bool(said.get("with_used"))
    return HoldScope(id_, said["basis"], number, since, until, with_used, why, by, maybe_from_text(at))
