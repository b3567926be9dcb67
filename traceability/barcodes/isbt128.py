"""ISBT 128: blood, tissue and cells, recognised by their `=` and `&` data structures.

Source: ICCBBA, ISBT 128 Standard Technical Specification, section 3. One structure a barcode; compound messages are not read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from traceability.barcodes import dates
from traceability.barcodes.reading import Element, Facts, Format, Reading

# The data identifier, and what follows it. 001 donation, 002 blood group, 003 product, 004 and 005 expiry.
_STRUCTURES: Final = (
    ("=", re.compile("=([A-NP-Z1-9][A-NP-Z0-9]{4}[0-9]{8}[0-9A-Z]{2})")),
    ("=%", re.compile("=%([0-9A-Z]{4})")),
    ("=<", re.compile("=<([A-Z][0-9]{4}[0-9A-Z][0-9A-Za-z]{2})")),
    ("=>", re.compile("=>([0-9]{6})")),
    ("&>", re.compile("&>([0-9]{10})")),
)
_DONATION_LENGTH: Final = 13  # facility, year and serial; two flag characters follow that are not part of it


def read(text: str, scan: str, aim: str | None, today: date) -> Reading | None:
    """Read one ISBT 128 data structure; None where `text` is none."""
    for identifier, shape in _STRUCTURES:
        if found := shape.fullmatch(text):
            facts = _facts(identifier, found[1], today)
            return Reading(scan, Format.ISBT128, (Element(identifier, found[1]),), facts, aim) if facts else None
    return None


def _facts(identifier: str, value: str, today: date) -> Facts | None:
    match identifier:
        case "=":
            return Facts(lot=value[:_DONATION_LENGTH])
        case "=<":
            return Facts(item=value)
        case "=>" | "&>":
            last_good = _last_good_day(value, today)
            return Facts(expires_on=last_good) if last_good else None
        case _:
            return Facts()


def _last_good_day(value: str, today: date) -> date | None:
    """CYYJJJ, then maybe HHMM: the century's last digit, year, day of the year; no time means the end of that day."""
    century = (today.year // 1000) * 1000 + int(value[0]) * 100
    found = dates.day_of_year(century + int(value[1:3]), int(value[3:6]))
    if found and value[6:] == "0000":
        return found - timedelta(days=1)
    return found if not value[6:] or (value[6:8] < "24" and value[8:] < "60") else None
