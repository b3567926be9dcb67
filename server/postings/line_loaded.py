"""A lot was put to a line position or into a vessel: it may be in what is made there."""

from __future__ import annotations

from server import line_stays
from server.findings import finding
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LineLoaded
from traceability.lots import Disposition, LotKey, lot_code_fault
from traceability.refusals import Reason


def fault(event: LineLoaded) -> str | None:
    """Return what no loading can say: an impossible lot code, a missing name."""
    if words := lot_code_fault(event.lot):
        return words
    return next((f"{name} is empty" for name in ("place", "item", "assigned_by", "unit") if not getattr(event, name).strip()), None)


def post(event: LineLoaded, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter it; no stock changes by it."""
    key = LotKey(event.item, event.lot, event.assigned_by)
    unknown = books.lot(key) is None
    lot = books.open_lot(key, event.unit, None, Disposition.AVAILABLE)
    books.touch(lot, taken.envelope_id)
    line_stays.load(event, taken, lot, books)
    words = f"lot {event.lot!r} of {event.item} was loaded at {event.place} before any of it came in"
    return (finding(Reason.LOT_UNKNOWN, words),) if unknown and event.used_by is None else ()


def void(_event: LineLoaded, _taken: Taken, _books: Books) -> tuple[Finding, ...]:
    """It was never there."""
    return ()  # what was loaded goes with every event that is undone
