"""What was set aside for an order, and pictures of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "attachments",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("to_event", sa.String(36), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("size", _KEY, nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("taken_by", sa.String(10), nullable=False),
        sa.Column("received_at", sa.String(27)),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.PrimaryKeyConstraint("envelope_id", name="pk_attachments"),
    )
    op.create_index("ix_attachments_to_event", "attachments", ["to_event"], unique=False)
    op.create_index("ix_attachments_sha256", "attachments", ["sha256"], unique=False)
