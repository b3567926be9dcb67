"""What was used for work orders."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORK_ORDER_USE = """
    CREATE TABLE work_order_use (
        number TEXT NOT NULL,
        item TEXT NOT NULL,
        used TEXT NOT NULL,
        PRIMARY KEY (number, item)
    )
     WITHOUT ROWID
    """


def upgrade() -> None:
    """Make the table."""
    op.execute(WORK_ORDER_USE)
