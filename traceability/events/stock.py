"""Goods that stand elsewhere, are counted, put right, sampled, scrapped, split or sent back: as counted, and in the base unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from traceability.events.goods import Container
from traceability.lots import Disposition
from traceability.refusals import Reason


@dataclass(frozen=True, slots=True)
class LotMoved:
    """So much of a lot, or one container with all that is in it, stands in another place. EPCIS bizStep storing."""

    kind: ClassVar[str] = "move"
    item: str
    lot: str
    assigned_by: str
    quantity: Decimal
    unit: str
    base_quantity: Decimal
    base_unit: str
    conversion: Decimal
    container: str | None  # its serial; None: loose stock of the lot
    place: str  # where it stood
    to_place: str
    description: str
    why: str | None = None
    accepted_reasons: tuple[Reason, ...] = ()  # what was asked and answered with yes
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@dataclass(frozen=True, slots=True)
class CountedContainer:
    """A container that was found in a count: what is in it, and what was thought of it before (amounts in the base unit)."""

    serial: str
    counted: Decimal
    expected: Decimal
    place: str  # where it was thought to stand


@dataclass(frozen=True, slots=True)
class LotCounted:
    """What was found of one lot in one place. EPCIS bizStep cycle_counting. The counter never saw what was expected."""

    kind: ClassVar[str] = "count"
    item: str
    lot: str
    assigned_by: str
    quantity: Decimal  # what was found
    unit: str
    base_quantity: Decimal
    base_unit: str
    conversion: Decimal
    place: str
    expected: Decimal  # what the station thought was there, in the base unit
    difference: Decimal  # found without expected: the stock changes by it; below zero, goods are missing
    round: int  # 1, or 2 where the first count was too far off
    opening: bool  # walked in at go-live: what was found came in by this count
    found: tuple[CountedContainer, ...]
    containers: tuple[Container, ...]  # labelled while they were counted in
    description: str
    expires_on: date | None = None
    why: str | None = None  # the cause of the difference; None: nobody knows it, so it stays unaccounted
    accepted_reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class LotAdjusted:
    """The figure of one container, or of a lot's loose stock in a place, was put right."""

    kind: ClassVar[str] = "adjustment"
    item: str
    lot: str
    assigned_by: str
    quantity: Decimal  # what is there
    unit: str
    base_quantity: Decimal
    base_unit: str
    conversion: Decimal
    container: str | None
    place: str
    expected: Decimal  # what the station thought, in the base unit
    difference: Decimal  # the stock changes by it
    description: str
    why: str | None = None  # the cause; None: nobody knows it, so the difference stays unaccounted
    accepted_reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class LotSampled:
    """So much of a lot was taken away to be tested."""

    kind: ClassVar[str] = "sample"
    item: str
    lot: str
    assigned_by: str
    quantity: Decimal
    unit: str
    base_quantity: Decimal
    base_unit: str
    conversion: Decimal
    container: str | None
    place: str
    description: str
    why: str | None = None
    accepted_reasons: tuple[Reason, ...] = ()
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@dataclass(frozen=True, slots=True)
class LotScrapped:
    """So much of a lot is waste. EPCIS ObjectEvent DELETE, bizStep destroying."""

    kind: ClassVar[str] = "scrap"
    item: str
    lot: str
    assigned_by: str
    quantity: Decimal
    unit: str
    base_quantity: Decimal
    base_unit: str
    conversion: Decimal
    container: str | None
    place: str
    why: str
    description: str
    order: str | None = None  # the work order whose work spoilt it
    accepted_reasons: tuple[Reason, ...] = ()
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@dataclass(frozen=True, slots=True)
class LotSplit:
    """A container's goods, or loose stock, stand in further containers now; the lot and the place stay, and what was not taken out."""

    kind: ClassVar[str] = "split"
    item: str
    lot: str
    assigned_by: str
    quantity: Decimal  # what the new containers hold together
    unit: str
    base_quantity: Decimal
    base_unit: str
    conversion: Decimal
    container: str | None  # taken from; None: loose stock
    containers: tuple[Container, ...]
    place: str
    description: str
    accepted_reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class LotReturnedByCustomer:
    """Goods that had left came back, and wait for quality to say what they are fit for."""

    kind: ClassVar[str] = "customer_return"
    item: str
    lot: str
    assigned_by: str
    quantity: Decimal
    unit: str
    base_quantity: Decimal
    base_unit: str
    conversion: Decimal
    container: str | None  # the label that they carried already
    containers: tuple[Container, ...]  # labelled now
    place: str
    disposition: Disposition
    customer: str | None  # None: it is not known who sent them
    order: str | None  # the ship order that they left on
    why: str
    description: str
    shipment: str | None = None  # the event by which they left, where it is known here
    expires_on: date | None = None
    accepted_reasons: tuple[Reason, ...] = ()
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@dataclass(frozen=True, slots=True)
class LotReturnedToVendor:
    """Goods went back to who delivered them."""

    kind: ClassVar[str] = "vendor_return"
    item: str
    lot: str
    assigned_by: str
    quantity: Decimal
    unit: str
    base_quantity: Decimal
    base_unit: str
    conversion: Decimal
    container: str | None
    place: str
    vendor: str
    order: str | None  # the purchase order that they came in on
    why: str
    description: str
    accepted_reasons: tuple[Reason, ...] = ()
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


StockEvent = LotMoved | LotCounted | LotAdjusted | LotSampled | LotScrapped | LotSplit | LotReturnedByCustomer | LotReturnedToVendor
