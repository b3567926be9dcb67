"""Holds that reach over a delivery, a work order or a time: every lot of it, at whatever station, also one that comes to light later."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Table, select

from server.findings import Exceptional, finding
from server.store import tables
from server.store.books import Books
from server.store.columns import stamped
from server.store.sheets import Row, Sheet
from server.store.standings import Author
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import ScopeHeld, ScopeReleased
from traceability.hold_scopes import Came, HoldScope
from traceability.refusals import Reason
from traceability.standing import Held, Lifted

#: What stations are told of a scope that is in force.
KIND: Final = "hold_scope"
_WHAT: Final = {"receipt": "order", "work_order": "work order"}


def hold(event: ScopeHeld, taken: Taken, books: Books) -> int:
    """Hold all of it that is known here; return how many lots that were not held with it already."""
    row = books.hold_scopes.add(
        event_id=taken.event_id,
        envelope_id=taken.envelope_id,
        basis=event.basis,
        number=event.basis_id,
        since=event.since,
        until=event.until,
        with_used=event.with_used,
        why=event.why,
        operator=taken.operator,
        occurred_at=taken.occurred_at,
        released_by=None,
        in_force=True,
    )
    return _begin(row, books)


def unhold(taken: Taken, books: Books) -> None:
    """The hold was a mistake: what was held by it alone is free. The holds that its station made have corrections of their own."""
    _end(_row(taken.event_id, books), None, books)
    _unsay(taken.event_id, books)


def release(event: ScopeReleased, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Lift every hold of it that stands still; nothing is held by it from now on."""
    row = books.hold_scopes.find(event.scope)
    if row is None:
        return (finding(Exceptional.EVENT_UNKNOWN, f"the hold {event.scope} that was released is not here"),)
    _end(row, taken.event_id, books)
    by_lot: dict[int, list[str]] = {}
    for each in books.standings.held_together(event.scope):
        by_lot.setdefault(each["lot_id"], []).append(each["source"])
    lots = _foreseen(by_lot, taken.event_id, books)
    for number, holds in by_lot.items():
        stands = [each for each in books.standings.of(number).holds if each in holds]
        if stands:
            books.state(lots[number], Lifted(taken.event_id, tuple(stands)), Author(taken.operator, taken.occurred_at, event.why))
            books.touch(lots[number], taken.envelope_id)
    if taken.operator is not None and row["operator"] == taken.operator:
        return (finding(Reason.SAME_PERSON, f"{_name(row)} was released by the person who held it; somebody else must look"),)
    return ()


def unrelease(event: ScopeReleased, taken: Taken, books: Books) -> None:
    """The release was a mistake: all of it is held again, what came meanwhile too."""
    _unsay(taken.event_id, books)
    row = books.hold_scopes.find(event.scope)
    if row is not None and row["released_by"] == taken.event_id:
        books.hold_scopes.change(row, released_by=None, in_force=True)
        _begin(row, books)


def reach(lot: Row, came: Came, books: Books) -> Iterator[Finding]:
    """Hold a lot that comes to light now and belongs to something that is held; yield that as a finding."""
    for row in books.hold_scopes.having("in_force", (True,)):
        held = books.standings.held_together(row["event_id"]) if _scope(row).takes_in(came) else None
        if held is not None and not any(each["lot_id"] == lot["id"] for each in held):
            _hold(lot, row, books)
            words = f"lot {lot['code']!r} of {lot['item']} belongs to {_name(row)}, which is on hold: it is held too"
            yield finding(Reason.LOT_ON_HOLD, words)


def leave(lot: Row, came: Came, books: Books) -> None:
    """What put a lot among what is held was undone: where nothing else does, it is free of that hold."""
    for row in books.hold_scopes.having("in_force", (True,)):
        scope = _scope(row)
        if scope.takes_in(came) and books.standings.find(lot["id"], scope.id) and lot["id"] not in _lots_of(scope, books):
            books.unsay(lot, scope.id)


