"""Goods that stand elsewhere, are counted, put right, sampled, scrapped, split or sent back: as counted, and in the base unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from traceability.events.goods import Container
from traceability.lots import Disposition
from traceability.refusals import Reason
from traceability.values import quick

#: Why something was moved that the books had elsewhere: nobody moved it now, it was found.
FOUND_HERE: Final = "FOUND_HERE"


@dataclass(frozen=True, slots=True, kw_only=True)
class LotFact:
    """What every stock event says: how much of which lot, as it was counted and in the item's base unit, and where."""

    item: str
    lot: str
    assigned_by: str
    quantity: Decimal
    unit: str
    base_quantity: Decimal
    base_unit: str
    conversion: Decimal
    place: str
    description: str
    accepted_reasons: tuple[Reason, ...] = ()  # what was asked and answered with yes


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class LotMoved(LotFact):
    """So much of a lot, or one container with all that is in it, was in `place` and stands in another. EPCIS bizStep storing."""

    kind: ClassVar[str] = "move"
    container: str | None  # its serial; None: loose stock of the lot
    to_place: str
    why: str | None = None
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@dataclass(frozen=True, slots=True)
class CountedContainer:
    """A container that was found in a count: what is in it, and what was thought of it before (amounts in the base unit)."""

    serial: str
    counted: Decimal
    expected: Decimal
    place: str  # where it was thought to stand


@dataclass(frozen=True, slots=True)
class CountedPiece:
    """A piece with a serial of its own that was found in a count, or that should have been there and was not."""

    serial: str
    found: bool
    place: str = ""  # where it was thought to be; empty: nobody here knew


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class LotCounted(LotFact):
    """What was found (`quantity`) of one lot in one place. EPCIS bizStep cycle_counting. The counter never saw what was expected."""

    kind: ClassVar[str] = "count"
    expected: Decimal  # what the station thought was there, in the base unit
    difference: Decimal  # found without expected: the stock changes by it; below zero, goods are missing
    round: int  # 1, or 2 where the first count was too far off
    opening: bool  # walked in at go-live: what was found came in by this count
    found: tuple[CountedContainer, ...]
    containers: tuple[Container, ...]  # labelled while they were counted in
    expires_on: date | None = None
    why: str | None = None  # the cause of the difference; None: nobody knows it, so it stays unaccounted
    pieces: tuple[CountedPiece, ...] = ()  # where each has a serial of its own


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class LotAdjusted(LotFact):
    """The figure of one container, or of a lot's loose stock in a place, was put right: `quantity` is what is there."""

    kind: ClassVar[str] = "adjustment"
    container: str | None
    expected: Decimal  # what the station thought, in the base unit
    difference: Decimal  # the stock changes by it
    why: str | None = None  # the cause; None: nobody knows it, so the difference stays unaccounted
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class LotSampled(LotFact):
    """So much of a lot was taken away to be tested."""

    kind: ClassVar[str] = "sample"
    container: str | None
    why: str | None = None
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class LotScrapped(LotFact):
    """So much of a lot is waste. EPCIS ObjectEvent DELETE, bizStep destroying."""

    kind: ClassVar[str] = "scrap"
    container: str | None
    why: str
    order: str | None = None  # the work order whose work spoilt it
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class LotSplit(LotFact):
    """So much of a container's goods, or of loose stock, stands in further containers now; the lot and the place stay, and the rest."""

    kind: ClassVar[str] = "split"
    container: str | None  # taken from; None: loose stock
    containers: tuple[Container, ...]
    serials: tuple[str, ...] = ()  # of a piece that got a label with its own; it is no container


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class LotReturnedByCustomer(LotFact):
    """Goods that had left came back, and wait for quality to say what they are fit for."""

    kind: ClassVar[str] = "customer_return"
    container: str | None  # the label that they carried already
    containers: tuple[Container, ...]  # labelled now
    disposition: Disposition
    customer: str | None  # None: it is not known who sent them
    order: str | None  # the ship order that they left on
    why: str
    shipment: str | None = None  # the event by which they left, where it is known here
    expires_on: date | None = None
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class LotReturnedToVendor(LotFact):
    """Goods went back to who delivered them."""

    kind: ClassVar[str] = "vendor_return"
    container: str | None
    vendor: str
    order: str | None  # the purchase order that they came in on
    why: str
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


StockEvent = LotMoved | LotCounted | LotAdjusted | LotSampled | LotScrapped | LotSplit | LotReturnedByCustomer | LotReturnedToVendor
