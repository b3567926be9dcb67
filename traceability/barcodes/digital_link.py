"""GS1 Digital Link: a lot label as a web address, https://any.example/01/09520123456788/10/ABC?17=271130.

The path holds a key and its qualifiers, the query further elements; any domain, any stem before the key. Nothing is ever
fetched. Source: GS1 Digital Link Standard, URI Syntax.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from traceability.barcodes import digital_link_compressed, gs1_checks
from traceability.barcodes.digital_link_path import ATTRIBUTES, KEYS, belongs_in_path, in_order
from traceability.barcodes.flaws import Flaw, misread
from traceability.barcodes.gs1 import facts, flaw_of, misread_element
from traceability.barcodes.gs1_fields import FIELDS, name_of
from traceability.barcodes.reading import Element, Format, Misread, Reading

_SCHEME: Final = re.compile("https?://", re.IGNORECASE)
_ILLEGAL: Final = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
_ILLEGAL_IN_DOMAIN: Final = re.compile(r"[^A-Za-z0-9\-._~:\[\]]")
_BAD_PERCENT: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_ESCAPE: Final = re.compile("%([0-9A-Fa-f]{2})")
_SHORT_GTIN_LENGTHS: Final = frozenset({8, 12, 13})


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """How strict to be: GTINs of 8, 12 and 13 digits (their leading zeros left out), and AIs that nobody has defined."""

    short_gtins: bool = True
    unknown_elements: bool = False


DEFAULT: Final = LinkOptions()


@dataclass(frozen=True, slots=True)
class _Piece:
    """An element as it stands in the address: its value decoded and raw, and where that starts.

    What comes out of a compressed segment has no raw text of its own and starts where the segment does.
    """

    identifier: str
    value: str
    raw: str
    start: int

    def place(self, index: int) -> int:
        """Return where character `index` of the decoded value stands in the address."""
        at = 0
        for _ in range(index if self.raw else 0):
            at += 3 if self.raw.startswith("%", at) else 1
        return self.start + at


@dataclass(frozen=True, slots=True)
class _Address:
    """An address cut up: its path elements from the key on, its query elements, and its other query words."""

    path: tuple[_Piece, ...]
    query: tuple[_Piece, ...]
    extensions: tuple[str, ...]


def looks_like_one(text: str) -> bool:
    """Tell whether `text` is a web address at all."""
    return _SCHEME.match(text) is not None


def read(text: str, scan: str, aim: str | None, offset: int, today: date, options: LinkOptions = DEFAULT) -> Reading | Misread:
    """Read a Digital Link; `text` starts at character `offset` of `scan`."""
    address = _cut(text)
    if isinstance(address, _Address):
        flaw = _structure_flaw(address, options)
        if flaw is None:
            return _reading(address, scan, aim, offset, today, options)
        address = flaw
    return misread(address, text, scan, aim, offset, Format.DIGITAL_LINK)


def extensions(text: str) -> tuple[str, ...]:
    """Return the query words that are no GS1 elements ("linkType=all"), as they stand; others' business, kept for them."""
    address = _cut(text)
    return address.extensions if isinstance(address, _Address) else ()


def _cut(text: str) -> _Address | Flaw:
    scheme = _SCHEME.match(text)
    if scheme is None:
        return Flaw("A web address that starts with http:// or https:// was expected.", 0, min(len(text), 8))
    if flaw := _character_flaw(text):
        return flaw
    body = text.partition("#")[0]
    question = body.find("?")
    path_end = question if question >= 0 else len(body)
    slash = body.find("/", scheme.end(), path_end)
    if slash <= scheme.end():
        return Flaw("The web address has no domain and path.", scheme.end(), path_end)
    if bad := _ILLEGAL_IN_DOMAIN.search(body, scheme.end(), slash):
        return Flaw("This character can't stand in a domain.", bad.start(), bad.end())
    path = _path_pieces(body, slash, path_end)
    query, words = _query_pieces(body, path_end + 1)
    if path:
        return _Address(path, query, words)
    path, packed = _compressed_pieces(body, slash, path_end)
    no_key = Flaw("The web address holds no GS1 key such as /01/ with a GTIN.", slash, path_end)
    return _Address(path, (*packed, *query), words) if path else no_key


def _character_flaw(text: str) -> Flaw | None:
    if bad := _ILLEGAL.search(text):
        return Flaw("This character can't stand in a web address.", bad.start(), bad.end())
    if bad := _BAD_PERCENT.search(text):
        return Flaw("% must be followed by two hexadecimal digits.", bad.start(), min(bad.start() + 3, len(text)))
    return None


def _path_pieces(body: str, slash: int, end: int) -> tuple[_Piece, ...]:
    """Walk back from the end of the path, pair by pair, to the nearest key; the stem before it may hold anything."""
    segments = body[slash + 1 : end].split("/")
    pieces: list[_Piece] = []
    stop = end
    for place in range(len(segments) - 2, -1, -2):
        identifier, value = segments[place], segments[place + 1]
        if identifier not in FIELDS:
            return ()
        pieces.insert(0, _Piece(identifier, _decoded(value), value, stop - len(value)))
        if identifier in KEYS:
            return tuple(pieces)
        stop -= len(value) + len(identifier) + 2
    return ()


