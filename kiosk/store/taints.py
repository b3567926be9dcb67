"""Which lots this station must stop because of what they were made from: kept beside the lots, so that a verdict is one look-up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, union_all

from kiosk.store.listed import as_list, listed
from kiosk.store.schema import EDGES, LOTS, TAINTS, TOLD_ANCESTORS
from traceability.genealogy import reached
from traceability.taints import STOPPING, Link, stopped_ancestors

_STOPPING: Final = tuple(each.value for each in STOPPING)
_AMONG: Final = listed("among")

# Built once: making a statement costs SQLAlchemy five times what running it does.
# What the server said counts as a link too: it knows ways through other stations' work.
_OUT: Final = union_all(
    select(EDGES.c.source, EDGES.c.target).where(EDGES.c.source.in_(_AMONG), EDGES.c.voided == 0),
    select(TOLD_ANCESTORS.c.ancestor, TOLD_ANCESTORS.c.lot).where(TOLD_ANCESTORS.c.ancestor.in_(_AMONG)),
)
_INTO: Final = union_all(
    select(EDGES.c.source, EDGES.c.target).where(EDGES.c.target.in_(_AMONG), EDGES.c.voided == 0),
    select(TOLD_ANCESTORS.c.ancestor, TOLD_ANCESTORS.c.lot).where(TOLD_ANCESTORS.c.lot.in_(_AMONG)),
)
_STOPPED: Final = select(LOTS.c.id).where(LOTS.c.id.in_(_AMONG), LOTS.c.disposition.in_(_STOPPING))
_ALL_STOPPED: Final = select(LOTS.c.id).where(LOTS.c.disposition.in_(_STOPPING))
_FLAGGED: Final = select(TAINTS.c.lot, TAINTS.c.ancestor).where(TAINTS.c.lot.in_(_AMONG))
_BLAMED: Final = select(TAINTS.c.ancestor).where(TAINTS.c.ancestor.in_(_AMONG)).distinct()
_UNFLAG: Final = delete(TAINTS).where(TAINTS.c.lot == bindparam("flagged"))
_FLAG: Final = insert(TAINTS)


def standing_changed(connection: Connection, lots: Collection[int]) -> None:
    """Flag what was made from those of `lots` that are stopped now, and free what only they stopped."""
    begin = set(_one_column(connection, _STOPPED, lots)) ^ set(_one_column(connection, _BLAMED, lots))
    if begin:
        work_out(connection, begin)


def links_made(connection: Connection, links: Iterable[Link]) -> None:
    """Flag what was just made from a lot that is stopped or flagged itself."""
    links = tuple(links)
    sources = {source for source, _ in links}
    spoilt = {*_one_column(connection, _STOPPED, sources), *_one_column(connection, _FLAGGED, sources)}
    if begin := {target for source, target in links if source in spoilt}:
        work_out(connection, begin)


def links_undone(connection: Connection, links: Iterable[Link]) -> None:
    """Free what was flagged only because of links that were undone."""
    if flagged := set(_one_column(connection, _FLAGGED, {target for _, target in links})):
        work_out(connection, flagged)


def work_out(connection: Connection, begin: Collection[int]) -> None:
    """Work out the flags of `begin` and of all that was made from them."""
    within = _made_from(connection, begin)
    links = [(row.source, row.target) for row in _rows(connection, _INTO, within)]
    sources = {source for source, _ in links}
    stopped = set(_one_column(connection, _STOPPED, sources))
    outside = {row.lot: (row.ancestor,) for row in _rows(connection, _FLAGGED, sources - within)}
    found = stopped_ancestors(links, stopped, outside, at_most=1)
    _replace(connection, within, {lot: ancestors[0] for lot, ancestors in found.items()})


def work_out_all(connection: Connection) -> None:
    """Work out every flag anew."""
    connection.execute(delete(TAINTS))
    work_out(connection, set(connection.execute(_ALL_STOPPED).scalars()))


def _made_from(connection: Connection, begin: Collection[int]) -> set[int]:
    return set(reached(begin, lambda level: (row.target for row in _rows(connection, _OUT, level))))


def _replace(connection: Connection, within: Collection[int], found: dict[int, int]) -> None:
    before = {row.lot: row.ancestor for row in _rows(connection, _FLAGGED, within)}
    gone = [{"flagged": lot} for lot, ancestor in before.items() if found.get(lot) != ancestor]
    new = [{"lot": lot, "ancestor": ancestor} for lot, ancestor in found.items() if before.get(lot) != ancestor]
    if gone:
        connection.execute(_UNFLAG, gone)
    if new:
        connection.execute(_FLAG, new)


def _one_column(connection: Connection, statement: Select[Any], lots: Collection[int]) -> list[int]:
    return [row[0] for row in _rows(connection, statement, lots)]


def _rows(connection: Connection, statement: Any, lots: Collection[int]) -> list[Row[Any]]:
    return list(connection.execute(statement, {"among": as_list(lots)})) if lots else []
