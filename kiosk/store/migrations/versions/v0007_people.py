"""Wrong PINs and who is locked out, reasons that were withdrawn from people, and overrides to review."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WRONG_PINS = """
    CREATE TABLE wrong_pins (
        operator TEXT NOT NULL,
        wrong INTEGER DEFAULT 0 NOT NULL,
        locked_at TEXT,
        PRIMARY KEY (operator)
    )
     WITHOUT ROWID
    """

OVERRIDES = """
    CREATE TABLE overrides (
        event INTEGER NOT NULL,
        reviewed_by INTEGER,
        PRIMARY KEY (event),
        FOREIGN KEY(event) REFERENCES events (row),
        FOREIGN KEY(reviewed_by) REFERENCES events (row)
    )
    """


def upgrade() -> None:
    """Make the tables."""
    op.execute("ALTER TABLE operators ADD COLUMN may_not_override TEXT DEFAULT '[]' NOT NULL")
    op.execute(WRONG_PINS)
    op.execute(OVERRIDES)
    op.execute("CREATE INDEX overrides_unseen ON overrides (event) WHERE reviewed_by IS NULL")
