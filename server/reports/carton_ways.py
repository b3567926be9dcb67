"""The way of lots out of the house: into cartons, onto pallets, away in shipments, to customers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Row, select

from server.reports.trace_shape import EdgeShape
from server.store.books import Books
from server.store.columns import stamped
from server.store.edge_book import chunks
from server.store.tables import cartons, envelopes, journals, packings, shipments, stations
from traceability.units import plain

Lots = Mapping[int, tuple[str, str]]  # row number -> node id, unit


@dataclass(frozen=True, slots=True)
class CartonWays:
    """What a trace shows of it."""

    nodes: tuple[dict[str, Any], ...]
    edges: tuple[EdgeShape, ...]


def packed(connection: Connection, numbers: Iterable[int]) -> list[Row[Any]]:
    """Return what was put into cartons, or taken out (below zero), of these lots and was not undone."""
    asked = (
        select(packings, envelopes.c.event_id)
        .join(envelopes, envelopes.c.id == packings.c.envelope_id)
        .where(~packings.c.voided)
        .order_by(packings.c.occurred_at, packings.c.envelope_id, packings.c.line)
    )
    return [row for some in chunks(set(numbers)) for row in connection.execute(asked.where(packings.c.lot_id.in_(some)))]


def left(connection: Connection, numbers: Iterable[int]) -> list[Row[Any]]:
    """Return what of these lots was shipped and not undone."""
    asked = (
        select(shipments, envelopes.c.event_id, envelopes.c.fork, stations.c.name.label("station"))
        .join(envelopes, envelopes.c.id == shipments.c.envelope_id)
        .join(journals, journals.c.id == envelopes.c.journal_id)
        .join(stations, stations.c.id == journals.c.station_id)
        .where(~shipments.c.voided)
        .order_by(shipments.c.occurred_at, shipments.c.envelope_id, shipments.c.line)
    )
    return [row for some in chunks(set(numbers)) for row in connection.execute(asked.where(shipments.c.lot_id.in_(some)))]


def carton_ways(connection: Connection, books: Books, lots: Lots, put_in: Iterable[Row[Any]], went: Iterable[Row[Any]]) -> CartonWays:
    """Return the nodes and edges of these packings and shipments."""
    inside, gone = _inside(put_in), list(went)
    named = {sscc for _, sscc in inside} | {name for row in gone for name in (row.sscc, row.unit)}
    units = _units(connection, named)
    nodes = (*_carton_nodes(units), *_shipment_nodes(gone), *_customer_nodes(gone, books))
    edges = (*_into_cartons(inside, lots, units), *_out_of_the_house(gone, lots, units))
    return CartonWays(tuple(nodes), tuple(edges))


@dataclass(frozen=True, slots=True)
class _Inside:
    amount: Decimal
    grade: str
    event: str


def _inside(rows: Iterable[Row[Any]]) -> dict[tuple[int, str], _Inside]:
    """So much of a lot in each carton; what was taken out again is none."""
    found: dict[tuple[int, str], _Inside] = {}
    for row in rows:
        before = found.get((row.lot_id, row.sscc))
        amount = row.quantity + (before.amount if before else 0)
        found[row.lot_id, row.sscc] = _Inside(amount, row.grade, before.event if before else row.event_id)
    return {key: each for key, each in found.items() if each.amount > 0}


def _units(connection: Connection, named: Iterable[str]) -> dict[str, Row[Any]]:
    """The cartons of these names, and the pallets that they stand on."""
    found = _cartons(connection, set(named))
    return found | _cartons(connection, {row.parent for row in found.values() if row.parent is not None} - found.keys())


def _cartons(connection: Connection, named: set[str]) -> dict[str, Row[Any]]:
    return {row.sscc: row for some in _some(named) for row in connection.execute(select(cartons).where(cartons.c.sscc.in_(some)))}


def _some(named: set[str], size: int = 5000) -> Iterator[list[str]]:
    rest = sorted(named)
    for start in range(0, len(rest), size):
        yield rest[start : start + size]


def _carton_nodes(units: Mapping[str, Row[Any]]) -> Iterator[dict[str, Any]]:
    for sscc, row in sorted(units.items()):
        where = {"state": row.state, "parent": row.parent, "order": row.order_number, "customer": row.customer}
        yield {"id": _unit_id(sscc, units), "kind": row.level, "sscc": sscc, **where}


def _shipment_nodes(gone: Iterable[Row[Any]]) -> Iterator[dict[str, Any]]:
    for row in {row.event_id: row for row in gone}.values():
        names = {"event": row.event_id, "order": row.order_number, "customer": row.customer, "sscc": row.unit, "station": row.station}
        yield {"id": _shipment_id(row), "kind": "shipment", **names, "occurred_at": stamped(row.occurred_at), "fork": row.fork}


def _customer_nodes(gone: Iterable[Row[Any]], books: Books) -> Iterator[dict[str, Any]]:
    for customer in dict.fromkeys(row.customer for row in gone):
        known = books.known("customer", customer) or {}
        yield {"id": _customer_id(customer), "kind": "customer", "customer": customer, "name": known.get("name", "")}


def _into_cartons(inside: Mapping[tuple[int, str], _Inside], lots: Lots, units: Mapping[str, Row[Any]]) -> Iterator[EdgeShape]:
    for (lot, sscc), each in inside.items():
        node, unit = lots[lot]
        amount = {"quantity": plain(each.amount), "unit": unit, "grade": each.grade, "event": each.event}
        yield EdgeShape(source=node, target=_unit_id(sscc, units), **amount)
        parent = units[sscc].parent if sscc in units else None
        if parent is not None:
            yield EdgeShape(source=_unit_id(sscc, units), target=_unit_id(parent, units), **amount)


def _out_of_the_house(gone: Iterable[Row[Any]], lots: Lots, units: Mapping[str, Row[Any]]) -> Iterator[EdgeShape]:
    for row in gone:
        amount = {"quantity": plain(row.quantity), "unit": lots[row.lot_id][1], "grade": row.grade, "event": row.event_id}
        yield EdgeShape(source=_unit_id(row.unit, units), target=_shipment_id(row), **amount)
        yield EdgeShape(source=_shipment_id(row), target=_customer_id(row.customer), **amount)


def _unit_id(sscc: str, units: Mapping[str, Row[Any]]) -> str:
    return f"{units[sscc].level if sscc in units else 'carton'}:{quote(sscc, safe='')}"


def _shipment_id(row: Row[Any]) -> str:
    return f"shipment:{row.event_id}"


def _customer_id(customer: str) -> str:
    return f"customer:{quote(customer, safe='')}"
