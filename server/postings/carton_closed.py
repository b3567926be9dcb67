"""Nothing more goes into a carton."""

from __future__ import annotations

from server import cartons
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.cartons import CartonState
from traceability.events import CartonClosed


def fault(event: CartonClosed) -> str | None:
    """Return what no carton can be."""
    return cartons.sscc_fault(event.sscc)


def post(event: CartonClosed, _taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Close it."""
    found = tuple(cartons.unknown_carton(books, event.sscc))
    cartons.set_state(books, event.sscc, event.level, CartonState.CLOSED)
    return found


def void(event: CartonClosed, _taken: Taken, books: Books) -> tuple[Finding, ...]:
    """It is open still."""
    cartons.set_state(books, event.sscc, event.level, CartonState.OPEN)
    return ()
