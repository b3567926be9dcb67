"""What every event that counts goods has in common: amounts that can be kept, the lot's own unit, labelled containers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from server.findings import Exceptional, finding
from server.store.books import Books
from server.store.sheets import Row
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import Container
from traceability.units import DIGITS_AFTER_POINT, LARGEST, Quantity, to_base


def is_usable(amount: Decimal) -> bool:
    """Whether an amount can be counted: zero or more, within limits."""
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and -DIGITS_AFTER_POINT <= exponent <= len(str(LARGEST)) and 0 <= amount <= LARGEST


def in_lots_unit(amount: Decimal, unit: str, lot: Row) -> Decimal | None:
    """Return an amount in the unit that the lot is counted in; None where a station's item data was of another dimension."""
    converted = to_base(Quantity(amount, unit), lot["unit"], {})
    return converted.base.amount if converted else None


def enter_containers(containers: Iterable[Container], place: str, taken: Taken, lot: Row, books: Books) -> Iterator[Finding]:
    """Keep the containers that an event put labels on; of two with one serial the first stands."""
    for container in containers:
        row = books.containers.find(container.serial)
        values = _container(container, taken, lot, place)
        if row is None:
            books.containers.add(**values)
        elif row["voided"]:
            books.containers.change(row, **values)
        else:
            yield finding(Exceptional.CONTAINER_TWICE, f"container {container.serial!r} came in before; the first one stands")


def void_containers(containers: Iterable[Container], taken: Taken, books: Books) -> None:
    """Void the containers that an event made."""
    for container in containers:
        row = books.containers.find(container.serial)
        if row is not None and row["envelope_id"] == taken.envelope_id:
            books.containers.change(row, voided=True)


def _container(container: Container, taken: Taken, lot: Row, place: str) -> dict[str, object]:
    return {
        "serial": container.serial,
        "lot_id": lot["id"],
        "envelope_id": taken.envelope_id,
        "quantity": container.quantity,
        "unit": container.unit,
        "place": place,
        "voided": False,
    }
