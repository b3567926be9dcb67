"""What the parts of a GS1 element must be: each check answers None, or the flaw with its place in the part.

Each takes one component's text (at most 99 characters) and never raises, whatever it holds. Rules: GS1 General Specifications, section 3,
and the GS1 Barcode Syntax Dictionary's tests of the same components.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from traceability.barcodes import check_characters, dates, gs1_codes
from traceability.barcodes.check_characters import CSET82
from traceability.barcodes.flaws import Flaw

Check = Callable[[str], Flaw | None]

_NOT_82: Final = re.compile(f"[^{re.escape(CSET82)}]")
_NOT_39: Final = re.compile(r"[^#\-/0-9A-Z]")
_NOT_64: Final = re.compile(r"[^\-_0-9A-Za-z]")
_NOT_DIGIT: Final = re.compile("[^0-9]")
_BAD_PERCENT: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_OWNER_LENGTH: Final = 4  # the shortest GS1 Company Prefix
_OWNER: Final = re.compile("[0-9]{4}")
# Days that every year has need no further thought; nearly all dates on labels are such.
_PLAIN_DAY: Final = re.compile("[0-9]{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])(?:29|30)|(?:0[13578]|1[02])31)")


def _whole(text: str, message: str) -> Flaw:
    return Flaw(message, 0, len(text))


def _first(pattern: re.Pattern[str], text: str, message: str) -> Flaw | None:
    found = pattern.search(text)
    return Flaw(message, found.start(), found.start() + 1) if found else None


def digits(text: str) -> Flaw | None:
    """Digits 0 to 9 only (not those of other scripts)."""
    if text.isdigit() and text.isascii():
        return None
    return _first(_NOT_DIGIT, text, "a digit was expected here")


def set82(text: str) -> Flaw | None:
    """The 82 characters that most GS1 text may hold."""
    found = _NOT_82.search(text)
    return Flaw("this character can't stand in GS1 data", found.start(), found.end()) if found else None


def set39(text: str) -> Flaw | None:
    """Capital letters, digits, # - and /."""
    return _first(_NOT_39, text, "only capital letters, digits, #, - and / were expected")


def set64(text: str) -> Flaw | None:
    """File-safe base 64, whose = signs fill up the last group of three."""
    body = text.rstrip("=")
    padding = len(text) - len(body)
    if flaw := _first(_NOT_64, body, "only letters, digits, - and _ were expected"):
        return flaw
    if padding and (padding > 2 or len(text) % 3):
        return Flaw("the = signs must fill up the last group of three characters", len(body), len(text))
    return None


def mod10(text: str) -> Flaw | None:
    """Digits, of which the last is the GS1 check digit."""
    if not text:
        return _whole(text, "too short to hold a check digit")
    if flaw := digits(text):
        return flaw
    expected = check_characters.mod10(text[:-1])
    if text[-1] == expected:
        return None
    return Flaw(f"the check digit is {text[-1]}, expected {expected}", len(text) - 1, len(text))


def pair(text: str) -> Flaw | None:
    """Text that ends in the two GS1 check characters."""
    if len(text) < 2:
        return _whole(text, "too short to hold two check characters")
    if len(text) > 99:
        return _whole(text, "too long to hold check characters, at most 99 were expected")
    body, found = text[:-2], text[-2:]
    if flaw := set82(body):
        return flaw
    expected = check_characters.check_pair(body)
    return None if found == expected else Flaw(f"the check characters are {found}, expected {expected}", len(body), len(text))


def owner1(text: str) -> Flaw | None:
    """A GS1 Company Prefix (four digits or more) at the start."""
    return None if _OWNER.match(text) else _owner(text, 0)


def owner2(text: str) -> Flaw | None:
    """A GS1 Company Prefix (four digits or more) from the second character on."""
    return None if _OWNER.match(text, 1) else _owner(text, 1)


