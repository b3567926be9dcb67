"""What may be in an output after all, because a place was not empty: drawn as *possible*, as the server does it (`server.line_stays`)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select

from kiosk.store import taints
from kiosk.store.amounts import ZERO, to_text
from kiosk.store.lot_rows import lot_id
from kiosk.store.lots_at_hand import at_hand
from kiosk.store.nouns import policies_of
from kiosk.store.schema import EDGES, EVENTS, LINE_LOADS, LOTS, PRODUCTIONS
from kiosk.store.times import from_text
from traceability.lines import overlap_of, possible_inputs
from traceability.lots import LotKey

# Built once: making a statement costs SQLAlchemy five times what running it does.
_ORDERS: Final = (
    select(LINE_LOADS.c.order_number)
    .where(LINE_LOADS.c.place == bindparam("at_place"), LINE_LOADS.c.order_number.is_not(None), LINE_LOADS.c.voided == 0)
    .distinct()
    .order_by(LINE_LOADS.c.order_number)
)
_OUTPUTS: Final = (
    select(PRODUCTIONS, EVENTS.c.id, EVENTS.c.occurred_at, LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by)
    .join(EVENTS, EVENTS.c.row == PRODUCTIONS.c.event)
    .join(LOTS, LOTS.c.id == PRODUCTIONS.c.lot)
    .where(PRODUCTIONS.c.number == bindparam("of_order"), PRODUCTIONS.c.event > bindparam("after"), PRODUCTIONS.c.voided == 0)
    .order_by(PRODUCTIONS.c.event)
)
_NAMED: Final = (
    select(LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by)
    .join(EDGES, EDGES.c.source == LOTS.c.id)
    .where(EDGES.c.event == bindparam("made_by"), EDGES.c.voided == 0)
)
_ADD: Final = insert(EDGES)


def widen(connection: Connection, place: str, after: int) -> None:
    """Draw what may be in what was made since event `after` of every order that was loaded at the place; what is drawn stays."""
    for order in connection.execute(_ORDERS, {"at_place": place}).scalars().all():
        for made in connection.execute(_OUTPUTS, {"of_order": order, "after": after}).all():
            _complete(connection, order, made)


def _complete(connection: Connection, order: str, made: Row[Any]) -> None:
    then = at_hand(connection, order, before=made.event)
    if made.transformation != "made":
        then = replace(then, since=then.begun)  # a by-product comes of all that the order made
    named = {LotKey(*row) for row in connection.execute(_NAMED, {"made_by": made.event}).all()}
    own, overlap = LotKey(made.item, made.code, made.assigned_by), overlap_of(policies_of(connection))
    rows = [
        {
            "event": made.event,
            "source": lot_id(connection, LotKey(each.item, each.lot, each.assigned_by)),
            "target": made.lot,
            "grade": each.grade.value,
            "quantity": to_text(ZERO),
            "unit": each.unit,
            "voided": 0,
        }
        for each in possible_inputs(then, from_text(made.occurred_at), overlap, named, own)
    ]
    if rows:
        connection.execute(_ADD, rows)
        taints.links_made(connection, ((row["source"], row["target"]) for row in rows))
