"""What every station hears of a carton: where it stands, for whom it is, and what is in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, select

from server.store.sheets import Row
from server.store.tables import cartons, envelopes, lots, packings
from traceability.units import plain

KIND: Final = "carton"
_GONE: Final = "voided"


def bodies(connection: Connection, rows: Sequence[Row]) -> Mapping[str, dict[str, Any]]:
    """Return the record of each carton, in three questions however many there are."""
    here = [row["sscc"] for row in rows if row["state"] != _GONE]
    inside, children = _inside(connection, here), _children(connection, here)
    shipments = _events(connection, {row["shipped_by"] for row in rows if row["shipped_by"] is not None})
    return {row["sscc"]: _body(row, inside, children, shipments) for row in rows}


def _body(
    row: Row, inside: Mapping[str, list[dict[str, str]]], children: Mapping[str, list[str]], shipments: Mapping[int, str]
) -> dict[str, Any]:
    sscc = row["sscc"]
    known = {
        "sscc": sscc,
        "level": row["level"],
        "state": row["state"],
        "parent": row["parent"],
        "order": row["order_number"],
        "customer": row["customer"],
        "shipment": shipments.get(row["shipped_by"]),
        "contents": inside.get(sscc),
        "cartons": children.get(sscc),
    }
    return {name: value for name, value in known.items() if value is not None}


def _inside(connection: Connection, named: Collection[str]) -> dict[str, list[dict[str, str]]]:
    asked = (
        select(packings, lots.c.item, lots.c.code, lots.c.assigned_by, lots.c.unit)
        .join(lots, lots.c.id == packings.c.lot_id)
        .where(packings.c.sscc.in_(named), ~packings.c.voided)
        .order_by(packings.c.envelope_id, packings.c.line)
    )
    sums: dict[str, dict[tuple[str, str, str, str, str | None, str], Decimal]] = {}
    for row in connection.execute(asked) if named else ():
        each = (row.item, row.code, row.assigned_by, row.unit, row.container, row.place)
        amounts = sums.setdefault(row.sscc, {})
        amounts[each] = amounts.get(each, Decimal(0)) + row.quantity
    return {sscc: [_packed(*each, amount) for each, amount in amounts.items() if amount] for sscc, amounts in sums.items()}


def _packed(item: str, lot: str, assigned_by: str, unit: str, container: str | None, place: str, amount: Decimal) -> dict[str, str]:
    known = {"item": item, "lot": lot, "assigned_by": assigned_by, "quantity": plain(amount), "unit": unit, "place": place}
    return known if container is None else {**known, "container": container}


def _children(connection: Connection, named: Collection[str]) -> dict[str, list[str]]:
    asked = select(cartons.c.parent, cartons.c.sscc).where(cartons.c.parent.in_(named)).order_by(cartons.c.sscc)
    found: dict[str, list[str]] = {}
    for row in connection.execute(asked) if named else ():
        found.setdefault(row.parent, []).append(row.sscc)
    return found


def _events(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    if not numbers:
        return {}
    asked = select(envelopes.c.id, envelopes.c.event_id).where(envelopes.c.id.in_(numbers))
    return {row.id: row.event_id for row in connection.execute(asked)}
