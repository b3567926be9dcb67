"""Cartons, pallets and what left in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _make_cartons()
    _make_packings()
    _make_shipments()
    op.create_table(
        "ship_progress",
        sa.Column("order_number", sa.String(128), nullable=False),
        sa.Column("item", sa.String(128), nullable=False),
        sa.Column("shipped", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("order_number", "item", name="pk_ship_progress"),
    )


def _make_cartons() -> None:
    op.create_table(
        "cartons",
        sa.Column("sscc", sa.String(18), nullable=False),
        sa.Column("level", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("parent", sa.String(18)),
        sa.Column("order_number", sa.String(128)),
        sa.Column("customer", sa.String(128)),
        sa.Column("opened_by", _KEY),
        sa.Column("shipped_by", _KEY),
        sa.ForeignKeyConstraint(["opened_by"], ["envelopes.id"]),
        sa.ForeignKeyConstraint(["shipped_by"], ["envelopes.id"]),
        sa.PrimaryKeyConstraint("sscc", name="pk_cartons"),
    )
    op.create_index("ix_cartons_parent", "cartons", ["parent"], unique=False)


def _make_packings() -> None:
    op.create_table(
        "packings",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sscc", sa.String(18), nullable=False),
        sa.Column("lot_id", _KEY, nullable=False),
        sa.Column("container", sa.String(128)),
        sa.Column("place", sa.String(128), nullable=False),
        sa.Column("quantity", sa.String(40), nullable=False),
        sa.Column("occurred_at", sa.String(27), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"]),
        sa.PrimaryKeyConstraint("envelope_id", "line", name="pk_packings"),
    )
    op.create_index("ix_packings_sscc", "packings", ["sscc"], unique=False)
    op.create_index("ix_packings_lot_id", "packings", ["lot_id"], unique=False)


def _make_shipments() -> None:
    op.create_table(
        "shipments",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lot_id", _KEY, nullable=False),
        sa.Column("unit", sa.String(18), nullable=False),
        sa.Column("sscc", sa.String(18), nullable=False),
        sa.Column("order_number", sa.String(128), nullable=False),
        sa.Column("customer", sa.String(128), nullable=False),
        sa.Column("quantity", sa.String(40), nullable=False),
        sa.Column("occurred_at", sa.String(27), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"]),
        sa.PrimaryKeyConstraint("envelope_id", "line", name="pk_shipments"),
    )
    op.create_index("ix_shipments_lot_id", "shipments", ["lot_id"], unique=False)
    op.create_index("ix_shipments_customer", "shipments", ["customer"], unique=False)
