"""Read an envelope that anyone may have written: what it says of itself, then what it says happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from traceability.chain import NotCanonical, hash_of
from traceability.events import VERSION, Event, from_data
from traceability.genealogy import Grade
from traceability.records import Malformed

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_A_UUID: Final = (_UUID, "a UUID in lower case")
_A_HASH: Final = (_HASH, "64 hexadecimal digits")
_SHAPES: Final = {"id": _A_UUID, "journal": _A_UUID, "previous": _A_HASH, "hash": _A_HASH}
_LARGEST_SEQUENCE: Final = 2**53 - 1
LONGEST_NAME: Final = 128
_PROSE: Final = frozenset({"description", "why", "about"})  # words for people may be longer
LONGEST_PROSE: Final = 4000
_SHOWN: Final = 300


@dataclass(frozen=True, slots=True)
class Header:
    """An envelope's place in a chain, as it says itself."""

    id: str
    journal: str
    sequence: int
    previous: str
    hash: str
    kind: str


@dataclass(frozen=True, slots=True)
class Content:
    """What an envelope says happened."""

    event: Event
    occurred_at: datetime
    grade: Grade
    operator: str | None = None


def header_of(envelope: Mapping[str, Any]) -> Header | str:
    """Return the envelope's place in its chain, or words on why it names none."""
    texts = {key: envelope.get(key) for key in ("id", "journal", "previous", "hash")}
    for key, (shape, expected) in _SHAPES.items():
        if not _fits(shape, texts[key]):
            return f"its {key} is {_short(texts[key])}, expected {expected}"
    sequence, kind = envelope.get("sequence"), envelope.get("kind")
    if type(sequence) is not int or not 1 <= sequence <= _LARGEST_SEQUENCE:
        return f"its sequence is {_short(sequence)}, expected a whole number from 1"
    if not isinstance(kind, str) or not 0 < len(kind) <= 64 or not kind.isprintable():
        return f"its kind is {_short(kind)}, expected a short name"
    return Header(sequence=sequence, kind=kind, **{key: str(text) for key, text in texts.items()})


def is_id(value: object) -> bool:
    """Whether `value` can be an event's id."""
    return _fits(_UUID, value)


def _fits(shape: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and shape.fullmatch(value) is not None


def content_of(envelope: Mapping[str, Any], station: str) -> Content | str:
    """Return what happened, or words on why the envelope can't be taken (forged, of another station, not understood)."""
    if envelope.get("withheld") is True:
        return "the station could not send what this event says; look at it there"
    if envelope.get("station") != station:
        return f"it says that station {_short(envelope.get('station'))} recorded it, and {station!r} sent it"
    try:
        if hash_of(envelope) != envelope["hash"]:
            return "its content does not give its hash: it was changed after it was recorded"
        return _understood(envelope)
    except (NotCanonical, Malformed) as error:
        return str(error)[:_SHOWN]


def _understood(envelope: Mapping[str, Any]) -> Content | str:
    if envelope.get("version") != VERSION:
        return f"it is of version {_short(envelope.get('version'))}; this server understands {VERSION}: update the server, then try again"
    data = envelope.get("data")
    if not isinstance(data, Mapping):
        return f"its data is {_short(data)}, expected an object"
    if fault := next(_text_faults(data), None):
        return fault
    occurred_at = _moment(envelope.get("occurred_at"))
    if occurred_at is None:
        return f"its time is {_short(envelope.get('occurred_at'))}, expected one like 2026-11-21T10:00:00.000000Z"
    grade, operator = Grade.OVERRIDDEN if envelope.get("approver") else Grade.SCANNED, envelope.get("operator")
    return Content(from_data(envelope["kind"], data), occurred_at, grade, operator if isinstance(operator, str) else None)


def _text_faults(value: object, key: str = "data") -> Iterator[str]:
    if isinstance(value, str):
        limit = LONGEST_PROSE if key in _PROSE else LONGEST_NAME
        if len(value) > limit:
            yield f"{key} has {len(value)} characters; at most {limit} are taken"
        elif "\0" in value:
            yield f"{key} holds a NUL character"
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _text_faults(each, key if key in _PROSE else str(name))
    elif isinstance(value, list):
        for each in value:
            yield from _text_faults(each, key)


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
