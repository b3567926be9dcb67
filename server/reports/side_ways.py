"""What left a lot beside use and shipment, and what came back: waste, samples, returns of customers and to vendors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Row, select

from server.reports.trace_shape import EdgeShape, SideWay, Stands
from server.store.books import Books
from server.store.columns import stamped
from server.store.edge_book import chunks
from server.store.tables import containers, envelopes, stock_changes
from traceability.lots import LotKey
from traceability.movements import Account
from traceability.units import plain

#: The accounts of a lot's balance that goods leave into, or come back from, and what a node of each is called.
KINDS: Final = {
    Account.SCRAPPED: "scrap",
    Account.SAMPLED: "sample",
    Account.RETURNED: "vendor_return",
    Account.CAME_BACK: "customer_return",
}
#: Node id and unit by the lot's row number.
Lots = Mapping[int, tuple[str, str]]


def side_ways(connection: Connection, numbers: Iterable[int]) -> list[Row[Any]]:
    """Return what of these lots was scrapped, sampled, sent back or came back and was not undone, oldest first."""
    asked = (
        select(stock_changes, envelopes.c.event_id)
        .join(envelopes, envelopes.c.id == stock_changes.c.envelope_id)
        .where(stock_changes.c.account.in_([each.value for each in KINDS]) & ~stock_changes.c.voided)
        .order_by(stock_changes.c.occurred_at, stock_changes.c.envelope_id)
    )
    found = [row for some in chunks(set(numbers)) for row in connection.execute(asked.where(stock_changes.c.lot_id.in_(some)))]
    return sorted(found, key=lambda row: (row.occurred_at, row.envelope_id))


def nodes(rows: Iterable[Row[Any]], there: Iterable[str], books: Books) -> Iterator[dict[str, Any]]:
    """Yield a node an event, and its party where no other node (`there`) stands for it yet."""
    known = set(there)
    for row in rows:
        when = {"occurred_at": stamped(row.occurred_at), "place": row.place, "why": row.why, "order": row.order_number}
        yield {"id": _node(row), "kind": _kind(row), "event": row.event_id, "party": row.party, **when}
        if row.party is not None and _party_node(row) not in known:
            known.add(_party_node(row))
            yield {"id": _party_node(row), "kind": _party(row), _party(row): row.party, "name": _name(row, books)}


def edges(rows: Iterable[Row[Any]], lots: Lots) -> Iterator[EdgeShape]:
    """Yield the way from the lot to where it went; what came back goes the other way."""
    for row in rows:
        lot, unit = lots[row.lot_id]
        way = [lot, _node(row), *((_party_node(row),) if row.party is not None else ())]
        if row.account == Account.CAME_BACK:
            way.reverse()
        for source, target in pairwise(way):
            yield EdgeShape(source=source, target=target, quantity=plain(row.quantity), unit=unit, grade=row.grade, event=row.event_id)


def lines(
    rows: Iterable[Row[Any]], keys: Mapping[int, LotKey], lots: Lots, sure: frozenset[int], connection: Connection
) -> Iterator[SideWay]:
    """Yield a line an event; of what came back also where it stands now, as far as its containers tell."""
    rows = list(rows)
    now_at = _stand(connection, [row.envelope_id for row in rows if row.account == Account.CAME_BACK])
    for row in rows:
        key = keys[row.lot_id]
        what = {"kind": _kind(row), "item": key.item, "lot": key.code, "quantity": plain(row.quantity), "unit": lots[row.lot_id][1]}
        where = {"place": row.place, "party": row.party, "order": row.order_number, "why": row.why, "event": row.event_id}
        stands = now_at.get(row.envelope_id, ())
        yield SideWay(**what, **where, occurred_at=stamped(row.occurred_at), sure=row.lot_id in sure, stands=tuple(stands))


def _stand(connection: Connection, events: list[int]) -> dict[int, list[Stands]]:
    """Where the containers stand that came back by these events."""
    found: dict[int, list[Stands]] = {}
    for some in chunks(set(events)):
        asked = select(containers).where(containers.c.envelope_id.in_(some) & ~containers.c.voided).order_by(containers.c.serial)
        for row in connection.execute(asked):
            if row.quantity > 0:
                here = Stands(container=row.serial, place=row.place, quantity=plain(row.quantity), unit=row.unit)
                found.setdefault(row.envelope_id, []).append(here)
    return found


def _kind(row: Row[Any]) -> str:
    return KINDS[Account(row.account)]


def _party(row: Row[Any]) -> str:
    return "customer" if row.account == Account.CAME_BACK else "vendor"


def _name(row: Row[Any], books: Books) -> str:
    return str((books.known(_party(row), row.party) or {}).get("name", ""))


def _node(row: Row[Any]) -> str:
    return f"{_kind(row)}:{row.event_id}"


def _party_node(row: Row[Any]) -> str:
    return f"{_party(row)}:{quote(row.party, safe='')}"
