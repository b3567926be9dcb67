"""What the station's services need from the outside, as roles. Adapters fit them by shape."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Protocol

from traceability.attribution import OrderUse
from traceability.backflush import Stand
from traceability.barcodes.vendor import Rule
from traceability.cartons import CartonTree, InCartons
from traceability.chain import Envelope, Json
from traceability.containers import KnownContainer
from traceability.history import Bound, Delivered, Happening
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
from traceability.serials import KnownSerial
from traceability.standing import HoldInForce
from traceability.tolerances import Tolerance
from traceability.workflows.inputs import PickAnswer, PickQuestion
from traceability.workflows.step import PrintedLabel, PrintOrder, Record

#: The seat of every scanner that is given no other.
FIRST_SEAT: Final = "1"


class StorageFailed(Exception):
    """The station's database can't keep what it was given (disk full, read-only, locked, damaged); `words` say which."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class RawScan:
    """What a device delivered, as it came. `id` is a UUIDv7; `received_at` is UTC-aware."""

    id: str
    device: str
    data: bytes
    aim: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and by whom: what every envelope of one piece of work shares."""

    occurred_at: datetime  # UTC-aware
    zone: str
    monotonic_us: int
    clock_offset_ms: int | None
    operator: str | None
    place: str
    app_version: str
    cache_age_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that one answer changes, committed together or not at all."""

    stamp: Stamp
    records: tuple[Record, ...] = ()
    prints: tuple[PrintOrder, ...] = ()
    seat: Mapping[str, Json] | None = None  # where the worker is, for the restart; None leaves it as it was
    serials_used: int = 0
    numbers_used: int = 0
    ssccs_used: int = 0
    secret_scans: Mapping[str, str] | None = None  # scan id -> operator id: these scans were badges, the bytes are not kept
    seat_name: str = FIRST_SEAT  # whose place `seat` is, where several work at one station


@dataclass(frozen=True, slots=True)
class Serials:
    """The serials that the station may give to its next labels: prefix and counter, unique over all stations."""

    prefix: str
    next: int


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A label that waits for the printer. State: waiting, printed or void."""

    id: int
    order: PrintOrder
    created_at: datetime
    state: str
    printed_at: datetime | None = None
    tries: int = 0
    last_words: str = ""


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """The outbox at a glance; ages are counted from `oldest_at` (of what waits) and `parked_at` (of what needs somebody)."""

    waiting: int
    parked: int
    exceptions: int
    sent_today: int
    oldest_at: datetime | None
    last_sync_at: datetime | None
    to_review: int = 0  # overrides that nobody else has looked at …
    oldest_override_at: datetime | None = None  # … and when the first of them was
    parked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueuedEvent:
    """One journal event that still wants something: waiting, parked, or taken with an exception."""

    id: str
    sequence: int
    kind: str
    occurred_at: datetime
    state: str  # waiting | parked | exception
    tries: int
    words: str  # what the server said, or why it waits
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Override:
    """One approval and, where somebody else has looked at it, that review."""

    approval: Envelope
    review: Envelope | None


class Journal(Protocol):
    """The station's append-only record: scans first, then chained events, and what they change, in one transaction."""

    id: str

    def keep_scan(self, scan: RawScan) -> None:
        """Put the raw scan on disk before anything is made of it. StorageFailed where that can't be done."""

    def commit(self, work: Work) -> tuple[Envelope, ...]:
        """Chain the records, post their stock effects, keep print jobs, counters and the seat: all or nothing. StorageFailed."""

    def seats(self) -> Mapping[str, Mapping[str, Json]]:
        """Return where the worker of each seat was; a seat that nobody used yet is not there."""

    def unnamed_scans(self) -> tuple[RawScan, ...]:
        """Return the scans that no event names yet, oldest first: what a crash left."""

    def serials(self) -> Serials:
        """Return the next free label serial."""

    def next_number(self, kind: Numbered) -> int | None:
        """Return the next free number of the station's blocks of that kind; None where they are used up."""

    def envelope(self, event_id: str) -> Envelope | None:
        """Return one event as it stands in the journal."""


