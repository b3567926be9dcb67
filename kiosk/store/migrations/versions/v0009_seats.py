"""Several seats at one station, a row each; what is loaded at the line, and what came through a vessel since it was cleaned."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STEPS = (
    "CREATE TABLE seats (name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (name)) WITHOUT ROWID",
    # Until now a station had one seat; it is the first of them.
    "INSERT INTO seats (name, body) SELECT '1', body FROM seat",
    "DROP TABLE seat",
    """
    CREATE TABLE line_loads (
        event INTEGER NOT NULL,
        place TEXT NOT NULL,
        lot INTEGER NOT NULL,
        unit TEXT NOT NULL,
        vessel INTEGER DEFAULT 0 NOT NULL,
        order_number TEXT,
        loaded_at TEXT NOT NULL,
        used_by TEXT,
        voided INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (event),
        FOREIGN KEY (event) REFERENCES events (row),
        FOREIGN KEY (lot) REFERENCES lots (id)
    )
    """,
    "CREATE INDEX line_loads_place ON line_loads (place, loaded_at)",
    "CREATE INDEX line_loads_order ON line_loads (order_number) WHERE order_number IS NOT NULL",
    "CREATE INDEX line_loads_used_by ON line_loads (used_by) WHERE used_by IS NOT NULL",
    """
    CREATE TABLE line_ends (
        event INTEGER NOT NULL,
        place TEXT NOT NULL,
        ended_at TEXT NOT NULL,
        voided INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (event),
        FOREIGN KEY (event) REFERENCES events (row)
    )
    """,
    "CREATE INDEX line_ends_place ON line_ends (place, ended_at)",
)


def upgrade() -> None:
    """Make the tables; whoever sat there goes on sitting there."""
    for step in STEPS:
        op.execute(step)
