"""A vessel was emptied and cleaned: what went in before is not in what comes out from now on."""

from __future__ import annotations

from server import line_stays
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import CleanedOut


def fault(event: CleanedOut) -> str | None:
    """Return what it can't be: of no place."""
    return None if event.place.strip() else "place is empty"


def post(event: CleanedOut, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter it."""
    line_stays.end(event, taken, books)
    return ()


def void(event: CleanedOut, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """What was in the vessel may still come."""
    line_stays.not_ended(event, taken, books)
    return ()
