"""What making a lot changes: the lot is there, its labels, its edges, the order; and what the event itself took off the stock."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.store import taints
from kiosk.store.amounts import ZERO, less, to_text, total
from kiosk.store.going_on import went_on
from kiosk.store.lot_rows import add_fact, lot_id, lot_ids, move_stock, unsay
from kiosk.store.posting import Posting, add_containers, mark_order, void_containers
from kiosk.store.schema import EDGES, EVENTS, PRODUCTIONS
from kiosk.store.work_postings import count_used, take_out_of
from traceability.events import LotInput, LotProduced
from traceability.genealogy import Grade
from traceability.lots import LotKey

_Sources = list[tuple[LotInput, int]]

# Built once: making a statement costs SQLAlchemy five times what running it does.
_ADD_PRODUCTION: Final = insert(PRODUCTIONS)
_ADD_EDGES: Final = insert(EDGES)
_VOID_PRODUCTION: Final = update(PRODUCTIONS).where(PRODUCTIONS.c.event == bindparam("row")).values(voided=1)
_DOUBT_EDGES: Final = update(EDGES).where(EDGES.c.event == bindparam("row")).values(grade=Grade.POSSIBLE.value)
_LINKS: Final = select(EDGES.c.source, EDGES.c.target).where(EDGES.c.event == bindparam("row"), EDGES.c.voided == 0)
_EVENT_ID: Final = select(EVENTS.c.id).where(EVENTS.c.row == bindparam("at_row"))
_VOID_EDGES: Final = update(EDGES).where(EDGES.c.event == bindparam("row")).values(voided=1)


def produce(connection: Connection, posting: Posting, made: LotProduced) -> None:
    """Put what was made into stock, keep which lots it came from, and take off the stock what this event itself took."""
    lot = lot_id(connection, LotKey(made.item, made.lot, made.assigned_by))
    add_fact(
        connection,
        lot,
        event=posting.row,
        kind=made.kind,
        occurred_at=posting.occurred_at,
        expires_on=made.expires_on.isoformat() if made.expires_on else None,
        disposition=made.disposition,
    )
    sources = _sources(connection, made)
    _move(connection, posting, made, lot, sources, 1)
    add_containers(connection, posting, made.containers, made.place, lot)
    counted = {"number": made.order, "transformation": made.transformation, "quantity": to_text(made.base_quantity)}
    connection.execute(_ADD_PRODUCTION, {"event": posting.row, "lot": lot, "voided": 0, **counted})
    _add_edges(connection, posting.row, lot, sources)


def take_back_produced(connection: Connection, posting: Posting, row: int, made: LotProduced) -> None:
    """Nothing was made after all: its goods, labels and edges are void, and what it took off the stock is back.

    Where it went on (a second person let the undo through), the edges stay as possible ones: a recall must still reach those goods.
    """
    sources = _sources(connection, made)
    gone_on = went_on(connection, connection.execute(_EVENT_ID, {"at_row": row}).scalar_one())
    links = [(edge.source, edge.target) for edge in connection.execute(_LINKS, {"row": row})]  # those drawn later included
    for statement in (_VOID_PRODUCTION, _DOUBT_EDGES if gone_on else _VOID_EDGES):
        connection.execute(statement, {"row": row})
    lot = unsay(connection, row)
    if not gone_on:
        taints.links_undone(connection, links)
    _move(connection, posting, made, lot, sources, -1)
    void_containers(connection, row)
    if made.order is not None:
        mark_order(connection, "work_order", made.order, finished=False)


def _sources(connection: Connection, made: LotProduced) -> _Sources:
    keys = [LotKey(each.item, each.lot, each.assigned_by) for each in made.inputs]
    ids = lot_ids(connection, keys)
    return [(each, ids[key]) for each, key in zip(made.inputs, keys, strict=True)]


def _move(connection: Connection, posting: Posting, made: LotProduced, lot: int, sources: _Sources, sign: int) -> None:
    """One movement a lot and place: an input may have stood in two containers, or be the very lot that comes out (rework)."""
    moved: dict[tuple[int, str], Decimal] = {(lot, made.place): sign * made.base_quantity}
    for each, source in sources:
        if each.place is None:
            continue
        amount = sign * each.quantity
        moved[source, each.place] = less(moved.get((source, each.place), ZERO), amount)
        take_out_of(connection, each.container, amount)
        if made.order is not None:
            count_used(connection, made.order, each.item, amount)
    for (of_lot, place), change in moved.items():
        move_stock(connection, posting.row, of_lot, place, change)


def _add_edges(connection: Connection, row: int, target: int, sources: _Sources) -> None:
    amounts: dict[tuple[int, str, str], Decimal] = {}
    for each, source in sources:
        key = (source, each.grade.value, each.unit)
        amounts[key] = total(amounts.get(key, ZERO), each.quantity)
    rows: list[dict[str, Any]] = [
        {"event": row, "source": source, "target": target, "grade": grade, "quantity": to_text(amount), "unit": unit, "voided": 0}
        for (source, grade, unit), amount in amounts.items()
    ]
    if rows:
        connection.execute(_ADD_EDGES, rows)
        taints.links_made(connection, ((row["source"], target) for row in rows))


EFFECTS: Final[dict[str, Callable[[Connection, Posting, Any], None]]] = {LotProduced.kind: produce}
REVERSALS: Final[dict[str, Callable[[Connection, Posting, int, Any], None]]] = {LotProduced.kind: take_back_produced}
