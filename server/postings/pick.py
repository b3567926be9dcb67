"""Goods were fetched for an order: they stand where its goods wait, and stay on hand."""

from __future__ import annotations

from server import stock_changes
from server.findings import finding
from server.stock_changes import fault, void
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotPicked
from traceability.refusals import Reason

__all__ = ["fault", "post", "void"]


def post(event: LotPicked, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter the move."""
    known = books.known(event.order_kind, event.order) is not None
    words = f"{event.order_kind.replace('_', ' ')} {event.order!r}, which goods were fetched for, is not in the plant's data"
    found = () if known else (finding(Reason.ORDER_UNKNOWN, words),)
    return (*found, *stock_changes.post(event, taken, books))
