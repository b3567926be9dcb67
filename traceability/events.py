"""The facts that a station records: one frozen type per kind, read strictly from and written to an envelope's `data`."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Final, Literal

from traceability.chain import Json
from traceability.lots import Disposition
from traceability.refusals import Reason


class Malformed(ValueError):
    """An event's data that can't be what its kind says; the words name the field, what was got and what was expected."""


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
    why: Literal["cancelled", "too_late", "replaced", "signed_out", "finished", "restarted"]


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
BUSINESS: Final = frozenset({"receipt", "hold", "correction", "barcode_linked", "label_reprinted"})


def to_data(event: Event) -> dict[str, Json]:
    """Return `event` as the `data` of an envelope: decimals and dates as text, nothing left out."""
    return {each.name: _out(getattr(event, each.name)) for each in fields(event)}


def _out(value: object) -> Json:
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return str(value.value)
        case str():
            return value
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_out(each) for each in value]
        case dict():
            return {str(key): _out(each) for key, each in value.items()}
        case _ if is_dataclass(value):
            return {each.name: _out(getattr(value, each.name)) for each in fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} can't be in an event")


def from_data(kind: str, data: Mapping[str, Any]) -> Event:
    """Return the event of `kind` that `data` describes; Malformed says what is wrong with it."""
    if kind not in TYPES:
        raise Malformed(f"the kind {kind!r} is not known here")
    return typing.cast(Event, _record(TYPES[kind], data, kind))


@cache
def _hints(record: type) -> dict[str, Any]:
    return typing.get_type_hints(record)


def _record(record: type, data: object, where: str) -> object:
    if not isinstance(data, Mapping):
        raise Malformed(f"{where}: expected an object, got {data!r}")
    hints = {each.name: _hints(record)[each.name] for each in fields(record)}
    missing = [each.name for each in fields(record) if each.name not in data and each.default is MISSING]
    if missing:
        raise Malformed(f"{where}: {', '.join(missing)} missing")
    unknown = [key for key in data if key not in hints]
    if unknown:
        raise Malformed(f"{where}: {', '.join(map(repr, unknown))} not known")
    return record(**{key: _in(hints[key], value, f"{where}.{key}") for key, value in data.items()})


def _in(hint: Any, value: object, where: str) -> object:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType:  # only `X | None` stands in events
        return None if value is None else _in(next(each for each in inner if each is not type(None)), value, where)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise Malformed(f"{where}: expected a list, got {value!r}")
        return tuple(_in(inner[0], each, f"{where}[{place}]") for place, each in enumerate(value))
    if origin is dict:
        if not isinstance(value, dict):
            raise Malformed(f"{where}: expected an object, got {value!r}")
        return {_text(key, where): _text(each, where) for key, each in value.items()}
    if origin is Literal:
        if value not in inner:
            raise Malformed(f"{where}: expected one of {', '.join(map(str, inner))}, got {value!r}")
        return value
    if is_dataclass(hint):
        return _record(typing.cast(type, hint), value, where)
    return _scalar(hint, value, where)


def _scalar(hint: Any, value: object, where: str) -> object:
    text = _text(value, where)
    if hint is str:
        return text
    try:
        if hint is Decimal:
            number = Decimal(text)
            if not number.is_finite():
                raise ValueError(text)
            return number
        return date.fromisoformat(text) if hint is date else hint(text)
    except (ValueError, InvalidOperation) as error:
        raise Malformed(f"{where}: expected {_expected(hint)}, got {text!r}") from error


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise Malformed(f"{where}: expected text, got {value!r}")
    return value


def _expected(hint: Any) -> str:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return "one of " + ", ".join(str(each.value) for each in hint)
    return {Decimal: "a decimal number", date: "a date like 2027-11-30"}.get(hint, str(hint))
