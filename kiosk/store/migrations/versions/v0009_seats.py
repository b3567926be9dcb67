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
)


def upgrade() -> None:
    """Make the tables; whoever sat there goes on sitting there."""
    for step in STEPS:
        op.execute(step)
