"""The chain of a station's journal: canonical bytes, hashes, and the check that nothing was changed or left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
Envelope = dict[str, Json]

FIRST_PREVIOUS: Final = "0" * 64
_LARGEST_INTEGER: Final = 2**53 - 1  # RFC 8785 numbers are IEEE 754 doubles: beyond this they are not exact


class NotCanonical(ValueError):
    """A value that RFC 8785 can't carry exactly; quantities travel as decimal strings, so this is a bug or a forgery."""


def _ordered(value: object) -> Json:
    match value:
        case None | bool() | str():
            return value
        case int():
            if abs(value) > _LARGEST_INTEGER:
                raise NotCanonical(f"{value} is beyond 2**53 - 1; send it as a string")
            return value
        case list() | tuple():
            return [_ordered(each) for each in value]
        case dict():
            return {key: _ordered(value[key]) for key in _sorted(value)}
        case _:
            raise NotCanonical(f"{type(value).__name__} can't be in an envelope")


def _sorted(keys: Mapping[str, object]) -> list[str]:
    """RFC 8785, 3.2.3: keys are sorted by their UTF-16 code units; for ASCII, which ours are, that is Python's own order."""
    try:
        return sorted(keys) if "".join(keys).isascii() else sorted(keys, key=_utf16)
    except TypeError:
        return sorted(keys, key=_utf16)  # says which key is no text


def _utf16(key: object) -> bytes:
    if not isinstance(key, str):
        raise NotCanonical(f"a key must be text, got {key!r}")
    return key.encode("utf-16-be", "surrogatepass")


def canonical(value: Mapping[str, object]) -> bytes:
    """Return `value` as RFC 8785 canonical JSON. NotCanonical on floats, large integers and lone surrogates."""
    try:
        return json.dumps(_ordered(dict(value)), ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("text with a lone surrogate can't be in an envelope") from error


def hash_of(envelope: Mapping[str, object]) -> str:
    """Return the SHA-256 (hex) over the canonical bytes of `envelope` without its own `hash`."""
    return hashlib.sha256(canonical({key: value for key, value in envelope.items() if key != "hash"})).hexdigest()


def sealed(envelope: Mapping[str, Json]) -> Envelope:
    """Return `envelope` with its `hash`."""
    return {**envelope, "hash": hash_of(envelope)}


@dataclass(frozen=True, slots=True)
class Break:
    """Where a journal's chain does not hold, in words for whoever checks it."""

    journal: str
    sequence: int
    words: str


def link_fault(envelope: Mapping[str, object], expected: int, previous: str) -> str | None:
    """Return what is wrong with the event that should be the `expected`th of its journal, after one with this hash; None: nothing is."""
    sequence = envelope.get("sequence")
    if sequence != expected:
        return f"event {expected} is missing: the next one found is {sequence}"
    if envelope.get("previous") != previous:
        return f"event {expected} does not follow event {expected - 1}: its 'previous' differs"
    try:
        actual = hash_of(envelope)
    except NotCanonical as error:
        return f"event {expected} can't be read: {error}"
    return None if envelope.get("hash") == actual else f"event {expected} was changed: its content does not give its hash"
