"""The first schema: journals, what was received, and the feed of reference data."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; those that others refer to come first."""
    _lots()
    _meta()
    _order_lines()
    _records()
    _stations()
    _journals()
    _stock()
    _strays()
    _tokens()
    _envelopes()
    _containers()
    _edges()
    _findings()
    _receipts()
    _touches()
    _voids()


def _lots() -> None:
    op.create_table(
        "lots",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("item", sa.String(128), nullable=False),
        sa.Column("code", sa.String(128), nullable=False),
        sa.Column("assigned_by", sa.String(128), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("expires_on", sa.String(10), nullable=True),
        sa.Column("disposition", sa.String(12), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lots"),
        sa.UniqueConstraint("code", "item", "assigned_by", name="uq_lots_code_item_assigned_by"),
    )


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )


def _order_lines() -> None:
    op.create_table(
        "order_lines",
        sa.Column("order_number", sa.String(128), nullable=False),
        sa.Column("line", sa.String(128), nullable=False),
        sa.Column("received", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("order_number", "line", name="pk_order_lines"),
    )


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("key", sa.String(500), nullable=False),
        sa.Column("cursor", _KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_records"),
        sa.UniqueConstraint("cursor", name="uq_records_cursor"),
    )


def _stations() -> None:
    op.create_table(
        "stations",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("enrolled_at", sa.String(27), nullable=False),
        sa.Column("last_sync_at", sa.String(27), nullable=True),
        sa.Column("versions", sa.Text(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stations"),
        sa.UniqueConstraint("name", name="uq_stations_name"),
    )


def _journals() -> None:
    op.create_table(
        "journals",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("station_id", _KEY, nullable=False),
        sa.Column("high_water", _KEY, nullable=False),
        sa.Column("last_sequence", _KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"],
            ["stations.id"],
        ),
        sa.PrimaryKeyConstraint("id", name="pk_journals"),
        sa.UniqueConstraint("uuid", name="uq_journals_uuid"),
    )
    op.create_index("ix_journals_station_id", "journals", ["station_id"], unique=False)


def _stock() -> None:
    op.create_table(
        "stock",
        sa.Column("lot_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("place", sa.String(128), nullable=False),
        sa.Column("quantity", sa.String(40), nullable=False),
        sa.Column("opening", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
        ),
        sa.PrimaryKeyConstraint("lot_id", "place", name="pk_stock"),
    )


def _strays() -> None:
    op.create_table(
        "strays",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("station_id", _KEY, nullable=False),
        sa.Column("journal", sa.String(36), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("received_at", sa.String(27), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"],
            ["stations.id"],
        ),
        sa.PrimaryKeyConstraint("id", name="pk_strays"),
        sa.UniqueConstraint("journal", "digest", name="uq_strays_journal_digest"),
    )


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("station_id", _KEY, nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("revoked_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["station_id"],
            ["stations.id"],
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("digest", name="uq_tokens_digest"),
    )


def _envelopes() -> None:
    op.create_table(
        "envelopes",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("journal_id", _KEY, nullable=False),
        sa.Column("sequence", _KEY, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sa.Column("answer", sa.String(12), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("fork", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journal_id"],
            ["journals.id"],
        ),
        sa.PrimaryKeyConstraint("id", name="pk_envelopes"),
        sa.UniqueConstraint("event_id", name="uq_envelopes_event_id"),
        sa.UniqueConstraint("journal_id", "sequence", "hash", name="uq_envelopes_journal_id_sequence_hash"),
    )
    op.create_index(
        "ix_envelopes_parked",
        "envelopes",
        ["answer"],
        unique=False,
        sqlite_where=sa.text("answer = 'parked'"),
        postgresql_where=sa.text("answer = 'parked'"),
    )


def _containers() -> None:
    op.create_table(
        "containers",
        sa.Column("serial", sa.String(128), nullable=False),
        sa.Column("lot_id", _KEY, nullable=False),
        sa.Column("envelope_id", _KEY, nullable=False),
        sa.Column("quantity", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("place", sa.String(128), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["envelope_id"],
            ["envelopes.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
        ),
        sa.PrimaryKeyConstraint("serial", name="pk_containers"),
    )
    op.create_index("ix_containers_envelope_id", "containers", ["envelope_id"], unique=False)
    op.create_index("ix_containers_lot_id", "containers", ["lot_id"], unique=False)


def _edges() -> None:
    op.create_table(
        "edges",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("source", _KEY, nullable=False),
        sa.Column("target", _KEY, nullable=False),
        sa.Column("quantity", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("envelope_id", _KEY, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["envelope_id"],
            ["envelopes.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source"],
            ["lots.id"],
        ),
        sa.ForeignKeyConstraint(
            ["target"],
            ["lots.id"],
        ),
        sa.PrimaryKeyConstraint("id", name="pk_edges"),
    )
    op.create_index("ix_edges_envelope_id", "edges", ["envelope_id"], unique=False)
    op.create_index("ix_edges_source", "edges", ["source"], unique=False)
    op.create_index("ix_edges_target", "edges", ["target"], unique=False)


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("envelope_id", _KEY, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["envelope_id"],
            ["envelopes.id"],
        ),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
    )
    op.create_index("ix_findings_envelope_id", "findings", ["envelope_id"], unique=False)


def _receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("lot_id", _KEY, nullable=False),
        sa.Column("vendor", sa.String(128), nullable=False),
        sa.Column("order_number", sa.String(128), nullable=True),
        sa.Column("line", sa.String(128), nullable=True),
        sa.Column("quantity", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("base_quantity", sa.String(40), nullable=False),
        sa.Column("place", sa.String(128), nullable=False),
        sa.Column("occurred_at", sa.String(27), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["envelope_id"],
            ["envelopes.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
        ),
        sa.PrimaryKeyConstraint("envelope_id", name="pk_receipts"),
    )
    op.create_index("ix_receipts_lot_id", "receipts", ["lot_id"], unique=False)


def _touches() -> None:
    op.create_table(
        "touches",
        sa.Column("lot_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("envelope_id", _KEY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["envelope_id"],
            ["envelopes.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
        ),
        sa.PrimaryKeyConstraint("lot_id", "envelope_id", name="pk_touches"),
    )


def _voids() -> None:
    op.create_table(
        "voids",
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("envelope_id", _KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["envelope_id"],
            ["envelopes.id"],
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_voids"),
    )