def _compressed_pieces(body: str, slash: int, end: int) -> tuple[tuple[_Piece, ...], tuple[_Piece, ...]]:
    """Take the last segment for compressed elements; the key may stand uncompressed before it. Return path and query pieces."""
    *before, segment = body[slash + 1 : end].split("/")
    elements = digital_link_compressed.unpack(segment)
    start = end - len(segment)
    if elements is None:
        return (), ()
    pieces = {element.identifier: _Piece(element.identifier, element.value, "", start) for element in elements}
    if len(before) > 1 and before[-2] in KEYS:
        plain = _Piece(before[-2], _decoded(before[-1]), before[-1], start - 1 - len(before[-1]))
        pieces = {plain.identifier: plain} | {name: piece for name, piece in pieces.items() if name != plain.identifier}
    key = next((identifier for identifier in pieces if identifier in KEYS), None)
    if key is None or len(pieces) < len(elements):
        return (), ()
    path = [pieces.pop(key), *(pieces.pop(name) for name in _qualifiers(key, list(pieces)))]
    return tuple(path), tuple(pieces.values())


def _query_pieces(body: str, start: int) -> tuple[tuple[_Piece, ...], tuple[str, ...]]:
    pieces: list[_Piece] = []
    words: list[str] = []
    for part in body[start:].split("&"):
        name, equals, value = part.partition("=")
        if equals and gs1_checks.digits(name) is None and name:
            # A plus sign is a space in a query, and only there.
            pieces.append(_Piece(name, _decoded(value.replace("+", " ")), value, start + len(name) + 1))
        elif part:
            words.append(part)
        start += len(part) + 1
    return tuple(pieces), tuple(words)


def _decoded(value: str) -> str:
    # Latin 1 keeps one character a byte: what is no GS1 character is refused by the element's own check.
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value)


def _structure_flaw(address: _Address, options: LinkOptions) -> Flaw | None:
    key = address.path[0].identifier
    qualifiers = [piece.identifier for piece in address.path[1:]]
    if not in_order(key, qualifiers):
        return _at(address.path[1], f"After {name_of(key)} the path can't go on with {', '.join(qualifiers)} in this order.")
    seen = {key, *qualifiers}
    for piece in address.query:
        identifier = piece.identifier
        if identifier not in FIELDS and not options.unknown_elements:
            return _at(piece, f"There is no AI ({identifier}).")
        if identifier in seen:
            return _at(piece, f"{name_of(identifier)} stands twice.")
        if belongs_in_path(key, qualifiers, identifier):
            return _at(piece, f"{name_of(identifier)} must stand in the path, after the key.")
        if identifier in FIELDS and identifier not in ATTRIBUTES:
            return _at(piece, f"{name_of(identifier)} can't stand in the query.")
        seen.add(identifier)
    return None


def _at(piece: _Piece, message: str) -> Flaw:
    start = piece.start - len(piece.identifier) - 1 if piece.raw else piece.start
    return Flaw(message, start, piece.start + len(piece.raw))


def _reading(address: _Address, scan: str, aim: str | None, offset: int, today: date, options: LinkOptions) -> Reading | Misread:
    found: list[Element] = []
    for piece in (*address.path, *address.query):
        element = Element(piece.identifier, _full_gtin(piece) if options.short_gtins else piece.value)
        flaw = flaw_of(element) if element.identifier in FIELDS else None
        if flaw:
            added = len(element.value) - len(piece.value)  # zeros that the address leaves out
            start = offset + piece.place(max(flaw.start - added, 0)) - flaw.start
            return misread_element(element.identifier, element.value, flaw, scan, aim, start, Format.DIGITAL_LINK)
        found.append(element)
    return Reading(scan, Format.DIGITAL_LINK, tuple(found), facts(found, today), aim)


def _full_gtin(piece: _Piece) -> str:
    short = piece.identifier == "01" and len(piece.value) in _SHORT_GTIN_LENGTHS
    return piece.value.zfill(14) if short else piece.value


def write(elements: Sequence[Element], stem: str = "https://id.gs1.org") -> str | None:
    """Return the address that carries `elements`, or None where they have no key, contradict or can't stand in one.

    The first key in `elements` is taken; equal elements are written once; in the query, predefined lengths come first.
    """
    unique = tuple(dict.fromkeys(elements))
    key = next((element for element in unique if element.identifier in KEYS), None)
    if key is None or len({element.identifier for element in unique}) < len(unique) or any(map(flaw_of, unique)):
        return None
    by_identifier = {element.identifier: element for element in unique}
    path = [key, *(by_identifier[name] for name in _qualifiers(key.identifier, list(by_identifier)))]
    rest = sorted((one for one in unique if one not in path), key=lambda one: not FIELDS[one.identifier].predefined)
    if any(one.identifier not in ATTRIBUTES for one in rest):
        return None
    query = "&".join(f"{one.identifier}={_encoded(one.value)}" for one in rest)
    address = "/".join([stem.rstrip("/"), *(f"{one.identifier}/{_encoded(one.value)}" for one in path)])
    return f"{address}?{query}" if query else address


def _qualifiers(key: str, identifiers: Sequence[str]) -> list[str]:
    rows = ([one for one in row if one in identifiers] for row in KEYS[key])
    return next((row for row in rows if row), [])


_UNRESERVED: Final = re.compile(r"[^A-Za-z0-9\-._~]")


def _encoded(value: str) -> str:
    return _UNRESERVED.sub(lambda found: f"%{ord(found[0]):02X}", value)
