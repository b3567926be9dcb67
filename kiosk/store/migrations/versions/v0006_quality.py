"""Holds, releases, results, and what came of what."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STEPS = (
    """
    CREATE TABLE holds (
        lot INTEGER NOT NULL,
        hold TEXT NOT NULL,
        held_by TEXT,
        held_at TEXT,
        why TEXT NOT NULL,
        told INTEGER DEFAULT 0 NOT NULL,
        event INTEGER,
        settled INTEGER DEFAULT 0 NOT NULL,
        voided INTEGER DEFAULT 0 NOT NULL,
        lifted_by INTEGER,
        PRIMARY KEY (lot, hold),
        FOREIGN KEY(lot) REFERENCES lots (id),
        FOREIGN KEY(event) REFERENCES events ("row"),
        FOREIGN KEY(lifted_by) REFERENCES events ("row")
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX ix_holds_event ON holds (event)",
    "CREATE INDEX ix_holds_lifted_by ON holds (lifted_by)",
    """
    CREATE TABLE taints (
        lot INTEGER NOT NULL,
        ancestor INTEGER NOT NULL,
        PRIMARY KEY (lot),
        FOREIGN KEY(lot) REFERENCES lots (id),
        FOREIGN KEY(ancestor) REFERENCES lots (id)
    )
    """,
    "CREATE INDEX ix_taints_ancestor ON taints (ancestor)",
    """
    CREATE TABLE told_ancestors (
        lot INTEGER NOT NULL,
        ancestor INTEGER NOT NULL,
        PRIMARY KEY (lot, ancestor),
        FOREIGN KEY(lot) REFERENCES lots (id),
        FOREIGN KEY(ancestor) REFERENCES lots (id)
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX ix_told_ancestors_ancestor ON told_ancestors (ancestor)",
    """
    CREATE TABLE received_on (
        event INTEGER NOT NULL,
        lot INTEGER NOT NULL,
        number TEXT NOT NULL,
        PRIMARY KEY (event),
        FOREIGN KEY(event) REFERENCES events ("row"),
        FOREIGN KEY(lot) REFERENCES lots (id)
    )
    """,
    "CREATE INDEX ix_received_on_number ON received_on (number)",
    "CREATE INDEX lot_facts_occurred_at ON lot_facts (occurred_at)",
    """
    INSERT INTO received_on (event, lot, number)
    SELECT event."row", fact.lot, json_extract(CAST(event.body AS TEXT), '$.data.order')
    FROM events AS event JOIN lot_facts AS fact ON fact.event = event."row"
    WHERE event.kind = 'receipt' AND json_extract(CAST(event.body AS TEXT), '$.data.order') IS NOT NULL
    """,
    # Lots that are on hold already: by our own events, and by what the server or the plant file said.
    """
    INSERT INTO holds (lot, hold, held_by, held_at, why, told, event, settled, voided)
    SELECT fact.lot, event.id, json_extract(CAST(event.body AS TEXT), '$.operator'), event.occurred_at,
           coalesce(json_extract(CAST(event.body AS TEXT), '$.data.why'), ''), 0, event."row", fact.settled, fact.voided
    FROM lot_facts AS fact JOIN events AS event ON event."row" = fact.event
    WHERE fact.disposition = 'hold'
    """,
    "INSERT INTO holds (lot, hold, why, told) SELECT id, 'plant', '', 1 FROM lots WHERE reference_disposition = 'hold'",
    "UPDATE lots SET reference_disposition = 'available' WHERE reference_disposition = 'hold'",
)


def upgrade() -> None:
    """Make the tables, and name the holds that there are."""
    for step in STEPS:
        op.execute(step)
