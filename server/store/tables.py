"""The tables of the server's database. Migrations make them; a test holds both together."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint, false

from server.store.columns import Amount, Key, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# epoch: changes when the database was put back from a copy.
meta = Table("meta", metadata, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False))

stations = Table(
    "stations",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", String(128), nullable=False, unique=True),
    Column("enrolled_at", Moment, nullable=False),
    Column("last_sync_at", Moment),
    Column("versions", Text, nullable=False, server_default="{}"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", String(128), nullable=False),
    Column("role", String(10), nullable=False),  # station, admin or reader
    Column("station_id", Key, ForeignKey("stations.id")),
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256: the token itself is 256 random bits
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

journals = Table(
    "journals",
    metadata,
    Column("id", Key, primary_key=True),
    Column("uuid", String(36), nullable=False, unique=True),
    Column("station_id", Key, ForeignKey("stations.id"), nullable=False, index=True),
    Column("high_water", Key, nullable=False),  # gapless up to here
    Column("last_sequence", Key, nullable=False),  # how far the station said that it goes
)

envelopes = Table(
    "envelopes",
    metadata,
    Column("id", Key, primary_key=True),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("journal_id", Key, ForeignKey("journals.id"), nullable=False),
    Column("sequence", Key, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("answer", String(12), nullable=False),
    Column("words", Text),  # why it was parked
    Column("fork", Boolean, nullable=False),  # another event stands at its place in the chain, or it follows none
    Column("body", Text, nullable=False),
    UniqueConstraint("journal_id", "sequence", "hash"),
)
Index(
    "ix_envelopes_parked", envelopes.c.answer, sqlite_where=envelopes.c.answer == "parked", postgresql_where=envelopes.c.answer == "parked"
)

# What has no place in a chain (no id, an id that was taken): kept for the person who must look.
strays = Table(
    "strays",
    metadata,
    Column("id", Key, primary_key=True),
    Column("station_id", Key, ForeignKey("stations.id"), nullable=False),
    Column("journal", String(36), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("words", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("journal", "digest"),
)

findings = Table(
    "findings",
    metadata,
    Column("id", Key, primary_key=True),
    Column("envelope_id", Key, ForeignKey("envelopes.id"), nullable=False, index=True),
    Column("code", String(40), nullable=False),
    Column("words", Text, nullable=False),
    Column("settled_at", Moment),
)

# Reference data as it is now; `cursor` grows with every change, so "what is new" is one range. A gone record keeps its row, without a body.
records = Table(
    "records",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("key", String(500), primary_key=True),
    Column("cursor", Key, nullable=False, unique=True),
    Column("body", Text),
)

lots = Table(
    "lots",
    metadata,
    Column("id", Key, primary_key=True),
    Column("item", String(128), nullable=False),
    Column("code", String(128), nullable=False),
    Column("assigned_by", String(128), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("expires_on", String(10)),
    Column("disposition", String(12), nullable=False),
    UniqueConstraint("code", "item", "assigned_by"),
)

stock = Table(
    "stock",
    metadata,
    Column("lot_id", Key, ForeignKey("lots.id"), primary_key=True, autoincrement=False),
    Column("place", String(128), primary_key=True),
    Column("quantity", Amount, nullable=False),
    Column("opening", Amount, nullable=False),  # what the plant file counted in
)

receipts = Table(
    "receipts",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("lot_id", Key, ForeignKey("lots.id"), nullable=False, index=True),
    Column("vendor", String(128), nullable=False),
    Column("order_number", String(128), index=True),
    Column("line", String(128)),
    Column("quantity", Amount, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("base_quantity", Amount, nullable=False),
    Column("place", String(128), nullable=False),
    Column("occurred_at", Moment, nullable=False, index=True),
    Column("grade", String(12), nullable=False),
    Column("voided", Boolean, nullable=False),
)

# What went into work orders; below zero: what came back.
uses = Table(
    "uses",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("lot_id", Key, ForeignKey("lots.id"), nullable=False, index=True),
    Column("order_number", String(128), nullable=False, index=True),
    Column("quantity", Amount, nullable=False),
    Column("occurred_at", Moment, nullable=False),
    Column("grade", String(12), nullable=False),
    Column("voided", Boolean, nullable=False),
)

containers = Table(
    "containers",
    metadata,
    Column("serial", String(128), primary_key=True),
    Column("lot_id", Key, ForeignKey("lots.id"), nullable=False, index=True),
    Column("envelope_id", Key, ForeignKey("envelopes.id"), nullable=False, index=True),
    Column("quantity", Amount, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("place", String(128), nullable=False),
    Column("voided", Boolean, nullable=False),
)

# Which events name which piece, container or delivered unit (`what`) by its own serial. `state` and `carton`: what it says of a piece.
named_things = Table(
    "named_things",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("what", String(10), primary_key=True),
    Column("serial", String(128), primary_key=True, index=True),
    Column("item", String(128), primary_key=True),
    Column("lot_id", Key, ForeignKey("lots.id"), nullable=False),
    Column("state", String(8), nullable=False),
    Column("carton", String(18)),
    Column("voided", Boolean, nullable=False),
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("order_number", String(128), primary_key=True),
    Column("line", String(128), primary_key=True),
    Column("received", Amount, nullable=False),
)

# Events that undo others; one may come before the event that it undoes.
voids = Table(
    "voids",
    metadata,
    Column("event_id", String(36), primary_key=True),
    Column("envelope_id", Key, ForeignKey("envelopes.id"), nullable=False),
)

edges = Table(
    "edges",
    metadata,
    Column("id", Key, primary_key=True),
    Column("source", Key, ForeignKey("lots.id"), nullable=False, index=True),
    Column("target", Key, ForeignKey("lots.id"), nullable=False, index=True),
    Column("quantity", Amount, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("grade", String(12), nullable=False),
    Column("envelope_id", Key, ForeignKey("envelopes.id"), nullable=False, index=True),
    Column("voided", Boolean, nullable=False),
    Column("taken", Boolean, nullable=False, server_default=false()),  # the event itself took it off the stock; no consumption did
    Column("use_id", Key, ForeignKey("envelopes.id"), index=True),  # the consumption that the server drew it from; NULL: the event said so
)

# Lots that came out of work orders, of mixing (no order) and of repacking; `quantity` in the lot's unit.
productions = Table(
    "productions",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("lot_id", Key, ForeignKey("lots.id"), nullable=False, index=True),
    Column("order_number", String(128), index=True),
    Column("transformation", String(12), nullable=False),
    Column("quantity", Amount, nullable=False),
    Column("place", String(128), nullable=False),
    Column("occurred_at", Moment, nullable=False, index=True),
    Column("grade", String(12), nullable=False),
    Column("voided", Boolean, nullable=False),
)

# Which events speak of which lots: history, exceptions and parked events of a trace.
touches = Table(
    "touches",
    metadata,
    Column("lot_id", Key, ForeignKey("lots.id"), primary_key=True, autoincrement=False),
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
)

# Moves, counts and what else changes stock. `account`: where the lot's balance keeps `quantity` (traceability/movements.py).
stock_changes = Table(
    "stock_changes",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("lot_id", Key, ForeignKey("lots.id"), nullable=False, index=True),
    Column("account", String(12), nullable=False),
    Column("quantity", Amount, nullable=False),
    Column("place", String(128), nullable=False),
    Column("party", String(128)),
    Column("order_number", String(128)),
    Column("why", Text),
    Column("occurred_at", Moment, nullable=False),
    Column("grade", String(12), nullable=False),
    Column("voided", Boolean, nullable=False),
)


# Shipping: cartons and pallets, what was put into them (below zero: taken out), and what left in them.
cartons = Table(
    "cartons",
    metadata,
    Column("sscc", String(18), primary_key=True),
    Column("level", String(10), nullable=False),
    Column("state", String(10), nullable=False),  # open, closed, shipped or voided
    Column("parent", String(18), index=True),
    Column("order_number", String(128)),
    Column("customer", String(128)),
    Column("opened_by", Key, ForeignKey("envelopes.id")),
    Column("shipped_by", Key, ForeignKey("envelopes.id")),
)

packings = Table(
    "packings",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("sscc", String(18), nullable=False, index=True),
    Column("lot_id", Key, ForeignKey("lots.id"), nullable=False, index=True),
    Column("container", String(128)),
    Column("place", String(128), nullable=False),
    Column("quantity", Amount, nullable=False),
    Column("occurred_at", Moment, nullable=False),
    Column("grade", String(12), nullable=False),
    Column("voided", Boolean, nullable=False),
)

# `unit` is what was scanned at the dock, `sscc` the carton that the goods were in.
shipments = Table(
    "shipments",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("lot_id", Key, ForeignKey("lots.id"), nullable=False, index=True),
    Column("unit", String(18), nullable=False),
    Column("sscc", String(18), nullable=False),
    Column("order_number", String(128), nullable=False),
    Column("customer", String(128), nullable=False, index=True),
    Column("quantity", Amount, nullable=False),
    Column("occurred_at", Moment, nullable=False),
    Column("grade", String(12), nullable=False),
    Column("voided", Boolean, nullable=False),
)

ship_progress = Table(
    "ship_progress",
    metadata,
    Column("order_number", String(128), primary_key=True),
    Column("item", String(128), primary_key=True),
    Column("shipped", Amount, nullable=False),
)

# Picking: photos and papers that events announced. Their bytes are files beside the database, whole there since `received_at`.
attachments = Table(
    "attachments",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("to_event", String(36), nullable=False, index=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("media_type", String(40), nullable=False),
    Column("size", Key, nullable=False),
    Column("name", String(128), nullable=False),
    Column("taken_by", String(10), nullable=False),
    Column("received_at", Moment),
    Column("voided", Boolean, nullable=False),
)

# Quality: what was said of where a lot stands, in the order in which it came here. `source`: the event, or "plant" for the plant's data.
standings = Table(
    "standings",
    metadata,
    Column("id", Key, primary_key=True),
    Column("lot_id", Key, ForeignKey("lots.id"), nullable=False),
    Column("source", String(36), nullable=False, index=True),
    Column("kind", String(8), nullable=False),  # said, held or decided
    Column("disposition", String(12), nullable=False),
    Column("lifts", Text, nullable=False),  # JSON list: the sources of the holds that a release lifts
    Column("operator", String(128)),
    Column("why", Text, nullable=False),
    Column("occurred_at", Moment),
    Column("voided", Boolean, nullable=False),
    Column("scope", String(36), index=True),  # of a hold that was put on several lots together: the event that said so
    UniqueConstraint("lot_id", "source"),
)

# Deliveries, work orders and times of which all is held, at whatever station it is.
hold_scopes = Table(
    "hold_scopes",
    metadata,
    Column("event_id", String(36), primary_key=True),
    Column("envelope_id", Key, ForeignKey("envelopes.id"), nullable=False),
    Column("basis", String(12), nullable=False),
    Column("number", String(128)),
    Column("since", Moment),
    Column("until", Moment),
    Column("with_used", Boolean, nullable=False),
    Column("why", Text, nullable=False),
    Column("operator", String(128)),
    Column("occurred_at", Moment, nullable=False),
    Column("released_by", String(36)),  # the event that ended it
    Column("in_force", Boolean, nullable=False, index=True),
)

# What second persons let through; `review_id`: the event of who has looked at it since.
overrides = Table(
    "overrides",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("operator", String(128), index=True),
    Column("approver", String(128), nullable=False, index=True),
    Column("occurred_at", Moment, nullable=False, index=True),
    Column("review_id", Key, ForeignKey("envelopes.id"), index=True),
)

# Lots that were made from stopped ones, and which; the nearest first.
taints = Table(
    "taints",
    metadata,
    Column("lot_id", Key, ForeignKey("lots.id"), primary_key=True, autoincrement=False),
    Column("ancestor_id", Key, ForeignKey("lots.id"), primary_key=True, autoincrement=False, index=True),
    Column("nearness", Integer, nullable=False),
)

qc_results = Table(
    "qc_results",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("lot_id", Key, ForeignKey("lots.id"), nullable=False, index=True),
    Column("test", String(128), nullable=False),
    Column("value", Amount, nullable=False),
    Column("unit", String(128), nullable=False),
    Column("low", Amount),
    Column("high", Amount),
    Column("passed", Boolean, nullable=False),
    Column("sample", String(128)),
    Column("occurred_at", Moment, nullable=False),
    Column("voided", Boolean, nullable=False),
)

# Lots that were put to a line position or into a vessel. `used_by`: the event that it was part of, and is undone with.
line_loads = Table(
    "line_loads",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("place", String(128), nullable=False, index=True),
    Column("lot_id", Key, ForeignKey("lots.id"), nullable=False),
    Column("vessel", Boolean, nullable=False),
    Column("order_number", String(128), index=True),
    Column("used_by", String(36), index=True),
    Column("occurred_at", Moment, nullable=False),
    Column("voided", Boolean, nullable=False),
)

# When a position was empty, or a vessel was cleaned out.
line_ends = Table(
    "line_ends",
    metadata,
    Column("envelope_id", Key, ForeignKey("envelopes.id"), primary_key=True, autoincrement=False),
    Column("place", String(128), nullable=False, index=True),
    Column("occurred_at", Moment, nullable=False),
    Column("voided", Boolean, nullable=False),
)
