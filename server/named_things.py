"""Which events name which piece, container or delivered unit by its own serial: for the question where this very one came from and went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server.findings import Exceptional, finding
from server.store.books import Books
from server.store.sheets import Row
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import CartonShipped, Event, LotProduced, LotReceived, Unpacked
from traceability.lots import LotKey
from traceability.refusals import Reason
from traceability.serials import PieceFact, SerialState, said_of_pieces

PIECE, CONTAINER, DELIVERED = "piece", "container", "delivered"
#: Where a piece is that nobody can use, pack or lose again.
_AWAY: Final = (SerialState.USED.value, SerialState.GONE.value)
_Named = tuple[str, str, LotKey]  # what it is, its serial, its lot


def noted(event: Event, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Keep what an event names; a piece that is used or gone for the second time is a thing to settle."""
    found = tuple(_pieces(event, taken, books)) if _names_a_lot(event) else ()
    for what, serial, key in dict.fromkeys(_things(event)):
        if (lot := books.lot(key)) is not None:
            _add(books, taken, what, serial, lot)
    return (*found, *_put_aside(event))


def _put_aside(event: Any) -> Iterator[Finding]:
    """A container that the books had in a place that keeps apart was used all the same."""
    if Reason.NOT_EXPECTED_HERE in getattr(event, "accepted_reasons", ()):
        what = getattr(event, "container", None) or ", ".join(getattr(event, "serials", ()))
        words = f"{what} of lot {event.lot!r} of {event.item} was kept apart in {event.place} by the books; this {event.kind} took it"
        yield finding(Reason.NOT_EXPECTED_HERE, words)


def forgotten(taken: Taken, books: Books) -> None:
    """An event that was undone named nothing."""
    for row in books.named_things.having("envelope_id", (taken.envelope_id,)):
        books.named_things.change(row, voided=True)


def _pieces(event: Any, taken: Taken, books: Books) -> Iterator[Finding]:
    lot = books.lot(_key(event))
    for fact in said_of_pieces(event) if lot is not None else ():
        assert lot is not None
        yield from _twice(event, fact, books)
        _add(books, taken, PIECE, fact.serial, lot, fact)


def _twice(event: Any, fact: PieceFact, books: Books) -> Iterator[Finding]:
    rows = [each for each in books.named_things.having("serial", (fact.serial,)) if each["item"] == event.item and not each["voided"]]
    last = rows[-1]["state"] if rows else None
    if last not in _AWAY or event.kind == "customer_return":
        return
    piece = f"piece {fact.serial!r} of lot {event.lot!r} of {event.item}"
    if fact.state is SerialState.HERE:
        words = f"{piece} was used, shipped or lost by the books; this {event.kind} found it in {fact.place}"
        yield finding(Exceptional.FOUND_ELSEWHERE, words)
    elif fact.state.value in _AWAY:
        yield finding(Exceptional.PIECE_TWICE, f"{piece} was used, shipped or lost before; this {event.kind} takes it again")


def _things(event: Any) -> Iterator[_Named]:
    match event:
        case CartonShipped() | Unpacked():
            yield from ((CONTAINER, each.container, _key(each)) for each in event.contents if each.container)
        case LotProduced():
            yield from ((CONTAINER, each.container, _key(each)) for each in event.inputs if each.container)
            yield from ((CONTAINER, each.serial, _key(event)) for each in event.containers)
        case _ if _names_a_lot(event):
            if isinstance(event, LotReceived) and event.sscc:
                yield DELIVERED, event.sscc, _key(event)
            serials = [getattr(event, "container", None), *(each.serial for each in getattr(event, "containers", ()))]
            serials += [each.serial for each in getattr(event, "found", ())]
            yield from ((CONTAINER, serial, _key(event)) for serial in serials if serial)
        case _:
            return


def _names_a_lot(event: Any) -> bool:
    """Whether an event is of one lot; that a barcode stands for an item names none."""
    return bool(getattr(event, "item", None) and getattr(event, "lot", None))


def _key(names: Any) -> LotKey:
    return LotKey(names.item, names.lot, getattr(names, "assigned_by", ""))


def _add(books: Books, taken: Taken, what: str, serial: str, lot: Row, fact: PieceFact | None = None) -> None:
    books.named_things.add(
        envelope_id=taken.envelope_id,
        what=what,
        serial=serial,
        item=lot["item"],
        lot_id=lot["id"],
        state=fact.state.value if fact is not None else "",
        carton=fact.carton if fact is not None else None,
        voided=False,
    )
