"""Goods that had left came back: they wait for quality."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from server import stock_changes
from server.findings import Exceptional, finding
from server.stock_changes import fault, void
from server.store.books import Books
from server.taken import Taken
from sync.protocol import Finding
from traceability.events import LotReturnedByCustomer
from traceability.movements import Account
from traceability.refusals import Reason
from traceability.units import plain

__all__ = ["fault", "post", "void"]


def post(event: LotReturnedByCustomer, taken: Taken, books: Books) -> tuple[Finding, ...]:
    """Enter what came back."""
    unknown = event.customer is not None and books.known("customer", event.customer) is None
    words = f"customer {event.customer!r} is not in the plant's data"
    found = (finding(Exceptional.CUSTOMER_UNKNOWN, words),) if unknown else ()
    return (*found, *stock_changes.post(event, taken, books), *_more_than_left(event, books))


def _more_than_left(event: LotReturnedByCustomer, books: Books) -> Iterator[Finding]:
    """Yield the finding where more of a lot came back than was ever shipped of it: where it was meanwhile nobody knows."""
    lot = books.lot(stock_changes.key_of(event))
    assert lot is not None, "its posting opened it"
    left = sum((row["quantity"] for row in books.shipments.having("lot_id", (lot["id"],)) if not row["voided"]), Decimal(0))
    changes = (row for row in books.stock_changes.having("lot_id", (lot["id"],)) if not row["voided"])
    back = sum((row["quantity"] for row in changes if row["account"] == Account.CAME_BACK), Decimal(0))
    if back > left:
        words = f"{plain(back - left)} {lot['unit']} more of lot {event.lot!r} of {event.item} came back than was shipped ({plain(left)})"
        yield finding(Reason.LOT_SHORT, words)
