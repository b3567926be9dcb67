"""So much of a lot lies in a carton. It stays on hand until it ships."""

from __future__ import annotations

from server import cartons
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotPacked


def fault(event: LotPacked) -> str | None:
    """Return what no packing can say."""
    return cartons.sscc_fault(event.sscc) or cartons.lot_fault(event)


def post(event: LotPacked, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter what was put in."""
    found = (*cartons.unknown_carton(books, event.sscc), *cartons.unknown_lot(books, event))
    cartons.touch(books, event.sscc, event.level)
    return (*found, *cartons.put(books, taken, event.sscc, ((event, 1),)))


def void(event: LotPacked, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """It was never put in."""
    cartons.take_back(books, taken, event.sscc, event.level, 1)
    return ()
