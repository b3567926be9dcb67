"""A carton stands on a pallet."""

from __future__ import annotations

from server import cartons
from server.findings import finding
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.cartons import Level
from traceability.events import CartonLoaded
from traceability.refusals import Reason


def fault(event: CartonLoaded) -> str | None:
    """Return what no loading can say."""
    return cartons.sscc_fault(event.sscc, event.pallet)


def post(event: CartonLoaded, _taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Put it there."""
    found = [*cartons.unknown_carton(books, event.sscc), *cartons.unknown_carton(books, event.pallet)]
    row = cartons.carton(books, event.sscc, Level.CARTON)
    if row["parent"] not in (None, event.pallet):
        found.append(finding(Reason.CARTON_ELSEWHERE, f"carton {event.sscc} stood on pallet {row['parent']}"))
    books.cartons.change(row, parent=event.pallet)
    cartons.touch(books, event.pallet, Level.PALLET)
    return tuple(found)


def void(event: CartonLoaded, _taken: Taken, books: Books) -> tuple[Finding, ...]:
    """It was never put there."""
    row = cartons.carton(books, event.sscc, Level.CARTON)
    if row["parent"] == event.pallet:
        books.cartons.change(row, parent=None)
    cartons.touch(books, event.pallet, Level.PALLET)
    return ()
