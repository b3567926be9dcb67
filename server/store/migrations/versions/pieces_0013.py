"""Which events name which piece, container or delivered unit by its own serial."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_HERE = ("move", "pick", "customer_return", "receipt")
_STATES = {"packing": "packed", "consumption": "used", "sample": "gone", "scrap": "gone", "vendor_return": "gone"}
_TAKEN = sa.text(
    "SELECT id, kind, body, EXISTS (SELECT 1 FROM voids WHERE voids.event_id = envelopes.event_id) AS undone"
    " FROM envelopes WHERE answer <> 'parked' ORDER BY id"
)
_LOT = sa.text("SELECT id FROM lots WHERE item = :item AND code = :lot AND assigned_by = :assigned_by")
_ADD = sa.text(
    "INSERT INTO named_things (envelope_id, what, serial, item, lot_id, state, carton, voided)"
    " VALUES (:envelope, :what, :serial, :item, :lot, :state, :carton, :voided)"
)
_Named = tuple[str, str | None, dict[str, Any], str, str | None]  # what, serial (None: it has none), whose lot, state, carton


def upgrade() -> None:
    """Make the table, and fill it from what was taken in."""
    op.create_table(
        "named_things",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("serial", sa.String(128), nullable=False),
        sa.Column("item", sa.String(128), nullable=False),
        sa.Column("lot_id", _KEY, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("carton", sa.String(18), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"]),
        sa.PrimaryKeyConstraint("envelope_id", "what", "serial", "item", name="pk_named_things"),
    )
    op.create_index("ix_named_things_serial", "named_things", ["serial"], unique=False)
    connection = op.get_bind()
    for row in connection.execute(_TAKEN).all():
        kept = set[tuple[str, str, str]]()
        for what, serial, names, state, carton in _named(row.kind, json.loads(row.body).get("data") or {}):
            if serial and (what, serial, names["item"]) not in kept:
                kept.add((what, serial, names["item"]))
                asked = {name: names.get(name, "") for name in ("item", "lot", "assigned_by")}
                if (lot := connection.execute(_LOT, asked).scalar()) is not None:
                    said = {"what": what, "serial": serial, "item": names["item"], "lot": lot, "state": state, "carton": carton}
                    connection.execute(_ADD, {"envelope": row.id, **said, "voided": bool(row.undone)})


def _named(kind: str, data: dict[str, Any]) -> Iterator[_Named]:
    if "item" in data and "lot" in data:
        state = "here" if kind in _HERE else _STATES.get(kind, "")
        serials = [*data.get("serials", ()), data.get("vendor_serial")] if state else []
        yield from (("piece", each, data, state, data.get("sscc") if kind == "packing" else None) for each in serials)
        labelled = [data.get("container"), *(each["serial"] for each in (*data.get("containers", ()), *data.get("found", ())))]
        yield from (("container", each, data, "", None) for each in labelled)
        yield from (("container", each.get("container"), each, "", None) for each in data.get("inputs", ()))
        yield ("delivered", data.get("sscc") if kind == "receipt" else None, data, "", None)
    elif kind in ("shipment", "unpacking"):
        yield from (("container", each.get("container"), each, "", None) for each in data.get("contents", ()))
