"""Prove that the journal is whole: every event as it was sealed, none missing, every scan as it came."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from kiosk.store.database import Database
from kiosk.store.scans import scans_of
from kiosk.store.schema import EVENTS, JOURNALS, SCANS
from traceability.chain import FIRST_PREVIOUS, Break, Envelope, NotCanonical, canonical, link_fault

_COLUMNS: Final = ("journal", "sequence", "id", "kind", "occurred_at", "hash")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found; `broken` is the first fault of the first journal that has one, `damage` what SQLite says of its file."""

    events: int
    journals: tuple[str, ...]
    broken: Break | None
    damage: str | None

    @property
    def ok(self) -> bool:
        """Whether all is as it was written."""
        return self.broken is None and self.damage is None


def verify(database: Database) -> Verdict:
    """Read every event and every scan. StorageFailed where the file can't be read as a database at all."""
    with database.reading() as connection:
        connection.exec_driver_sql("BEGIN")  # one view of the database, while a kiosk goes on writing
        try:
            return _verify(connection)
        finally:
            connection.exec_driver_sql("ROLLBACK")


def _verify(connection: Connection) -> Verdict:
    journals = connection.execute(select(JOURNALS).order_by(JOURNALS.c.id)).all()
    # A journal whose own row is gone still has its events.
    strays = set(connection.execute(select(EVENTS.c.journal).distinct()).scalars()) - {each.id for each in journals}
    events, broken = 0, next((Break(each, 1, f"journal {each} is not in the list of journals") for each in sorted(strays)), None)
    for journal in journals:
        walk = _Walk(connection, journal.id)
        fault = walk.first_fault() or walk.end_fault(journal)
        events, broken = events + walk.events, broken or fault
    broken = broken or _loose_scan(connection)
    answer = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    return Verdict(events, tuple(each.id for each in journals), broken, None if answer == "ok" else str(answer))


class _Walk:
    """One journal read from its first event to its last."""

    def __init__(self, connection: Connection, journal: str) -> None:
        self._connection = connection
        self._journal = journal
        self._previous = FIRST_PREVIOUS
        self.events = 0

    def first_fault(self) -> Break | None:
        """Return the first event that is changed, missing or out of place; all are counted."""
        rows = self._connection.execute(select(EVENTS).where(EVENTS.c.journal == self._journal).order_by(EVENTS.c.sequence))
        found: Break | None = None
        for row in rows:
            words = None if found else self._fault(row)
            found = found or (Break(self._journal, self.events + 1, words) if words else None)
            self.events += 1
        return found

    def end_fault(self, journal: Row[Any]) -> Break | None:
        """Return what is wrong with the journal's end: newest events that are gone."""
        if (journal.head_sequence, journal.head_hash) == (self.events, self._previous):
            return None
        return Break(self._journal, self.events + 1, f"the journal ends at event {self.events}, it was {journal.head_sequence} events long")

    def _fault(self, row: Row[Any]) -> str | None:
        expected = self.events + 1
        if row.sequence != expected:
            return f"event {expected} is missing: the next one found is {row.sequence}"
        envelope = _parsed(row.body)
        if envelope is None:
            return f"event {expected} can't be read: it is not the canonical JSON that was written"
        wrong = [name for name in _COLUMNS if envelope.get(name) != row._mapping[name]]
        if wrong:
            return f"event {expected} was changed: its {', '.join(wrong)} differs between the journal's columns and its body"
        if fault := link_fault(envelope, expected, self._previous):
            return fault
        self._previous = row.hash
        return self._scan_fault(row, envelope)

    def _scan_fault(self, row: Row[Any], envelope: Envelope) -> str | None:
        stored = {each.id: each.entry() for each in scans_of(self._connection, row.row)}
        listed = envelope.get("scans")
        named = {each.get("id"): each for each in listed if isinstance(each, dict)} if isinstance(listed, list) else {}
        if named == stored:
            return None
        differing = sorted(str(each) for each in named.keys() | stored.keys() if named.get(each) != stored.get(str(each)))
        return f"a scan of event {row.sequence} was changed or is missing: {', '.join(differing)}"


def _parsed(body: bytes) -> Envelope | None:
    """Return the envelope, or None where the bytes are not exactly its canonical form."""
    try:
        envelope = json.loads(body)
        return envelope if isinstance(envelope, dict) and canonical(envelope) == body else None
    except (ValueError, NotCanonical, RecursionError):
        return None


def _loose_scan(connection: Connection) -> Break | None:
    """Return a scan that names an event which is not there."""
    there = select(EVENTS.c.row)
    row = connection.execute(
        select(SCANS.c.id, SCANS.c.event).where(SCANS.c.event.is_not(None), SCANS.c.event.not_in(there)).limit(1)
    ).first()
    return None if row is None else Break("", 0, f"scan {row.id} belongs to an event that is gone")