def _begin(row: Row, books: Books) -> int:
    """Hold what is known of it and was not held with it, and tell every station that it is in force."""
    books.publish(KIND, row["event_id"], _body(row))
    held = {each["lot_id"] for each in books.standings.held_together(row["event_id"])}
    lots = _foreseen(_lots_of(_scope(row), books) - held, row["event_id"], books)
    for lot in lots.values():
        _hold(lot, row, books)
        books.touch(lot, row["envelope_id"])
    return len(lots)


def _end(row: Row, released_by: str | None, books: Books) -> None:
    books.hold_scopes.change(row, released_by=released_by, in_force=False)
    books.publish(KIND, row["event_id"], None)


def _hold(lot: Row, row: Row, books: Books) -> None:
    author = Author(row["operator"], row["occurred_at"], row["why"], row["event_id"])
    books.state(lot, Held(row["event_id"]), author)


def _unsay(source: str, books: Books) -> None:
    said = books.standings.of_source(source)
    lots = books.lots_by_id({each["lot_id"] for each in said})
    for each in said:
        books.unsay(lots[each["lot_id"]], source)


def _foreseen(numbers: Collection[int], source: str, books: Books) -> dict[int, Row]:
    """Return the lots, with all that was said of them read at once."""
    books.standings.foresee(numbers, source)
    return books.lots_by_id(numbers)


def _lots_of(scope: HoldScope, books: Books) -> set[int]:
    match scope.basis:
        case "receipt":
            return _ids(books.receipts.having("order_number", (scope.number,)))
        case "work_order":
            made = [row for row in books.productions.having("order_number", (scope.number,)) if not row["voided"]]
            return _ids(made) | (_used(scope, made, books) if scope.with_used else set())
        case "time_window":
            return _between(books.receipts, tables.receipts, scope, books) | _between(books.productions, tables.productions, scope, books)


def _used(scope: HoldScope, made: Iterable[Row], books: Books) -> set[int]:
    """What went into a work order, one that all came back from included: it was there."""
    drawn = books.edges.having("envelope_id", {row["envelope_id"] for row in made})
    return _ids(books.uses.having("order_number", (scope.number,))) | {row["source"] for row in drawn if not row["voided"]}


def _between(sheet: Sheet, table: Table, scope: HoldScope, books: Books) -> set[int]:
    inside = table.c.occurred_at.between(scope.since, scope.until) & ~table.c.voided
    kept = set(books.connection.execute(select(table.c.lot_id).where(inside)).scalars())
    fresh = (row for row in sheet.touched() if scope.since is not None and scope.until is not None)
    return kept | _ids(row for row in fresh if scope.since <= row["occurred_at"] <= scope.until)


def _ids(rows: Iterable[Row]) -> set[int]:
    return {row["lot_id"] for row in rows if not row["voided"]}


def _row(event_id: str, books: Books) -> Row:
    row = books.hold_scopes.find(event_id)
    if row is None:
        raise LookupError(f"the books do not hold the scope_hold {event_id}")
    return row


def _scope(row: Row) -> HoldScope:
    names = ("basis", "number", "since", "until", "with_used", "why")
    return HoldScope(row["event_id"], **{name: row[name] for name in names}, by=row["operator"], at=row["occurred_at"])


def _body(row: Row) -> dict[str, Any]:
    times = {name: row[name] and stamped(row[name]) for name in ("since", "until")}
    said = {"basis": row["basis"], "number": row["number"], **times, "why": row["why"], "by": row["operator"]}
    body: dict[str, Any] = {name: text for name, text in said.items() if text is not None}
    return {"scope": row["event_id"], **body, "with_used": row["with_used"], "at": stamped(row["occurred_at"])}


def _name(row: Row) -> str:
    if row["basis"] in _WHAT:
        return f"{_WHAT[row['basis']]} {row['number']!r}"
    return f"the time from {stamped(row['since'])} to {stamped(row['until'])}"
