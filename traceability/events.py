"""The facts that a station records: one frozen type per kind, read strictly from and written to an envelope's `data`."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final, Literal

from traceability.chain import Json
from traceability.lots import Disposition
from traceability.records import Malformed, from_json, to_json
from traceability.refusals import Reason


@dataclass(frozen=True, slots=True)
class Container:
    """One labelled unit of a lot: the serial that our label carries and what it holds, in the item's base unit."""

    serial: str
    quantity: Decimal
    unit: str


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


@dataclass(frozen=True, slots=True)
class LotHeld:
    """Nobody may use or ship this lot until quality releases it. EPCIS ObjectEvent OBSERVE, bizStep holding."""

    kind: ClassVar[str] = "hold"
    item: str
    lot: str
    assigned_by: str
    why: str


@dataclass(frozen=True, slots=True)
class EventCorrected:
    """An earlier event is undone; the original stays. EPCIS errorDeclaration."""

    kind: ClassVar[str] = "correction"
    corrects: str  # the id of the event that is undone
    corrected_kind: str
    why: str


@dataclass(frozen=True, slots=True)
class ScanRefused:
    """A scan or a touch was answered with no; nothing was counted."""

    kind: ClassVar[str] = "refusal"
    workflow: str
    reason: Reason
    about: dict[str, str]


@dataclass(frozen=True, slots=True)
class ScansAbandoned:
    """Scans that were taken for a record that never came to be."""

    kind: ClassVar[str] = "abandonment"
    workflow: str
    why: Literal["cancelled", "too_late", "replaced", "signed_out", "finished", "restarted", "not_stored", "old_scans"]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An operator signed in at a station."""

    kind: ClassVar[str] = "sign_in"


@dataclass(frozen=True, slots=True)
class SignedOut:
    """An operator left, or was signed out when idle."""

    kind: ClassVar[str] = "sign_out"
    why: Literal["touch", "idle", "switched"]


@dataclass(frozen=True, slots=True)
class DocumentOpened:
    """Work on a document began."""

    kind: ClassVar[str] = "document_opened"
    workflow: str
    document: str | None
    document_kind: str


@dataclass(frozen=True, slots=True)
class DocumentFinished:
    """Work on a document ended for now; what was short stays open on the order."""

    kind: ClassVar[str] = "document_finished"
    workflow: str
    document: str | None
    document_kind: str


@dataclass(frozen=True, slots=True)
class CommandScanned:
    """A command card was scanned; what it caused stands in events of its own."""

    kind: ClassVar[str] = "command"
    verb: str
    argument: str | None


@dataclass(frozen=True, slots=True)
class BarcodeLinked:
    """A person said what an unknown barcode stands for."""

    kind: ClassVar[str] = "barcode_linked"
    code: str
    item: str
    unit: str | None
    vendor: str | None


@dataclass(frozen=True, slots=True)
class LabelReprinted:
    """A label was printed again, with the reason."""

    kind: ClassVar[str] = "label_reprinted"
    serial: str
    why: str


Event = (
    LotReceived
    | LotConsumed
    | LotReturned
    | LotHeld
    | EventCorrected
    | ScanRefused
    | ScansAbandoned
    | SignedIn
    | SignedOut
    | DocumentOpened
    | DocumentFinished
    | CommandScanned
    | BarcodeLinked
    | LabelReprinted
)

VERSION: Final = 1
TYPES: Final[dict[str, type[Event]]] = {each.kind: each for each in typing.get_args(Event)}
#: Kinds that change goods or knowledge of them; the rest say what people and devices did.
BUSINESS: Final = frozenset({"receipt", "consumption", "return_to_stock", "hold", "correction", "barcode_linked", "label_reprinted"})


def to_data(event: Event) -> dict[str, Json]:
    """Return `event` as the `data` of an envelope: decimals and dates as text, nothing left out."""
    return to_json(event)


def from_data(kind: str, data: Mapping[str, object]) -> Event:
    """Return the event of `kind` that `data` describes; Malformed says what is wrong with it."""
    if kind not in TYPES:
        raise Malformed(f"the kind {kind!r} is not known here")
    return from_json(TYPES[kind], data, kind)
