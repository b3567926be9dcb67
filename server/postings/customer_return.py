"""Goods that had left came back: they wait for quality."""

from __future__ import annotations

from server import stock_changes
from server.findings import Exceptional, finding
from server.stock_changes import fault, void
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotReturnedByCustomer

__all__ = ["fault", "post", "void"]


def post(event: LotReturnedByCustomer, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter what came back."""
    unknown = event.customer is not None and books.known("customer", event.customer) is None
    words = f"customer {event.customer!r} is not in the plant's data"
    found = (finding(Exceptional.CUSTOMER_UNKNOWN, words),) if unknown else ()
    return (*found, *stock_changes.post(event, taken, books))
