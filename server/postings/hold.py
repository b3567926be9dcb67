"""Nobody may use this lot: it is held here, and every station hears of it."""

from __future__ import annotations

from server.findings import finding
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotHeld
from traceability.lots import Disposition, LotKey, lot_code_fault
from traceability.refusals import Reason


def fault(event: LotHeld) -> str | None:
    """Return what no hold can say: an impossible lot code."""
    return lot_code_fault(event.lot)


def post(event: LotHeld, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Hold the lot, one that is unknown included: its goods may be on the way."""
    key = LotKey(event.item, event.lot, event.assigned_by)
    unknown = books.lot(key) is None
    item = books.known("item", event.item) or {}
    books.touch(books.open_lot(key, item.get("unit", ""), None, Disposition.HOLD), taken.envelope_id)
    return (finding(Reason.LOT_UNKNOWN, f"lot {event.lot!r} of {event.item} was held before any of it came in"),) if unknown else ()