def _owner(text: str, start: int) -> Flaw | None:
    prefix = text[start : start + _OWNER_LENGTH]
    if len(prefix) < _OWNER_LENGTH:
        return Flaw("too short for a GS1 company prefix (four digits or more)", start if prefix else 0, len(text))
    return _shifted(_first(_NOT_DIGIT, prefix, "a GS1 company prefix starts with four digits"), start)


def _shifted(flaw: Flaw | None, by: int) -> Flaw | None:
    return Flaw(flaw.message, flaw.start + by, flaw.end + by) if flaw else None


def _sized(text: str, size: int, what: str) -> Flaw | None:
    return digits(text) if len(text) == size else _whole(text, f"{what} was expected, {size} digits")


def _day_of(text: str, month_at: int, day_0: bool) -> Flaw | None:
    month, day = int(text[month_at : month_at + 2]), int(text[month_at + 2 :])
    if not 1 <= month <= 12:
        return Flaw(f"there is no month {month:02}", month_at, month_at + 2)
    year = int(text[:month_at])
    # Of a short year 00 only the century is unknown: 2000 was a leap year, 2100 is none; it is taken for 2000.
    last = dates.last_day(year + 2000 if month_at == 2 else year, month)
    if day > last or (day == 0 and not day_0):
        return Flaw(f"there is no day {day:02} in this month, 01 to {last} was expected", month_at + 2, month_at + 4)
    return None


def day(text: str) -> Flaw | None:
    """YYMMDD."""
    return None if _PLAIN_DAY.fullmatch(text) else _sized(text, 6, "a date YYMMDD") or _day_of(text, 2, day_0=False)


def day0(text: str) -> Flaw | None:
    """YYMMDD, where day 00 means the last of the month."""
    return None if _PLAIN_DAY.fullmatch(text) else _sized(text, 6, "a date YYMMDD") or _day_of(text, 2, day_0=True)


def full_day(text: str) -> Flaw | None:
    """YYYYMMDD."""
    return _sized(text, 8, "a date YYYYMMDD") or _day_of(text, 4, day_0=False)


def full_day0(text: str) -> Flaw | None:
    """YYYYMMDD, where day 00 means the last of the month."""
    return _sized(text, 8, "a date YYYYMMDD") or _day_of(text, 4, day_0=True)


def _below(text: str, limit: int, what: str) -> Flaw | None:
    if flaw := _sized(text, 2, what):
        return flaw
    return None if int(text) < limit else _whole(text, f"{what} goes from 00 to {limit - 1}")


def hour(text: str) -> Flaw | None:
    """00 to 23."""
    return _below(text, 24, "an hour")


def minute(text: str) -> Flaw | None:
    """00 to 59."""
    return _below(text, 60, "a minute")


def second(text: str) -> Flaw | None:
    """00 to 59."""
    return _below(text, 60, "a second")


def time(text: str) -> Flaw | None:
    """HHMM."""
    return _sized(text, 4, "a time HHMM") or hour(text[:2]) or _shifted(minute(text[2:]), 2)


def zero(text: str) -> Flaw | None:
    """Zeros only."""
    return None if text and not text.strip("0") else _whole(text, "a zero was expected")


def nonzero(text: str) -> Flaw | None:
    """A number other than zero."""
    return digits(text) or (None if text.strip("0") else _whole(text, "a number other than zero was expected"))


def no_leading_zero(text: str) -> Flaw | None:
    """A number that does not start with a zero."""
    return digits(text) or (Flaw("the number must not start with a zero", 0, 1) if text.startswith("0") else None)


def not_number(text: str) -> Flaw | None:
    """Text with something besides digits."""
    return None if _NOT_DIGIT.search(text) else _whole(text, "at least one letter or sign was expected")


def hyphens(text: str) -> Flaw | None:
    """Minus signs only."""
    return None if text and not text.strip("-") else _whole(text, "only a minus sign may stand here")


def importer(text: str) -> Flaw | None:
    """One letter, digit, - or _."""
    right = len(text) == 1 and not _NOT_64.match(text)
    return None if right else _whole(text, "one letter, digit, - or _ was expected")


