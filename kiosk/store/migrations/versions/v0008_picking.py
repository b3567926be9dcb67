"""What was set aside for an order, and pictures of it."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STEPS = (
    """
    CREATE TABLE serial_facts (
        event INTEGER NOT NULL,
        item TEXT NOT NULL,
        serial TEXT NOT NULL,
        lot INTEGER NOT NULL,
        state TEXT NOT NULL,
        occurred_at TEXT NOT NULL,
        carton TEXT,
        voided INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (event, item, serial),
        FOREIGN KEY(event) REFERENCES events (row),
        FOREIGN KEY(lot) REFERENCES lots (id)
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX serial_facts_piece ON serial_facts (serial, item)",
    "CREATE INDEX serial_facts_carton ON serial_facts (carton) WHERE carton IS NOT NULL",
    """
    CREATE TABLE allocations (
        event INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        order_kind TEXT NOT NULL,
        number TEXT NOT NULL,
        line TEXT NOT NULL,
        lot INTEGER NOT NULL,
        place TEXT NOT NULL,
        amount TEXT NOT NULL,
        released INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (event, entry),
        FOREIGN KEY(event) REFERENCES events (row),
        FOREIGN KEY(lot) REFERENCES lots (id)
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX allocations_lot ON allocations (lot) WHERE released = 0",
    "CREATE INDEX allocations_order ON allocations (number) WHERE released = 0",
    """
    CREATE TABLE picks (
        event INTEGER NOT NULL,
        order_kind TEXT NOT NULL,
        number TEXT NOT NULL,
        line TEXT NOT NULL,
        lot INTEGER NOT NULL,
        container TEXT,
        to_place TEXT NOT NULL,
        amount TEXT NOT NULL,
        meant_lot INTEGER,
        meant_place TEXT,
        voided INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (event),
        FOREIGN KEY(event) REFERENCES events (row),
        FOREIGN KEY(lot) REFERENCES lots (id),
        FOREIGN KEY(meant_lot) REFERENCES lots (id)
    )
    """,
    "CREATE INDEX picks_order ON picks (number)",
    "CREATE INDEX picks_container ON picks (container) WHERE container IS NOT NULL AND voided = 0",
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
