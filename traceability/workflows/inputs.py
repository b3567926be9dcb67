"""What reaches a workflow: scans already looked up, touches, typed text; and the moment and rules it is judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from traceability.attachments import Attachment, Way
from traceability.attribution import OrderUse
from traceability.backflush import Shelf
from traceability.barcodes.reading import Facts
from traceability.cartons import CartonTree, InCartons, Unit
from traceability.containers import KnownContainer
from traceability.history import Delivered
from traceability.hold_scopes import HeldLot, HoldScope
from traceability.items import Item, ItemCode
from traceability.lines import AtHand
from traceability.lots import Lot, LotKey, ShelvedLot
from traceability.operators import Operator
from traceability.orders import PurchaseOrder, ShipOrder, WorkOrder
from traceability.picking import FreeLot, OrderKind, PickOrder
from traceability.places import Place
from traceability.qc import QcTest
from traceability.reasons import ReasonCode
from traceability.refusals import Reason
from traceability.serials import KnownSerial
from traceability.standing import HoldInForce
from traceability.tolerances import Tolerance
from traceability.values import quick
from traceability.workflows.step import PrintedLabel, PrintOrder, ScanRef


@dataclass(frozen=True, slots=True)
class BadgeScanned:
    """Someone's badge."""

    scan: ScanRef
    operator: Operator


@dataclass(frozen=True, slots=True)
class OrderScanned:
    """A purchase order's number, scanned or picked."""

    order: PurchaseOrder
    scan: ScanRef | None = None


@dataclass(frozen=True, slots=True)
class WorkOrderScanned:
    """A work order's number, scanned or picked."""

    order: WorkOrder
    scan: ScanRef | None = None


#: What a barcode may stand for beside goods, badges and the papers above: kinds of work take the ones that they know.
Thing = Place | ShipOrder | PrintedLabel | Unit


@dataclass(frozen=True, slots=True)
class Scanned:
    """Something known that is no goods, scanned, typed or picked."""

    thing: Thing
    scan: ScanRef | None = None
    freed: bool = False  # it had waited for a question

    @property
    def name(self) -> str:
        """What it is called."""
        match self.thing:
            case ShipOrder(number=name) | Place(name=name) | Unit(sscc=name) | PrintedLabel(order=PrintOrder(serial=name)):
                return name


@quick
@dataclass(frozen=True, slots=True)
class LabelScanned:
    """A barcode on goods: what it says, and what its item code stands for (nothing, one thing, or several).

    `counted_at` is set where the barcode is unique (an SSCC, our own label, a vendor's serial) and was counted before.
    `freed` marks a scan that had waited for a question.
    """

    scan: ScanRef
    facts: Facts
    codes: tuple[ItemCode, ...] = ()
    plain: bool = False  # only text: no format says which field it is
    lot_items: tuple[ItemCode, ...] = ()  # items of the known lots that the whole text names
    measures: tuple[tuple[Decimal, str], ...] = ()  # every measure that the label gives
    counted_at: datetime | None = None
    container: KnownContainer | None = None  # whose label this is, where it is one of ours
    freed: bool = False
    void: bool = False  # a label of ours that stands on goods no more


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A scan that means nothing here: damaged, of no known format, or an unknown badge, order or command."""

    scan: ScanRef
    reason: Reason
    about: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Typed:
    """Text typed on the pad: a lot code, or an expiry date where that is asked; `lot_items`: whose known lots it names."""

    text: str
    lot_items: tuple[ItemCode, ...] = ()


@dataclass(frozen=True, slots=True)
class QuantityGiven:
    """A quantity from the keypad or a scale; `amount` None is text that is no number."""

    amount: Decimal | None
    unit: str | None
    text: str
    scan: ScanRef | None = None  # where a command card said it
    weighed: bool = False  # a scale said it


@dataclass(frozen=True, slots=True)
class Pressed:
    """A touch or its command card: confirm, cancel, undo, finish, back, hold, acknowledge, mode:receive …"""

    verb: str
    argument: str | None = None
    scan: ScanRef | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the offered choices; an order is looked up where one was picked."""

    id: str
    order: PurchaseOrder | None = None
    item: Item | None = None
    scan: ScanRef | None = None


@dataclass(frozen=True, slots=True)
class FileGiven:
    """A photo or a paper that is on disk now, for the event `to_event`; `reason` says why there is none. The seat answers it."""

    taken_by: Way
    file: Attachment | None = None
    to_event: str | None = None
    reason: Reason | None = None
    about: dict[str, str] = field(default_factory=dict)
    scan: ScanRef | None = None  # where a command card asked for a photo


