"""A lot was tested: the values are kept with it, and it stands as quality decided by them."""

from __future__ import annotations

from server import quality
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotTested
from traceability.lots import Disposition
from traceability.standing import Decided, Held
from traceability.units import LARGEST


def fault(event: LotTested) -> str | None:
    """Return what no result can say: an impossible lot code, no test, a value that can't be kept."""
    if not event.tests:
        return "the result names no test"
    numbers = [number for each in event.tests for number in (each.value, each.low, each.high) if number is not None]
    if any(abs(number) > LARGEST for number in numbers):
        return f"a value is beyond what can be kept ({LARGEST})"
    return quality.fault_of(event)


def post(event: LotTested, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Keep the values, and let the lot stand as was decided."""
    lot = quality.open_lot(event, taken, books)
    for line, each in enumerate(event.tests, 1):
        measured = {"test": each.test, "value": each.value, "unit": each.unit, "low": each.low, "high": each.high, "passed": each.passed}
        when = {"sample": event.sample, "occurred_at": taken.occurred_at, "voided": False}
        books.qc_results.add(envelope_id=taken.envelope_id, line=line, lot_id=lot["id"], **measured, **when)
    if event.disposition is None:
        return ()
    if event.disposition is Disposition.HOLD:  # anybody may hold
        quality.state(event, Held(taken.event_id), "QC", taken, books)
        return ()
    quality.state(event, Decided(taken.event_id, event.disposition), "QC", taken, books)
    return tuple(quality.not_of_quality(f"lot {event.lot!r} of {event.item} was set to {event.disposition}", taken, books))


def void(event: LotTested, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """The result was another lot's, or mistyped."""
    for row in books.qc_results.having("envelope_id", (taken.envelope_id,)):
        books.qc_results.change(row, voided=True)
    quality.unsay(event, taken, books)
    return ()
