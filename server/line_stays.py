"""What was loaded at the lines and what went into vessels, whichever station saw it: outputs get what may so be in them.

A station knows only what it saw itself. What another one loaded at the same position is drawn here, *possible*, whichever of the events
comes first; what an event says by itself stays as it says it. The rule is `traceability.lines`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.store.books import Books
from server.store.sheets import Row
from server.taken import Taken
from traceability.events import (
    CleanedOut,
    Event,
    LineCleared,
    LineLoaded,
    LotConsumed,
    LotCounted,
    LotMoved,
    LotProduced,
    LotReceived,
    LotReturned,
    LotReturnedByCustomer,
)
from traceability.lines import AtHand, Emptied, Happened, Loaded, overlap_of, possible_inputs
from traceability.lots import LotKey
from traceability.places import Place

_STORED = LotReceived | LotProduced | LotMoved | LotReturned | LotCounted | LotConsumed | LotReturnedByCustomer


def load(event: LineLoaded, taken: Taken, lot: Row, books: Books) -> None:
    """A lot was put to a position or into a vessel."""
    _put(event.place, event.vessel, event.order, event.used_by, lot, taken, books)
    widen(event.place, books)


def end(event: LineCleared | CleanedOut, taken: Taken, books: Books) -> None:
    """A position was empty, or a vessel was cleaned out. What was drawn before stays: a trace is never narrowed by what comes late."""
    books.line_ends.add(envelope_id=taken.envelope_id, place=event.place, occurred_at=taken.occurred_at, voided=False)


def not_ended(event: LineCleared | CleanedOut, taken: Taken, books: Books) -> None:
    """It was not empty after all."""
    row = books.line_ends.find(taken.envelope_id)
    if row is not None:
        books.line_ends.change(row, voided=True)
    widen(event.place, books)


def stored(event: Event, taken: Taken, books: Books) -> None:
    """Note what an event put into a vessel, whatever kind of work it was."""
    if not isinstance(event, _STORED):
        return
    name = event.to_place if isinstance(event, LotMoved) else event.place
    place = Place(name, str((books.known("place", name) or {}).get("kind", "")))
    lot = books.lot(LotKey(event.item, event.lot, event.assigned_by)) if place.is_vessel else None
    if lot is not None:
        _put(name, True, event.order if isinstance(event, LotConsumed) else None, None, lot, taken, books)
        widen(name, books)


def taken_back(taken: Taken, books: Books) -> None:
    """What an event that was undone had put there was never there, and is in nothing by it."""
    own = books.line_loads.find(taken.envelope_id)
    gone = [*([own] if own else []), *books.line_loads.having("used_by", (taken.event_id,))]
    for row in gone:
        books.line_loads.change(row, voided=True)
        for edge in books.edges.having("use_id", (row["envelope_id"],)):
            books.edges.change(edge, voided=True)
    for place in {row["place"] for row in gone}:
        widen(place, books)


def complete(output: Row, books: Books) -> None:
    """Draw what may be in an output beside what is named; nobody can say how much."""
    at_hand, rows = _at_hand(output, books)
    drawn = {edge["source"] for edge in books.edges.having("envelope_id", (output["envelope_id"],)) if not edge["voided"]}
    lots = books.lots_by_id({*drawn, output["lot_id"], *(row["lot_id"] for row in rows)})
    named = {_key(lots[number]) for number in drawn}
    by_key = {_key(lots[row["lot_id"]]): row for row in rows}
    policies = {name: str(value) for name, value in (books.known("policies", "policies") or {}).items()}
    for each in possible_inputs(at_hand, output["occurred_at"], overlap_of(policies), named, _key(lots[output["lot_id"]])):
        row = by_key[LotKey(each.item, each.lot, each.assigned_by)]
        books.edges.add(
            source=row["lot_id"],
            target=output["lot_id"],
            quantity=each.quantity,
            unit=lots[row["lot_id"]]["unit"],
            grade=each.grade.value,
            envelope_id=output["envelope_id"],
            voided=False,
            taken=False,
            use_id=row["envelope_id"],
        )


def widen(place: str, books: Books) -> None:
    """Draw what is known of a place now into the outputs of every order that was loaded there."""
    orders = {row["order_number"] for row in _live(books.line_loads.having("place", (place,))) if row["order_number"]}
    for output in books.productions.having("order_number", orders) if orders else ():
        if not output["voided"]:
            complete(output, books)


def _put(place: str, vessel: bool, order: str | None, used_by: str | None, lot: Row, taken: Taken, books: Books) -> None:
    books.line_loads.add(
        envelope_id=taken.envelope_id,
        place=place,
        lot_id=lot["id"],
        vessel=vessel,
        order_number=order,
        used_by=used_by,
        occurred_at=taken.occurred_at,
        voided=books.voids.find(used_by) is not None if used_by else False,
    )


def _at_hand(output: Row, books: Books) -> tuple[AtHand, list[Row]]:
    """What happened where the output's order was loaded, and the loads that it was."""
    order = output["order_number"]
    own = _live(books.line_loads.having("order_number", (order,))) if order else []
    places = {row["place"] for row in own}
    if not places:
        return AtHand(), []
    loads = _live(books.line_loads.having("place", places))
    ends = _live(books.line_ends.having("place", places))
    lots = books.lots_by_id({row["lot_id"] for row in loads})
    told: list[tuple[datetime, int, Happened]] = [(*_moment(row), _loaded(row, lots[row["lot_id"]])) for row in loads]
    told += [(*_moment(row), Emptied(row["place"], row["occurred_at"])) for row in ends]
    begun = min(row["occurred_at"] for row in (*own, *_live(books.uses.having("order_number", (order,)))))
    made = [each for each in _live(books.productions.having("order_number", (order,))) if each["transformation"] == "made"]
    before = [each["occurred_at"] for each in made if _moment(each) < _moment(output)]
    since = max(before, default=begun) if output["transformation"] == "made" else begun
    return AtHand(tuple(each for _, _, each in sorted(told, key=lambda each: each[:2])), since, begun), loads


def _live(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row["voided"]]


def _moment(row: Row) -> tuple[Any, int]:
    return row["occurred_at"], row["envelope_id"]


def _loaded(row: Row, lot: Row) -> Loaded:
    return Loaded(row["place"], row["occurred_at"], _key(lot), lot["unit"], row["vessel"])


def _key(lot: Row) -> LotKey:
    return LotKey(lot["item"], lot["code"], lot["assigned_by"])
