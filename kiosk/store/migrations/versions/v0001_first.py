"""The first database of a station."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out: what this step made must not change with the tables of a later Lotline.
TABLES = (
    """
    CREATE TABLE events (
        "row" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        journal TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        occurred_at TEXT NOT NULL,
        body BLOB NOT NULL,
        hash TEXT NOT NULL,
        state TEXT DEFAULT 'waiting' NOT NULL,
        tries INTEGER DEFAULT 0 NOT NULL,
        words TEXT DEFAULT '' NOT NULL,
        answered_at TEXT,
        corrected_by INTEGER,
        UNIQUE (journal, sequence),
        UNIQUE (id),
        FOREIGN KEY(corrected_by) REFERENCES events ("row")
    )
    """,
    """
    CREATE TABLE feed (
        one INTEGER NOT NULL,
        epoch TEXT,
        cursor INTEGER DEFAULT 0 NOT NULL,
        complete_at TEXT,
        met_at TEXT,
        online INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (one)
    )
    """,
    """
    CREATE TABLE journals (
        id TEXT NOT NULL,
        head_sequence INTEGER DEFAULT 0 NOT NULL,
        head_hash TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE lots (
        id INTEGER NOT NULL,
        item TEXT NOT NULL,
        code TEXT NOT NULL,
        assigned_by TEXT NOT NULL,
        reference_expires_on TEXT,
        reference_disposition TEXT,
        expires_on TEXT,
        disposition TEXT NOT NULL,
        known INTEGER DEFAULT 0 NOT NULL,
        last_received_at TEXT,
        PRIMARY KEY (id),
        UNIQUE (item, code, assigned_by)
    )
    """,
    """
    CREATE TABLE number_blocks (
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        next INTEGER NOT NULL,
        PRIMARY KEY (first)
    )
    """,
    """
    CREATE TABLE operators (
        id TEXT NOT NULL,
        badge BLOB NOT NULL,
        name TEXT NOT NULL,
        roles TEXT NOT NULL,
        pin_hash TEXT,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE order_progress (
        number TEXT NOT NULL,
        line TEXT NOT NULL,
        received TEXT NOT NULL,
        PRIMARY KEY (number, line)
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE print_jobs (
        id INTEGER NOT NULL,
        serial TEXT NOT NULL,
        print_order TEXT NOT NULL,
        created_at TEXT NOT NULL,
        state TEXT DEFAULT 'waiting' NOT NULL,
        printed_at TEXT,
        tries INTEGER DEFAULT 0 NOT NULL,
        last_words TEXT DEFAULT '' NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE records (
        kind TEXT NOT NULL,
        "key" TEXT NOT NULL,
        body TEXT NOT NULL,
        finished INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (kind, "key")
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE seat (
        one INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (one)
    )
    """,
    """
    CREATE TABLE station (
        one INTEGER NOT NULL,
        station TEXT,
        journal TEXT NOT NULL,
        tag TEXT NOT NULL,
        next_serial INTEGER DEFAULT 0 NOT NULL,
        key_check TEXT NOT NULL,
        PRIMARY KEY (one)
    )
    """,
    """
    CREATE TABLE containers (
        serial TEXT NOT NULL,
        lot INTEGER NOT NULL,
        quantity TEXT NOT NULL,
        unit TEXT NOT NULL,
        place TEXT NOT NULL,
        labelled_at TEXT NOT NULL,
        event INTEGER NOT NULL,
        voided INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (serial),
        FOREIGN KEY(lot) REFERENCES lots (id),
        FOREIGN KEY(event) REFERENCES events ("row")
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE item_codes (
        "row" INTEGER NOT NULL,
        code TEXT NOT NULL,
        vendor TEXT NOT NULL,
        unit TEXT,
        item TEXT NOT NULL,
        event INTEGER,
        PRIMARY KEY ("row"),
        FOREIGN KEY(event) REFERENCES events ("row")
    )
    """,
    """
    CREATE TABLE lot_facts (
        event INTEGER NOT NULL,
        lot INTEGER NOT NULL,
        kind TEXT NOT NULL,
        occurred_at TEXT NOT NULL,
        expires_on TEXT,
        disposition TEXT NOT NULL,
        vendor TEXT,
        vendor_serial TEXT,
        sscc TEXT,
        voided INTEGER DEFAULT 0 NOT NULL,
        settled INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (event),
        FOREIGN KEY(event) REFERENCES events ("row"),
        FOREIGN KEY(lot) REFERENCES lots (id)
    )
    """,
    """
    CREATE TABLE movements (
        event INTEGER NOT NULL,
        lot INTEGER NOT NULL,
        place TEXT NOT NULL,
        amount TEXT NOT NULL,
        settled INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (event, lot, place),
        FOREIGN KEY(event) REFERENCES events ("row"),
        FOREIGN KEY(lot) REFERENCES lots (id)
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE scans (
        "row" INTEGER NOT NULL,
        id TEXT NOT NULL,
        device TEXT NOT NULL,
        data BLOB NOT NULL,
        aim TEXT,
        received_at TEXT NOT NULL,
        secret INTEGER DEFAULT 0 NOT NULL,
        operator TEXT,
        event INTEGER,
        PRIMARY KEY ("row"),
        UNIQUE (id),
        FOREIGN KEY(event) REFERENCES events ("row")
    )
    """,
    """
    CREATE TABLE stock (
        lot INTEGER NOT NULL,
        place TEXT NOT NULL,
        opening TEXT DEFAULT 0 NOT NULL,
        moved TEXT DEFAULT 0 NOT NULL,
        PRIMARY KEY (lot, place),
        FOREIGN KEY(lot) REFERENCES lots (id)
    )
     WITHOUT ROWID
    """,
)
INDEXES = (
    "CREATE INDEX events_answered ON events (answered_at) WHERE answered_at IS NOT NULL",
    'CREATE INDEX events_state ON events (state, "row")',
    "CREATE INDEX lots_code ON lots (code)",
    "CREATE INDEX lots_latest ON lots (item, last_received_at)",
    "CREATE INDEX ix_operators_badge ON operators (badge)",
    "CREATE INDEX ix_print_jobs_serial ON print_jobs (serial)",
    "CREATE INDEX print_jobs_state ON print_jobs (state, id)",
    'CREATE INDEX records_finished ON records (kind, finished, "key")',
    "CREATE INDEX ix_containers_event ON containers (event)",
    "CREATE INDEX item_codes_code ON item_codes (code, vendor)",
    "CREATE INDEX item_codes_item ON item_codes (item)",
    "CREATE INDEX ix_item_codes_event ON item_codes (event)",
    "CREATE INDEX ix_lot_facts_lot ON lot_facts (lot)",
    "CREATE INDEX lot_facts_serial ON lot_facts (vendor_serial) WHERE vendor_serial IS NOT NULL",
    "CREATE INDEX lot_facts_sscc ON lot_facts (sscc) WHERE sscc IS NOT NULL",
    "CREATE INDEX movements_lot ON movements (lot, settled)",
    "CREATE INDEX ix_scans_event ON scans (event)",
    'CREATE INDEX scans_unnamed ON scans ("row") WHERE event IS NULL',
)


def upgrade() -> None:
    """Make every table and index."""
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
