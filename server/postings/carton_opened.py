"""A carton or pallet may be filled: it is known from now on."""

from __future__ import annotations

from server import cartons
from server.findings import Exceptional, finding
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.cartons import CartonState
from traceability.events import CartonOpened


def fault(event: CartonOpened) -> str | None:
    """Return what no carton can be."""
    return cartons.sscc_fault(event.sscc)


def post(event: CartonOpened, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter the carton; of two with one SSCC the first stands."""
    row = cartons.carton(books, event.sscc, event.level)
    if event.again:
        cartons.set_state(books, event.sscc, event.level, CartonState.OPEN)
        return ()
    if row["opened_by"] is not None:
        return (finding(Exceptional.CARTON_TWICE, f"carton {event.sscc} was opened before; the first one stands"),)
    books.cartons.change(row, opened_by=taken.envelope_id, level=event.level.value, order_number=event.order, customer=event.customer)
    return ()


def void(event: CartonOpened, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """It was never opened, or never opened again."""
    row = cartons.carton(books, event.sscc, event.level)
    if event.again or row["opened_by"] == taken.envelope_id:
        cartons.set_state(books, event.sscc, event.level, CartonState.CLOSED if event.again else CartonState.VOIDED)
    return ()
