"""A lot went into a work order: stock and its container shrink, and the order is where the lot went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from server import hold_scopes, order_edges, uses
from server.findings import finding
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotConsumed
from traceability.hold_scopes import Came
from traceability.lots import Disposition
from traceability.refusals import Reason

_STOPPED = {
    Disposition.QUARANTINE: (Reason.LOT_IN_QUARANTINE, "still waited for QC"),
    Disposition.HOLD: (Reason.LOT_ON_HOLD, "was on hold"),
    Disposition.REJECTED: (Reason.LOT_REJECTED, "was rejected"),
    Disposition.RECALLED: (Reason.LOT_RECALLED, "was recalled"),
}


def fault(event: LotConsumed) -> str | None:
    """Return what no consumption can say."""
    return uses.fault_of(event)


def post(event: LotConsumed, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter the consumption. It happened, so it counts, whatever is found."""
    found = [*_lot(event, taken, books), *uses.order_findings(event, books)]
    lot, amount, unfit = uses.enter(event, 1, taken, books)
    found.extend(hold_scopes.reach(lot, _came(event, taken), books))
    _take_from_container(event, amount, books)
    order_edges.widen(books.uses.find(taken.envelope_id) or {}, taken, books)
    return (*found, *unfit, *uses.more_than_was_there(event, lot, books))


def void(event: LotConsumed, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Put back what was never used; outputs that name it are for a person to settle."""
    _take_from_container(event, -uses.take_back(event, taken, books), books)
    if (lot := books.lot(uses.key_of(event))) is not None:
        hold_scopes.leave(lot, _came(event, taken), books)
    order_edges.undraw(taken.envelope_id, books)
    return uses.named_too_much(event, books)


def _came(event: LotConsumed, taken: Taken) -> Came:
    return Came("used", event.order, taken.occurred_at)


def _lot(event: LotConsumed, taken: Taken, books: Books) -> Iterator[Finding]:
    if books.known("item", event.item) is None:
        yield finding(Reason.ITEM_UNKNOWN, f"item {event.item!r} is not in the plant's data")
    lot = books.lot(uses.key_of(event))
    if lot is None:
        yield finding(Reason.LOT_UNKNOWN, f"lot {event.lot!r} of {event.item} was used before any of it came in")
        return
    if stopped := _STOPPED.get(Disposition(lot["disposition"])):
        reason, words = stopped
        yield finding(reason, f"lot {event.lot!r} of {event.item} {words}; it was used for work order {event.order!r}")
    # The last good day has passed wherever on earth the plant is.
    if lot["expires_on"] and (taken.occurred_at.date() - date.fromisoformat(lot["expires_on"])).days > 1:
        yield finding(Reason.LOT_EXPIRED, f"lot {event.lot!r} of {event.item} expired on {lot['expires_on']}; it was used after that")


def _take_from_container(event: LotConsumed, amount: Decimal, books: Books) -> None:
    row = books.containers.find(event.container) if event.container is not None else None
    if row is not None:
        books.containers.change(row, quantity=row["quantity"] - amount)