def iban(text: str) -> Flaw | None:
    """An international bank account number."""
    if not 10 <= len(text) <= 34:
        return _whole(text, f"an IBAN has 10 to 34 characters, got {len(text)}")
    if text[:2] not in gs1_codes.COUNTRY_LETTERS:
        return Flaw("an IBAN starts with a country's two letters", 0, 2)
    if flaw := _first(_NOT_IBAN, text, "an IBAN holds capital letters and digits only"):
        return flaw
    right = check_characters.mod97(text[4:] + text[:4]) == 1
    return None if right else Flaw("the IBAN's check digits are wrong", 2, 4)


_NOT_IBAN: Final = re.compile("[^0-9A-Z]")


def percent(text: str) -> Flaw | None:
    """Text in which % is followed by two hexadecimal digits."""
    found = _BAD_PERCENT.search(text)
    return Flaw("% must be followed by two hexadecimal digits", found.start(), min(found.start() + 3, len(text))) if found else None


def piece(text: str) -> Flaw | None:
    """A piece's number and how many there are, in equally many digits."""
    if not text or len(text) % 2:
        return _whole(text, "piece and total were expected, equally long")
    if flaw := digits(text):
        return flaw
    middle = len(text) // 2
    number, total = int(text[:middle]), int(text[middle:])
    if number == 0:
        return Flaw("pieces count from 1", 0, middle)
    if total == 0:
        return Flaw("the total can't be zero", middle, len(text))
    return None if number <= total else _whole(text, f"piece {number} of {total} can't be")


def birth_order(text: str) -> Flaw | None:
    """Which of how many: 1/2."""
    found = _ORDER.fullmatch(text)
    if found is None:
        return _whole(text, "place and total were expected, as in 1/2")
    for part in (1, 2):
        if found[part].startswith("0"):
            return Flaw("the number must not start with a zero", found.start(part), found.end(part))
    return None if int(found[1]) <= int(found[2]) else _whole(text, f"place {found[1]} of {found[2]} can't be")


_ORDER: Final = re.compile("([0-9]+)/([0-9]+)")


def latitude(text: str) -> Flaw | None:
    """Ten digits: 90 degrees more than the latitude, times ten million."""
    return _bounded(text, 1_800_000_000, "latitude")


def longitude(text: str) -> Flaw | None:
    """Ten digits: the longitude, times ten million, 0 to 360 degrees."""
    return _bounded(text, 3_600_000_000, "longitude")


def _bounded(text: str, most: int, what: str) -> Flaw | None:
    if flaw := _sized(text, 10, f"a {what}"):
        return flaw
    return None if int(text) <= most else _whole(text, f"a {what} is at most {most}")


def _listed(codes: frozenset[str], what: str) -> Check:
    def check(text: str) -> Flaw | None:
        return None if text in codes else _whole(text, f"{what} was expected")

    return check


country = _listed(gs1_codes.COUNTRY_NUMBERS, "a country's three digits (ISO 3166)")
processor_country = _listed(gs1_codes.COUNTRY_NUMBERS | {"999"}, "a country's three digits (ISO 3166), or 999,")
country_letters = _listed(gs1_codes.COUNTRY_LETTERS, "a country's two letters (ISO 3166)")
currency = _listed(gs1_codes.CURRENCY_NUMBERS, "a currency's three digits (ISO 4217)")
package = _listed(gs1_codes.PACKAGE_TYPES, "a package type code (UN Recommendation 21)")
media = _listed(gs1_codes.MEDIA_TYPES, "a medium's two digits, 01 to 10 or 80 to 99,")
sex = _listed(gs1_codes.SEXES, "0, 1, 2 or 9 (ISO/IEC 5218)")
winding = _listed(gs1_codes.WINDINGS, "0, 1 or 9 (winding direction)")
flag = _listed(frozenset("01"), "0 or 1")
