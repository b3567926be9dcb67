"""Holds on everything of a delivery, a work order or a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; holds of before belong to none."""
    op.create_table(
        "hold_scopes",
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("envelope_id", _KEY, nullable=False),
        sa.Column("basis", sa.String(12), nullable=False),
        sa.Column("number", sa.String(128)),
        sa.Column("since", sa.String(27)),
        sa.Column("until", sa.String(27)),
        sa.Column("with_used", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("operator", sa.String(128)),
        sa.Column("occurred_at", sa.String(27), nullable=False),
        sa.Column("released_by", sa.String(36)),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.PrimaryKeyConstraint("event_id", name="pk_hold_scopes"),
    )
    op.create_index("ix_hold_scopes_in_force", "hold_scopes", ["in_force"], unique=False)
    op.add_column("standings", sa.Column("scope", sa.String(36)))
    op.create_index("ix_standings_scope", "standings", ["scope"], unique=False)
    op.create_index("ix_receipts_order_number", "receipts", ["order_number"], unique=False)
    op.create_index("ix_receipts_occurred_at", "receipts", ["occurred_at"], unique=False)
    op.create_index("ix_productions_occurred_at", "productions", ["occurred_at"], unique=False)
