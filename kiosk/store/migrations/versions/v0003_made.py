"""What was made."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE uses (
        event INTEGER NOT NULL,
        lot INTEGER NOT NULL,
        number TEXT NOT NULL,
        amount TEXT NOT NULL,
        unit TEXT NOT NULL,
        voided INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (event),
        FOREIGN KEY(event) REFERENCES events (row),
        FOREIGN KEY(lot) REFERENCES lots (id)
    )
    """,
    "CREATE INDEX uses_order ON uses (number)",
    """
    CREATE TABLE productions (
        event INTEGER NOT NULL,
        lot INTEGER NOT NULL,
        number TEXT,
        transformation TEXT NOT NULL,
        quantity TEXT NOT NULL,
        voided INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (event),
        FOREIGN KEY(event) REFERENCES events (row),
        FOREIGN KEY(lot) REFERENCES lots (id)
    )
    """,
    "CREATE INDEX ix_productions_lot ON productions (lot)",
    "CREATE INDEX productions_order ON productions (number) WHERE number IS NOT NULL",
    """
    CREATE TABLE edges (
        event INTEGER NOT NULL,
        source INTEGER NOT NULL,
        target INTEGER NOT NULL,
        grade TEXT NOT NULL,
        quantity TEXT NOT NULL,
        unit TEXT NOT NULL,
        voided INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (event, source, target, grade),
        FOREIGN KEY(event) REFERENCES events (row),
        FOREIGN KEY(source) REFERENCES lots (id),
        FOREIGN KEY(target) REFERENCES lots (id)
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX edges_source ON edges (source)",
    "CREATE INDEX edges_target ON edges (target)",
    """
    CREATE TABLE number_use (
        kind TEXT NOT NULL,
        day TEXT NOT NULL,
        used INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (kind, day)
    )
     WITHOUT ROWID
    """,
)
# Orders may be half done while the station is brought up to date: what went into them stands in the journal.
FROM_THE_JOURNAL = """
    WITH said AS (
        SELECT row, kind, corrected_by, json_extract(CAST(body AS TEXT), '$.data') AS data
        FROM events WHERE kind IN ('consumption', 'return_to_stock')
    )
    INSERT INTO uses (event, lot, number, amount, unit, voided)
    SELECT said.row, lots.id, json_extract(data, '$.order'),
           CASE kind WHEN 'consumption' THEN '' ELSE '-' END || json_extract(data, '$.base_quantity'),
           json_extract(data, '$.base_unit'), corrected_by IS NOT NULL
    FROM said JOIN lots ON item = json_extract(data, '$.item') AND code = json_extract(data, '$.lot')
         AND assigned_by = json_extract(data, '$.assigned_by')
    """


def upgrade() -> None:
    """Make the tables."""
    for table in TABLES:
        op.execute(table)
    op.execute(FROM_THE_JOURNAL)
