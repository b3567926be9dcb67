"""The fields inside an HIBC barcode: item, lot, serial, date, quantity, in all forms that ANSI/HIBC 2.6 has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from traceability.barcodes import dates
from traceability.barcodes.flaws import Flaw
from traceability.barcodes.reading import Element, Facts
from traceability.values import replace

_PRIMARY: Final = re.compile(r"([A-Z][0-9A-Z]{3})([0-9A-Z]{1,18})([0-9])", re.ASCII)
_LOT: Final = re.compile(r"[0-9A-Z. -]{0,18}", re.ASCII)
_PAS_WHERE: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_PAS_WHAT: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVXZ")  # W and Y are not assigned
_PAS_DATA: Final = re.compile(r"[0-9A-Z. -]{1,15}", re.ASCII)
# Date flag of `$$` data to the digits that follow and the order in which they stand.
_DATE_FORMS: Final = {"2": "MMDDYY", "3": "YYMMDD", "4": "YYMMDDHH", "5": "YYJJJ", "6": "YYJJJHH", "7": ""}
_FACTS: Final = frozenset(("lot", "serial", "exp", "mfg", "qty"))


@dataclass(frozen=True, slots=True)
class Fields:
    """What a barcode says, as it stands, with its dates worked out and what was left open in words."""

    elements: tuple[Element, ...] = ()
    expires_on: date | None = None
    produced_on: date | None = None
    notes: tuple[str, ...] = ()

    def also(self, identifier: str, value: str) -> Fields:
        """Add one element; an empty value adds nothing."""
        return replace(self, elements=(*self.elements, Element(identifier, value))) if value else self

    def get(self, identifier: str) -> str | None:
        """Return the first value of `identifier`."""
        return next((element.value for element in self.elements if element.identifier == identifier), None)

    def joined(self, other: Fields) -> Fields | str:
        """Return both together, or in words what they contradict each other in."""
        for element in other.elements:
            had = self.get(element.identifier)
            if element.identifier in _FACTS and had not in (None, element.value):
                return f"The barcode says {element.identifier} twice: {had!r} and {element.value!r}."
        news = tuple(element for element in other.elements if element not in self.elements)
        return Fields(
            (*self.elements, *news),
            self.expires_on or other.expires_on,
            self.produced_on or other.produced_on,
            (*self.notes, *other.notes),
        )


def facts(fields: Fields) -> Facts:
    """Return what `fields` mean for goods; the item is the labeler's code and the product number together."""
    labeler, product, quantity = fields.get("lic"), fields.get("pcn"), fields.get("qty")
    return Facts(
        item=labeler + product if labeler and product else None,
        lot=fields.get("lot"),
        serial=fields.get("serial"),
        expires_on=fields.expires_on,
        produced_on=fields.produced_on,
        quantity=None if quantity is None else Decimal(quantity),
    )


def primary_fields(text: str, start: int, end: int, today: date) -> Fields | Flaw:
    """Read labeler, product number and package level, and secondary data after slashes."""
    slash = text.find("/", start, end)
    head = end if slash < 0 else slash
    found = _PRIMARY.fullmatch(text, start, head)
    if found is None:
        return Flaw("A letter and 3 characters of labeler, 1 to 18 of item and a digit of package level were expected.", start, head)
    fields = Fields().also("lic", found[1]).also("pcn", found[2]).also("uom", found[3])
    if slash < 0:
        return fields
    rest = secondary_fields(text, slash + 1, end, today)
    if isinstance(rest, Flaw):
        return rest
    joined = fields.joined(rest)
    return Flaw(joined, slash, end) if isinstance(joined, str) else joined


def secondary_fields(text: str, start: int, end: int, today: date) -> Fields | Flaw:
    """Read secondary data: parts between slashes, each a lot, a serial, a date or a quantity in one of the forms."""
    fields = Fields()
    while True:
        slash = text.find("/", start, end)
        stop = end if slash < 0 else slash
        part = _part(text, start, stop, today)
        joined = part if isinstance(part, Flaw) else fields.joined(part)
        if not isinstance(joined, Fields):
            return joined if isinstance(joined, Flaw) else Flaw(joined, start, stop)
        fields = joined
        if slash < 0:
            return fields
        start = slash + 1


def pas_fields(text: str, start: int, end: int) -> Fields | Flaw:
    """Read a provider's barcode (HIBC PAS): where it is, then what it says, each with 1 to 15 characters."""
    where = text[start : start + 1]
    if start >= end or where not in _PAS_WHERE:
        return Flaw("A letter that says where the barcode is was expected after +/.", start, max(start + 1, end))
    fields, start = Fields().also("where", where), start + 1
    for part in text[start:end].split("/"):
        stop = start + len(part)
        if part[:1] not in _PAS_WHAT or not _PAS_DATA.fullmatch(part, 1):
            return Flaw("A letter that says what follows and 1 to 15 characters were expected.", start, stop)
        fields, start = fields.also(part[0], part[1:]), stop + 1
    return fields


