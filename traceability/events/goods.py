"""Goods that come in and go into work: what was counted, in whose unit, under which labels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from traceability.lots import Disposition
from traceability.refusals import Reason
from traceability.values import quick


@dataclass(frozen=True, slots=True)
class Container:
    """One labelled unit of a lot: the serial that our label carries and what it holds, in the item's base unit."""

    serial: str
    quantity: Decimal
    unit: str


@quick
@dataclass(frozen=True, slots=True)
class LotReceived:
    """Goods of one lot came in. 21 CFR 1.1345 key data elements; EPCIS ObjectEvent OBSERVE, bizStep receiving."""

    kind: ClassVar[str] = "receipt"
    item: str
    lot: str
    assigned_by: str  # the vendor, or the site where the vendor gave no lot code
    vendor: str
    order: str | None
    line: str | None
    quantity: Decimal  # as it was counted …
    unit: str
    base_quantity: Decimal  # … and in the item's base unit
    base_unit: str
    conversion: Decimal
    expires_on: date | None
    disposition: Disposition
    containers: tuple[Container, ...]
    lot_source: Literal["vendor", "own"]
    place: str
    description: str
    sscc: str | None = None
    vendor_serial: str | None = None
    accepted_reasons: tuple[Reason, ...] = ()  # what was asked and answered with yes (OVER_RECEIPT, …)
    follows: str | None = None  # the refusal or the undone receipt that this one comes after; its scans stand there


@quick
@dataclass(frozen=True, slots=True)
class LotConsumed:
    """So much of a lot went into a work order. 21 CFR 1.1350(a)(1); the input of an EPCIS TransformationEvent."""

    kind: ClassVar[str] = "consumption"
    item: str
    lot: str
    assigned_by: str
    order: str
    quantity: Decimal  # as it was counted …
    unit: str
    base_quantity: Decimal  # … and in the item's base unit
    base_unit: str
    conversion: Decimal
    container: str | None  # the serial of the container that it was taken from; None: loose stock of the lot
    place: str
    description: str
    accepted_reasons: tuple[Reason, ...] = ()  # what was asked and answered with yes (OVER_PLAN, …)
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@quick
@dataclass(frozen=True, slots=True)
class LotReturned:
    """What a work order did not use of a lot is back in stock, under a label of its own."""

    kind: ClassVar[str] = "return_to_stock"
    item: str
    lot: str
    assigned_by: str
    order: str
    quantity: Decimal
    unit: str
    base_quantity: Decimal
    base_unit: str
    conversion: Decimal
    containers: tuple[Container, ...]
    place: str
    description: str
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


GoodsEvent = LotReceived | LotConsumed | LotReturned