class Pin(StrEnum):
    """What came of a PIN."""

    RIGHT = "RIGHT"
    WRONG = "WRONG"
    LOCKED = "LOCKED"  # too many wrong ones
    MISSING = "MISSING"  # this person has none


@dataclass(frozen=True, slots=True)
class PinChecked:
    """Somebody typed a PIN and it was compared. The PIN itself never comes this far."""

    operator: str  # whose PIN it should be
    outcome: Pin
    tries_left: int = 0  # after a wrong one
    locked_until: datetime | None = None


Input = (
    BadgeScanned
    | PinChecked
    | OrderScanned
    | WorkOrderScanned
    | Scanned
    | LabelScanned
    | NotUnderstood
    | Typed
    | QuantityGiven
    | Pressed
    | Chosen
)


@dataclass(frozen=True, slots=True)
class LotQuestion:
    """What a workflow wants to know of a lot before it judges."""

    item: str
    code: str
    assigned_by: str | None  # None: whoever did, where only one did
    to_use: bool = False  # it is to be used, so what is older comes first
    to_pack: bool = False  # it goes into a carton: what of it is packed already
    container: str | None = None  # whose label was scanned: it may have been fetched for an order
    stands: str | None = None  # where the books have that container: what kind of place that is matters where it is not here
    used_up: bool = False  # it holds nothing any more: what emptied it is told
    serial: str | None = None  # of a piece that has its own
    where: bool = False  # where it stands is needed too, and the plant's reasons
    parties: bool = False  # and who delivered it, and who got it
    sources: bool = False  # where nobody knows it: who may have assigned it
    quality: bool = False  # the holds on it and its tests are needed too


@dataclass(frozen=True, slots=True)
class Emptied:
    """When the last was taken out of a container, and what for: an order, a customer, or the kind of the event."""

    at: datetime
    into: str


@dataclass(frozen=True, slots=True)
class LotsQuestion:
    """Which lots came with a purchase order, were made by a work order, or came to be here within a time (`name`: "today", "0800-1030").

    `in_force`: what is held together now; `scope`: one of those, by its id.
    """

    basis: Literal["receipt", "work_order", "time_window", "in_force", "scope"]
    name: str


