"""What second persons let through, so far too, and who has looked at it."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OF_KINDS = sa.text(
    "SELECT id, event_id, kind, body FROM envelopes WHERE kind IN ('override', 'override_reviewed')"
    " AND answer IN ('acknowledged', 'exception') ORDER BY id"
)
_ADD = sa.text(
    "INSERT INTO overrides (envelope_id, event_id, operator, approver, occurred_at, review_id)"
    " VALUES (:envelope_id, :event_id, :operator, :approver, :occurred_at, NULL)"
)
_SEEN = sa.text("UPDATE overrides SET review_id = :review_id WHERE event_id = :event_id AND review_id IS NULL")


def upgrade() -> None:
    """Make the table, and fill it from the events that are here."""
    op.create_table(
        "overrides",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("operator", sa.String(128)),
        sa.Column("approver", sa.String(128), nullable=False),
        sa.Column("occurred_at", sa.String(27), nullable=False),
        sa.Column("review_id", _KEY),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.ForeignKeyConstraint(["review_id"], ["envelopes.id"]),
        sa.PrimaryKeyConstraint("envelope_id", name="pk_overrides"),
        sa.UniqueConstraint("event_id", name="uq_overrides_event_id"),
    )
    for column in ("operator", "approver", "occurred_at", "review_id"):
        op.create_index(f"ix_overrides_{column}", "overrides", [column], unique=False)
    connection = op.get_bind()
    for row in connection.execute(_OF_KINDS).all():
        _take(connection, row, json.loads(row.body))


def _take(connection: sa.Connection, row: Any, envelope: dict[str, Any]) -> None:
    if row.kind == "override":
        who = {"operator": envelope.get("operator"), "approver": envelope["data"]["approver"], "occurred_at": envelope["occurred_at"]}
        connection.execute(_ADD, {"envelope_id": row.id, "event_id": row.event_id, **who})
    else:
        connection.execute(_SEEN, {"review_id": row.id, "event_id": envelope["data"]["override"]})
