"""Quality lifts holds: the lot stands as it says, unless another hold stands, and so does what was made from it."""

from __future__ import annotations

from collections.abc import Iterator

from server import quality
from server.findings import Exceptional, finding
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotReleased
from traceability.lots import Disposition
from traceability.refusals import Reason
from traceability.standing import Decided

_AFTERWARDS = (Disposition.AVAILABLE, Disposition.QUARANTINE, Disposition.REJECTED)


def fault(event: LotReleased) -> str | None:
    """Return what no release can say: an impossible lot code, a standing that is none of quality's."""
    if event.disposition not in _AFTERWARDS:
        return f"a release leaves a lot {', '.join(_AFTERWARDS[:-1])} or {_AFTERWARDS[-1]}, not {event.disposition}"
    return quality.fault_of(event)


def post(event: LotReleased, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Lift the holds. It happened, so it counts, whoever did it."""
    found = (*_holds(event, taken, books), *quality.not_of_quality(f"lot {event.lot!r} of {event.item} was released", taken, books))
    quality.state(event, Decided(taken.event_id, event.disposition, event.lifts), event.why, taken, books)
    return found


def void(event: LotReleased, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Its holds stand again."""
    quality.unsay(event, taken, books)
    return ()


def _holds(event: LotReleased, taken: Taken, books: Books) -> Iterator[Finding]:
    lot = books.lot(quality.key_of(event))
    if lot is None:
        yield finding(Reason.LOT_UNKNOWN, f"lot {event.lot!r} of {event.item} was released before any of it came in")
    for source in event.lifts:
        held = books.standings.find(lot["id"], source) if lot is not None else None
        if held is None:
            yield finding(Exceptional.EVENT_UNKNOWN, f"lot {event.lot!r} of {event.item}: the hold {source} that was released is not here")
        elif taken.operator is not None and held["operator"] == taken.operator:
            words = f"lot {event.lot!r} of {event.item} was released by the person who held it; somebody else must look"
            yield finding(Reason.SAME_PERSON, words)
