"""Quality lifts the hold on all of a delivery, of a work order or of a time, wherever it is."""

from __future__ import annotations

from server import hold_scopes, quality
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import ScopeReleased


def fault(event: ScopeReleased) -> str | None:
    """Return what no such release can say."""
    return None if event.scope else "it does not say which hold is released"


def post(event: ScopeReleased, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Lift it. It happened, so it counts, whoever did it."""
    found = hold_scopes.release(event, taken, books)
    return (*found, *quality.not_of_quality("what was held together was released", taken, books))


def void(event: ScopeReleased, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """All of it is held again."""
    hold_scopes.unrelease(event, taken, books)
    return ()
