"""What a station refused changes nothing here, but for one thing: whoever is locked out for wrong PINs is so at every station."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from server.store.books import Books
from server.store.columns import stamped
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import ScanRefused
from traceability.operators import LOCKED_FOR
from traceability.refusals import Reason

#: What stations are told of it: until when, by the person's opaque id.
KIND: Final = "lock_out"


def fault(_event: ScanRefused) -> str | None:
    """Anything can be refused."""
    return None


def post(event: ScanRefused, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Tell every station who is locked out; a lock that is known already, and longer, stays."""
    person, until = event.about.get("approver"), _moment(event.about.get("locked_until"))
    if event.reason is not Reason.LOCKED_OUT or not person or until is None:
        return ()
    # No station's clock or words lock for longer than a lock lasts.
    ends = stamped(min(until, taken.occurred_at + LOCKED_FOR))
    known = books.known(KIND, person)
    if known is None or known["until"] < ends:
        books.publish(KIND, person, {"person": person, "until": ends})
    return ()


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
