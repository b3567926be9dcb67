"""The parts of a plant file: items, parties, places, orders, lots, people, stations, rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, model_validator

from config.fields import Amount, Day, Factor, Gln, Gtin, Limit, LineName, LotPattern, Name, PinHash, Words, fault
from config.loading import Checked
from traceability.workflows.overriding import BY_DEFAULT

Unit = Name
Days = StrictInt
Mode = Literal[
    "receive",
    "consume",
    "reprint",
    "produce",
    "pack",
    "ship",
    "pick",
    "move",
    "count",
    "adjust",
    "sample",
    "scrap",
    "split",
    "clean_out",
    "return",
    "hold",
    "qc",
    "quality",
    "lookup",
    "supervisor",
]
RoleName = Literal["worker", "quality", "supervisor", "admin"]
#: What a plant may have let through by a second person (traceability.workflows.overriding.OVERRIDABLE; a test holds both together).
Overridable = Literal[
    "OLDER_LOT_FIRST",
    "OVER_PLAN",
    "LOT_SHORT",
    "DATA_TOO_OLD",
    "LOT_EXPIRED",
    "LOT_NEAR_EXPIRY",
    "LOT_UNKNOWN",
    "SHELF_LIFE_SHORT",
    "OVER_RECEIPT",
    "DOWNSTREAM_EXISTS",
]


#: Whether a work order's components are scanned, or taken by the recipe from the oldest stock at the station when something is made.
Consumption = Literal["exact", "backflushed"]


class Barcode(Checked):
    """A code that stands for an item, in one of its units, on one vendor's goods."""

    code: Name
    vendor: Name | None = None
    unit: Unit | None = None


class Item(Checked):
    """What is bought, made or sold. `units` says how many of the base unit one of its own units holds: {"bag": "25"}."""

    item: Name
    gtin: Gtin | None = None
    description: Words = ""
    unit: Unit = "ea"
    units: dict[Unit, Factor] = Field(default_factory=dict)
    barcodes: tuple[Barcode, ...] = ()
    lot_tracked: StrictBool = True
    serial_tracked: StrictBool = False
    expiry_required: StrictBool = False
    best_before_is_expiry: StrictBool = False
    label_on_receipt: Literal["always", "unreadable", "never"] = "always"
    expiry_days: Days | None = Field(default=None, ge=0, le=36500)
    receive_into: Literal["available", "quarantine"] = "available"
    over_receipt_percent: Amount = Decimal(0)
    min_remaining_days: Days | None = Field(default=None, ge=0, le=36500)
    oldest_first: Literal["off", "warn", "block"] = "off"
    lot_pattern: LotPattern | None = None
    consumption: Consumption | None = None  # as a component of work orders; None: as the plant's policies say


class Address(Checked):
    """Where a party is, as FSMA 204 asks for it."""

    street: Words = ""
    city: Words = ""
    region: Words = ""
    postal_code: Words = ""
    country: Words = ""
    phone: Words = ""


class Contact(Checked):
    """Whom to tell."""

    name: Words = ""
    email: Words = ""
    phone: Words = ""


class Vendor(Checked):
    """Who goods come from. `exempt`: need not give a traceability lot code (21 CFR 1.1305)."""

    vendor: Name
    name: Words = ""
    gln: Gln | None = None
    exempt: StrictBool = False
    address: Address | None = None
    contacts: tuple[Contact, ...] = ()


class Customer(Checked):
    """Who goods go to, and how long they must still keep when they arrive."""

    customer: Name
    name: Words = ""
    gln: Gln | None = None
    exempt: StrictBool = False
    address: Address | None = None
    contacts: tuple[Contact, ...] = ()
    min_remaining_days: Days | None = Field(default=None, ge=0, le=36500)


class Site(Checked):
    """The plant itself; its `name` is who assigns our own lot codes."""

    name: Name | None = None
    gln: Gln | None = None
    company_prefix: str | None = Field(default=None, pattern=r"^[0-9]{4,12}$")
    address: Address | None = None


class Place(Checked):
    """Somewhere goods can be."""

    place: Name
    kind: Words = ""


class Line(Checked):
    """One line of an order. Without its own number it takes its place, counted from 1."""

    line: LineName
    item: Name
    quantity: Amount
    unit: Unit | None = None  # None: the item's base unit


def _number_lines(document: Any) -> Any:
    lines = document.get("lines") if isinstance(document, dict) else None
    if not isinstance(lines, list):
        return document
    numbered = [{"line": str(place), **line} if isinstance(line, dict) else line for place, line in enumerate(lines, 1)]
    return {**document, "lines": numbered}


