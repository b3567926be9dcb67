"""What was set aside for an order, and pictures of it."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STEPS = (
    """
    CREATE TABLE attachments (
        event INTEGER NOT NULL,
        to_event TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        PRIMARY KEY (event),
        FOREIGN KEY(event) REFERENCES events (row)
    )
    """,
    "CREATE INDEX ix_attachments_sha256 ON attachments (sha256)",
    """
    CREATE TABLE uploads (
        sha256 TEXT NOT NULL,
        epoch TEXT NOT NULL,
        words TEXT DEFAULT '' NOT NULL,
        PRIMARY KEY (sha256)
    )
    """,
)


def upgrade() -> None:
    """Make the tables."""
    for step in STEPS:
        op.execute(step)
