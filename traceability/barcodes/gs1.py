"""GS1 element strings: what GS1-128, GS1 DataMatrix, GS1 QR and GS1 DataBar carry on a lot label.

Each element is an AI (two to four digits) and a value. Elements of predefined length follow each other directly; any other
ends at the separator (GS, U+001D) or at the end. Source: GS1 General Specifications, section 7.8.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from traceability.barcodes.flaws import Flaw, picture
from traceability.barcodes.gs1_facts import Measure, facts, measures
from traceability.barcodes.gs1_fields import AI_LENGTHS, FIELDS, name_of
from traceability.barcodes.reading import Element, Format, Misread, Reading

__all__ = ["GS", "Measure", "facts", "measures", "misread_element", "read", "write"]

GS: Final = "\x1d"
MOST_ELEMENTS: Final = 64


def read(text: str, scan: str, aim: str | None, offset: int, today: date) -> Reading | Misread:
    """Read an element string, with every check of every element.

    `text` starts at character `offset` of `scan`, after the AIM identifier; a leading separator is passed over.
    """
    found: list[Element] = []
    at, end = int(text.startswith(GS)), len(text)
    while at < end:
        identifier = text[at : at + 2]
        field = FIELDS.get(identifier)
        if field is None:
            identifier = text[at : at + AI_LENGTHS.get(identifier, 2)]
            field = FIELDS.get(identifier)
        if field is None or len(found) == MOST_ELEMENTS:
            return _misread_identifier(text, at, bool(found), scan, aim, offset)
        start = at + len(identifier)
        limit = min(start + field.most, end) if field.predefined else end
        at = text.find(GS, start, limit)
        if at < 0:
            at = limit
        value = text[start:at]
        if flaw := field.flaw(value):
            return misread_element(identifier, value, flaw, scan, aim, offset + start)
        found.append(Element(identifier, value))
        at += text.startswith(GS, at)
    if not found:
        return Misread(scan, Format.GS1, "The barcode holds no GS1 element.", "||", offset, aim=aim)
    elements = tuple(found)
    return Reading(scan, Format.GS1, elements, facts(elements, today), aim)


def misread_element(identifier: str, value: str, flaw: Flaw, scan: str, aim: str | None, start: int, kind: Format = Format.GS1) -> Misread:
    """Say which element is wrong, with the characters marked: (01)1234567890123|4|. Its value starts at `start` of `scan`."""
    before, fault, after = value[: flaw.start], value[flaw.start : flaw.end], value[flaw.end :]
    marked = f"({identifier}){picture(before)}|{picture(fault)}|{picture(after)}"
    return Misread(scan, kind, f"{_capital(name_of(identifier))}: {flaw.message}.", marked, start + flaw.start, aim=aim)


def _misread_identifier(text: str, at: int, later: bool, scan: str, aim: str | None, offset: int) -> Misread:
    stop = at + (1 if text[at] == GS else 4)
    start, rest = picture(text[at:stop]), picture(text[stop : stop + 40])
    if text[at] == GS:
        message = "Two separators (GS) stand side by side, expected an element between them."
    elif later:
        message = f"No GS1 element starts with {start}: the separator (GS) before it may be lost, or the barcode is damaged."
    else:
        message = f"No GS1 element starts with {start}, expected an application identifier such as 01, 10 or 17."
    return Misread(scan, Format.GS1, message, f"|{start}|{rest}", offset + at, aim=aim)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def write(elements: Sequence[Element]) -> str:
    """Return the element string that a GS1 symbol carries, separators only where they are needed.

    Predefined lengths should come first in `elements` to save separators; the order is kept. ValueError where an element
    would be refused when read: the caller must have checked what it prints.
    """
    parts: list[str] = []
    for place, element in enumerate(elements, start=1):
        if wrong := flaw_of(element):
            raise ValueError(f"{name_of(element.identifier)} can't carry {element.value!r}: {wrong.message}")
        needs_end = not FIELDS[element.identifier].predefined and place < len(elements)
        parts.append(f"{element.identifier}{element.value}{GS if needs_end else ''}")
    return "".join(parts)


def flaw_of(element: Element) -> Flaw | None:
    """Return what is wrong with an element on its own, or None."""
    field = FIELDS.get(element.identifier)
    if field is None:
        return Flaw("there is no such AI", 0, len(element.value))
    return field.flaw(element.value)


def bracketed(elements: Iterable[Element]) -> str:
    """Return the elements as people read them: (01)09520123456788(10)ABC."""
    return "".join(f"({element.identifier}){element.value}" for element in elements)
