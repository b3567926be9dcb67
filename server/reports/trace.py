"""Where did this lot come from, where did it go, and how sure are we?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, select

from server.reports.accounts import accounts
from server.reports.completeness import completeness
from server.reports.scope import Scope
from server.reports.trace_shape import BalanceShape, LotName, Trace
from server.store.columns import stamped
from server.store.edge_book import StoredEdges
from server.store.tables import edges, lots, productions, receipts, shipments, stock, uses
from traceability.genealogy import Balance, Edge, Walk, trace_back, trace_forward
from traceability.movements import Account
from traceability.units import plain


class Direction(StrEnum):
    """Which way to look."""

    BACK = "back"
    FORWARD = "forward"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Question:
    """Which lot, and which way. `assigned_by` None: whoever did, where only one lot has the code."""

    item: str
    lot: str
    assigned_by: str | None
    direction: Direction


@dataclass(frozen=True, slots=True)
class Unanswerable:
    """There is no such lot, or more than one."""

    words: str
    ambiguous: bool = False


def answered(connection: Connection, question: Question, now: datetime) -> Trace | Unanswerable:
    """Answer from one consistent view of the database."""
    found = _lots_named(connection, question)
    if len(found) != 1:
        return _not_one(question, found)
    start, book = found[0].id, StoredEdges(connection)
    back = trace_back(start, book) if question.direction is not Direction.FORWARD else None
    forward = trace_forward(start, book) if question.direction is not Direction.BACK else None
    scope = Scope(connection, {*(back.levels if back else ()), *(forward.levels if forward else ())}, _sure(back, forward))
    came_in = list(scope.receipts(back.levels)) if back else []
    made, used = _work(scope, back, forward)
    orders = [row.order_number for row in (*used, *made)]
    went = scope.shipments(forward.levels) if forward else []
    ways = scope.carton_ways(scope.packings(forward.levels) if forward else [], went)
    aside = scope.side_ways(forward.levels if forward else ())
    nodes = (
        *scope.lot_nodes(),
        *scope.receipt_nodes(came_in),
        *scope.vendor_nodes(came_in),
        *scope.work_order_nodes(orders),
        *ways.nodes,
    )
    return Trace(
        lot=LotName(item=found[0].item, lot=found[0].code, assigned_by=found[0].assigned_by),
        direction=question.direction.value,
        as_of=stamped(now),
        nodes=(*nodes, *scope.side_nodes(aside, (each["id"] for each in nodes))),
        edges=(
            *scope.receipt_edges(came_in),
            *scope.lot_edges(_edges(back, forward)),
            *scope.work_order_edges(used),
            *scope.output_edges(made),
            *ways.edges,
            *aside.edges,
        ),
        received=tuple(scope.received(came_in)),
        shipped=tuple(scope.shipped(went)),
        on_hand=tuple(scope.on_hand(forward.levels)) if forward else (),
        scrapped=aside.of("scrap"),
        sampled=aside.of("sample"),
        returned=aside.of("vendor_return"),
        came_back=aside.of("customer_return"),
        completeness=completeness(connection, scope.keys()),
        balance=_balance(connection, found[0]),
    )


def _work(scope: Scope, back: Walk | None, forward: Walk | None) -> tuple[list[Row[Any]], list[Row[Any]]]:
    """Return what came out of work orders and what went into them: forward all of it, back what led to a lot of the walk."""
    onward, before = set(forward.levels) if forward else set(), set(back.levels) if back else set()
    made = list(scope.productions((onward - {forward.start} if forward else onward) | before))
    leading = {row.order_number for row in made if row.lot_id in before}
    gone_in = [*scope.uses(onward | before), *scope.booked(onward | before)]
    return made, [row for row in gone_in if row.lot_id in onward or row.order_number in leading]


def _lots_named(connection: Connection, question: Question) -> list[Row[Any]]:
    named = (lots.c.code == question.lot) & (lots.c.item == question.item)
    if question.assigned_by is not None:
        named &= lots.c.assigned_by == question.assigned_by
    return list(connection.execute(select(lots).where(named).order_by(lots.c.assigned_by)))


def _not_one(question: Question, found: list[Row[Any]]) -> Unanswerable:
    which = f"lot {question.lot!r} of item {question.item!r}"
    if not found:
        by = f" assigned by {question.assigned_by!r}" if question.assigned_by is not None else ""
        return Unanswerable(f"no {which}{by} is known here; its station may not have sent it yet")
    names = ", ".join(repr(row.assigned_by) for row in found)
    return Unanswerable(f"there are {len(found)} lots of that name, assigned by {names}: say which of them {which} is", ambiguous=True)


def _sure(back: Walk | None, forward: Walk | None) -> frozenset[int]:
    return (back.sure if back else frozenset()) | (forward.sure if forward else frozenset())


def _edges(back: Walk | None, forward: Walk | None) -> tuple[Edge, ...]:
    # A cycle is met by both walks.
    return tuple(dict.fromkeys((*(back.edges if back else ()), *(forward.edges if forward else ()))))


def _balance(connection: Connection, lot: Row[Any]) -> BalanceShape:
    came_in = connection.execute(select(receipts.c.base_quantity).where((receipts.c.lot_id == lot.id) & ~receipts.c.voided)).scalars()
    made = connection.execute(select(productions.c.quantity).where((productions.c.lot_id == lot.id) & ~productions.c.voided)).scalars()
    places = connection.execute(select(stock.c.quantity, stock.c.opening).where(stock.c.lot_id == lot.id)).all()
    opening = sum((row.opening for row in places), Decimal(0))
    used = connection.execute(select(uses.c.quantity).where((uses.c.lot_id == lot.id) & ~uses.c.voided)).scalars()
    taken = connection.execute(select(edges.c.quantity).where((edges.c.source == lot.id) & edges.c.taken & ~edges.c.voided)).scalars()
    went = connection.execute(select(shipments.c.quantity).where((shipments.c.lot_id == lot.id) & ~shipments.c.voided)).scalars()
    kept = accounts(connection, lot.id)
    back = kept[Account.CAME_BACK]
    shipped = sum(went, Decimal(0))
    balance = Balance(
        received=sum((*came_in, *made), opening) + kept[Account.IN],
        on_hand=sum((row.quantity for row in places), Decimal(0)),
        consumed=sum((*used, *taken), Decimal(0)),
        shipped=max(shipped - back, Decimal(0)),  # more came back than left: nobody knows whence, so it is unaccounted for
        returned=kept[Account.RETURNED],
        scrapped=kept[Account.SCRAPPED],
        sampled=kept[Account.SAMPLED],
    )
    names = ("on_hand", "consumed", "shipped", "returned", "scrapped", "sampled", "unaccounted")
    amounts = {name: plain(getattr(balance, name)) for name in names}
    percent = None if balance.percent is None else float(balance.percent)
    return BalanceShape(came_in=plain(balance.received), percent=percent, unit=lot.unit, **amounts)