class _WithLines(Checked):
    lines: tuple[Line, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _number(cls, document: Any) -> Any:
        return _number_lines(document)


class PurchaseOrder(_WithLines):
    """What a vendor is to deliver."""

    order: Name
    vendor: Name
    closed: StrictBool = False


class ShipOrder(_WithLines):
    """What a customer is to get."""

    order: Name
    customer: Name
    closed: StrictBool = False


class Component(Checked):
    """What a work order consumes, for the whole of its quantity."""

    item: Name
    quantity: Amount
    unit: Unit | None = None


class WorkOrder(Checked):
    """What is to be made, of what, and which items come out beside."""

    order: Name
    item: Name
    quantity: Amount
    unit: Unit | None = None
    components: tuple[Component, ...] = ()
    by_products: tuple[Name, ...] = ()
    closed: StrictBool = False


class OnHand(Checked):
    """How much of a lot is in one place, in the item's base unit."""

    place: Name
    quantity: Amount


class Lot(Checked):
    """A lot that is known already. `assigned_by` is a vendor; left out, or the site's name: a lot of our own."""

    item: Name
    lot: Name
    assigned_by: Name | None = None
    expires_on: Day | None = None
    disposition: Literal["available", "quarantine", "hold", "rejected", "recalled"] = "available"
    on_hand: tuple[OnHand, ...] = ()


class Operator(Checked):
    """A person. `operator` is the opaque id that the journal knows them by; left out, it is derived from the badge."""

    badge: Name
    name: Words = ""
    roles: tuple[RoleName, ...] = ("worker",)
    pin_hash: PinHash | None = None
    operator: Name | None = None
    may_not_override: tuple[Name, ...] = ()  # reasons and reason codes that were withdrawn from this person


class Station(Checked):
    """A place on the floor with a kiosk, and what is done there."""

    station: Name
    place: Name | None = None
    modes: tuple[Mode, ...] = ()


def _one_is_a_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class ReasonCode(Checked):
    """A reason that people choose from a list, and what for: scrap, adjust, override …"""

    code: Name
    words: Words = ""
    purpose: Annotated[tuple[Name, ...], BeforeValidator(_one_is_a_list)] = Field(default=(), alias="for")


class Tolerance(Checked):
    """How far a count, a weight or a quantity may be off before it asks."""

    purpose: Name = Field(alias="for")
    item: Name | None = None
    over_percent: Amount | None = None
    under_percent: Amount | None = None


class Test(Checked):
    """A quality test and its limits."""

    test: Name
    item: Name | None = None
    unit: Words = ""
    low: Limit | None = None
    high: Limit | None = None
    rank: StrictInt | None = None  # tests are asked in this order; left out: as the file has them

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise fault(f"low ({self.low}) is above high ({self.high})")
        return self


class BarcodePatterns(Checked):
    """What our own codes look like: `#` is one digit, `*` is anything, all else is itself ("B####", "PO-*")."""

    badge: Words | None = None
    order: Words | None = None
    place: Words | None = None


class DataAge(Checked):
    """How old the station's knowledge may be, in hours, and what then; `actions` may say otherwise for some work."""

    hours: StrictInt = Field(default=24, ge=1, le=8760)
    then: Literal["off", "warn", "block"] = "warn"
    actions: dict[Mode, Literal["off", "warn", "block"]] = Field(default_factory=dict)


def _plain_age(value: Any) -> Any:
    # "warn" alone is short for {"then": "warn"}.
    return {"then": value} if isinstance(value, str) else value


def _default_overrides() -> dict[Any, Any]:
    return {reason.value: tuple(sorted(role.value for role in roles)) for reason, roles in BY_DEFAULT.items()}


class Policies(Checked):
    """How strict this plant is, where the rules leave a choice."""

    expired: Literal["refuse", "quarantine", "hold", "accept"] = "refuse"
    near_expiry: Literal["check", "refuse", "quarantine", "hold", "accept"] = "check"
    data_too_old: Annotated[DataAge, BeforeValidator(_plain_age)] = DataAge()
    label_verify: Literal[False, "off"] = "off"  # asking for a scan of each new label is not built, so nothing else is taken
    latch_rejected: StrictBool = False
    opening_stock: Literal["ask", "accept", "refuse"] = "ask"  # a lot that nobody knew is found in a count
    customer_return: Literal["quarantine", "hold", "available"] = "quarantine"  # where goods stand that come back
    consumption: Consumption = "exact"
    overlap_minutes: StrictInt = Field(default=30, ge=0, le=10_080)  # so long a lot may still come after the next was loaded
    overrides: dict[Overridable, tuple[RoleName, ...]] = Field(default_factory=_default_overrides)
    needs_override: tuple[Overridable, ...] = ()  # what a worker's own yes does not settle
    undo_minutes: StrictInt = Field(default=5, ge=0, le=1440)  # how long undo asks for no reason
