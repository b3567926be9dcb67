"""The journal as the queue of what the server does not have. Nothing is ever removed from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from kiosk.store.database import Database
from kiosk.store.reading import envelope_of
from kiosk.store.schema import EVENTS, JOURNALS
from kiosk.store.times import to_text
from sync.protocol import Answer
from traceability.chain import Envelope


class StationOutbox:
    """What the sync's thread reads and writes; the worker's commits go on meanwhile."""

    def __init__(self, database: Database, journal: str) -> None:
        self._database = database
        self._journal = journal

    def journal(self) -> str:
        """Return the journal's id."""
        return self._journal

    def last_sequence(self) -> int:
        """Return the sequence of the newest event (0: none yet)."""
        with self._database.reading() as connection:
            head = select(JOURNALS.c.head_sequence).where(JOURNALS.c.id == self._journal)
            return int(connection.execute(head).scalar_one())

    def unsent(self, limit: int) -> Sequence[Envelope]:
        """Return the oldest events without an answer, in order of sequence; a parked one only after someone said 'try again'."""
        waiting = (EVENTS.c.journal == self._journal) & (EVENTS.c.state == "waiting")
        with self._database.reading() as connection:
            rows = connection.execute(select(EVENTS.c.body).where(waiting).order_by(EVENTS.c.row).limit(limit)).all()
        return [envelope_of(row) for row in rows]

    def record_answers(self, answers: Sequence[Answer], at: datetime) -> None:
        """Keep what the server said about each event, durably, in one transaction."""
        with self._database.writing() as connection:
            for answer in answers:
                # Only what is waiting: an answer that comes twice, or late, does not undo what a person did meanwhile.
                mine = (EVENTS.c.id == answer.id) & (EVENTS.c.journal == self._journal) & (EVENTS.c.state == "waiting")
                values = {"state": answer.answer.value, "words": _words(answer), "answered_at": to_text(at)}
                connection.execute(update(EVENTS).where(mine).values(**values, tries=EVENTS.c.tries + 1))

    def high_water(self) -> int:
        """Return the highest sequence that has an answer (0: none)."""
        answered = (EVENTS.c.journal == self._journal) & EVENTS.c.answered_at.is_not(None)
        newest = select(EVENTS.c.sequence).where(answered).order_by(EVENTS.c.sequence.desc()).limit(1)
        with self._database.reading() as connection:
            return int(connection.execute(newest).scalar() or 0)

    def resend_from(self, sequence: int) -> None:
        """Forget the answers from `sequence` on, parked ones included: the server no longer has those events."""
        later = (EVENTS.c.journal == self._journal) & (EVENTS.c.sequence >= sequence)
        with self._database.writing() as connection:
            connection.execute(update(EVENTS).where(later).values(state="waiting", words="", answered_at=None))


def _words(answer: Answer) -> str:
    return " ".join(filter(None, (answer.words, *(each.words for each in answer.exceptions))))
