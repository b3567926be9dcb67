"""Data identifiers (ANSI MH10.8.2): which letters name which field, and what they say about goods.

Formats are hints: a value that does not fit its hint is kept, gives no fact, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from traceability.barcodes import dates
from traceability.barcodes.check_characters import mod10
from traceability.barcodes.ifa import pzn_of
from traceability.barcodes.reading import Element, Facts
from traceability.values import replace

#: The numbers that are assigned before each category letter; 0 is the letter alone.
ASSIGNED: Final[dict[str, str]] = {
    "B": "0-5 7-31 55",
    "C": "0-5",
    "D": "0-28",
    "E": "0-6 10-13",
    "F": "0-1 3-5",
    "H": "0-12 15 25-26",
    "I": "0 2 4-5",
    "J": "0-8",
    "K": "0-22 25-27",
    "L": "0-9 11-13 15-18 20-36 51-52 54-55",
    "M": "10-14",
    "N": "0-1 3-8 10-12 15",
    "P": "0-34 40 49-55",
    "Q": "0-9 11-32",
    "R": "1-2 4-9",
    "S": "0-28 30-37 42-43 50-54 96-97",
    "T": "0-1 3 20-27 30-34",
    "U": "5-6 15-19 55",
    "V": "0-25",
    "W": "0-6 10-12",
    "Z": "0-4 10-99",
}
#: Single signs that are identifiers: HIBC, ISBT (two), PZN, Eurocode.
SIGNS: Final = "+&=-!"

T = TypeVar("T")

_IDENTIFIER: Final = re.compile(r"([0-9]{0,3})([A-Z])", re.ASCII)
_AMOUNT: Final = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?) ?([A-Za-z][A-Za-z0-9]{0,9})?", re.ASCII)
# Unit codes of ANSI X12 355 and UN/ECE Recommendation 20 that labels carry; other codes are their own names.
_UNITS: Final = {
    "gr": "g", "grm": "g", "mgm": "mg", "kgm": "kg", "tne": "t", "lbr": "lb", "onz": "oz",
    "lt": "l", "ltr": "l", "mlt": "ml", "mr": "m", "mtr": "m", "mmt": "mm", "cmt": "cm", "fot": "ft", "inh": "in",
}  # fmt: skip


def split(field: str) -> Element | None:
    """Return `field` as identifier and value; None where it starts with no data identifier."""
    if field[:1] and field[0] in SIGNS:
        return Element(field[0], field[1:])
    found = _IDENTIFIER.match(field)
    return None if found is None else Element(found[0], field[found.end() :])


def is_assigned(identifier: str) -> bool:
    """Say whether MH10.8.2 assigns `identifier` ("1T")."""
    found = _IDENTIFIER.fullmatch(identifier)
    if found is None:
        return len(identifier) == 1 and identifier in SIGNS
    number, ranges = int(found[1] or 0), ASSIGNED.get(found[2], "").split()
    ends = ([int(end) for end in text.split("-")] for text in ranges)
    return not found[1].startswith("0") and any(end[0] <= number <= end[-1] for end in ends)


def unit_name(code: str) -> str:
    """Return a unit's plain name ("kg") for the code a label carries ("KGM"); an unknown code is its own name."""
    return _UNITS.get(code.lower(), code.lower())


def amount(value: str) -> tuple[Decimal, str | None] | None:
    """Return number and unit of "25", "25KG", "2.5 KGM"; None for anything else, a comma included."""
    found = _AMOUNT.fullmatch(value)
    return None if found is None else (Decimal(found[1]), unit_name(found[2]) if found[2] else None)


