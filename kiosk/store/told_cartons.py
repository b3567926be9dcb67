"""What the server says of cartons, laid beside what our own events say: where each stands, and whether it left from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update

from kiosk.store.schema import CARTON_CONTENTS, CARTONS, EVENTS, RECORDS
from traceability.cartons import CartonState

KIND: Final = "carton"
# Built once: making a statement costs SQLAlchemy five times what running it does.
_TAKEN_IN: Final = (EVENTS.c.state == "acknowledged") | (EVENTS.c.state == "exception")
_TAKEN: Final = select(EVENTS.c.row).where(EVENTS.c.row == CARTONS.c.parent_by, _TAKEN_IN)
# What we did that the server has not taken in stays on top of its word.
_PARENT: Final = (
    update(CARTONS)
    .where(CARTONS.c.sscc == bindparam("named"), CARTONS.c.parent_by.is_(None) | _TAKEN.exists())
    .values(parent=bindparam("told_parent"), parent_by=None)
)
_NOT_BY_US: Final = select(CARTONS.c.sscc).where(CARTONS.c.sscc == bindparam("named"), CARTONS.c.shipped_by.is_(None))
_GONE: Final = update(CARTON_CONTENTS).where(CARTON_CONTENTS.c.carton.in_(_NOT_BY_US)).values(gone=bindparam("left"))
_OURS: Final = select(EVENTS.c.id).where(EVENTS.c.id.in_(bindparam("ids", expanding=True)))
_SETTLED: Final = select(CARTONS.c.sscc).where(CARTONS.c.parent_by.is_(None))
_SETTLE: Final = update(CARTONS).where(CARTONS.c.sscc == bindparam("named")).values(parent_by=None)
_TOLD: Final = select(RECORDS.c.body).where(RECORDS.c.kind == KIND)


def tell(connection: Connection, bodies: Sequence[Mapping[str, Any]]) -> None:
    """Let hold what the server says, as far as it knows of all that we did."""
    if not bodies:
        return
    connection.execute(_PARENT, [{"named": each["sscc"], "told_parent": each.get("parent")} for each in bodies])
    _tell_gone(connection, bodies)


def settled(connection: Connection) -> set[str]:
    """Return the cartons of which the server knows where they stand."""
    return set(connection.execute(_SETTLED).scalars())


def tell_again(connection: Connection, those: set[str]) -> None:
    """After the journal was read anew: what the server had taken in already is left to its word."""
    if those:
        connection.execute(_SETTLE, [{"named": each} for each in those])
    bodies = [json.loads(each) for each in connection.execute(_TOLD).scalars()]
    known = [each for each in bodies if each["sscc"] in those]
    if known:
        connection.execute(_PARENT, [{"named": each["sscc"], "told_parent": each.get("parent")} for each in known])
    _tell_gone(connection, bodies)


def _tell_gone(connection: Connection, bodies: Sequence[Mapping[str, Any]]) -> None:
    """What left by another station's shipment is in no carton here any more."""
    shipments = {each["shipment"] for each in bodies if each.get("shipment")}
    ours = set(connection.execute(_OURS, {"ids": tuple(shipments)}).scalars()) if shipments else set()
    left = ((each["sscc"], each["state"] == CartonState.SHIPPED and each.get("shipment") not in ours) for each in bodies)
    rows = [{"named": sscc, "left": int(gone)} for sscc, gone in left]
    if rows:
        connection.execute(_GONE, rows)
