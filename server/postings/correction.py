"""An earlier event is undone: its effect is reversed, both stay on record. It may come before the event that it undoes."""

from __future__ import annotations

from server import dispatch
from server.findings import Exceptional, finding
from server.store.books import Books
from server.taken import Taken
from sync.protocol import AnswerKind, Finding
from traceability.events import EventCorrected
from traceability.genealogy import Grade


def fault(event: EventCorrected) -> str | None:
    """Return what no correction can say: nothing to correct."""
    return None if event.corrects else "the correction names no event"


def post(event: EventCorrected, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Undo the event, or note that it is to be undone when it comes."""
    if books.voids.find(event.corrects) is not None:
        return (finding(Exceptional.CORRECTED_TWICE, f"event {event.corrects} was undone before"),)
    books.voids.add(event_id=event.corrects, envelope_id=taken.envelope_id)
    row = books.envelopes.find(event.corrects)
    if row is None:
        return (finding(Exceptional.EVENT_UNKNOWN, f"the event that this undoes, {event.corrects}, is not here yet"),)
    if row["answer"] == AnswerKind.PARKED:
        return ()  # it changed nothing; should it be taken later, it is undone at once
    undone = Taken(row["id"], row["event_id"], taken.occurred_at, Grade.SCANNED, journal_id=row["journal_id"])
    return dispatch.void(dispatch.kept_event(row), undone, books)
