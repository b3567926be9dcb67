"""A second person let through what the rules refused: it waits to be looked at by somebody else."""

from __future__ import annotations

from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import OverrideApproved


def fault(event: OverrideApproved) -> str | None:
    """Return what no approval can say."""
    return None if event.approver else "it does not say who approved it"


def post(event: OverrideApproved, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Keep it for the report; what was done with it is judged by its own event."""
    who = {"operator": taken.operator, "approver": event.approver, "occurred_at": taken.occurred_at}
    books.overrides.add(envelope_id=taken.envelope_id, event_id=taken.event_id, **who, review_id=None)
    return ()
