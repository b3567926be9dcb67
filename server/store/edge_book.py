"""The genealogy's edges as the server keeps them, answered a level at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from sqlalchemy import Column, Connection, select

from server.store.tables import edges, envelopes
from traceability.genealogy import Edge, Grade, LotId

_LOTS_A_QUESTION: Final = 5000


class StoredEdges:
    """Reads edges that were not undone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def edges_into(self, lots: Collection[LotId]) -> Iterator[Edge]:
        """Return every edge whose target is among `lots`."""
        return self._edges(edges.c.target, lots)

    def edges_out_of(self, lots: Collection[LotId]) -> Iterator[Edge]:
        """Return every edge whose source is among `lots`."""
        return self._edges(edges.c.source, lots)

    def _edges(self, end: Column[Any], lots: Collection[LotId]) -> Iterator[Edge]:
        for some in chunks(lots):
            asked = select(edges, envelopes.c.event_id).join(envelopes, envelopes.c.id == edges.c.envelope_id)
            for row in self._connection.execute(asked.where(end.in_(some) & ~edges.c.voided).order_by(edges.c.id)):
                yield Edge(row.source, row.target, row.quantity, row.unit, Grade(row.grade), row.event_id)


def chunks(numbers: Collection[int]) -> Iterator[Sequence[int]]:
    """Yield `numbers` in groups that one question can carry."""
    rest = iter(numbers)
    while some := list(islice(rest, _LOTS_A_QUESTION)):
        yield some