class NoPicture(Exception):
    """The camera gave no picture; `words` say why, for the log."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Camera(Protocol):
    """Takes one photo when asked."""

    def take(self) -> bytes:
        """Return a photo (JPEG or PNG). NoPicture."""


class Attachments(Protocol):
    """Photos and papers, kept by their content."""

    def keep(self, content: bytes) -> None:
        """Put `content` on disk, durably, before any event speaks of it. StorageFailed."""


class LotBook(Protocol):
    """What the station knows: reference data from the server and what its own events made of it. Reads only, indexed."""

    def operator_by_badge(self, badge: str) -> Operator | None:
        """Who carries this badge."""

    def operator(self, operator_id: str) -> Operator | None:
        """The person behind an opaque id."""

    def has_operators(self) -> bool:
        """Whether anyone has to sign in here at all."""

    def modes(self, station: str) -> tuple[str, ...]:
        """The kinds of work that this station does; empty: all."""

    def place_of(self, station: str) -> str:
        """The place that the station's goods stand at."""

    def papers_named(self, name: str) -> frozenset[str]:
        """The kinds of papers and places that carry this name: purchase_order, work_order, ship_order, place."""

    def purchase_order(self, number: str) -> PurchaseOrder | None:
        """An order with its lines and what was received on them."""

    def open_purchase_orders(self, limit: int) -> tuple[PurchaseOrder, ...]:
        """Orders that still expect goods, for picking by touch."""

    def work_order(self, number: str) -> WorkOrder | None:
        """A work order with its components and what was used of them."""

    def open_work_orders(self, limit: int) -> tuple[WorkOrder, ...]:
        """Work orders that still want something, for picking by touch."""

    def orders_to_make(self, limit: int) -> tuple[WorkOrder, ...]:
        """Work orders of which something is still to be made, for picking by touch."""

    def order_uses(self, number: str, without: str | None = None) -> tuple[OrderUse, ...]:
        """What a work order consumed here, lot by lot, and what its outputs named of it (not the one of event `without`)."""

    def lots_in(self, number: str) -> int:
        """How many lots a work order consumed here and did not give back."""

    def stands(self, item: str, place: str, today: date) -> tuple[Stand, ...]:
        """What of an item stands at a place and may be used, oldest first."""

    def downstream(self, event_id: str) -> tuple[str, ...]:
        """Where the lot that an event made went since; empty: all of it is still there."""

    def went_on(self, event_id: str) -> tuple[str, ...]:
        """Where the goods of an event went since; empty: they are as it left them."""

    def numbers_ending(self, now: datetime) -> Mapping[Numbered, int]:
        """How many own lot numbers are left where they end within a day; None: there are more."""

    def ship_order(self, number: str) -> ShipOrder | None:
        """A ship order with its lines and what was shipped on them."""

    def open_ship_orders(self, limit: int) -> tuple[ShipOrder, ...]:
        """Ship orders that still want goods, for picking by touch."""

    def place(self, name: str) -> Place | None:
        """A place of the plant by its name."""

    def at_hand(self, order: str, but: str | None = None) -> AtHand:
        """What was loaded where a work order is made, and since when its next output (or `but`, made anew) is being made."""

    def vendors(self, limit: int) -> tuple[tuple[str, str], ...]:
        """(vendor, name) for a blind receipt."""

    def item(self, code: str) -> Item | None:
        """An item by its own code."""

    def item_codes(self, code: str, vendor: str | None) -> tuple[ItemCode, ...]:
        """What a barcode's code (GTIN-14, item code, vendor's code) stands for; `vendor`'s own meaning first and alone where it has one."""

    def label_rules(self, vendor: str, today: date) -> tuple[Rule, ...]:
        """The rules taught for the vendor's own labels."""

    def lot(self, key: LotKey) -> Lot | None:
        """One lot with its disposition, expiry and quantity on hand."""

    def lots_with_code(self, code: str, item: str | None = None) -> tuple[Lot, ...]:
        """Every lot that carries this code, whoever assigned it."""

    def older_lot(self, lot: Lot, today: date) -> ShelvedLot | None:
        """The item's oldest lot that should be used before `lot`: on hand, free to use, not expired; None where `lot` is the oldest."""

    def ancestors_on_hold(self, lots: Collection[LotKey]) -> Mapping[LotKey, Lot]:
        """For each of `lots` that was made, surely or possibly, from a held, rejected or recalled lot: one such ancestor."""

    def lots_received_on(self, purchase_order: str) -> tuple[LotKey, ...]:
        """The lots that came in here on a purchase order, as they came."""

    def lots_made_by(self, work_order: str) -> tuple[LotKey, ...]:
        """The lots that came out of a work order here."""

    def lots_used_by(self, work_order: str) -> tuple[LotKey, ...]:
        """The lots that went into a work order here."""

    def lots_between(self, since: datetime, until: datetime) -> tuple[LotKey, ...]:
        """The lots that came in or were made here from `since` to `until` (UTC)."""

    def hold_scopes(self) -> tuple[HoldScope, ...]:
        """What is held together (a delivery, a work order, a time) and was not released, oldest first."""

    def held_together(self, scopes: Collection[str]) -> tuple[HeldLot, ...]:
        """The lots known here that some of these hold."""

    def tests(self, item: str) -> tuple[QcTest, ...]:
        """The plant's tests of an item."""

    def holds_on(self, lot: LotKey) -> tuple[HoldInForce, ...]:
        """The holds that stand on a lot, oldest first."""

    def places_of(self, lot: LotKey) -> tuple[tuple[str, Decimal], ...]:
        """Where a lot stands: (place, amount in the base unit)."""

    def standing_at(self, place: str, most: int | None = None) -> tuple[tuple[LotKey, Decimal], ...]:
        """What stands in a place: (lot, amount in the base unit); where there is more than `most`, what came there last."""

    def history(self, lot: LotKey, limit: int) -> tuple[Happening, ...]:
        """The latest events about a lot, newest first."""

    def containers_at(self, place: str) -> Mapping[LotKey, tuple[tuple[str, Decimal], ...]]:
        """The containers (serial, amount) that stand in a place and hold something, by lot."""

    def lots_of_item(self, item: str, limit: int) -> tuple[Lot, ...]:
        """An item's lots on hand, first the one that comes first."""

    def bound_for(self, lot: LotKey) -> tuple[Bound, ...]:
        """For whom some of a lot is packed or set aside."""

    def made_from(self, lot: LotKey) -> tuple[tuple[LotKey, int], ...]:
        """(lot, how many steps on) of what a lot went into here."""

    def left_at(self, sscc: str) -> datetime | None:
        """When a carton or pallet left from here."""

    def tolerance(self, purpose: str, item: str) -> Tolerance:
        """How far a figure of an item may be off before it is asked about."""

    def recent_lot_codes(self, item: str, limit: int) -> tuple[str, ...]:
        """The item's latest lot codes, newest first: for the look-alike guard and for typing."""

    def container(self, serial: str) -> KnownContainer | None:
        """A container by the serial on our label."""

    def carton(self, sscc: str) -> CartonTree | None:
        """A carton or pallet of ours with what stands on it and what is inside."""

    def in_cartons(self, lot: LotKey, container: str | None) -> InCartons:
        """How much of a lot, and of one container of it, is packed and has not left."""

    def lots(self, keys: Collection[LotKey]) -> Mapping[LotKey, Lot]:
        """Many lots at once, those that are known."""

    def items(self, codes: Collection[str]) -> Mapping[str, Item]:
        """Many items at once, those that are known."""

    def to_pick(self, question: PickQuestion, today: date, place: str) -> PickAnswer:
        """What may be fetched for an order, what was fetched for it, and where that waits."""

    def serial(self, item: str, serial: str) -> KnownSerial | None:
        """Where a piece with a serial of its own is."""

    def picked(self, kind: OrderKind, number: str) -> Mapping[str, Decimal]:
        """Return how much was fetched for each line of an order, here and elsewhere."""

    def orders_told(self) -> int:
        """Return a number that grows whenever the server said something new of orders."""

    def pieces_at(self, place: str) -> Mapping[LotKey, tuple[str, ...]]:
        """The serials of the pieces that should be in a place, by lot."""

    def pieces_named(self, lot: LotKey) -> Mapping[str, int]:
        """How many pieces of a lot are known by their serials in each place."""

    def picked_for(self, serial: str) -> tuple[OrderKind, str] | None:
        """Which order a container was fetched for last."""

    def delivered(self, sscc: str) -> tuple[Delivered, ...]:
        """What came in under a vendor's SSCC, a lot each, and where that is."""

    def sscc_counted_at(self, sscc: str) -> datetime | None:
        """When goods under this SSCC were counted and not undone, or None."""

    def vendor_serial_counted_at(self, item: str, vendor: str, serial: str) -> datetime | None:
        """When this vendor's serial of the item was counted and not undone, or None."""

    def last_labels(self, limit: int) -> tuple[PrintedLabel, ...]:
        """The latest labels of this station that are still good, newest first, each once."""

    def label_with_serial(self, serial: str) -> PrintedLabel | None:
        """The label that this station first printed with a serial."""

    def label_of_job(self, job: str) -> PrintedLabel | None:
        """A label by its number in the list of labels."""

    def policies(self) -> Mapping[str, str]:
        """The plant's policies by name."""

    def reasons(self) -> tuple[ReasonCode, ...]:
        """The plant's reason codes."""

    def zone(self) -> str:
        """The plant's IANA time zone, or UTC."""

    def site(self) -> str:
        """Who assigns our own lot codes."""

    def company_prefix(self) -> str | None:
        """The site's GS1 company prefix, that our SSCCs begin with; None where the plant names none."""

    def cache_age_seconds(self, now: datetime) -> int | None:
        """How old the reference data is; None where it was never read to its end."""


