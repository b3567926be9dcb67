"""Nobody may use this lot: it is held here, and every station hears of it."""

from __future__ import annotations

from server import quality
from server.findings import finding
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotHeld
from traceability.refusals import Reason
from traceability.standing import Held


def fault(event: LotHeld) -> str | None:
    """Return what no hold can say: an impossible lot code."""
    return quality.fault_of(event)


def post(event: LotHeld, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Hold the lot, one that is unknown included: its goods may be on the way."""
    unknown = books.lot(quality.key_of(event)) is None
    quality.state(event, Held(taken.event_id), event.why, taken, books, event.group)
    return (finding(Reason.LOT_UNKNOWN, f"lot {event.lot!r} of {event.item} was held before any of it came in"),) if unknown else ()


def void(event: LotHeld, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """The hold was a mistake: other holds on the lot stand."""
    quality.unsay(event, taken, books)
    return ()
