"""An event that the server keeps, as postings see it, and what a posting is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from server.store.books import Books
from sync.protocol import Finding
from traceability.genealogy import Grade


@dataclass(frozen=True, slots=True)
class Taken:
    """Which event it is: `envelope_id` is its row, `event_id` its own id."""

    envelope_id: int
    event_id: str
    occurred_at: datetime
    grade: Grade
    operator: str | None = None
    journal_id: int = 0  # the row of the journal that it stands in


class Posting(Protocol):
    """What a module of server/postings has; `void` is missing where there is nothing to undo."""

    def fault(self, event: Any) -> str | None:
        """Return what makes the event impossible, in words: it is parked. None: it is possible."""

    def post(self, event: Any, taken: Taken, books: Books) -> tuple[Finding, ...]:
        """Enter the fact; return what a person should settle."""

    def void(self, event: Any, taken: Taken, books: Books) -> tuple[Finding, ...]:
        """Reverse the fact's effect; the fact stays on record."""
