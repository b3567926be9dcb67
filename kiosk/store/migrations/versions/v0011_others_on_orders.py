"""What other stations did on orders and set aside for them."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STEPS = (
    """
    CREATE TABLE others_shares (
        order_kind TEXT NOT NULL,
        number TEXT NOT NULL,
        journal TEXT NOT NULL,
        doing TEXT NOT NULL,
        line TEXT NOT NULL,
        amount TEXT NOT NULL,
        PRIMARY KEY (order_kind, number, journal, doing, line)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE others_set_aside (
        order_kind TEXT NOT NULL,
        number TEXT NOT NULL,
        journal TEXT NOT NULL,
        entry INTEGER NOT NULL,
        lot INTEGER NOT NULL,
        line TEXT NOT NULL,
        place TEXT NOT NULL,
        amount TEXT NOT NULL,
        PRIMARY KEY (order_kind, number, journal, entry),
        FOREIGN KEY (lot) REFERENCES lots (id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_others_set_aside_lot ON others_set_aside (lot)",
)


def upgrade() -> None:
    """Make the tables."""
    for step in STEPS:
        op.execute(step)
