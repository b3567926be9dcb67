"""Moves, counts and what else changes stock."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let what stands in a place, a lot's containers and its history be found by an index."""
    op.create_index("stock_place", "stock", ["place"])
    op.create_index("movements_history", "movements", ["lot", "event"])
    op.create_index("ix_containers_lot", "containers", ["lot"])