def facts(elements: Iterable[Element], today: date) -> tuple[Facts, tuple[str, ...]]:
    """Return what `elements` say about goods, and in words what was left out because it can't be right or can't be told."""
    said = _Said({}, [])
    for element in elements:
        if element.value:
            said.values.setdefault(element.identifier, []).append(element.value)
    # In a pharmacy label (IFA: a PPN in 9N) the plain date D is the expiry; elsewhere its meaning is anybody's.
    pharmacy = {"D": _six(today)} if "9N" in said.values else {}
    quantity = said.first({"Q": amount, "7Q": amount})
    unit = said.first({"3Q": unit_name})
    return (
        Facts(
            gtin=said.first({"8P": _gtin, "3P": _gtin}),
            item=said.first(_ITEM),
            lot=said.first(dict.fromkeys(("1T", "T", "LOT", "LTN"), str)),
            serial=said.first(dict.fromkeys(("S", "SER", "SEQ"), str)),
            sscc=said.first({"8S": _sscc}),
            expires_on=said.first({"14D": _year_first, "15D": _year_last, "EXP": _year_first, **pharmacy}),
            best_before=said.first({"25D": _year_first}),
            produced_on=said.first({"16D": _year_first, "17D": _year_last, "DMF": _year_first}),
            quantity=quantity[0] if quantity else None,
            unit=(quantity[1] or unit) if quantity else None,
            order=said.first({"K": str}),
        ),
        tuple(said.left_out),
    )


def together(facts: Facts, other: Facts) -> tuple[Facts, tuple[str, ...]]:
    """Return both; where they contradict each other the fact is left open and told."""
    notes: list[str] = []
    for name in Facts.__slots__:
        had, got = getattr(facts, name), getattr(other, name)
        if had is not None and got is not None and had != got:
            notes.append(f"{name} is both {str(had)!r} and {str(got)!r}, and was left open")
            facts = replace(facts, **{name: None})
        elif had is None and got is not None:
            facts = replace(facts, **{name: got})
    return facts, tuple(notes)


@dataclass(frozen=True, slots=True)
class _Said:
    """Every value that each identifier has, and what could not be taken from them."""

    values: dict[str, list[str]]
    left_out: list[str]

    def first(self, wanted: Mapping[str, Callable[[str], T | None]]) -> T | None:
        """Return what the first identifier of `wanted` that is there says; None where it says two things."""
        for identifier, understand in wanted.items():
            values = sorted(set(self.values.get(identifier, ())))
            if len(values) > 1:
                self.left_out.append(f"{identifier} stands there with {len(values)} different values, and was left open")
                return None
            if values:
                understood = understand(values[0])
                if understood is not None:
                    return understood
                self.left_out.append(f"{identifier} {values[0]!r} is not of the form that was expected, and was left open")
        return None


def _six(today: date) -> Callable[[str], date | None]:
    """Return the reader of YYMMDD; day 00 is the last day of the month (IFA specification)."""

    def read(value: str) -> date | None:
        if not re.fullmatch(r"[0-9]{6}", value):
            return None
        return dates.day(dates.full_year(int(value[:2]), today), int(value[2:4]), int(value[4:]))

    return read


def _year_first(value: str) -> date | None:
    found = re.fullmatch(r"([0-9]{4})([-/]?)([0-9]{2})\2([0-9]{2})", value)
    return dates.day(int(found[1]), int(found[3]), int(found[4])) if found and found[4] != "00" else None


def _year_last(value: str) -> date | None:
    found = re.fullmatch(r"([0-9]{2})([-/]?)([0-9]{2})\2([0-9]{4})", value)
    return dates.day(int(found[4]), int(found[3]), int(found[1])) if found and found[1] != "00" else None


def _pharmacy_number(value: str) -> str | None:
    """Return the PZN in a German pharmacy product number, as it stands in Code 39 too; other agencies' numbers as they are."""
    return pzn_of(value) if value.startswith("11") else value


_ITEM: Final[dict[str, Callable[[str], str | None]]] = {
    "P": str, "1P": str, "30P": str, "50P": str, "9N": _pharmacy_number, "PNR": str, "PNO": str,
}  # fmt: skip


def _gtin(value: str) -> str | None:
    return value.zfill(14) if re.fullmatch(r"[0-9]{12,14}", value) and mod10(value[:-1]) == value[-1] else None


def _sscc(value: str) -> str | None:
    return value if re.fullmatch(r"[0-9]{18}", value) and mod10(value[:-1]) == value[-1] else None
