"""Goods stand in another place; a recalled lot that does not go to be kept apart is a thing to settle."""

from __future__ import annotations

from collections.abc import Iterator

from server import stock_changes
from server.findings import Exceptional, finding
from server.stock_changes import fault, void
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import FOUND_HERE, LotMoved
from traceability.lots import Disposition
from traceability.places import Place
from traceability.refusals import Reason

__all__ = ["fault", "post", "void"]


def post(event: LotMoved, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter the move."""
    lot = books.lot(stock_changes.key_of(event))
    where = books.known("place", event.to_place) or {}
    stopped = (
        lot is not None and lot["disposition"] == Disposition.RECALLED and not Place(event.to_place, where.get("kind", "")).keeps_apart
    )
    words = f"lot {event.lot!r} of {event.item} was recalled; it was moved to {event.to_place}, which keeps nothing apart"
    found = (finding(Reason.LOT_RECALLED, words),) if stopped else ()
    return (*found, *_found_here(event), *stock_changes.post(event, taken, books))


def _found_here(event: LotMoved) -> Iterator[Finding]:
    """Nobody moved it now: the books had it elsewhere, and somebody should ask how that came."""
    if event.why == FOUND_HERE:
        what = event.container or ", ".join(event.serials) or "some of it"
        words = f"{what} of lot {event.lot!r} of {event.item} was found in {event.to_place}; the station's books had it in {event.place}"
        yield finding(Exceptional.FOUND_ELSEWHERE, words)
