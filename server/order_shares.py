"""What each journal did on an order, and what it set aside for one: told to every station, so that all count alike.

The records of the feed are the books of it: a station leaves its own journals out and counts those by its own events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from typing import Any, Final

from server.store.books import Books, record_key
from server.taken import Taken
from sync.protocol import ORDER_PROGRESS, SET_ASIDE
from traceability.events import DocumentFinished, Event, LotPicked, LotsAllocated
from traceability.order_shares import OrderShare, shares_of
from traceability.picking import SetAside
from traceability.units import plain

_ORDER_KINDS: Final = {
    "receipt": "purchase_order",
    "consumption": "work_order",
    "return_to_stock": "work_order",
    "production": "work_order",
    "shipment": "ship_order",
}
_PICKING: Final = "pick"


def foreseen(events: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the records that these envelopes will ask for; what is overlooked here is read one by one."""
    for each in events:
        data = each.get("data")
        order = data.get("order") if isinstance(data, Mapping) else None
        kind = _ORDER_KINDS.get(str(each.get("kind")))
        if kind is not None and isinstance(order, str) and 0 < len(order) <= 128 and "\0" not in order:
            yield ORDER_PROGRESS, record_key(kind, order)


def posted(event: Event, taken: Taken, books: Books) -> None:
    """Count what the event did on its order, and what it set aside or used up of that."""
    for share in shares_of(event):
        _count(share, 1, taken, books)
    match event:
        case LotsAllocated():
            _publish_set_aside(event, taken, books)
        case LotPicked(proposed=SetAside() as proposed):
            _use_up(event, proposed, event.base_quantity, taken, books)
        case DocumentFinished(workflow, str(order), str(kind)) if workflow == _PICKING:
            books.publish(SET_ASIDE, record_key(kind, order, books.journal(taken.journal_id)), None)
        case _:
            pass


def voided(event: Event, taken: Taken, books: Books) -> None:
    """Take back what the event did on its order."""
    for share in shares_of(event):
        _count(share, -1, taken, books)
    if isinstance(event, LotPicked) and event.proposed is not None:
        _use_up(event, event.proposed, -event.base_quantity, taken, books)


def _count(share: OrderShare, sign: int, taken: Taken, books: Books) -> None:
    key = record_key(share.order_kind, share.order)
    known = books.known(ORDER_PROGRESS, key)
    journals: dict[str, Any] = deepcopy(known["journals"]) if known else {}
    lines = journals.setdefault(books.journal(taken.journal_id), {}).setdefault(share.doing.value, {})
    lines[share.line] = plain(Decimal(lines.get(share.line, "0")) + sign * share.amount)
    books.publish(ORDER_PROGRESS, key, {"order_kind": share.order_kind, "order": share.order, "journals": journals})


def _publish_set_aside(event: LotsAllocated, taken: Taken, books: Books) -> None:
    journal = books.journal(taken.journal_id)
    lots = [_set_aside(each) for each in event.lots]
    body = {"order_kind": event.order_kind, "order": event.order, "journal": journal, "since": taken.envelope_id, "lots": lots}
    books.publish(SET_ASIDE, record_key(event.order_kind, event.order, journal), body if lots else None)


def _set_aside(each: SetAside) -> dict[str, str]:
    names = {"line": each.line, "item": each.item, "lot": each.lot, "assigned_by": each.assigned_by, "place": each.place}
    return {**names, "quantity": plain(each.base_quantity)}


def _use_up(event: LotPicked, proposed: SetAside, amount: Decimal, taken: Taken, books: Books) -> None:
    """So much (below zero: not after all) of what was set aside was fetched, as far as it was set aside before that."""
    key = record_key(event.order_kind, event.order, books.journal(taken.journal_id))
    body = books.known(SET_ASIDE, key)
    if body is None or body["since"] > taken.envelope_id:
        return
    name = _set_aside(proposed).items() - {("quantity", plain(proposed.base_quantity))}
    lots = [{**each, "quantity": plain(Decimal(each["quantity"]) - amount)} if name <= each.items() else each for each in body["lots"]]
    books.publish(SET_ASIDE, key, {**body, "lots": lots})
