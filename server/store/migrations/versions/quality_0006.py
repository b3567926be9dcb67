"""Holds, releases, results, and what came of what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# How lots stand already: nobody knows any more which event said so.
_AS_THEY_STAND = """
    INSERT INTO standings (id, lot_id, source, kind, disposition, lifts, why, voided)
    SELECT id, id, 'plant', 'said', disposition, '[]', '', FALSE FROM lots WHERE disposition <> 'available'
    """


def upgrade() -> None:
    """Make the tables, and write down how lots stand."""
    _make_standings()
    op.create_table(
        "taints",
        sa.Column("lot_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("ancestor_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("nearness", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"]),
        sa.ForeignKeyConstraint(["ancestor_id"], ["lots.id"]),
        sa.PrimaryKeyConstraint("lot_id", "ancestor_id", name="pk_taints"),
    )
    op.create_index("ix_taints_ancestor_id", "taints", ["ancestor_id"])
    _make_qc_results()
    op.execute(_AS_THEY_STAND)


def _make_standings() -> None:
    op.create_table(
        "standings",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("lot_id", _KEY, nullable=False),
        sa.Column("source", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("disposition", sa.String(12), nullable=False),
        sa.Column("lifts", sa.Text(), nullable=False),
        sa.Column("operator", sa.String(128)),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.String(27)),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"]),
        sa.PrimaryKeyConstraint("id", name="pk_standings"),
        sa.UniqueConstraint("lot_id", "source", name="uq_standings_lot_id_source"),
    )
    op.create_index("ix_standings_source", "standings", ["source"])


def _make_qc_results() -> None:
    op.create_table(
        "qc_results",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lot_id", _KEY, nullable=False),
        sa.Column("test", sa.String(128), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(128), nullable=False),
        sa.Column("low", sa.String(40)),
        sa.Column("high", sa.String(40)),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.String(128)),
        sa.Column("occurred_at", sa.String(27), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.id"]),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"]),
        sa.PrimaryKeyConstraint("envelope_id", "line", name="pk_qc_results"),
    )
    op.create_index("ix_qc_results_lot_id", "qc_results", ["lot_id"])
