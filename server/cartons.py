"""Cartons and pallets in the books: found or made, filled, loaded, and gone. A station's events may come in any order of stations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from server.counted import in_lots_unit, is_usable
from server.findings import finding
from server.store.books import Books
from server.store.sheets import Row
from server.taken import Taken
from sync.protocol import Finding
from traceability.cartons import CartonState, Level, is_sscc
from traceability.events import LotPacked, ShippedLot, TakenOut
from traceability.lots import Disposition, LotKey, lot_code_fault
from traceability.refusals import Reason
from traceability.units import DIGITS_AFTER_POINT, LARGEST

#: So much of a lot.
LotAmount = LotPacked | TakenOut | ShippedLot


def sscc_fault(*numbers: str) -> str | None:
    """Return what is wrong with an SSCC, in words, or None."""
    wrong = [each for each in numbers if not is_sscc(each)]
    return f"{wrong[0]!r} is no SSCC: 18 digits, the last of them a right check digit" if wrong else None


def lot_fault(each: LotAmount) -> str | None:
    """Return what no amount of a lot can say, in words, or None."""
    if words := lot_code_fault(each.lot):
        return words
    names = {name: getattr(each, name) for name in ("item", "assigned_by", "base_unit", "place")}
    if empty := [name for name, text in names.items() if not text.strip()]:
        return f"{empty[0]} is empty"
    if not is_usable(each.base_quantity):
        return f"base_quantity is no amount that can be counted (zero to {LARGEST}, {DIGITS_AFTER_POINT} places)"
    return None


def key_of(each: LotAmount) -> LotKey:
    """Return which lot it is."""
    return LotKey(each.item, each.lot, each.assigned_by)


def carton(books: Books, sscc: str, level: Level) -> Row:
    """Return the carton's row, made where the event that opened it is not here yet."""
    row = books.cartons.find(sscc)
    if row is not None:
        return row
    nobody = {"parent": None, "order_number": None, "customer": None, "opened_by": None, "shipped_by": None}
    return books.cartons.add(sscc=sscc, level=level.value, state=CartonState.OPEN.value, **nobody)


def set_state(books: Books, sscc: str, level: Level, state: CartonState) -> None:
    """Note where the carton stands; one that left has left, whatever was said of it before."""
    row = carton(books, sscc, level)
    if row["state"] != CartonState.SHIPPED:
        books.cartons.change(row, state=state.value)


def put(books: Books, taken: Taken, sscc: str, lots: Iterable[tuple[LotAmount, int]]) -> Iterator[Finding]:
    """Note what was put into the carton (sign 1) or taken out of it (-1)."""
    for line, (each, sign) in enumerate(lots):
        lot = books.open_lot(key_of(each), each.base_unit, None, Disposition.AVAILABLE)
        amount = in_lots_unit(each.base_quantity, each.base_unit, lot)
        if amount is None:
            yield other_unit(each, lot)
        books.touch(lot, taken.envelope_id)
        books.packings.add(
            envelope_id=taken.envelope_id,
            line=line,
            sscc=sscc,
            lot_id=lot["id"],
            container=each.container,
            place=each.place,
            quantity=sign * (amount or Decimal(0)),
            occurred_at=taken.occurred_at,
            grade=taken.grade.value,
            voided=False,
        )


def take_back(books: Books, taken: Taken, sscc: str, level: Level, lines: int) -> None:
    """Reverse what one event put into a carton or took out of it."""
    for line in range(lines):
        row = books.packings.find(taken.envelope_id, line)
        if row is None:
            raise LookupError(f"the books do not hold the packing {taken.event_id}")
        books.packings.change(row, voided=True)
    touch(books, sscc, level)


def touch(books: Books, sscc: str, level: Level) -> None:
    """Let every station hear of the carton as it is now."""
    books.cartons.change(carton(books, sscc, level))


def other_unit(each: LotAmount, lot: Row) -> Finding:
    """Return the finding where a lot is counted in a unit of another dimension."""
    words = f"lot {each.lot!r} of {each.item} is counted in {lot['unit']}, this in {each.base_unit}: it is not counted"
    return finding(Reason.UNIT_UNKNOWN, words)


def unknown_lot(books: Books, each: LotAmount) -> Iterator[Finding]:
    """Yield the finding where a lot was never heard of."""
    if books.lot(key_of(each)) is None:
        yield finding(Reason.LOT_UNKNOWN, f"lot {each.lot!r} of {each.item} was packed before any of it came in")


def unknown_carton(books: Books, sscc: str) -> Iterator[Finding]:
    """Yield the finding where a carton was never opened, or had left."""
    row = books.cartons.find(sscc)
    if row is None:
        yield finding(Reason.CARTON_UNKNOWN, f"carton {sscc} was never opened here; its station may not have sent it yet")
    elif row["state"] == CartonState.SHIPPED:
        yield finding(Reason.CARTON_ELSEWHERE, f"carton {sscc} had left already")
