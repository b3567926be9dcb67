"""HIBC, the health industry's barcodes: who made it, which item, which lot, until when (ANSI/HIBC 2.6; PAS for providers).

One barcode ends in one check character (modulo 43). Primary data (`+A123BJC5D6E71G`) names the item; secondary data
(`+$$52001510X3GD`) carries lot, date, quantity or serial and repeats the primary's check character as its link; joined by
`/` they share one check character. Some scanners send primary and secondary barcodes in one go.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from traceability.barcodes.flaws import Flaw, misread
from traceability.barcodes.hibc_fields import Fields, facts, pas_fields, primary_fields, secondary_fields
from traceability.barcodes.reading import Format, Misread, Reading

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
_VALUES: Final = {sign: value for value, sign in enumerate(_ALPHABET)}
_LONGEST: Final = 400  # characters; the standard's longest joined barcode is far below


@dataclass(frozen=True, slots=True)
class _Symbol:
    """One printed barcode: what it says, its check character, and whether it is the primary one."""

    fields: Fields
    check: str
    primary: bool


def check_character(text: str) -> str | None:
    """Return the modulo 43 check character of `text`; None where it has a character that HIBC does not know."""
    values = [_VALUES.get(sign) for sign in text]
    return None if None in values else _ALPHABET[sum(value for value in values if value is not None) % 43]


def write(text: str, today: date) -> str | Misread:
    """Return `text` (a whole barcode but for its check character) with it, or what is wrong in `text`."""
    symbol = _symbol(text + "?", 0, len(text) + 1, True, today)
    quantity = text.find("/Q")
    if isinstance(symbol, _Symbol) and 0 <= quantity != text.rfind("/"):
        symbol = Flaw("A quantity (/Q) is the last part of an HIBC barcode.", quantity, len(text))
    if isinstance(symbol, Flaw):
        return misread(symbol, text, text, None, 0, Format.HIBC)
    return text + (check_character(text) or "")


def read(text: str, scan: str, aim: str | None, offset: int, today: date) -> Reading | Misread:
    """Read `text`, an HIBC barcode or several sent in one go; `offset` is where it starts in `scan`."""
    start, end, repairs = _without_asterisks(text)
    upper = text.upper() if text.isascii() else text
    if upper != text:
        repairs = (*repairs, "small letters were taken as capitals: HIBC has no others")
    found = _symbols(upper, start, end, today)
    if isinstance(found, Flaw):
        return misread(found, text, scan, aim, offset, Format.HIBC)
    fields = Fields()
    for symbol in found:
        joined = fields.joined(symbol.fields)
        if isinstance(joined, str):
            return misread(Flaw(joined, start, end), text, scan, aim, offset, Format.HIBC)
        fields = joined
    return Reading(scan, Format.HIBC, fields.elements, facts(fields), aim, (*repairs, *fields.notes))


def _without_asterisks(text: str) -> tuple[int, int, tuple[str, ...]]:
    # Code 39's start and stop signs are printed under the bars and typed by people; they are no data.
    if len(text) > 2 and text[0] == text[-1] == "*":
        return 1, len(text) - 1, ("the asterisks of Code 39 were left out",)
    return 0, len(text), ()


def _symbols(text: str, start: int, end: int, today: date) -> tuple[_Symbol, ...] | Flaw:
    """Read all barcodes in `text[start:end]`: one, or a primary one and its secondaries, each with its link."""
    if end - start > _LONGEST:
        return Flaw(f"{end - start} characters are too many for HIBC; at most {_LONGEST} are expected.", start + _LONGEST, end)
    if not text.startswith("+", start):
        return Flaw("An HIBC barcode starts with +.", start, start + 1)
    whole = _checked(text, start, end, None, today)
    if isinstance(whole, _Symbol):
        return (whole,)
    flaw = whole
    for cut in _cuts(text, start, end):
        first = _checked(text, start, cut, None, today)
        if isinstance(first, _Symbol) and first.primary:
            rest = _linked(text, cut, end, first.check, today)
            if not isinstance(rest, Flaw):
                return (first, *rest)
            flaw = rest  # a sound first barcode: what is wrong stands behind it
    return flaw


def _linked(text: str, start: int, end: int, link: str, today: date) -> tuple[_Symbol, ...] | Flaw:
    whole = _checked(text, start, end, link, today)
    if isinstance(whole, _Symbol):
        return (whole,)
    for cut in _cuts(text, start, end):
        first = _checked(text, start, cut, link, today)
        if isinstance(first, _Symbol):
            rest = _linked(text, cut, end, link, today)
            return rest if isinstance(rest, Flaw) else (first, *rest)
    return whole


def _cuts(text: str, start: int, end: int) -> list[int]:
    return [place for place in range(start + 4, end) if text[place] == "+"]


def _checked(text: str, start: int, end: int, link: str | None, today: date) -> _Symbol | Flaw:
    """Read the one barcode `text[start:end]`; its check character and, where given, its link must be right."""
    for place in range(start, end):
        if text[place] not in _VALUES:
            return Flaw("HIBC has digits, capital letters and - . $ / + % and space only.", place, place + 1)
    # Link and check character first: where they are wrong, what the fields seem to say needs no explaining.
    if link is not None and text[end - 2] != link:
        found = text[end - 2]
        return Flaw(f"The link character is {found!r}; {link!r}, the first barcode's check character, was expected.", end - 2, end - 1)
    expected = check_character(text[start : end - 1])
    if expected != text[end - 1]:
        return Flaw(f"The check character is {text[end - 1]!r}; {expected!r} was expected.", end - 1, end)
    return _symbol(text, start, end, link is None, today)


def _symbol(text: str, start: int, end: int, first: bool, today: date) -> _Symbol | Flaw:
    body = text[start : end - 1]
    if len(body) < 4 or body[0] != "+":
        return Flaw("An HIBC barcode starts with + and has an item or a lot and a check character.", start, end)
    if body[1] == "/":
        fields = pas_fields(text, start + 2, end - 1)
    elif first and body[1].isalpha():
        fields = primary_fields(text, start + 1, end - 1, today)
        return fields if isinstance(fields, Flaw) else _Symbol(fields, text[end - 1], True)
    else:
        fields = secondary_fields(text, start + 1, end - 2, today)
        fields = fields if isinstance(fields, Flaw) else fields.also("link", text[end - 2])
    return fields if isinstance(fields, Flaw) else _Symbol(fields, text[end - 1], False)
