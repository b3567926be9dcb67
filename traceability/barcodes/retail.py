"""Retail codes: EAN-13, UPC and EAN-8 with their add-ons, and ITF-14; a number of the trade item and nothing else.

An EAN symbol of a composite is sent with `|]e0` and the element string of its upper part after it.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from traceability.barcodes import gs1, gs1_checks
from traceability.barcodes.flaws import Flaw, misread
from traceability.barcodes.reading import Element, Facts, Format, Misread, Reading

_COMPOSITE: Final = "|]e0"
_ADD_ON_LENGTHS: Final = {"]E1": 2, "]E2": 5}
_LENGTHS: Final = {"]E0": 13, "]E3": 13, "]E4": 8, "]I1": 14}


def read(text: str, scan: str, aim: str, offset: int, today: date) -> Reading | Misread:
    """Read a retail symbol; `text` starts at character `offset` of `scan`, after the AIM identifier."""
    number, bar, rest = text.partition(_COMPOSITE)
    if aim in _ADD_ON_LENGTHS:
        return _add_on(text, scan, aim, offset)
    size = _LENGTHS[aim]
    main, add_on = (number[:size], number[size:]) if aim == "]E3" else (number, "")
    flaw = _number_flaw(main, size) or _add_on_flaw(aim, size, add_on)
    if flaw:
        return misread(flaw, text, scan, aim, offset, Format.RETAIL)
    gtin = main.zfill(14)
    if bar:
        return _composite(rest, gtin, scan, aim, offset + len(number) + len(_COMPOSITE), today)
    # The number is a fact, not an element: the symbol carries no identifiers.
    return Reading(scan, Format.RETAIL, (Element("add-on", add_on),) if add_on else (), Facts(gtin=gtin), aim)


def _number_flaw(main: str, size: int) -> Flaw | None:
    if len(main) != size:
        return Flaw(f"A retail code of {size} digits was expected, got {len(main)}.", min(size, len(main)), max(size, len(main)))
    flaw = gs1_checks.mod10(main)
    return Flaw(f"The retail code is damaged: {flaw.message}.", flaw.start, flaw.end) if flaw else None


def _add_on_flaw(aim: str, start: int, add_on: str) -> Flaw | None:
    if aim != "]E3" or (len(add_on) in (2, 5) and gs1_checks.digits(add_on) is None):
        return None
    return Flaw("An add-on of 2 or 5 digits was expected after the retail code.", start, start + len(add_on))


def _add_on(text: str, scan: str, aim: str, offset: int) -> Reading | Misread:
    size = _ADD_ON_LENGTHS[aim]
    if len(text) == size and gs1_checks.digits(text) is None:
        return Reading(scan, Format.RETAIL, (Element("add-on", text),), aim=aim)
    return misread(Flaw(f"An add-on of {size} digits was expected.", 0, len(text)), text, scan, aim, offset, Format.RETAIL)


def _composite(text: str, gtin: str, scan: str, aim: str, offset: int, today: date) -> Reading | Misread:
    upper = gs1.read(text, scan, aim, offset, today)
    if isinstance(upper, Misread):
        return upper
    said = gs1.facts((Element("01", gtin), *upper.elements), today)
    return Reading(scan, Format.RETAIL, upper.elements, said, aim)
