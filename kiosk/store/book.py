"""What the station knows: reference data, and what its own events made of it. Reads only, each by an index."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, select

from config import label_rules
from kiosk.store import badges, card_facts, going_on, hold_scopes, lot_history, lots_together, making, printed_labels, shelves
from kiosk.store.carton_rows import carton_tree, in_cartons, lots_named
from kiosk.store.database import Database
from kiosk.store.kept import kept
from kiosk.store.lot_rows import lot_of, lots_of, row_of
from kiosk.store.lots_at_hand import at_hand
from kiosk.store.lots_on_hand import older_lot
from kiosk.store.lots_stopped import ancestors_on_hold, holds_on
from kiosk.store.nouns import (
    body_of,
    expects_goods,
    item_of,
    items_of,
    operator_of,
    papers_named,
    place_of,
    policies_of,
    purchase_order_of,
    ship_order_of,
    still_ships,
    wants_goods,
    work_order_of,
)
from kiosk.store.numbers import ending
from kiosk.store.schema import CONTAINERS, FEED, ITEM_CODES, LOT_FACTS, LOTS, OPERATORS, RECORDS
from kiosk.store.serial_book import SerialBook
from kiosk.store.times import from_text, maybe_from_text
from traceability.attribution import OrderUse
from traceability.backflush import Stand
from traceability.barcodes.vendor import Rule
from traceability.cartons import CartonTree, InCartons, last_sscc_number
from traceability.containers import KnownContainer
from traceability.history import Bound, Happening
from traceability.hold_scopes import HeldLot, HoldScope
from traceability.items import Item, ItemCode
from traceability.lines import AtHand
from traceability.lots import Lot, LotKey, ShelvedLot
from traceability.number_blocks import Numbered
from traceability.operators import Operator
from traceability.orders import PurchaseOrder, ShipOrder, WorkOrder
from traceability.picking import OrderKind
from traceability.places import Place
from traceability.qc import QcTest
from traceability.reasons import ReasonCode
from traceability.standing import HoldInForce
from traceability.tolerances import Tolerance
from traceability.workflows.inputs import PickAnswer, PickQuestion
from traceability.workflows.step import PrintedLabel

_LONGEST_JOB: Final = 18  # figures that the database's numbers hold
_SITE_WITHOUT_NAME: Final = "site"  # as a plant file that does not name its site

# Built once: making a statement costs SQLAlchemy five times what running it does.
_CARRIER: Final = select(OPERATORS).where(OPERATORS.c.badge == bindparam("known_by"))
_PERSON: Final = select(OPERATORS).where(OPERATORS.c.id == bindparam("known_by"))
_MEANINGS: Final = (
    select(ITEM_CODES.c.item, ITEM_CODES.c.unit, ITEM_CODES.c.vendor)
    .where(ITEM_CODES.c.code == bindparam("scanned"))
    .order_by(ITEM_CODES.c.row)
)
_WITH_CODE: Final = select(LOTS).where(LOTS.c.code == bindparam("lot_code"), LOTS.c.known == 1).order_by(LOTS.c.id)
_LATEST: Final = (
    select(LOTS.c.code)
    .where(LOTS.c.item == bindparam("of_item"), LOTS.c.known == 1)
    .order_by(LOTS.c.last_received_at.desc(), LOTS.c.id.desc())
    .limit(bindparam("most"))
)
_UNFINISHED: Final = select(RECORDS.c.key).where(RECORDS.c.kind == bindparam("of_kind"), RECORDS.c.finished == 0).order_by(RECORDS.c.key)
_CONTAINER: Final = (
    select(CONTAINERS, LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by)
    .join(LOTS, LOTS.c.id == CONTAINERS.c.lot)
    .where(CONTAINERS.c.serial == bindparam("on_label"))
)
_COUNTED: Final = select(LOT_FACTS.c.occurred_at).where(LOT_FACTS.c.voided == 0).order_by(LOT_FACTS.c.event.desc()).limit(1)
_SSCC: Final = _COUNTED.where(LOT_FACTS.c.sscc == bindparam("scanned"))
_SERIAL: Final = _COUNTED.join(LOTS, LOTS.c.id == LOT_FACTS.c.lot).where(
    LOT_FACTS.c.vendor_serial == bindparam("scanned"), LOT_FACTS.c.vendor == bindparam("by"), LOTS.c.item == bindparam("of_item")
)
_REASONS: Final = select(RECORDS.c.body).where(RECORDS.c.kind == "reason").order_by(RECORDS.c.key)
_ANYBODY: Final = select(OPERATORS.c.id).limit(1)
_COMPLETE: Final = select(FEED.c.complete_at)
_RULES: Final = (
    select(RECORDS.c.body)
    .where(RECORDS.c.kind == label_rules.KIND)
    .where((RECORDS.c.key == bindparam("vendor")) | RECORDS.c.key.between(bindparam("first"), bindparam("last")))
    .order_by(RECORDS.c.key)
)


class StationBook(SerialBook):
    """The station's knowledge of lots, items, orders and people."""

    def __init__(self, database: Database, badge_key: bytes) -> None:
        self._database = database
        self._badge_key = badge_key
        self._taught: dict[str, tuple[tuple[str, ...], tuple[Rule, ...]]] = {}  # vendor -> the records' text, and their rules

    def operator_by_badge(self, badge: str) -> Operator | None:
        """Return who carries this badge."""
        hashed = badges.hash_of(badge.encode("utf-8", "surrogateescape"), self._badge_key)
        return self._operator(_CARRIER, hashed)

    def operator(self, operator_id: str) -> Operator | None:
        """Return the person behind an opaque id."""
        return self._operator(_PERSON, operator_id)

    def _operator(self, statement: Select[Any], known_by: object) -> Operator | None:
        with self._database.reading() as connection:
            row = connection.execute(statement, {"known_by": known_by}).first()
        return None if row is None else operator_of(row)

    def has_operators(self) -> bool:
        """Whether anyone has to sign in here at all."""
        with self._database.reading() as connection:
            return kept(connection, "operators", lambda beside: beside.execute(_ANYBODY).first() is not None)

    def modes(self, station: str) -> tuple[str, ...]:
        """Return the kinds of work that this station does; empty: all."""
        return tuple(self._record("station", station).get("modes", ()))

    def place_of(self, station: str) -> str:
        """Return the place that the station's goods stand at: the station's own name where it was given none."""
        return str(self._record("station", station).get("place", station))

    def papers_named(self, name: str) -> frozenset[str]:
        """Return the kinds of papers and places that carry this name: purchase_order, work_order, ship_order, place."""
        with self._database.reading() as connection:
            return papers_named(connection, name)

    def purchase_order(self, number: str) -> PurchaseOrder | None:
        """Return an order with its lines and what was received on them."""
        with self._database.reading() as connection:
            return purchase_order_of(connection, number)

    def open_purchase_orders(self, limit: int) -> tuple[PurchaseOrder, ...]:
        """Return orders that still expect goods, for picking by touch."""
        with self._database.reading() as connection:
            numbers = connection.execute(_UNFINISHED, {"of_kind": "purchase_order"}).scalars()
            orders = (purchase_order_of(connection, number) for number in numbers)
            return tuple(islice((order for order in orders if order is not None and expects_goods(order)), limit))

    def work_order(self, number: str) -> WorkOrder | None:
        """Return a work order with its components and what was used of them."""
        with self._database.reading() as connection:
            return work_order_of(connection, number)

    def open_work_orders(self, limit: int) -> tuple[WorkOrder, ...]:
        """Return work orders that still want something, for picking by touch."""
        with self._database.reading() as connection:
            numbers = connection.execute(_UNFINISHED, {"of_kind": "work_order"}).scalars()
            orders = (work_order_of(connection, number) for number in numbers)
            return tuple(islice((order for order in orders if order is not None and wants_goods(order)), limit))

    def orders_to_make(self, limit: int) -> tuple[WorkOrder, ...]:
        """Return work orders of which something is still to be made, for picking by touch."""
        with self._database.reading() as connection:
            numbers = connection.execute(_UNFINISHED, {"of_kind": "work_order"}).scalars()
            orders = (work_order_of(connection, number) for number in numbers)
            return tuple(islice((order for order in orders if order is not None and not order.closed and order.to_make > 0), limit))

    def order_uses(self, number: str, without: str | None = None) -> tuple[OrderUse, ...]:
        """Return what a work order consumed here, lot by lot, and what its outputs named of it (not the one of event `without`)."""
        with self._database.reading() as connection:
            return making.order_uses(connection, number, without)

    def lots_in(self, number: str) -> int:
        """Return how many lots a work order consumed here and did not give back."""
        with self._database.reading() as connection:
            return making.lots_in(connection, number)

    def stands(self, item: str, place: str, today: date) -> tuple[Stand, ...]:
        """Return what of an item stands at a place and may be used, oldest first."""
        with self._database.reading() as connection:
            return making.stands(connection, item, place, today)

    def downstream(self, event_id: str) -> tuple[str, ...]:
        """Return where the lot that an event made went since; empty: all of it is still there."""
        with self._database.reading() as connection:
            return making.downstream(connection, event_id)

    def went_on(self, event_id: str) -> tuple[str, ...]:
        """Return where the goods of an event went since; empty: they are as it left them."""
        with self._database.reading() as connection:
            return going_on.went_on(connection, event_id)

    def numbers_ending(self, now: datetime) -> Mapping[Numbered, int]:
        """Return how many own numbers are left, of each kind that ends within a day."""
        prefix = self.company_prefix()
        highest = {Numbered.SSCC: last_sscc_number(prefix)} if prefix is not None else {}
        with self._database.reading():
            return ending(self._database.counted, now, highest)

    def ship_order(self, number: str) -> ShipOrder | None:
        """Return a ship order with its lines and what was shipped on them."""
        with self._database.reading() as connection:
            return ship_order_of(connection, number)

    def open_ship_orders(self, limit: int) -> tuple[ShipOrder, ...]:
        """Return ship orders that still want goods, for picking by touch."""
        with self._database.reading() as connection:
            numbers = connection.execute(_UNFINISHED, {"of_kind": "ship_order"}).scalars()
            orders = (ship_order_of(connection, number) for number in numbers)
            return tuple(islice((order for order in orders if order is not None and still_ships(order)), limit))

    def place(self, name: str) -> Place | None:
        """Return a place of the plant by its name."""
        with self._database.reading() as connection:
            return place_of(connection, name)

    def at_hand(self, order: str, but: str | None = None) -> AtHand:
        """Return what was loaded where a work order is made, and since when its next output (or `but`, made anew) is being made."""
        with self._database.reading() as connection:
            return at_hand(connection, order, but)

    def vendors(self, limit: int) -> tuple[tuple[str, str], ...]:
        """Return (vendor, name) for a blind receipt."""
        statement = select(RECORDS.c.key, RECORDS.c.body).where(RECORDS.c.kind == "vendor").order_by(RECORDS.c.key).limit(limit)
        with self._database.reading() as connection:
            return tuple((row.key, json.loads(row.body).get("name", "")) for row in connection.execute(statement))

    def item(self, code: str) -> Item | None:
        """Return an item by its own code."""
        with self._database.reading() as connection:
            return item_of(connection, code)

    def item_codes(self, code: str, vendor: str | None) -> tuple[ItemCode, ...]:
        """Return what a code stands for; `vendor`'s own meaning first and alone where it has one. The item's own code counts as one."""
        with self._database.reading() as connection:
            rows = connection.execute(_MEANINGS, {"scanned": code}).all()
            theirs = [row for row in rows if vendor is not None and row.vendor == vendor]
            anyones = [row for row in rows if not row.vendor]
            # Another vendor's code says something only where no vendor is known to ask for.
            chosen = theirs or anyones or ([] if vendor is not None else rows)
            return _codes(connection, chosen)

    def label_rules(self, vendor: str, today: date) -> tuple[Rule, ...]:
        """Return the rules taught for the vendor's labels; one that misreads its own samples is left out."""
        first, last = label_rules.named_keys(vendor)
        with self._database.reading() as connection:
            texts = tuple(connection.execute(_RULES, {"vendor": vendor, "first": first, "last": last}).scalars())
        known = self._taught.get(vendor)
        # Reading a rule back tries it on all its samples: done once for each text.
        if known is None or known[0] != texts:
            read_back = (label_rules.rule_of(json.loads(text), today) for text in texts)
            known = (texts, tuple(rule for rule in read_back if isinstance(rule, Rule)))
            self._taught[vendor] = known
        return known[1]

    def lot(self, key: LotKey) -> Lot | None:
        """Return one lot with its disposition, expiry and quantity on hand."""
        with self._database.reading() as connection:
            row = row_of(connection, key)
            return lot_of(connection, row) if row is not None and row.known else None

    def lots_with_code(self, code: str, item: str | None = None) -> tuple[Lot, ...]:
        """Return every lot that carries this code, whoever assigned it."""
        with self._database.reading() as connection:
            rows = connection.execute(_WITH_CODE, {"lot_code": code}).all()
            return tuple(lots_of(connection, [row for row in rows if item in (None, row.item)]).values())

    def older_lot(self, lot: Lot, today: date) -> ShelvedLot | None:
        """Return the item's oldest lot that should be used before `lot`; None where `lot` is the oldest."""
        with self._database.reading() as connection:
            return older_lot(connection, lot, today)

    def ancestors_on_hold(self, lots: Collection[LotKey]) -> Mapping[LotKey, Lot]:
        """Return, for each of `lots` that was made, surely or possibly, from a stopped lot, one such ancestor."""
        with self._database.reading() as connection:
            return ancestors_on_hold(connection, lots)

    def lots_received_on(self, purchase_order: str) -> tuple[LotKey, ...]:
        """Return the lots that came in here on a purchase order, as they came."""
        with self._database.reading() as connection:
            return lots_together.received_on(connection, purchase_order)

    def lots_made_by(self, work_order: str) -> tuple[LotKey, ...]:
        """Return the lots that came out of a work order here."""
        with self._database.reading() as connection:
            return lots_together.made_by(connection, work_order)

    def lots_used_by(self, work_order: str) -> tuple[LotKey, ...]:
        """Return the lots that went into a work order here."""
        with self._database.reading() as connection:
            return lots_together.used_by(connection, work_order)

    def lots_between(self, since: datetime, until: datetime) -> tuple[LotKey, ...]:
        """Return the lots that came in or were made here from `since` to `until` (UTC)."""
        with self._database.reading() as connection:
            return lots_together.between(connection, since, until)

    def hold_scopes(self) -> tuple[HoldScope, ...]:
        """Return what is held together, oldest first."""
        with self._database.reading() as connection:
            return hold_scopes.in_force(connection)

    def held_together(self, scopes: Collection[str]) -> tuple[HeldLot, ...]:
        """Return the lots known here that some of these hold."""
        with self._database.reading() as connection:
            return hold_scopes.held(connection, scopes)

    def tests(self, item: str) -> tuple[QcTest, ...]:
        """Return the plant's tests of an item, by their names."""
        with self._database.reading() as connection:
            return lots_together.tests_of(connection, item)

    def holds_on(self, lot: LotKey) -> tuple[HoldInForce, ...]:
        """Return the holds that stand on a lot, oldest first."""
        with self._database.reading() as connection:
            return holds_on(connection, lot)

    def places_of(self, lot: LotKey) -> tuple[tuple[str, Decimal], ...]:
        """Return where a lot stands: (place, amount in the base unit)."""
        with self._database.reading() as connection:
            return lot_history.places_of(connection, lot)

    def standing_at(self, place: str, most: int | None = None) -> tuple[tuple[LotKey, Decimal], ...]:
        """Return what stands in a place: (lot, amount in the base unit); where there is more, what came there last."""
        with self._database.reading() as connection:
            return lot_history.standing_at(connection, place, most)

    def history(self, lot: LotKey, limit: int) -> tuple[Happening, ...]:
        """Return the latest events about a lot, newest first."""
        with self._database.reading() as connection:
            return lot_history.history(connection, lot, limit)

    def tolerance(self, purpose: str, item: str) -> Tolerance:
        """Return how far a figure of an item may be off: the plant's word for that item, else for all; else not at all."""
        named = (json.dumps([purpose, each], ensure_ascii=False, separators=(",", ":")) for each in (item, ""))
        body = next((found for key in named if (found := self._record("tolerance", key))), {})
        return Tolerance(*(Decimal(body.get(name, "0")) for name in ("over_percent", "under_percent")))

    def containers_at(self, place: str) -> Mapping[LotKey, tuple[tuple[str, Decimal], ...]]:
        """Return the containers (serial, amount) that stand in a place and hold something, by lot."""
        with self._database.reading() as connection:
            return lot_history.containers_at(connection, place)

    def lots_of_item(self, item: str, limit: int) -> tuple[Lot, ...]:
        """Return an item's lots on hand, first the one that comes first."""
        with self._database.reading() as connection:
            return card_facts.lots_of_item(connection, item, limit)

    def bound_for(self, lot: LotKey) -> tuple[Bound, ...]:
        """Return for whom some of a lot is packed or set aside."""
        with self._database.reading() as connection:
            return card_facts.bound_for(connection, lot)

    def made_from(self, lot: LotKey) -> tuple[tuple[LotKey, int], ...]:
        """Return (lot, how many steps on) of what a lot went into here."""
        with self._database.reading() as connection:
            return card_facts.made_from(connection, lot)

    def left_at(self, sscc: str) -> datetime | None:
        """Return when a carton or pallet left from here, or None."""
        with self._database.reading() as connection:
            return card_facts.left_at(connection, sscc)

    def recent_lot_codes(self, item: str, limit: int) -> tuple[str, ...]:
        """Return the item's latest lot codes, newest first."""
        with self._database.reading() as connection:
            return tuple(dict.fromkeys(connection.execute(_LATEST, {"of_item": item, "most": limit}).scalars()))

    def container(self, serial: str) -> KnownContainer | None:
        """Return a container by the serial on our label."""
        with self._database.reading() as connection:
            row = connection.execute(_CONTAINER, {"on_label": serial}).first()
        if row is None:
            return None
        key = LotKey(row.item, row.code, row.assigned_by)
        return KnownContainer(serial, key, Decimal(row.quantity), row.unit, row.place, from_text(row.labelled_at), bool(row.voided))

    def carton(self, sscc: str) -> CartonTree | None:
        """Return a carton or pallet of ours with what stands on it and what is inside, or None."""
        with self._database.reading() as connection:
            return carton_tree(connection, sscc)

    def in_cartons(self, lot: LotKey, container: str | None) -> InCartons:
        """Return how much of a lot, and of one container of it, is packed and has not left."""
        with self._database.reading() as connection:
            return in_cartons(connection, lot, container)

    def lots(self, keys: Collection[LotKey]) -> Mapping[LotKey, Lot]:
        """Return many lots at once, those that are known."""
        with self._database.reading() as connection:
            return lots_named(connection, keys)

    def items(self, codes: Collection[str]) -> Mapping[str, Item]:
        """Return many items at once, those that are known."""
        with self._database.reading() as connection:
            return items_of(connection, codes)

    def to_pick(self, question: PickQuestion, today: date, place: str) -> PickAnswer:
        """Return what may be fetched for an order, what was fetched for it, and where that waits (else `place`)."""
        order = question.order
        with self._database.reading() as connection:
            known = shelves.places(connection)
            to_place = next((each.name for each in known if each.is_staging), place)
            apart = {to_place, *(each.name for each in known if each.keeps_apart or each.is_staging)}
            items = {each.item for each in order.lines}
            units = {code: item.unit for code, item in items_of(connection, items).items()}
            named = (order.kind, order.number)
            free = shelves.shelves(connection, items, today.isoformat(), named, apart)
            return PickAnswer(free, shelves.picked(connection, named), to_place, units)

    def picked(self, kind: OrderKind, number: str) -> Mapping[str, Decimal]:
        """Return how much was fetched for each line of an order, here and elsewhere."""
        with self._database.reading() as connection:
            return shelves.picked(connection, (kind, number))

    def orders_told(self) -> int:
        """Return a number that grows whenever the server said something new of orders."""
        return self._database.orders_told

    def picked_for(self, serial: str) -> tuple[OrderKind, str] | None:
        """Return which order a container was fetched for last, or None."""
        with self._database.reading() as connection:
            return shelves.picked_for(connection, serial)

    def sscc_counted_at(self, sscc: str) -> datetime | None:
        """Return when goods under this SSCC were counted and not undone, or None."""
        with self._database.reading() as connection:
            return maybe_from_text(connection.execute(_SSCC, {"scanned": sscc}).scalar())

    def vendor_serial_counted_at(self, item: str, vendor: str, serial: str) -> datetime | None:
        """Return when this vendor's serial of the item was counted and not undone, or None."""
        with self._database.reading() as connection:
            return maybe_from_text(connection.execute(_SERIAL, {"scanned": serial, "by": vendor, "of_item": item}).scalar())

    def last_labels(self, limit: int) -> tuple[PrintedLabel, ...]:
        """Return the latest labels of this station that are still good, newest first, each once."""
        with self._database.reading() as connection:
            return printed_labels.last_labels(connection, limit)

    def label_with_serial(self, serial: str) -> PrintedLabel | None:
        """Return the label that this station first printed with a serial."""
        with self._database.reading() as connection:
            return printed_labels.label_with_serial(connection, serial)

    def label_of_job(self, job: str) -> PrintedLabel | None:
        """Return a label by its number in the list of labels."""
        if not job.isascii() or not job.isdecimal() or len(job) > _LONGEST_JOB:
            return None
        with self._database.reading() as connection:
            return printed_labels.label_of_job(connection, int(job))

    def policies(self) -> Mapping[str, str]:
        """Return the plant's policies by name; what is not plain text (yes, no, a table of its own) as JSON."""
        with self._database.reading() as connection:
            return kept(connection, "policies", policies_of)

    def reasons(self) -> tuple[ReasonCode, ...]:
        """Return the plant's reason codes, in the order of their codes."""
        with self._database.reading() as connection:
            return kept(connection, "reasons", _reasons)

    def zone(self) -> str:
        """Return the plant's time zone (IANA), UTC where it names none."""
        return str(self._record("zone", "zone").get("zone", "UTC"))

    def site(self) -> str:
        """Return who assigns our own lot codes."""
        return str(self._record("site", "site").get("name", _SITE_WITHOUT_NAME))

    def company_prefix(self) -> str | None:
        """Return the site's GS1 company prefix, or None."""
        prefix = self._record("site", "site").get("company_prefix")
        return None if prefix is None else str(prefix)

    def cache_age_seconds(self, now: datetime) -> int | None:
        """Return how old the reference data is; None where it was never read to its end."""
        with self._database.reading():
            complete_at = self._database.counted.get("complete_at", lambda beside: maybe_from_text(beside.execute(_COMPLETE).scalar()))
        return None if complete_at is None else max(0, int((now - complete_at).total_seconds()))

    def _record(self, kind: str, key: str) -> dict[str, Any]:
        with self._database.reading() as connection:
            return body_of(connection, kind, key) or {}


def _reasons(connection: Connection) -> tuple[ReasonCode, ...]:
    bodies = map(json.loads, connection.execute(_REASONS).scalars())
    return tuple(ReasonCode(body["code"], body.get("words", ""), tuple(body.get("for", ()))) for body in bodies)


def _codes(connection: Connection, rows: Sequence[Row[Any, Any, Any]]) -> tuple[ItemCode, ...]:
    found = (ItemCode(item, row.unit, row.vendor or None) for row in rows if (item := item_of(connection, row.item)) is not None)
    return tuple({(each.item.code, each.unit, each.vendor): each for each in found}.values())
