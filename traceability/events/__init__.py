"""The facts that a station records: one frozen type per kind, read strictly from and written to an envelope's `data`.

One file a room: goods, made, lines, stock, shipping, picking, quality, station. Each ends with the union of its kinds.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import Final

from traceability.chain import Json
from traceability.events.goods import Container, GoodsEvent, LotConsumed, LotReceived, LotReturned
from traceability.events.lines import CleanedOut, LineCleared, LineEvent, LineLoaded
from traceability.events.made import LotInput, LotProduced, MadeEvent
from traceability.events.people import ApprovalAsked, OverrideApproved, OverrideReviewed, PeopleEvent
from traceability.events.picking import FileAttached, LotPicked, LotsAllocated, PickingEvent
from traceability.events.quality import LotHeld, LotReleased, LotTested, Measured, QualityEvent, ScopeHeld, ScopeReleased
from traceability.events.shipping import (
    CartonClosed,
    CartonLoaded,
    CartonOpened,
    CartonShipped,
    LotPacked,
    ShippedLot,
    ShippingEvent,
    TakenOut,
    Unpacked,
)
from traceability.events.station import (
    BarcodeLinked,
    CommandScanned,
    DocumentFinished,
    DocumentOpened,
    EventCorrected,
    LabelReprinted,
    ScanRefused,
    ScansAbandoned,
    SignedIn,
    SignedOut,
    StationEvent,
)
from traceability.events.stock import (
    FOUND_HERE,
    CountedContainer,
    CountedPiece,
    LotAdjusted,
    LotCounted,
    LotMoved,
    LotReturnedByCustomer,
    LotReturnedToVendor,
    LotSampled,
    LotScrapped,
    LotSplit,
    StockEvent,
)
from traceability.records import Malformed, from_json, to_json

Event = GoodsEvent | MadeEvent | LineEvent | StockEvent | ShippingEvent | PickingEvent | QualityEvent | PeopleEvent | StationEvent

VERSION: Final = 1
TYPES: Final[dict[str, type[Event]]] = {each.kind: each for each in typing.get_args(Event)}
#: Kinds that change goods or knowledge of them; the rest say what people and devices did.
BUSINESS: Final = frozenset(
    {
        *(each.kind for each in typing.get_args(GoodsEvent | MadeEvent | LineEvent | StockEvent | ShippingEvent | QualityEvent)),
        *(each.kind for each in typing.get_args(PickingEvent)),
        EventCorrected.kind,
        BarcodeLinked.kind,
        LabelReprinted.kind,
    }
)


def to_data(event: Event) -> dict[str, Json]:
    """Return `event` as the `data` of an envelope: decimals and dates as text, nothing left out."""
    return to_json(event)


def from_data(kind: str, data: Mapping[str, object]) -> Event:
    """Return the event of `kind` that `data` describes; Malformed says what is wrong with it."""
    if kind not in TYPES:
        raise Malformed(f"the kind {kind!r} is not known here")
    return from_json(TYPES[kind], data, kind)


__all__ = [
    "BUSINESS",
    "FOUND_HERE",
    "TYPES",
    "VERSION",
    "ApprovalAsked",
    "BarcodeLinked",
    "CartonClosed",
    "CartonLoaded",
    "CartonOpened",
    "CartonShipped",
    "CleanedOut",
    "CommandScanned",
    "Container",
    "CountedContainer",
    "CountedPiece",
    "DocumentFinished",
    "DocumentOpened",
    "Event",
    "EventCorrected",
    "FileAttached",
    "LabelReprinted",
    "LineCleared",
    "LineLoaded",
    "LotAdjusted",
    "LotConsumed",
    "LotCounted",
    "LotHeld",
    "LotInput",
    "LotMoved",
    "LotPacked",
    "LotPicked",
    "LotProduced",
    "LotReceived",
    "LotReleased",
    "LotReturned",
    "LotReturnedByCustomer",
    "LotReturnedToVendor",
    "LotSampled",
    "LotScrapped",
    "LotSplit",
    "LotTested",
    "LotsAllocated",
    "Measured",
    "OverrideApproved",
    "OverrideReviewed",
    "ScanRefused",
    "ScansAbandoned",
    "ScopeHeld",
    "ScopeReleased",
    "ShippedLot",
    "SignedIn",
    "SignedOut",
    "TakenOut",
    "Unpacked",
    "from_data",
    "to_data",
]
