"""Goods were taken out of a carton, or cartons off a pallet."""

from __future__ import annotations

from server import cartons
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.cartons import Level
from traceability.events import Unpacked


def fault(event: Unpacked) -> str | None:
    """Return what no unpacking can say."""
    wrong = [words for each in event.contents if (words := cartons.lot_fault(each))]
    return cartons.sscc_fault(event.sscc, *event.cartons) or (wrong[0] if wrong else None)


def post(event: Unpacked, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Take it out."""
    found = tuple(cartons.unknown_carton(books, event.sscc))
    cartons.touch(books, event.sscc, event.level)
    for sscc in event.cartons:
        books.cartons.change(cartons.carton(books, sscc, Level.CARTON), parent=None)
    return (*found, *cartons.put(books, taken, event.sscc, ((each, -1) for each in event.contents)))


def void(event: Unpacked, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """It is in there still."""
    cartons.take_back(books, taken, event.sscc, event.level, len(event.contents))
    for sscc in event.cartons:
        books.cartons.change(cartons.carton(books, sscc, Level.CARTON), parent=event.sscc)
    return ()
