"""Which lots were made from stopped ones, kept beside the lots and told to every station."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, insert, select

from server.store.edge_book import chunks
from server.store.tables import edges, lots, taints
from traceability.genealogy import reached
from traceability.taints import STOPPING, Link, stopped_ancestors

#: So many stopped ancestors of a lot are kept and told, the nearest first. A station that releases one while it is offline
#: frees the lot only where it was told of no other.
MOST_ANCESTORS: Final = 20
_STOPPING: Final = tuple(each.value for each in STOPPING)
_STOPPED: Final = select(lots.c.id).where(lots.c.disposition.in_(_STOPPING))
_BLAMED: Final = select(taints.c.ancestor_id).distinct()
_FLAGGED: Final = select(taints.c.lot_id, taints.c.ancestor_id).order_by(taints.c.nearness)
_LINKS: Final = select(edges.c.source, edges.c.target).where(~edges.c.voided).distinct()


def follow(connection: Connection, stands_anew: Collection[int], links: Collection[Link]) -> set[int]:
    """Bring the flags up to date after lots changed and links were drawn or undone; return the lots whose flags are others now."""
    stopped = {row[0] for row in _rows(connection, _STOPPED, lots.c.id, stands_anew)}
    blamed = {row[0] for row in _rows(connection, _BLAMED, taints.c.ancestor_id, stands_anew)}
    return _work_out(connection, (stopped ^ blamed) | _ends_that_matter(connection, links))


def told(connection: Connection, of: Collection[int]) -> dict[int, list[list[str]]]:
    """Return for each of these lots that has any its stopped ancestors, by their names, the nearest first."""
    asked = (
        select(taints.c.lot_id, lots.c.item, lots.c.code, lots.c.assigned_by)
        .join(lots, lots.c.id == taints.c.ancestor_id)
        .order_by(taints.c.lot_id, taints.c.nearness)
    )
    found: dict[int, list[list[str]]] = {}
    for row in _rows(connection, asked, taints.c.lot_id, of):
        found.setdefault(row.lot_id, []).append([row.item, row.code, row.assigned_by])
    return found


def _ends_that_matter(connection: Connection, links: Collection[Link]) -> set[int]:
    """Return the far ends of links whose near end is stopped or flagged, and those that are flagged themselves."""
    sources, targets = {source for source, _ in links}, {target for _, target in links}
    spoilt = {row[0] for row in _rows(connection, _STOPPED, lots.c.id, sources)}
    flagged = {row.lot_id for row in _rows(connection, _FLAGGED, taints.c.lot_id, sources | targets)}
    return {target for source, target in links if source in spoilt | flagged or target in flagged}


def _work_out(connection: Connection, begin: Collection[int]) -> set[int]:
    within = _made_from(connection, begin)
    links = [(row.source, row.target) for row in _rows(connection, _LINKS, edges.c.target, within)]
    sources = {source for source, _ in links}
    stopped = {row[0] for row in _rows(connection, _STOPPED, lots.c.id, sources)}
    outside = _flags(connection, sources - within)
    return _replace(connection, within, stopped_ancestors(links, stopped, outside, MOST_ANCESTORS))


def _made_from(connection: Connection, begin: Collection[int]) -> set[int]:
    return set(reached(begin, lambda level: (row.target for row in _rows(connection, _LINKS, edges.c.source, level))))


def _flags(connection: Connection, of: Collection[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for row in _rows(connection, _FLAGGED, taints.c.lot_id, of):
        found[row.lot_id] = (*found.get(row.lot_id, ()), row.ancestor_id)
    return found


def _replace(connection: Connection, within: Collection[int], found: dict[int, tuple[int, ...]]) -> set[int]:
    before = _flags(connection, within)
    changed = {lot for lot in before.keys() | found.keys() if before.get(lot) != found.get(lot)}
    for some in chunks(changed & before.keys()):
        connection.execute(delete(taints).where(taints.c.lot_id.in_(some)))
    rows = [
        {"lot_id": lot, "ancestor_id": ancestor, "nearness": nearness}
        for lot in changed
        for nearness, ancestor in enumerate(found.get(lot, ()))
    ]
    if rows:
        connection.execute(insert(taints), rows)
    return changed


def _rows(connection: Connection, statement: Select[Any], column: Any, among: Collection[int]) -> Iterator[Row[Any]]:
    for some in chunks(among):
        yield from connection.execute(statement.where(column.in_(some))).all()
