"""Our own lot numbers: made from an item's pattern, so that a person can read date and station from them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from traceability.barcodes.check_characters import mod37_36
from traceability.items import Item

DEFAULT_PATTERN: Final = "{yyyy}{mm}{dd}-{station}-{n:04}"
_FIELD: Final = re.compile(r"\{([a-z]+)(?::0(\d))?\}")
_KNOWN: Final = ("yyyy", "yy", "mm", "dd", "jjj", "n", "station", "check")


def pattern_fault(pattern: str) -> str | None:
    """Return what is wrong with a lot pattern, in words, or None. It needs a counter, and only the fields that exist."""
    names = [match[1] for match in _FIELD.finditer(pattern)]
    unknown = [name for name in names if name not in _KNOWN]
    if unknown:
        return f"{{{unknown[0]}}} is not known in a lot pattern; known are {', '.join(f'{{{name}}}' for name in _KNOWN)}"
    if "n" not in names:
        return "a lot pattern needs a counter such as {n:04}, or two lots would get one number"
    if names.count("check") > 1:
        return "a lot pattern has one {check}, over everything else in it"
    rest = _FIELD.sub("", pattern)
    return "a brace stands alone in the lot pattern" if "{" in rest or "}" in rest else None


def lot_number(pattern: str, today: date, station: str, number: int) -> str:
    """Return the lot code that `pattern` makes: {yyyy} {yy} {mm} {dd} {jjj} {n:04} {station} {check}."""

    def fill(field: re.Match[str]) -> str:
        match field[1]:
            case "n":
                return f"{number:0{field[2] or 1}}"
            case "yyyy":
                return f"{today.year:04}"
            case "yy":
                return f"{today.year % 100:02}"
            case "mm":
                return f"{today.month:02}"
            case "dd":
                return f"{today.day:02}"
            case "jjj":
                return f"{today.timetuple().tm_yday:03}"
            case "station":
                return station
            case _:
                return field[0]

    text = _FIELD.sub(fill, pattern)
    before, found, after = text.partition("{check}")
    return before + mod37_36(_checked(before + after)) + after if found else text


def own_lot(item: Item, today: date, station: str, number: int) -> str:
    """Return the lot code of a new lot of `item`, by its own pattern or the usual one."""
    return lot_number(item.lot_pattern or DEFAULT_PATTERN, today, station, number)


def _checked(text: str) -> str:
    # The check covers letters and digits only: dashes are for eyes (ISO/IEC 7064 MOD 37,36 knows no others).
    return "".join(each for each in text.upper() if each.isascii() and each.isalnum())
