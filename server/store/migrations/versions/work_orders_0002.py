"""What went into work orders."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "uses",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("lot_id", _KEY, nullable=False),
        sa.Column("order_number", sa.String(128), nullable=False),
        sa.Column("quantity", sa.String(40), nullable=False),
        sa.Column("occurred_at", sa.String(27), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"]),
        sa.PrimaryKeyConstraint("envelope_id", name="pk_uses"),
    )
    op.create_index("ix_uses_lot_id", "uses", ["lot_id"], unique=False)
    op.create_index("ix_uses_order_number", "uses", ["order_number"], unique=False)
