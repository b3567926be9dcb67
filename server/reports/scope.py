"""The lots of one answer, and what the books tell of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Row, select

from server.reports import side_ways
from server.reports.carton_ways import CartonWays, carton_ways, left, packed
from server.reports.trace_shape import EdgeShape, OnHand, Received, Shipped, SideWay
from server.store.books import Books
from server.store.columns import stamped
from server.store.edge_book import chunks
from server.store.tables import edges, envelopes, journals, lots, productions, receipts, stations, stock, uses
from traceability.genealogy import Edge, Grade
from traceability.lots import LotKey
from traceability.units import plain


@dataclass(frozen=True, slots=True)
class SideWays:
    """Waste, samples and returns, as the books have them and as a trace shows them."""

    rows: list[Row[Any]]
    edges: tuple[EdgeShape, ...]
    lines: tuple[SideWay, ...]

    def of(self, kind: str) -> tuple[SideWay, ...]:
        """Return the lines of one kind."""
        return tuple(each for each in self.lines if each.kind == kind)


class Scope:
    """Reads for a set of lots (their row numbers); `sure` are those reached surely."""

    def __init__(self, connection: Connection, numbers: Iterable[int], sure: frozenset[int]) -> None:
        self._connection = connection
        self._sure = sure
        self._books = Books(connection)
        self._lots = {row.id: row for some in chunks(set(numbers)) for row in connection.execute(select(lots).where(lots.c.id.in_(some)))}

    def keys(self) -> Mapping[int, LotKey]:
        """Return which lots these are."""
        return {number: LotKey(row.item, row.code, row.assigned_by) for number, row in self._lots.items()}

    def lot_nodes(self) -> Iterator[dict[str, Any]]:
        """Yield a node a lot."""
        for number, row in self._lots.items():
            item = self._books.known("item", row.item) or {}
            names = {"item": row.item, "lot": row.code, "assigned_by": row.assigned_by, "description": item.get("description", "")}
            state = {"expires_on": row.expires_on, "disposition": row.disposition, "unit": row.unit, "sure": number in self._sure}
            yield {"id": _lot_id(row), "kind": "lot", **names, **state}

    def receipts(self, numbers: Iterable[int]) -> Iterator[Row[Any]]:
        """Yield the receipts of lots that were not undone, oldest first."""
        asked = (
            select(receipts, envelopes.c.event_id, envelopes.c.fork, stations.c.name.label("station"))
            .join(envelopes, envelopes.c.id == receipts.c.envelope_id)
            .join(journals, journals.c.id == envelopes.c.journal_id)
            .join(stations, stations.c.id == journals.c.station_id)
            .order_by(receipts.c.occurred_at, receipts.c.envelope_id)
        )
        for some in chunks(set(numbers)):
            yield from self._connection.execute(asked.where(receipts.c.lot_id.in_(some) & ~receipts.c.voided))

    def receipt_nodes(self, came_in: Iterable[Row[Any]]) -> Iterator[dict[str, Any]]:
        """Yield a node a receipt; one of a forked journal is marked."""
        for row in came_in:
            names = {"event": row.event_id, "order": row.order_number, "line": row.line, "vendor": row.vendor, "station": row.station}
            counted = {"quantity": plain(row.quantity), "unit": row.unit}
            where = {"place": row.place, "occurred_at": stamped(row.occurred_at), "fork": row.fork}
            yield {"id": f"receipt:{row.event_id}", "kind": "receipt", **names, **counted, **where}

    def vendor_nodes(self, came_in: Iterable[Row[Any]]) -> Iterator[dict[str, Any]]:
        """Yield a node a vendor."""
        for vendor in dict.fromkeys(row.vendor for row in came_in):
            known = self._books.known("vendor", vendor) or {}
            yield {"id": f"vendor:{quote(vendor, safe='')}", "kind": "vendor", "vendor": vendor, "name": known.get("name", "")}

    def receipt_edges(self, came_in: Iterable[Row[Any]]) -> Iterator[EdgeShape]:
        """Yield the way from a vendor through a receipt to its lot."""
        for row in came_in:
            lot, receipt = self._lots[row.lot_id], f"receipt:{row.event_id}"
            ends = ((f"vendor:{quote(row.vendor, safe='')}", receipt), (receipt, _lot_id(lot)))
            for source, target in ends:
                amount = {"quantity": plain(row.base_quantity), "unit": lot.unit}
                yield EdgeShape(source=source, target=target, grade=row.grade, event=row.event_id, **amount)

    def uses(self, numbers: Iterable[int]) -> Iterator[Row[Any]]:
        """Yield what of the lots went into work orders, or came back, and was not undone, oldest first."""
        asked = (
            select(uses, envelopes.c.event_id)
            .join(envelopes, envelopes.c.id == uses.c.envelope_id)
            .order_by(uses.c.occurred_at, uses.c.envelope_id)
        )
        for some in chunks(set(numbers)):
            yield from self._connection.execute(asked.where(uses.c.lot_id.in_(some) & ~uses.c.voided))

    def booked(self, numbers: Iterable[int]) -> Iterator[Any]:
        """Yield what of the lots went into work orders by the recipe alone, and was not undone, oldest first."""
        asked = (
            select(edges.c.source.label("lot_id"), edges.c.quantity, edges.c.grade, productions.c.order_number, envelopes.c.event_id)
            .join(productions, productions.c.envelope_id == edges.c.envelope_id)
            .join(envelopes, envelopes.c.id == edges.c.envelope_id)
            .where(edges.c.taken & ~edges.c.voided & productions.c.order_number.is_not(None))
            .order_by(edges.c.id)
        )
        for some in chunks(set(numbers)):
            yield from self._connection.execute(asked.where(edges.c.source.in_(some)))

    def productions(self, numbers: Iterable[int]) -> Iterator[Row[Any]]:
        """Yield the outputs of work orders that the lots are, and that were not undone, oldest first."""
        asked = (
            select(productions, envelopes.c.event_id)
            .join(envelopes, envelopes.c.id == productions.c.envelope_id)
            .where(productions.c.order_number.is_not(None) & ~productions.c.voided)
            .order_by(productions.c.occurred_at, productions.c.envelope_id)
        )
        for some in chunks(set(numbers)):
            yield from self._connection.execute(asked.where(productions.c.lot_id.in_(some)))

    def work_order_nodes(self, orders: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Yield a node a work order."""
        for number in dict.fromkeys(orders):
            known = self._books.known("work_order", number) or {}
            yield {"id": _work_order_id(number), "kind": "work_order", "order": number, "item": known.get("item")}

    def work_order_edges(self, used: Iterable[Row[Any]]) -> Iterator[EdgeShape]:
        """Yield the way from a lot into a work order; what came back goes the other way."""
        for row in used:
            lot = self._lots[row.lot_id]
            ends = (_lot_id(lot), _work_order_id(row.order_number))
            source, target = ends if row.quantity >= 0 else ends[::-1]
            amount = {"quantity": plain(abs(row.quantity)), "unit": lot.unit}
            yield EdgeShape(source=source, target=target, grade=row.grade, event=row.event_id, **amount)

    def output_edges(self, made: Iterable[Row[Any]]) -> Iterator[EdgeShape]:
        """Yield the way from a work order to the lot that came out of it."""
        for row in made:
            lot = self._lots[row.lot_id]
            ends = {"source": _work_order_id(row.order_number), "target": _lot_id(lot)}
            yield EdgeShape(quantity=plain(row.quantity), unit=lot.unit, grade=row.grade, event=row.event_id, **ends)

    def packings(self, numbers: Iterable[int]) -> list[Row[Any]]:
        """Return what of the lots lies, or lay, in which carton: what was put in less what was taken out, by lot and carton."""
        return packed(self._connection, numbers)

    def shipments(self, numbers: Iterable[int]) -> list[Row[Any]]:
        """Return what of the lots left and was not undone, oldest first."""
        return left(self._connection, numbers)

    def carton_ways(self, put_in: Iterable[Row[Any]], went: Iterable[Row[Any]]) -> CartonWays:
        """Return the nodes and edges from lots through cartons and pallets to customers."""
        named = {number: (_lot_id(row), row.unit) for number, row in self._lots.items()}
        return carton_ways(self._connection, self._books, named, put_in, went)

    def side_ways(self, numbers: Iterable[int]) -> SideWays:
        """Return what of the lots was scrapped, sampled, sent back or came back."""
        rows = side_ways.side_ways(self._connection, numbers)
        named = {number: (_lot_id(row), row.unit) for number, row in self._lots.items()}
        listed = tuple(side_ways.lines(rows, self.keys(), named, self._sure, self._connection))
        return SideWays(rows, tuple(side_ways.edges(rows, named)), listed)

    def side_nodes(self, found: SideWays, there: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Yield their nodes; a vendor or customer who stands `there` is not said twice."""
        return side_ways.nodes(found.rows, there, self._books)

    def shipped(self, went: Iterable[Row[Any]]) -> Iterator[Shipped]:
        """Yield what left: the list of whom to tell."""
        for row in went:
            lot = self._lots[row.lot_id]
            where = {"customer": row.customer, "order": row.order_number, "sscc": row.sscc, "occurred_at": stamped(row.occurred_at)}
            sure = row.lot_id in self._sure and row.grade != Grade.POSSIBLE
            yield Shipped(item=lot.item, lot=lot.code, quantity=plain(row.quantity), unit=lot.unit, sure=sure, **where)

    def lot_edges(self, found: Iterable[Edge]) -> Iterator[EdgeShape]:
        """Yield what went from lot to lot."""
        for edge in found:
            ends = {"source": _lot_id(self._lots[edge.source]), "target": _lot_id(self._lots[edge.target])}
            yield EdgeShape(quantity=plain(edge.quantity), unit=edge.unit, grade=edge.grade.value, event=edge.event, **ends)

    def received(self, came_in: Iterable[Row[Any]]) -> Iterator[Received]:
        """Yield what came in."""
        for row in came_in:
            lot = self._lots[row.lot_id]
            amount = {"quantity": plain(row.base_quantity), "unit": lot.unit}
            where = {"vendor": row.vendor, "order": row.order_number, "occurred_at": stamped(row.occurred_at)}
            yield Received(item=lot.item, lot=lot.code, **amount, **where)

    def on_hand(self, numbers: Iterable[int]) -> Iterator[OnHand]:
        """Yield what is where."""
        for some in chunks(set(numbers)):
            for row in self._connection.execute(select(stock).where(stock.c.lot_id.in_(some)).order_by(stock.c.lot_id, stock.c.place)):
                lot = self._lots[row.lot_id]
                if row.quantity:
                    amount = {"place": row.place, "quantity": plain(row.quantity), "unit": lot.unit}
                    yield OnHand(item=lot.item, lot=lot.code, sure=row.lot_id in self._sure, **amount)


def _work_order_id(number: str) -> str:
    return f"work_order:{quote(number, safe='')}"


def _lot_id(lot: Row[Any]) -> str:
    return "lot:" + "/".join(quote(part, safe="") for part in (lot.item, lot.code, lot.assigned_by))
