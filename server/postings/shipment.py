"""A carton or a pallet left for a customer: stock shrinks, the order fills, and whatever should not have left is found."""

from __future__ import annotations

from decimal import Decimal

from server import cartons, gate
from server.counted import in_lots_unit
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.cartons import CartonState, Level
from traceability.events import CartonShipped, ShippedLot
from traceability.lots import Disposition


def fault(event: CartonShipped) -> str | None:
    """Return what no shipment can say."""
    names = {name: getattr(event, name) for name in ("order", "customer", "place")}
    if empty := [name for name, text in names.items() if not text.strip()]:
        return f"{empty[0]} is empty"
    wrong = [words for each in event.contents if (words := cartons.lot_fault(each))]
    return cartons.sscc_fault(event.sscc, *event.cartons, *(each.sscc for each in event.contents)) or (wrong[0] if wrong else None)


def post(event: CartonShipped, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter the shipment. The goods left, so it counts, whatever is found."""
    findings = [*gate.order_findings(event, books), *gate.carton_findings(event, books), *gate.lot_findings(event, taken, books)]
    for line, each in enumerate(event.contents):
        findings.extend(_leave(event, each, line, taken, books))
    for sscc, level in _units(event):
        row = cartons.carton(books, sscc, level)
        # Of two shipments of one carton the first stands; the other is a finding, and it is the one that somebody undoes.
        first = row["shipped_by"] if row["state"] == CartonState.SHIPPED else None
        books.cartons.change(row, state=CartonState.SHIPPED.value, shipped_by=first or taken.envelope_id)
    return tuple(findings)


def void(event: CartonShipped, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """The goods are here still, in their cartons."""
    for line, each in enumerate(event.contents):
        row, lot = books.shipments.find(taken.envelope_id, line), books.lot(cartons.key_of(each))
        if row is None or lot is None:
            raise LookupError(f"the books do not hold the shipment {taken.event_id}")
        books.shipments.change(row, voided=True)
        _move(event, each, -row["quantity"], books)
    for sscc, level in _units(event):
        row = cartons.carton(books, sscc, level)
        if row["shipped_by"] == taken.envelope_id:
            other = _left_otherwise(event, sscc, books)
            books.cartons.change(row, state=(CartonState.SHIPPED if other else CartonState.CLOSED).value, shipped_by=other)
    return ()


def _left_otherwise(event: CartonShipped, sscc: str, books: Books) -> int | None:
    """Return the shipment that a unit left by all the same; what this event said of it is void already."""
    lots = {lot["id"] for each in event.contents if (lot := books.lot(cartons.key_of(each))) is not None}
    rows = (row for row in books.shipments.having("lot_id", lots) if not row["voided"] and sscc in (row["unit"], row["sscc"]))
    return next((int(row["envelope_id"]) for row in rows), None)


def _units(event: CartonShipped) -> list[tuple[str, Level]]:
    return [(event.sscc, event.level), *((each, Level.CARTON) for each in event.cartons)]


def _leave(event: CartonShipped, each: ShippedLot, line: int, taken: Taken, books: Books) -> tuple[Finding, ...]:
    lot = books.open_lot(cartons.key_of(each), each.base_unit, None, Disposition.AVAILABLE)
    counted = in_lots_unit(each.base_quantity, each.base_unit, lot)
    amount = counted or Decimal(0)
    books.touch(lot, taken.envelope_id)
    books.shipments.add(
        envelope_id=taken.envelope_id,
        line=line,
        lot_id=lot["id"],
        unit=event.sscc,
        sscc=each.sscc,
        order_number=event.order,
        customer=event.customer,
        quantity=amount,
        occurred_at=taken.occurred_at,
        grade=taken.grade.value,
        voided=False,
    )
    _move(event, each, amount, books)
    unfit = (cartons.other_unit(each, lot),) if counted is None else ()
    return (*unfit, *gate.more_than_was_there(each, lot, books), *gate.more_than_was_ordered(event, each.item, books))


def _move(event: CartonShipped, each: ShippedLot, amount: Decimal, books: Books) -> None:
    """Let the goods leave; below zero: they are here still."""
    lot = books.lot(cartons.key_of(each))
    assert lot is not None
    books.move(lot, each.place, -amount)
    container = books.containers.find(each.container) if each.container is not None else None
    if container is not None:
        books.containers.change(container, quantity=container["quantity"] - amount)
    row = books.ship_progress.find(event.order, each.item)
    if row is None:
        books.ship_progress.add(order_number=event.order, item=each.item, shipped=amount)
    else:
        books.ship_progress.change(row, shipped=row["shipped"] + amount)
