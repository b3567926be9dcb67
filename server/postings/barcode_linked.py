"""A person said what an unknown barcode stands for: every station learns it."""

from __future__ import annotations

from server.findings import Exceptional, finding
from server.store.books import Books, record_key
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import BarcodeLinked
from traceability.refusals import Reason

KIND = "barcode_link"


def fault(event: BarcodeLinked) -> str | None:
    """Return what no link can say: an empty code."""
    return None if event.code.strip() else "the linked barcode is empty"


def post(event: BarcodeLinked, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Publish the link; one that says something else of the same code stands until a person settles it."""
    key = _key(event)
    before = books.known(KIND, key)
    if before is not None and (before["item"], before.get("unit")) != (event.item, event.unit):
        return (finding(Exceptional.BARCODE_TAKEN, f"barcode {event.code!r} stands for {before['item']!r} already"),)
    body = {"code": event.code, "item": event.item, "unit": event.unit, "vendor": event.vendor, "event": taken.event_id}
    if before is None:
        books.publish(KIND, key, {name: value for name, value in body.items() if value is not None})
    if books.known("item", event.item) is None:
        return (finding(Reason.ITEM_UNKNOWN, f"item {event.item!r} is not in the plant's data"),)
    return ()


def void(event: BarcodeLinked, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Withdraw the link that this event made."""
    link = books.known(KIND, _key(event))
    if link is not None and link["event"] == taken.event_id:
        books.publish(KIND, _key(event), None)
    return ()


def _key(event: BarcodeLinked) -> str:
    return record_key(event.code, event.vendor or "")
