"""What each journal did on orders so far, told to every station."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Of each: the kind of order, what was done, what names the line, and whether it counts or comes back.
_PLAIN = {
    "receipt": ("purchase_order", "received", "line", 1),
    "consumption": ("work_order", "used", "item", 1),
    "return_to_stock": ("work_order", "used", "item", -1),
    "pick": ("", "picked", "line", 1),
}
_Share = tuple[str, str, str, str, Decimal]
_TAKEN = sa.text(
    "SELECT journals.uuid, envelopes.kind, envelopes.body FROM envelopes JOIN journals ON journals.id = envelopes.journal_id"
    " WHERE envelopes.answer <> 'parked' AND envelopes.kind IN :kinds"
    " AND NOT EXISTS (SELECT 1 FROM voids WHERE voids.event_id = envelopes.event_id) ORDER BY envelopes.id"
).bindparams(sa.bindparam("kinds", value=(*_PLAIN, "production", "shipment"), expanding=True))
_NEWEST = sa.text("SELECT coalesce(max(cursor), 0) FROM records")
_TELL = sa.text("INSERT INTO records (kind, key, cursor, body) VALUES ('order_progress', :key, :cursor, :body)")


def upgrade() -> None:
    """Count what was taken in and not undone, and put it into the feed."""
    connection, orders = op.get_bind(), dict[tuple[str, str], dict[str, Any]]()
    for row in connection.execute(_TAKEN):
        for order_kind, order, doing, line, amount in _done(row.kind, json.loads(row.body)["data"]):
            lines = orders.setdefault((order_kind, order), {}).setdefault(row.uuid, {}).setdefault(doing, {})
            lines[line] = format((Decimal(lines.get(line, "0")) + amount).normalize(), "f")
    newest = connection.execute(_NEWEST).scalar_one()
    for cursor, ((order_kind, order), journals) in enumerate(orders.items(), newest + 1):
        body = {"order_kind": order_kind, "order": order, "journals": journals}
        key = json.dumps([order_kind, order], ensure_ascii=False, separators=(",", ":"))
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        connection.execute(_TELL, {"key": key, "cursor": cursor, "body": text})


def _done(kind: str, data: dict[str, Any]) -> Iterator[_Share]:
    order = data.get("order")
    if order is None:
        return
    if kind == "shipment":
        lines = ((each.get("line"), Decimal(each["base_quantity"])) for each in data["contents"])
        yield from (("ship_order", order, "shipped", line, amount) for line, amount in lines if line is not None)
    elif kind == "production":
        yield from _made(order, data)
    else:
        order_kind, doing, named, sign = _PLAIN[kind]
        if (line := data.get(named)) is not None:
            yield order_kind or data["order_kind"], order, doing, line, sign * Decimal(data["base_quantity"])


def _made(order: str, data: dict[str, Any]) -> Iterator[_Share]:
    if data["transformation"] == "made":
        yield "work_order", order, "made", "", Decimal(data["base_quantity"])
    taken = (each for each in data["inputs"] if each.get("place") is not None)
    yield from (("work_order", order, "used", each["item"], Decimal(each["quantity"])) for each in taken)
