"""What was made."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table, and room for how an edge came to be."""
    op.create_table(
        "productions",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("lot_id", _KEY, nullable=False),
        sa.Column("order_number", sa.String(128), nullable=True),
        sa.Column("transformation", sa.String(12), nullable=False),
        sa.Column("quantity", sa.String(40), nullable=False),
        sa.Column("place", sa.String(128), nullable=False),
        sa.Column("occurred_at", sa.String(27), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"]),
        sa.PrimaryKeyConstraint("envelope_id", name="pk_productions"),
    )
    op.create_index("ix_productions_lot_id", "productions", ["lot_id"], unique=False)
    op.create_index("ix_productions_order_number", "productions", ["order_number"], unique=False)
    with op.batch_alter_table("edges") as edges:
        edges.add_column(sa.Column("taken", sa.Boolean(), server_default=sa.false(), nullable=False))
        edges.add_column(sa.Column("use_id", _KEY, nullable=True))
        edges.create_foreign_key("fk_edges_use_id_envelopes", "envelopes", ["use_id"], ["id"])
        edges.create_index("ix_edges_use_id", ["use_id"], unique=False)
