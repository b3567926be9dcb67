"""A photo or paper belongs to an event: announced here; its bytes come after it by their own way."""

from __future__ import annotations

from sqlalchemy import select

from server.content import is_id
from server.findings import Exceptional, finding
from server.store import tables
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.attachments import LARGEST, is_digest
from traceability.events import FileAttached


def fault(event: FileAttached) -> str | None:
    """Return what no attachment can say: a size that is never kept, content that has no name, an event that can't be."""
    if not is_digest(event.sha256):
        return f"its sha256 is {event.sha256!r}, expected 64 hexadecimal digits"
    if not 0 < event.size <= LARGEST:
        return f"it has {event.size} bytes, expected 1 to {LARGEST}"
    return None if is_id(event.to_event) else f"it belongs to event {event.to_event!r}, which is no event's id"


def post(event: FileAttached, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Note it, and of which lots the event speaks that it belongs to."""
    books.attachments.add(
        envelope_id=taken.envelope_id,
        to_event=event.to_event,
        sha256=event.sha256,
        media_type=event.media_type,
        size=event.size,
        name=event.name,
        taken_by=event.taken_by,
        received_at=_here_since(event.sha256, books),
        voided=False,
    )
    owner = books.envelopes.find(event.to_event)
    if owner is None:
        return (finding(Exceptional.EVENT_UNKNOWN, f"the event that {event.name!r} belongs to, {event.to_event}, is not here"),)
    for lot in _lots_of(owner["id"], books):
        books.touch({"id": lot}, taken.envelope_id)
    return ()


def void(_event: FileAttached, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """It was attached by mistake; what came of it stays, and is not waited for any more."""
    row = books.attachments.find(taken.envelope_id)
    if row is not None:
        books.attachments.change(row, voided=True)
    return ()


def _here_since(sha256: str, books: Books) -> object:
    """The same content may have come with another event."""
    columns = tables.attachments.c
    asked = select(columns.received_at).where((columns.sha256 == sha256) & columns.received_at.is_not(None)).limit(1)
    return books.connection.execute(asked).scalar()


def _lots_of(envelope_id: int, books: Books) -> set[int]:
    columns = tables.touches.c
    kept = books.connection.execute(select(columns.lot_id).where(columns.envelope_id == envelope_id)).scalars()
    return {*kept, *(row["lot_id"] for row in books.touches.touched() if row["envelope_id"] == envelope_id)}