@dataclass(frozen=True, slots=True)
class PinState:
    """What is kept about a person's PIN: its hash, the wrong tries in a row, and since when there were too many."""

    hash: str | None
    wrong: int = 0
    locked_at: datetime | None = None


class PinBook(Protocol):
    """PIN hashes and wrong tries, kept over a restart."""

    def pin_state(self, operator_id: str) -> PinState:
        """What is kept about this person's PIN."""

    def keep_tries(self, operator_id: str, wrong: int, locked_at: datetime | None) -> None:
        """Note how many wrong PINs came in a row. StorageFailed: then nobody is let through either."""


class PrintQueue(Protocol):
    """Labels that wait for the printer; nothing leaves it but by being printed or voided."""

    def waiting(self, limit: int) -> tuple[PrintJob, ...]:
        """The oldest labels that are not printed."""

    def waiting_count(self) -> int:
        """How many labels wait."""

    def mark_printed(self, job_id: int, at: datetime) -> None:
        """The printer took the label and reported no fault."""

    def mark_failed(self, job_id: int, words: str) -> None:
        """The label could not be printed; it stays."""


class Queue(Protocol):
    """The outbox as a supervisor sees it."""

    def counts(self) -> Mapping[str, int]:
        """How many events are in each state (waiting, parked …)."""

    def figures(self, now: datetime) -> QueueFigures:
        """Counts and ages."""

    def events(self, states: tuple[str, ...], limit: int) -> tuple[QueuedEvent, ...]:
        """Events in these states, worst first, then oldest."""

    def overrides(self, limit: int) -> tuple[Override, ...]:
        """What second persons let through and nobody else has looked at, newest first."""

    def try_again(self, event_id: str) -> None:
        """A parked event is to be sent once more."""


class Clock(Protocol):
    """The time, as a value."""

    def now(self) -> datetime:
        """UTC-aware."""

    def monotonic_us(self) -> int:
        """Microseconds that never go back while the station runs."""

    def zone(self) -> str:
        """The station's IANA time zone, or UTC."""

    def today(self) -> date:
        """The calendar date at the station."""
