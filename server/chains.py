"""Where an event stands in its journal's chain, seen from what the server holds of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from sqlalchemy import Connection, select, update

from server.content import Header
from server.store.tables import envelopes, journals
from traceability.chain import FIRST_PREVIOUS


class Standing(Enum):
    """How an event that is new here fits its chain."""

    NEXT = auto()
    FORK = auto()  # its place is taken by another event, it follows none that is known, or it follows a fork
    GAP = auto()  # events before it are missing


@dataclass(slots=True)
class Chain:
    """One journal. `heads` are the hashes at the high-water mark, each with whether it is of a fork."""

    id: int
    high_water: int
    last_sequence: int
    heads: dict[str, bool] = field(default_factory=dict)

    def standing(self, header: Header) -> Standing:
        """Return how the event fits; forks are kept, only a gap can't be."""
        if header.sequence > self.high_water + 1:
            return Standing.GAP
        follows_a_fork = self.heads.get(header.previous, True)
        return Standing.NEXT if header.sequence == self.high_water + 1 and not follows_a_fork else Standing.FORK

    def advance(self, header: Header, fork: bool) -> None:
        """Count an event that was kept."""
        if header.sequence == self.high_water + 1:
            self.high_water, self.heads = header.sequence, {header.hash: fork}
        elif header.sequence == self.high_water:
            self.heads[header.hash] = fork


def open_chain(connection: Connection, journal_row: int) -> Chain:
    """Read where a journal stands."""
    row = connection.execute(select(journals).where(journals.c.id == journal_row)).one()
    at_the_top = (envelopes.c.journal_id == row.id) & (envelopes.c.sequence == row.high_water)
    heads = {each.hash: each.fork for each in connection.execute(select(envelopes.c.hash, envelopes.c.fork).where(at_the_top))}
    return Chain(row.id, row.high_water, row.last_sequence, heads if row.high_water else {FIRST_PREVIOUS: False})


def keep_chain(connection: Connection, chain: Chain) -> None:
    """Write how far the journal is known."""
    values = {"high_water": chain.high_water, "last_sequence": max(chain.last_sequence, chain.high_water)}
    connection.execute(update(journals).where(journals.c.id == chain.id).values(values))
