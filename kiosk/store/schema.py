"""The tables of a station's database. The migrations make them; a test holds both together."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint, text

METADATA: Final = MetaData()


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True, nullable=False)


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _maybe(name: str) -> Column[str]:
    return Column(name, Text)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


# One row: which station this is. `station` is empty until a kiosk first opens the database; `tag` makes label serials unique.
STATION: Final = Table(
    "station",
    METADATA,
    Column("one", Integer, primary_key=True),
    _maybe("station"),
    _words("journal"),
    _words("tag"),
    _count("next_serial"),
    _words("key_check"),
)

# Journals begun in this database and where each ends, so that a cut-off tail is noticed.
JOURNALS: Final = Table("journals", METADATA, _key("id"), _count("head_sequence"), _words("head_hash"))

# What the devices delivered, as it came. A secret scan was a badge: `data` is its keyed hash.
SCANS: Final = Table(
    "scans",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _words("device"),
    Column("data", LargeBinary, nullable=False),
    _maybe("aim"),
    _words("received_at"),
    _count("secret"),
    _maybe("operator"),
    Column("event", Integer, ForeignKey("events.row"), index=True),
    Index("scans_unnamed", "row", sqlite_where=text("event IS NULL")),
)

# The journal. `body` is the canonical envelope; what follows `hash` is about the event, not part of the chain.
EVENTS: Final = Table(
    "events",
    METADATA,
    Column("row", Integer, primary_key=True),
    _words("journal"),
    Column("sequence", Integer, nullable=False),
    Column("id", Text, nullable=False, unique=True),
    _words("kind"),
    _words("occurred_at"),
    Column("body", LargeBinary, nullable=False),
    _words("hash"),
    Column("state", Text, nullable=False, server_default="waiting"),  # waiting | acknowledged | exception | parked
    _count("tries"),
    Column("words", Text, nullable=False, server_default=""),
    _maybe("answered_at"),
    Column("corrected_by", Integer, ForeignKey("events.row")),
    UniqueConstraint("journal", "sequence"),
    Index("events_state", "state", "row"),
    Index("events_answered", "answered_at", sqlite_where=text("answered_at IS NOT NULL")),
    sqlite_autoincrement=True,
)

# How many events are in each state; triggers on `events` count, so that nobody has to.
EVENT_COUNTS: Final = Table("event_counts", METADATA, _key("state"), _count("events"), sqlite_with_rowid=False)

# Lots: what the server said of them (`reference_…`) and what holds now, the station's own events included.
LOTS: Final = Table(
    "lots",
    METADATA,
    Column("id", Integer, primary_key=True),
    _words("item"),
    _words("code"),
    _words("assigned_by"),
    _maybe("reference_expires_on"),
    _maybe("reference_disposition"),
    _maybe("expires_on"),
    _words("disposition"),
    _count("known"),
    _maybe("last_received_at"),
    UniqueConstraint("item", "code", "assigned_by"),
    Index("lots_code", "code"),
    Index("lots_latest", "item", "last_received_at"),
)

# How much of a lot stands where, in the item's base unit: as the reference data has it, and what our events moved since.
STOCK: Final = Table(
    "stock",
    METADATA,
    Column("lot", Integer, ForeignKey("lots.id"), primary_key=True),
    _key("place"),
    Column("opening", Text, nullable=False, server_default=text("0")),
    Column("moved", Text, nullable=False, server_default=text("0")),
    Index("stock_place", "place"),
    sqlite_with_rowid=False,
)

# What each event moved, below zero: taken away. Settled: the reference data's figure holds it already.
MOVEMENTS: Final = Table(
    "movements",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    Column("lot", Integer, ForeignKey("lots.id"), primary_key=True),
    _key("place"),
    _words("amount"),
    _count("settled"),
    Index("movements_lot", "lot", "settled"),
    Index("movements_history", "lot", "event"),
    sqlite_with_rowid=False,
)

# What each event said about a lot; a voided fact was corrected, a settled one is older than the server's word.
LOT_FACTS: Final = Table(
    "lot_facts",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    Column("lot", Integer, ForeignKey("lots.id"), nullable=False, index=True),
    _words("kind"),
    _words("occurred_at"),
    _maybe("expires_on"),
    _words("disposition"),
    _maybe("vendor"),
    _maybe("vendor_serial"),
    _maybe("sscc"),
    _count("voided"),
    _count("settled"),
    Index("lot_facts_occurred_at", "occurred_at"),
    Index("lot_facts_serial", "vendor_serial", sqlite_where=text("vendor_serial IS NOT NULL")),
    Index("lot_facts_sscc", "sscc", sqlite_where=text("sscc IS NOT NULL")),
)

CONTAINERS: Final = Table(
    "containers",
    METADATA,
    _key("serial"),
    Column("lot", Integer, ForeignKey("lots.id"), nullable=False, index=True),
    _words("quantity"),
    _words("unit"),
    _words("place"),
    _words("labelled_at"),
    Column("event", Integer, ForeignKey("events.row"), nullable=False, index=True),
    _count("voided"),
    sqlite_with_rowid=False,
)

# What our receipts delivered on an order's lines, in the item's base unit.
ORDER_PROGRESS: Final = Table("order_progress", METADATA, _key("number"), _key("line"), _words("received"), sqlite_with_rowid=False)

# What our stations' events used of an item for a work order, in its base unit.
WORK_ORDER_USE: Final = Table("work_order_use", METADATA, _key("number"), _key("item"), _words("used"), sqlite_with_rowid=False)

# Reference data as it came. Lots and operators have tables of their own. `finished` orders expect nothing more.
RECORDS: Final = Table(
    "records",
    METADATA,
    _key("kind"),
    _key("key"),
    _words("body"),
    _count("finished"),
    Index("records_finished", "kind", "finished", "key"),
    sqlite_with_rowid=False,
)

# What a barcode's code stands for; `vendor` empty: whoever's. `event` names the link that a person made here.
ITEM_CODES: Final = Table(
    "item_codes",
    METADATA,
    Column("row", Integer, primary_key=True),
    _words("code"),
    _words("vendor"),
    _maybe("unit"),
    _words("item"),
    Column("event", Integer, ForeignKey("events.row"), index=True),
    Index("item_codes_code", "code", "vendor"),
    Index("item_codes_item", "item"),
)

OPERATORS: Final = Table(
    "operators",
    METADATA,
    _key("id"),
    Column("badge", LargeBinary, nullable=False, index=True),  # keyed hash
    _words("name"),
    _words("roles"),  # JSON list
    _maybe("pin_hash"),
    Column("may_not_override", Text, nullable=False, server_default="[]"),  # JSON list
)

PRINT_JOBS: Final = Table(
    "print_jobs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("serial", Text, nullable=False, index=True),
    _words("print_order"),  # JSON
    _words("created_at"),
    Column("state", Text, nullable=False, server_default="waiting"),  # waiting | printed | void
    _maybe("printed_at"),
    _count("tries"),
    Column("last_words", Text, nullable=False, server_default=""),
    Index("print_jobs_state", "state", "id"),
)

# Where the worker of each seat is, for the restart; and what lies open there in other modes, which a scan does not write anew.
SEATS: Final = Table("seats", METADATA, _key("name"), _words("body"), sqlite_with_rowid=False)
SEATS_ASIDE: Final = Table("seats_aside", METADATA, _key("seat"), _key("mode"), _words("body"), sqlite_with_rowid=False)

# Numbers that this station may give to its own lots and cartons; `next` is past `last` when a block is used up.
NUMBER_BLOCKS: Final = Table(
    "number_blocks",
    METADATA,
    _key("kind"),
    Column("first", Integer, primary_key=True, nullable=False),
    Column("last", Integer, nullable=False),
    Column("next", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# One row: how far the server's reference data was read, and when the server was last met.
FEED: Final = Table(
    "feed",
    METADATA,
    Column("one", Integer, primary_key=True),
    _maybe("epoch"),
    _count("cursor"),
    _maybe("complete_at"),
    _maybe("met_at"),
    _count("online"),
)

# --- made

# What each event took of a lot for a work order, below zero: brought back. What it took by the recipe alone stands in `edges`.
USES: Final = Table(
    "uses",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    Column("lot", Integer, ForeignKey("lots.id"), nullable=False),
    _words("number"),
    _words("amount"),
    _words("unit"),
    _count("voided"),
    Index("uses_order", "number"),
)

# The lots that came out of work orders (`number`), of mixing and of repacking; `quantity` in the item's base unit.
PRODUCTIONS: Final = Table(
    "productions",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    Column("lot", Integer, ForeignKey("lots.id"), nullable=False, index=True),
    _maybe("number"),
    _words("transformation"),
    _words("quantity"),
    _count("voided"),
    Index("productions_order", "number", sqlite_where=text("number IS NOT NULL")),
)

# Which lot (`source`) went into which (`target`), as our own events say; `quantity` in the source's base unit. Voided: it was undone.
EDGES: Final = Table(
    "edges",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    Column("source", Integer, ForeignKey("lots.id"), primary_key=True),
    Column("target", Integer, ForeignKey("lots.id"), primary_key=True),
    _key("grade"),
    _words("quantity"),
    _words("unit"),
    _count("voided"),
    Index("edges_source", "source"),
    Index("edges_target", "target"),
    sqlite_with_rowid=False,
)

# How many numbers of a kind were used on which day (UTC): what a day takes, so that the end is said a day ahead.
NUMBER_USE: Final = Table("number_use", METADATA, _key("kind"), _key("day"), _count("used"), sqlite_with_rowid=False)
# --- shipping

# Cartons and pallets that our events opened, loaded or shipped. `opened_by` empty: opened at another station. `parent_by`: the event of
# ours that put it where it stands, or took it off there; empty: nobody did here, or the server has taken that in and its word holds.
CARTONS: Final = Table(
    "cartons",
    METADATA,
    _key("sscc"),
    _words("level"),
    _words("state"),  # open | closed | shipped | voided
    _maybe("parent"),
    _maybe("order_number"),
    _maybe("customer"),
    _maybe("opened_at"),
    Column("opened_by", Integer, ForeignKey("events.row"), index=True),
    Column("shipped_by", Integer, ForeignKey("events.row"), index=True),
    Column("parent_by", Integer, ForeignKey("events.row"), index=True),
    Index("cartons_parent", "parent", sqlite_where=text("parent IS NOT NULL")),
    sqlite_with_rowid=False,
)

# What each event put into a carton, below zero: took out. Gone: the carton left.
CARTON_CONTENTS: Final = Table(
    "carton_contents",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("carton", Text, nullable=False, index=True),
    Column("lot", Integer, ForeignKey("lots.id"), nullable=False),
    _maybe("container"),
    _words("place"),
    _words("quantity"),
    _words("unit"),
    _count("gone"),
    Index("carton_contents_lot", "lot", sqlite_where=text("gone = 0")),
    Index("carton_contents_container", "container", sqlite_where=text("container IS NOT NULL AND gone = 0")),
    sqlite_with_rowid=False,
)

# What our shipments sent on a ship order's lines, in the item's base unit.
SHIP_PROGRESS: Final = Table("ship_progress", METADATA, _key("number"), _key("line"), _words("shipped"), sqlite_with_rowid=False)

# --- quality

# Every hold that this station knows of. It stands unless it was undone or released here; an own one that the server has taken in
# stands as long as the server tells of it.
HOLDS: Final = Table(
    "holds",
    METADATA,
    Column("lot", Integer, ForeignKey("lots.id"), primary_key=True),
    _key("hold"),  # the id of the event that made it, or "plant"
    _maybe("held_by"),
    _maybe("held_at"),
    _words("why"),
    _count("told"),  # the server's word, or the plant file's
    Column("event", Integer, ForeignKey("events.row"), index=True),  # where it was made here
    _count("settled"),
    _count("voided"),
    Column("lifted_by", Integer, ForeignKey("events.row"), index=True),  # a release made here that the server has not taken in
    Column("scope", Text, index=True),  # of a hold that was put on several lots together: the event that said so
    sqlite_with_rowid=False,
)

# What was held together here, and what of it was released here; what is in force everywhere the server says (`records`).
HOLD_SCOPES: Final = Table(
    "hold_scopes",
    METADATA,
    _key("scope"),  # the id of the event that said so
    Column("event", Integer, ForeignKey("events.row"), index=True),  # where it was held here
    _count("voided"),
    Column("released_by", Integer, ForeignKey("events.row"), index=True),
    sqlite_with_rowid=False,
)

# Which lots came in on which purchase order, by our own receipts.
RECEIVED_ON: Final = Table(
    "received_on",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    Column("lot", Integer, ForeignKey("lots.id"), nullable=False),
    Column("number", Text, nullable=False, index=True),
)

# Lots that were made from one that is on hold, rejected or recalled, and one such ancestor.
TAINTS: Final = Table(
    "taints",
    METADATA,
    Column("lot", Integer, ForeignKey("lots.id"), primary_key=True),
    Column("ancestor", Integer, ForeignKey("lots.id"), nullable=False, index=True),
)

# What the server knows of it beyond this station's own edges: the stopped lots that a lot was made from.
TOLD_ANCESTORS: Final = Table(
    "told_ancestors",
    METADATA,
    Column("lot", Integer, ForeignKey("lots.id"), primary_key=True),
    Column("ancestor", Integer, ForeignKey("lots.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# What other journals did on an order's lines, as the server told it last (`sync.protocol.ORDER_PROGRESS`), in the item's base unit.
_ON_LINE: Final = ("order_kind", "number", "journal", "doing", "line")
OTHERS_SHARES: Final = Table("others_shares", METADATA, *map(_key, _ON_LINE), _words("amount"), sqlite_with_rowid=False)

# --- picking

# What is left of the lots that other stations set aside for an order, as the server told it last.
OTHERS_SET_ASIDE: Final = Table(
    "others_set_aside",
    METADATA,
    *map(_key, ("order_kind", "number", "journal")),
    Column("entry", Integer, primary_key=True, nullable=False),
    Column("lot", Integer, ForeignKey("lots.id"), nullable=False, index=True),
    *map(_words, ("line", "place", "amount")),
    sqlite_with_rowid=False,
)

# What is set aside for an order's lines, in the item's base unit. Released: the order was left, or set aside anew.
ALLOCATIONS: Final = Table(
    "allocations",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    Column("entry", Integer, primary_key=True),
    _words("order_kind"),
    _words("number"),
    _words("line"),
    Column("lot", Integer, ForeignKey("lots.id"), nullable=False),
    _words("place"),
    _words("amount"),
    _count("released"),
    Index("allocations_lot", "lot", sqlite_where=text("released = 0")),
    Index("allocations_order", "number", sqlite_where=text("released = 0")),
    sqlite_with_rowid=False,
)

# What was fetched for an order, and what was set aside for it that this used up.
PICKS: Final = Table(
    "picks",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    _words("order_kind"),
    _words("number"),
    _words("line"),
    Column("lot", Integer, ForeignKey("lots.id"), nullable=False),
    _maybe("container"),
    _words("to_place"),
    _words("amount"),
    Column("meant_lot", Integer, ForeignKey("lots.id")),
    _maybe("meant_place"),
    _count("voided"),
    Index("picks_order", "number"),
    Index("picks_container", "container", sqlite_where=text("container IS NOT NULL AND voided = 0")),
)

# What each event said of a piece with a serial of its own; the newest that is not voided holds.
SERIAL_FACTS: Final = Table(
    "serial_facts",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    _key("item"),
    _key("serial"),
    Column("lot", Integer, ForeignKey("lots.id"), nullable=False),
    _words("state"),
    _words("occurred_at"),
    _maybe("carton"),
    _count("voided"),
    Column("place", Text, nullable=False, server_default=text("''")),
    Index("serial_facts_piece", "serial", "item"),
    Index("serial_facts_lot", "lot", "place", sqlite_where=text("voided = 0 AND state = 'here'")),
    Index("serial_facts_carton", "carton", sqlite_where=text("carton IS NOT NULL")),
    sqlite_with_rowid=False,
)

# Photos and papers of events. Their bytes are files beside the database.
ATTACHMENTS: Final = Table(
    "attachments",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    _words("to_event"),
    Column("sha256", Text, nullable=False, index=True),
    Column("size", Integer, nullable=False),
)

# Which contents the server has, in which life of its database (`epoch`); `words`: why it does not want one.
UPLOADS: Final = Table("uploads", METADATA, _key("sha256"), _words("epoch"), Column("words", Text, nullable=False, server_default=""))

# --- people

# Wrong PINs in a row, and since when too many: kept, so that switching the station off lifts nothing.
WRONG_PINS: Final = Table("wrong_pins", METADATA, _key("operator"), _count("wrong"), _maybe("locked_at"), sqlite_with_rowid=False)

# What a second person let through; unseen until somebody else has looked at it.
OVERRIDES: Final = Table(
    "overrides",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    Column("reviewed_by", Integer, ForeignKey("events.row")),
    Index("overrides_unseen", "event", sqlite_where=text("reviewed_by IS NULL")),
)

# --- lines

# Lots that were put to a line position or into a vessel. `used_by`: the event that it was part of, and is undone with.
LINE_LOADS: Final = Table(
    "line_loads",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    _words("place"),
    Column("lot", Integer, ForeignKey("lots.id"), nullable=False),
    _words("unit"),
    _count("vessel"),
    _maybe("order_number"),
    _words("loaded_at"),
    _maybe("used_by"),
    _count("voided"),
    Index("line_loads_place", "place", "loaded_at"),
    Index("line_loads_order", "order_number", sqlite_where=text("order_number IS NOT NULL")),
    Index("line_loads_used_by", "used_by", sqlite_where=text("used_by IS NOT NULL")),
)

# When a position was empty, or a vessel was cleaned out.
LINE_ENDS: Final = Table(
    "line_ends",
    METADATA,
    Column("event", Integer, ForeignKey("events.row"), primary_key=True),
    _words("place"),
    _words("ended_at"),
    _count("voided"),
    Index("line_ends_place", "place", "ended_at"),
)
