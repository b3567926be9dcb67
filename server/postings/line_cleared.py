"""A line position is empty: nothing of what was loaded goes into anything any more."""

from __future__ import annotations

from server import line_stays
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LineCleared


def fault(event: LineCleared) -> str | None:
    """Return what it can't be: of no place."""
    return None if event.place.strip() else "place is empty"


def post(event: LineCleared, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter it."""
    line_stays.end(event, taken, books)
    return ()


def void(event: LineCleared, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """What was in the position may still come."""
    line_stays.not_ended(event, taken, books)
    return ()
