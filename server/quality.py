"""What holds, releases and results have in common."""

from __future__ import annotations

from collections.abc import Iterator

from server.findings import finding
from server.store.books import Books
from server.store.sheets import Row
from server.store.standings import Author
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotHeld, LotReleased, LotTested
from traceability.lots import Disposition, LotKey, lot_code_fault
from traceability.operators import Role
from traceability.refusals import Reason
from traceability.standing import Statement

QualityEvent = LotHeld | LotReleased | LotTested


def fault_of(event: QualityEvent) -> str | None:
    """Return what no word of quality can say: an impossible lot code."""
    return lot_code_fault(event.lot)


def key_of(event: QualityEvent) -> LotKey:
    """Return which lot it is about."""
    return LotKey(event.item, event.lot, event.assigned_by)


def open_lot(event: QualityEvent, taken: Taken, books: Books) -> Row:
    """Return the lot, one that is unknown included, and note that the event speaks of it."""
    item = books.known("item", event.item) or {}
    lot = books.open_lot(key_of(event), item.get("unit", ""), None, Disposition.AVAILABLE)
    books.touch(lot, taken.envelope_id)
    return lot


def state(event: QualityEvent, statement: Statement, why: str, taken: Taken, books: Books, scope: str | None = None) -> None:
    """Let the lot stand as the event says; `scope`: which hold on several lots it belongs to."""
    books.state(open_lot(event, taken, books), statement, Author(taken.operator, taken.occurred_at, why, scope))


def unsay(event: QualityEvent, taken: Taken, books: Books) -> None:
    """What the event said no longer counts."""
    lot = books.lot(key_of(event))
    if lot is None:
        raise LookupError(f"the books do not hold the lot of {event.kind} {taken.event_id}")
    books.unsay(lot, taken.event_id)


def not_of_quality(done: str, taken: Taken, books: Books) -> Iterator[Finding]:
    """Yield the finding where a person who is known here, and is not of quality, decided."""
    person = books.known("operator", taken.operator) if taken.operator is not None else None
    if person is not None and Role.QUALITY.value not in person.get("roles", ()):
        yield finding(Reason.NOT_ALLOWED, f"{done} by a person who is not of quality")
