"""Moves, counts and what else changes stock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "stock_changes",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("lot_id", _KEY, nullable=False),
        sa.Column("account", sa.String(12), nullable=False),
        sa.Column("quantity", sa.String(40), nullable=False),
        sa.Column("place", sa.String(128), nullable=False),
        sa.Column("party", sa.String(128), nullable=True),
        sa.Column("order_number", sa.String(128), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("occurred_at", sa.String(27), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"]),
        sa.PrimaryKeyConstraint("envelope_id", name="pk_stock_changes"),
    )
    op.create_index("ix_stock_changes_lot_id", "stock_changes", ["lot_id"], unique=False)
