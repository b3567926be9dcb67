"""Cartons, pallets and what left in them."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STEPS: Final = (
    """
    CREATE TABLE cartons (
        sscc TEXT NOT NULL,
        level TEXT NOT NULL,
        state TEXT NOT NULL,
        parent TEXT,
        order_number TEXT,
        customer TEXT,
        opened_at TEXT,
        opened_by INTEGER,
        shipped_by INTEGER,
        parent_by INTEGER,
        PRIMARY KEY (sscc),
        FOREIGN KEY(opened_by) REFERENCES events ("row"),
        FOREIGN KEY(shipped_by) REFERENCES events ("row"),
        FOREIGN KEY(parent_by) REFERENCES events ("row")
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX ix_cartons_opened_by ON cartons (opened_by)",
    "CREATE INDEX ix_cartons_shipped_by ON cartons (shipped_by)",
    "CREATE INDEX ix_cartons_parent_by ON cartons (parent_by)",
    "CREATE INDEX cartons_parent ON cartons (parent) WHERE parent IS NOT NULL",
    """
    CREATE TABLE carton_contents (
        event INTEGER NOT NULL,
        line INTEGER NOT NULL,
        carton TEXT NOT NULL,
        lot INTEGER NOT NULL,
        container TEXT,
        place TEXT NOT NULL,
        quantity TEXT NOT NULL,
        unit TEXT NOT NULL,
        gone INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (event, line),
        FOREIGN KEY(event) REFERENCES events ("row"),
        FOREIGN KEY(lot) REFERENCES lots (id)
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX ix_carton_contents_carton ON carton_contents (carton)",
    "CREATE INDEX carton_contents_lot ON carton_contents (lot) WHERE gone = 0",
    "CREATE INDEX carton_contents_container ON carton_contents (container) WHERE container IS NOT NULL AND gone = 0",
    """
    CREATE TABLE ship_progress (
        number TEXT NOT NULL,
        line TEXT NOT NULL,
        shipped TEXT NOT NULL,
        PRIMARY KEY (number, line)
    )
     WITHOUT ROWID
    """,
    # Blocks of numbers were of one kind only: own lots.
    "ALTER TABLE number_blocks RENAME TO lot_number_blocks",
    """
    CREATE TABLE number_blocks (
        kind TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        next INTEGER NOT NULL,
        PRIMARY KEY (kind, first)
    )
     WITHOUT ROWID
    """,
    "INSERT INTO number_blocks (kind, first, last, next) SELECT 'lot', first, last, next FROM lot_number_blocks",
    "DROP TABLE lot_number_blocks",
)


def upgrade() -> None:
    """Make the tables, and let blocks of numbers have kinds."""
    for step in STEPS:
        op.execute(step)
