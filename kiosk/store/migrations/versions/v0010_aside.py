"""What lies open at a seat in other modes has rows of its own: a scan writes only the work that it changes."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; what a seat's row holds is read as before, until the seat is written next."""
    op.execute(
        """
        CREATE TABLE seats_aside (
            seat TEXT NOT NULL,
            mode TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (seat, mode)
        ) WITHOUT ROWID
        """
    )
