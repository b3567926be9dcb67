"""All of a delivery, of a work order or of a time is held: also what other stations have of it, and what comes to light later."""

from __future__ import annotations

from server import hold_scopes
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import ScopeHeld


def fault(event: ScopeHeld) -> str | None:
    """Return what no such hold can say: an order without a number, a time without its ends."""
    if event.basis == "time_window":
        whole = event.since is not None and event.until is not None and event.since <= event.until
        return None if whole else "a hold on a time needs from when to when, in that order"
    return None if event.basis_id else f"a hold on a {event.basis} needs its number"


def post(event: ScopeHeld, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Hold it."""
    hold_scopes.hold(event, taken, books)
    return ()


def void(_event: ScopeHeld, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """It was a mistake."""
    hold_scopes.unhold(taken, books)
    return ()
