"""What was loaded at the lines, and when positions and vessels were empty."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "line_loads",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("place", sa.String(128), nullable=False),
        sa.Column("lot_id", _KEY, nullable=False),
        sa.Column("vessel", sa.Boolean(), nullable=False),
        sa.Column("order_number", sa.String(128)),
        sa.Column("used_by", sa.String(36)),
        sa.Column("occurred_at", sa.String(27), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"]),
        sa.PrimaryKeyConstraint("envelope_id", name="pk_line_loads"),
    )
    for column in ("place", "order_number", "used_by"):
        op.create_index(f"ix_line_loads_{column}", "line_loads", [column], unique=False)
    op.create_table(
        "line_ends",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("place", sa.String(128), nullable=False),
        sa.Column("occurred_at", sa.String(27), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.PrimaryKeyConstraint("envelope_id", name="pk_line_ends"),
    )
    op.create_index("ix_line_ends_place", "line_ends", ["place"], unique=False)
