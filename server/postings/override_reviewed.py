"""Somebody has looked at what was let through; it must be somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from server.findings import Exceptional, finding
from server.store.books import Books
from server.store.sheets import Row
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import OverrideReviewed
from traceability.refusals import Reason


def fault(event: OverrideReviewed) -> str | None:
    """Return what no review can say."""
    return None if event.override else "it does not say what was looked at"


def post(event: OverrideReviewed, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Note who has looked first."""
    row = books.overrides.find(event.override)
    if row is None:
        return (finding(Exceptional.EVENT_UNKNOWN, f"the override {event.override} that was looked at is not here"),)
    if row["review_id"] is None:
        books.overrides.change(row, review_id=taken.envelope_id)
    return tuple(_findings(row, taken))


def _findings(row: Row, taken: Taken) -> Iterator[Finding]:
    if taken.operator is not None and taken.operator in (row["operator"], row["approver"]):
        words = f"the override {row['event_id']} was looked at by a person who took part in it; somebody else must look"
        yield finding(Reason.SAME_PERSON, words)
