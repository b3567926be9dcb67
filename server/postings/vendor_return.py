"""Goods went back to who delivered them."""

from __future__ import annotations

from server import stock_changes
from server.findings import Exceptional, finding
from server.stock_changes import fault, void
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotReturnedToVendor

__all__ = ["fault", "post", "void"]


def post(event: LotReturnedToVendor, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter what went back."""
    unknown = books.known("vendor", event.vendor) is None
    found = (finding(Exceptional.VENDOR_UNKNOWN, f"vendor {event.vendor!r} is not in the plant's data"),) if unknown else ()
    return (*found, *stock_changes.post(event, taken, books))
