"""GS1 elements as people write them: (01)09520123456788(10)ABC. For what is typed, never for what a scanner sends."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from traceability.barcodes.gs1 import MOST_ELEMENTS, facts, misread_element
from traceability.barcodes.gs1_fields import FIELDS
from traceability.barcodes.reading import Element, Format, Misread, Reading

# A bracket that stands in a value is written \( so that (10)A(11)991225 can only be two elements.
ELEMENT: Final = re.compile(r"\(([^()]*)\)((?:\\\(|[^(])*)")


def looks_bracketed(text: str) -> bool:
    """Tell whether `text` starts with an identifier in brackets."""
    return re.match(r"\([0-9]{2,4}\)", text) is not None


def read(text: str, scan: str, today: date) -> Reading | Misread:
    """Read bracketed elements, with the same checks as a scan.

    `text` is `scan` without its line end. Spaces around a value are passed over: people type them.
    """
    found: list[Element] = []
    at = 0
    for match in ELEMENT.finditer(text):
        identifier, value = match[1], match[2].strip(" ").replace("\\(", "(")
        field = FIELDS.get(identifier)
        if match.start() != at or field is None or len(found) == MOST_ELEMENTS:
            break
        if flaw := field.flaw(value):
            start = match.start(2) + _place(match[2], flaw.start) - flaw.start
            return misread_element(identifier, value, flaw, scan, None, start)
        found.append(Element(identifier, value))
        at = match.end()
    if not found or at < len(text):
        return _misread(text, scan, at)
    elements = tuple(found)
    return Reading(scan, Format.GS1, elements, facts(elements, today))


def _place(raw: str, index: int) -> int:
    """Return where character `index` of the value stands in what was typed."""
    at = len(raw) - len(raw.lstrip(" "))
    for _ in range(index):
        at += 2 if raw.startswith("\\(", at) else 1
    return at


def _misread(text: str, scan: str, at: int) -> Misread:
    stop = text.find(")", at) + 1 or len(text)
    message = f"Expected an application identifier in brackets, such as (01), got {text[at:stop][:20]!r}."
    return Misread(scan, Format.GS1, message, f"{text[max(0, at - 40) : at]}|{text[at:stop][:40]}|{text[stop : stop + 40]}", at)
