"""What was held together: a delivery, a work order, a time. Holds of before belong to none."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STEPS = (
    "ALTER TABLE holds ADD COLUMN scope TEXT",
    "CREATE INDEX ix_holds_scope ON holds (scope)",
    """
    CREATE TABLE hold_scopes (
        scope TEXT NOT NULL,
        event INTEGER,
        voided INTEGER DEFAULT 0 NOT NULL,
        released_by INTEGER,
        PRIMARY KEY (scope),
        FOREIGN KEY (event) REFERENCES events (row),
        FOREIGN KEY (released_by) REFERENCES events (row)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_hold_scopes_event ON hold_scopes (event)",
    "CREATE INDEX ix_hold_scopes_released_by ON hold_scopes (released_by)",
)


def upgrade() -> None:
    """Make the table and the column."""
    for step in STEPS:
        op.execute(step)
