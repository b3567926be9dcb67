"""One value of a label's data: read strictly, or refused in words that say what was got and what was expected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final

from traceability.barcodes.check_characters import mod10

#: Expiry years that AI 17's two digits can say without being taken for the last century (GS1 General Specifications 7.12).
_EXPIRY_YEARS: Final = range(2000, 2077)
_LONGEST_PROSE: Final = 200
_GTIN_LENGTHS: Final = (8, 12, 13, 14)
_QUANTITY: Final = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class RefusedValueError(ValueError):
    """A value that can't stand on a label; caught where the data are read and told with its key."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def shown(value: object) -> str:
    """Return `value` as a person may be shown it: quoted, no control characters, not endless."""
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "..."


def name(longest: int) -> Callable[[object], str]:
    """Return a reader of codes that are kept verbatim: 1 to `longest` characters, no control characters."""

    def read(value: object) -> str:
        words = _text(value)
        if not words.strip():
            raise RefusedValueError("is empty; expected what stands on the goods.")
        if len(words) > longest:
            raise RefusedValueError(f"{shown(words)} has {len(words)} characters; expected {longest} at most.")
        _refuse_controls(words)
        return words

    return read


def prose(value: object) -> str | None:
    """Read words for people: white space and control characters become single spaces; nothing but them is absent."""
    words = "".join(" " if unicodedata.category(character).startswith(("C", "Z")) else character for character in _text(value))
    words = " ".join(words.split())
    if len(words) > _LONGEST_PROSE:
        raise RefusedValueError(f"{shown(words)} has {len(words)} characters; expected {_LONGEST_PROSE} at most.")
    return words or None


def gtin(value: object) -> str:
    """Read a GTIN of 8, 12, 13 or 14 digits with a right check digit; return 14 digits."""
    digits = _digits(value)
    if len(digits) not in _GTIN_LENGTHS:
        raise RefusedValueError(f"{shown(digits)} has {len(digits)} digits; a GTIN has 8, 12, 13 or 14.")
    _refuse_check_digit(digits)
    return digits.zfill(14)


def sscc(value: object) -> str:
    """Read an SSCC: 18 digits with a right check digit."""
    digits = _digits(value)
    if len(digits) != 18:
        raise RefusedValueError(f"{shown(digits)} has {len(digits)} digits; an SSCC has 18.")
    _refuse_check_digit(digits)
    return digits


def day(value: object) -> date:
    """Read a calendar date written 2027-11-30."""
    words = _text(value)
    if _DAY.fullmatch(words):
        try:
            return date.fromisoformat(words)
        except ValueError:
            raise RefusedValueError(f"{shown(words)} is no day of the calendar.") from None
    raise RefusedValueError(f"{shown(words)} is no date; expected year-month-day such as '2027-11-30'.")


def expiry(value: object) -> date:
    """Read an expiry date that a barcode can carry."""
    found = day(value)
    if found.year not in _EXPIRY_YEARS:
        raise RefusedValueError(f"{shown(value)} can't be an expiry date; expected {_EXPIRY_YEARS.start} to {_EXPIRY_YEARS.stop - 1}.")
    return found


def quantity(value: object) -> Decimal:
    """Read a quantity above zero, written as a decimal text such as "25.00" (or a whole number)."""
    words = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(words, float):
        raise RefusedValueError(f'{shown(words)} is a binary number, which is not exact; write it in quotes, "{words}".')
    if not isinstance(words, str) or not _QUANTITY.fullmatch(words):
        raise RefusedValueError(f"{shown(words)} is no quantity; expected a decimal number such as '25.00'.")
    amount = Decimal(words)
    if not amount:
        raise RefusedValueError(f"{shown(words)} is nothing; a label needs a quantity above zero.")
    return amount


def count(value: object) -> int:
    """Read how many there are: a whole number, 1 to 99999999 (AI 37)."""
    amount = quantity(value)
    if amount != int(amount) or amount > 99_999_999:
        raise RefusedValueError(f"{shown(value)} is no count; expected a whole number from 1 to 99999999.")
    return int(amount)


def flag(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise RefusedValueError(f"{shown(value)} is neither true nor false.")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise RefusedValueError(f"{shown(value)} is not text; write it in quotes.")
    return value


def _digits(value: object) -> str:
    words = _text(value)
    if not (words.isascii() and words.isdigit()):
        raise RefusedValueError(f"{shown(words)} must be digits only.")
    return words


def _refuse_check_digit(digits: str) -> None:
    right = mod10(digits[:-1])
    if digits[-1] != right:
        raise RefusedValueError(f"{digits[:-1]}|{digits[-1]}| ends in the wrong check digit; expected {right}. Check the number.")


def _refuse_controls(words: str) -> None:
    for place, character in enumerate(words):
        if unicodedata.category(character).startswith("C"):
            marked = shown(words[:place])[1:-1] + f"|U+{ord(character):04X}|" + shown(words[place + 1 :])[1:-1]
            raise RefusedValueError(f"{marked} has a control character; expected only characters that can be printed.")
