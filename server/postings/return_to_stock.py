"""What a work order did not use of a lot is back: stock grows, in a container of its own."""

from __future__ import annotations

from server import uses, went_on
from server.counted import enter_containers, is_usable, void_containers
from server.findings import finding
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotReturned
from traceability.refusals import Reason


def fault(event: LotReturned) -> str | None:
    """Return what no return can say."""
    wrong = [each.serial for each in event.containers if not (each.serial.strip() and each.unit.strip() and is_usable(each.quantity))]
    return uses.fault_of(event) or (f"container {wrong[0]!r} can't be counted" if wrong else None)


def post(event: LotReturned, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter the return."""
    unknown = books.lot(uses.key_of(event)) is None
    found = [finding(Reason.LOT_UNKNOWN, f"lot {event.lot!r} of {event.item} came back before any of it came in")] if unknown else []
    found += uses.order_findings(event, books)
    lot, _, unfit = uses.enter(event, -1, taken, books)
    labelled = enter_containers(event.containers, event.place, taken, lot, books)
    return (*found, *unfit, *labelled, *uses.named_too_much(event, books))


def void(event: LotReturned, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Take off the stock again what never came back."""
    uses.take_back(event, taken, books)
    lot = books.lot(uses.key_of(event))
    found = tuple(went_on.what_came(event.containers, event.place, lot, books)) if lot is not None else ()
    void_containers(event.containers, taken, books)
    return found
