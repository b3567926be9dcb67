"""Cartons and pallets: opened, filled, closed, stacked, emptied, and gone to a customer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from traceability.cartons import Level
from traceability.refusals import Reason
from traceability.values import quick


@dataclass(frozen=True, slots=True)
class CartonOpened:
    """A carton or pallet may be filled. `again`: it had been closed before."""

    kind: ClassVar[str] = "carton_opened"
    sscc: str
    level: Level
    order: str | None  # the ship order that it is packed for …
    customer: str | None  # … and whose that is; None: whoever's
    place: str
    again: bool = False


@quick
@dataclass(frozen=True, slots=True)
class LotPacked:
    """So much of a lot lies in a carton, or straight on a pallet. EPCIS AggregationEvent ADD, bizStep packing.

    The goods stay on hand until they are shipped.
    """

    kind: ClassVar[str] = "packing"
    sscc: str
    level: Level
    item: str
    lot: str
    assigned_by: str
    quantity: Decimal  # as it was counted …
    unit: str
    base_quantity: Decimal  # … and in the item's base unit
    base_unit: str
    conversion: Decimal
    container: str | None
    place: str
    description: str
    accepted_reasons: tuple[Reason, ...] = ()  # what was asked and answered with yes (LOT_SHORT, …)
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@dataclass(frozen=True, slots=True)
class CartonClosed:
    """Nothing more goes in; its label says what is inside."""

    kind: ClassVar[str] = "carton_closed"
    sscc: str
    level: Level


@dataclass(frozen=True, slots=True)
class CartonLoaded:
    """A closed carton stands on a pallet. EPCIS AggregationEvent ADD, bizStep packing."""

    kind: ClassVar[str] = "carton_loaded"
    sscc: str
    pallet: str


@dataclass(frozen=True, slots=True)
class TakenOut:
    """So much of a lot that is no longer in a carton."""

    item: str
    lot: str
    assigned_by: str
    base_quantity: Decimal
    base_unit: str
    container: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Goods were taken out of a carton, or a carton off a pallet. EPCIS AggregationEvent DELETE, bizStep unpacking."""

    kind: ClassVar[str] = "unpacking"
    sscc: str  # out of, or off, this one
    level: Level
    contents: tuple[TakenOut, ...] = ()
    cartons: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class ShippedLot:
    """So much of a lot that left, in this carton; `line`: of the ship order that it was counted on."""

    sscc: str
    item: str
    lot: str
    assigned_by: str
    base_quantity: Decimal
    base_unit: str
    container: str | None
    place: str
    description: str
    line: str | None


@quick
@dataclass(frozen=True, slots=True)
class CartonShipped:
    """A carton or a pallet with all that is on it left for a customer. 21 CFR 1.1340; EPCIS ObjectEvent OBSERVE, bizStep shipping.

    It says all that left: the server takes it whole, whatever it knows of the packing.
    """

    kind: ClassVar[str] = "shipment"
    sscc: str
    level: Level
    cartons: tuple[str, ...]  # that stood on it
    order: str
    customer: str
    customer_name: str
    contents: tuple[ShippedLot, ...]
    place: str
    accepted_reasons: tuple[Reason, ...] = ()  # what was asked and answered with yes (OVER_PLAN, DATA_TOO_OLD, …)


ShippingEvent = CartonOpened | LotPacked | CartonClosed | CartonLoaded | Unpacked | CartonShipped