@dataclass(frozen=True, slots=True)
class LotsAnswer:
    """The lots that came in or were made, those that were used for it, and from when to when that was looked at."""

    made: tuple[LotKey, ...] = ()
    used: tuple[LotKey, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    scopes: tuple[HoldScope, ...] = ()  # the holds together that are in force …
    held: tuple[HeldLot, ...] = ()  # … and which lots that are known here they hold


@dataclass(frozen=True, slots=True)
class PickQuestion:
    """What may be fetched for an order that is about to be opened for picking."""

    order: PickOrder


@quick
@dataclass(frozen=True, slots=True)
class PickAnswer:
    """What is free, oldest first, what was fetched by line, where that waits, and each item's base unit."""

    shelves: tuple[FreeLot, ...] = ()
    picked: Mapping[str, Decimal] = field(default_factory=dict)
    to_place: str = ""
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """What a workflow wants to know of a place before it compares: what the books have there, and how far off each lot may be."""

    place: str
    lots: tuple[LotKey, ...] = ()  # those that were found there


@dataclass(frozen=True, slots=True)
class Standing:
    """What the books have of a lot in a place, in the base unit."""

    key: LotKey
    amount: Decimal
    unit: str
    description: str
    tolerance: Tolerance
    containers: tuple[tuple[str, Decimal], ...] = ()  # (serial, amount) of those of it that stand there
    pieces: tuple[str, ...] = ()  # serials of those of it that should be there, where each has its own


@dataclass(frozen=True, slots=True)
class Bought:
    """Some of a lot came in: from whom, on which order (None: on none)."""

    vendor: str
    order: str | None


@dataclass(frozen=True, slots=True)
class Shipped:
    """Some of a lot left: to whom, on which order, by which event."""

    customer: str
    order: str
    event: str


@dataclass(frozen=True, slots=True)
class UnitQuestion:
    """What a workflow wants to know of a carton or pallet before it judges: all that is in it, and what that was made from."""

    sscc: str


@quick
@dataclass(frozen=True, slots=True)
class LotAnswer:
    """What the station knows: the lot itself, the same code from others, and the item's recent codes."""

    known: Lot | None = None
    elsewhere: tuple[Lot, ...] = ()
    recent: tuple[str, ...] = ()
    of_others: tuple[str, ...] = ()  # where no lot of the item has the code: the items whose lots have
    older: ShelvedLot | None = None  # what should be used before it
    places: tuple[tuple[str, Decimal], ...] = ()  # where it stands, in the base unit
    bought: tuple[Bought, ...] = ()  # how it came in, newest first
    shipped: tuple[Shipped, ...] = ()  # how it left, newest first
    with_customers: Mapping[str, Decimal] | None = None  # how much each has of it still, in the base unit; None: not known to its end
    sources: tuple[tuple[str, str], ...] = ()  # vendors (code, name) that may have assigned it, those of the item first

    @property
    def vendors(self) -> tuple[str, ...]:
        """Who delivered it, the latest first."""
        return tuple(dict.fromkeys(each.vendor for each in self.bought))

    @property
    def customers(self) -> tuple[str, ...]:
        """Who got of it, the latest first."""
        return tuple(dict.fromkeys(each.customer for each in self.shipped))

    ancestor: Lot | None = None  # a held, rejected or recalled lot that it was made from, surely or possibly
    holds: tuple[HoldInForce, ...] = ()  # that stand on it
    tests: tuple[QcTest, ...] = ()  # that the plant makes of its item
    packed: InCartons = field(default_factory=InCartons)  # of it and of its container
    named: Mapping[str, int] = field(default_factory=dict)  # by place: its pieces that are known by their serials, where one is not


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """What the station knows of a carton or pallet: its tree (None: never heard of), its lots and items, and their held ancestors."""

    tree: CartonTree | None = None
    lots: Mapping[LotKey, Lot] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    ancestors: Mapping[LotKey, Lot] = field(default_factory=dict)
    delivered: tuple[Delivered, ...] = ()  # where it is no unit of ours: what came in under it


@dataclass(frozen=True, slots=True)
class MadeQuestion:
    """What a workflow wants to know before something is made of an order (None: of lots alone), or undone or counted anew."""

    order: str | None
    undoing: str | None = None  # the event of the production that is to be reversed
    piece: tuple[str, str] | None = None  # (item, serial) of the piece that was made, where it brings its own


@quick
@dataclass(frozen=True, slots=True)
class MadeAnswer:
    """What the station knows: what the order makes and consumed, what stands there to be booked, what became of what was made."""

    order: WorkOrder | None = None  # as it is now: the station's other seat may have worked on it
    item: Item | None = None
    uses: tuple[OrderUse, ...] = ()  # first consumed first
    shelves: tuple[Shelf, ...] = ()  # of components that are taken by the recipe
    at_hand: AtHand = field(default_factory=AtHand)  # what was loaded where the order is made
    downstream: tuple[str, ...] = ()  # where the lot that is to be undone went, in words
    numbers_left: int | None = None  # own lot numbers, where they end within a day; None: there are more


#: What a workflow may want to know before it answers.
Question = LotQuestion | LotsQuestion | UnitQuestion | MadeQuestion | PickQuestion | PlaceQuestion


@quick
@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything from outside that a judgement depends on, as values."""

    at: datetime
    today: date
    event_id: str  # for the main event of this step
    station: str
    place: str
    site: str
    operator: Operator | None
    serial_prefix: str = ""
    next_serial: int = 1
    next_lot_number: int | None = None
    next_sscc: str | None = None  # None: there is none to give, and `no_sscc` says why
    no_sscc: Literal["", "no_prefix", "prefix_full"] = ""  # the site has no company prefix, or its room is used up; "": no number is left
    policies: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[ReasonCode, ...] = ()  # the plant's reason codes; looked up for touches and choices, not for goods
    cache_age_seconds: int | None = None  # how old the station's knowledge is; None: it never read all that a server has to say
    has_server: bool = False  # a server is named; it may never have answered
    lot: LotAnswer = field(default_factory=LotAnswer)
    made: MadeAnswer = field(default_factory=MadeAnswer)
    pick: PickAnswer = field(default_factory=PickAnswer)
    piece: KnownSerial | None = None  # the scanned piece, where it has a serial of its own and is known
    picked_for: tuple[OrderKind, str] | None = None  # the order that the scanned container was fetched for
    stood: Place | None = None  # where the books have the scanned container or piece, where that is not here
    emptied: Emptied | None = None  # what took the last out of the scanned container
    standing: tuple[Standing, ...] = ()  # what stands in the place that is counted
    lots: LotsAnswer = field(default_factory=LotsAnswer)
    unit: UnitAnswer = field(default_factory=UnitAnswer)

    @property
    def never_read(self) -> bool:
        """Whether there is a server whose holds this station never read to their end: what is not in the book may be held all the same."""
        return self.has_server and self.cache_age_seconds is None
