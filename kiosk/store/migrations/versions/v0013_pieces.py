"""Where each piece with a serial of its own stood when an event named it, so that a count knows what should be there."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STEPS = (
    "ALTER TABLE serial_facts ADD COLUMN place TEXT DEFAULT '' NOT NULL",
    """
    UPDATE serial_facts SET place = COALESCE(
        (SELECT COALESCE(json_extract(said, '$.data.to_place'), json_extract(said, '$.data.place'))
         FROM (SELECT CAST(body AS TEXT) AS said FROM events WHERE events.row = serial_facts.event)), '')
    """,
    "CREATE INDEX serial_facts_lot ON serial_facts (lot, place) WHERE voided = 0 AND state = 'here'",
)


def upgrade() -> None:
    """Add the column, and fill it from the journal."""
    for step in STEPS:
        op.execute(step)