def _part(text: str, start: int, end: int, today: date) -> Fields | Flaw:
    part = text[start:end]
    if part.startswith("$$"):
        return _quantity_date_lot(text, start, end, today)
    if part.startswith("$"):
        name, at = ("serial", start + 2) if part[1:2] == "+" else ("lot", start + 1)
        return _name(Fields(), name, text, at, end)
    if part.startswith("S"):
        return _name(Fields(), "serial", text, start + 1, end)
    if part[:3] in ("14D", "16D"):
        return _long_date(text, start, end)
    if part.startswith("Q"):
        return _quantity(text, start + 1, end, end)
    if _digits(part[:5], 5):
        dated = _dated(Fields(), "YYJJJ", text, start, start + 5, today)
        return dated if isinstance(dated, Flaw) else _name(dated, "lot", text, start + 5, end)
    return Flaw("A lot ($), a serial number ($+, S), a date (14D, 16D, YYJJJ) or a quantity (Q) was expected.", start, max(end, start + 1))


def _quantity_date_lot(text: str, start: int, end: int, today: date) -> Fields | Flaw:
    at, name, fields = start + 2, "lot", Fields()
    if text.startswith("+", at, end):
        at, name = at + 1, "serial"
    elif width := {"8": 2, "9": 5}.get(text[at:end][:1]):
        counted = _quantity(text, at + 1, at + 1 + width, end)
        if isinstance(counted, Flaw) or at + 1 + width == end:
            return counted
        fields, at = counted, at + 1 + width
    flag = text[at:end][:1]
    if flag in ("0", "1"):
        form = "MMYY"
    elif flag in _DATE_FORMS:
        form, at = _DATE_FORMS[flag], at + 1
    else:
        return Flaw("A month or a date flag from 2 to 7 was expected after $$ and its quantity.", at, at + 1)
    dated = _dated(fields, form, text, at, at + len(form), today) if at + len(form) <= end else None
    if dated is None:
        return Flaw(f"A date of the form {form} was expected.", at, max(end, at + 1))
    if isinstance(dated, Flaw) and flag == "2" and not fields.elements and name == "lot":
        return _flagless(text, start + 2, end) or dated
    return dated if isinstance(dated, Flaw) else _name(dated, name, text, at + len(form), end)


def _flagless(text: str, start: int, end: int) -> Fields | None:
    """Read six digits of date without their flag, as some labels have them: the lot is sure, the date is not.

    Only where flag 2 can't be meant because the month would be none; day-first or year-first can't be told.
    """
    digits = text[start : start + 6]
    # A month over 12 behind a "2" is what tells these labels from a wrong date.
    if not _digits(digits, 6) or not _digits(text[start + 6 : start + 7], 1) or int(digits[1:3]) <= 12:
        return None
    fields = _name(Fields().also("exp_digits", digits), "lot", text, start + 6, end)
    note = f"the date {digits} has no HIBC date flag and was left open"
    return None if isinstance(fields, Flaw) else replace(fields, notes=(note,))


def _quantity(text: str, start: int, stop: int, end: int) -> Fields | Flaw:
    digits = text[start:stop]
    if stop > end or not 1 <= len(digits) <= 9 or not _digits(digits, len(digits)):
        return Flaw("Digits of a quantity were expected.", start, max(min(stop, end), start + 1))
    return Fields().also("qty", str(int(digits)))


def _long_date(text: str, start: int, end: int) -> Fields | Flaw:
    digits = text[start + 3 : end]
    found = _date("YYYYMMDD", digits, date.min) if _digits(digits, 8) else None
    if found is None:
        return Flaw(f"{text[start : start + 3]} is followed by a date YYYYMMDD.", start + 3, max(end, start + 4))
    if text.startswith("14D", start):
        return Fields((Element("exp", found.isoformat()),), expires_on=found)
    return Fields((Element("mfg", found.isoformat()),), produced_on=found)


def _dated(fields: Fields, form: str, text: str, start: int, stop: int, today: date) -> Fields | Flaw:
    digits = text[start:stop]
    if not form:
        return fields
    found = _date(form, digits, today) if _digits(digits, len(form)) else None
    hours = digits[-2:] if form.endswith("HH") else ""
    if found is None or hours > "23":
        return Flaw(f"{digits!r} is no date of the form {form}.", start, stop)
    said = found.isoformat()[:7] if form == "MMYY" else found.isoformat() + ("T" + hours if hours else "")
    return replace(fields.also("exp", said), expires_on=found)


def _date(form: str, digits: str, today: date) -> date | None:
    """Return the date that `digits` write in `form`; a month without its day ends with its last day."""

    def number(letter: str) -> int:
        return int(digits[form.index(letter) : form.rindex(letter) + 1])

    year = number("Y") if form.startswith("YYYY") else dates.full_year(number("Y"), today)
    if "J" in form:
        return dates.day_of_year(year, number("J"))
    if "D" not in form:
        return dates.day(year, number("M"), 0)
    # HIBC writes a month without its day as MMYY; day 00 is an error.
    return dates.day(year, number("M"), number("D")) if number("D") else None


def _name(fields: Fields, name: str, text: str, start: int, end: int) -> Fields | Flaw:
    if not _LOT.fullmatch(text, start, end):
        return Flaw(f"At most 18 letters, digits, - . and spaces of {name} were expected.", start, max(end, start + 1))
    return fields.also(name, text[start:end])


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()
