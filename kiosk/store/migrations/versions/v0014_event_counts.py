"""How many events wait is kept beside them: a station without a server keeps all its events waiting, and every view asks how many."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ONE_MORE = "INSERT INTO event_counts (state, events) VALUES (NEW.state, 1) ON CONFLICT (state) DO UPDATE SET events = events + 1"
_ONE_LESS = "UPDATE event_counts SET events = events - 1 WHERE state = OLD.state"
STEPS = (
    "CREATE TABLE event_counts (state TEXT NOT NULL, events INTEGER DEFAULT 0 NOT NULL, PRIMARY KEY (state)) WITHOUT ROWID",
    "INSERT INTO event_counts (state, events) SELECT state, count(*) FROM events GROUP BY state",
    f"CREATE TRIGGER events_counted AFTER INSERT ON events BEGIN {_ONE_MORE}; END",
    f"CREATE TRIGGER events_recounted AFTER UPDATE OF state ON events WHEN OLD.state <> NEW.state BEGIN {_ONE_LESS}; {_ONE_MORE}; END",
)


def upgrade() -> None:
    """Count what is there, and from now on what comes."""
    for step in STEPS:
        op.execute(step)
