"""Which posting answers for an event: the module of its kind, where there is one."""

from __future__ import annotations

import json
from functools import cache
from types import ModuleType
from typing import Final

from config import plugins
from server import line_stays, named_things, order_shares
from server.content import Content
from server.findings import Exceptional, finding
from server.store.books import Books
from server.store.sheets import Row
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import Event, from_data

_GROUP: Final = "server.postings"


@cache
def _posting(kind: str) -> ModuleType | None:
    return plugins.find(_GROUP, kind) if kind in plugins.names(_GROUP) else None


def fault_of(event: Event) -> str | None:
    """Return what makes the event impossible, in words, or None."""
    module = _posting(event.kind)
    fault: str | None = module.fault(event) if module else None
    return fault


def post(event: Event, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter the fact into the books; a kind without a posting changes nothing there."""
    module = _posting(event.kind)
    findings: tuple[Finding, ...] = module.post(event, taken, books) if module else ()
    line_stays.stored(event, taken, books)
    order_shares.posted(event, taken, books)
    return (*findings, *named_things.noted(event, taken, books))


def void(event: Event, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Reverse what the fact did to the books."""
    module = _posting(event.kind)
    if module is None:
        return ()
    if not hasattr(module, "void"):
        return (finding(Exceptional.NOT_REVERSED, f"a {event.kind} is not undone by a correction"),)
    findings: tuple[Finding, ...] = module.void(event, taken, books)
    line_stays.taken_back(taken, books)
    order_shares.voided(event, taken, books)
    named_things.forgotten(taken, books)
    return findings


def kept(row: Row, content: Content) -> Taken:
    """Return the event of an envelope's row, as postings see it."""
    return Taken(row["id"], row["event_id"], content.occurred_at, content.grade, content.operator, row["journal_id"])


def kept_event(row: Row) -> Event:
    """Read the event of a row back; it was judged when it was taken."""
    envelope = json.loads(row["body"])
    return from_data(envelope["kind"], envelope["data"])
