"""Kinds of values in a plant file: decimal amounts, GS1 numbers, names. Each says what it wants in words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

from traceability.barcodes.check_characters import mod10
from traceability.lot_numbers import pattern_fault
from traceability.units import LARGEST

_AMOUNT: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,9})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def wrong(expected: str) -> PydanticCustomError:
    """Return the error that says what was expected; what was got is added by the loader."""
    return PydanticCustomError("words", "{expected}", {"expected": expected})


def fault(words: str) -> PydanticCustomError:
    """Return the error of a part whose values are each right but contradict each other, in whole words."""
    return PydanticCustomError("fault", "{words}", {"words": words})


def _amount(value: Any) -> Any:
    # A bare JSON number is exact too: the loader reads it digit by digit, never as a binary float.
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = format(Decimal(value), "f") if abs(Decimal(value)) <= LARGEST else ""
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        raise wrong('a decimal number in quotes, zero or more, like "25" or "0.5"')
    return Decimal(value)


def _limit(value: Any) -> Any:
    """A limit of what is measured may be below nothing: a core temperature of -18."""
    if isinstance(value, str) and value.startswith("-"):
        return -_checked_limit(value[1:])
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and value < 0:
        return -_checked_limit(-value)
    return _checked_limit(value)


def _checked_limit(value: Any) -> Decimal:
    try:
        amount: Decimal = _amount(value)
    except PydanticCustomError:
        raise wrong('a decimal number in quotes, like "4.5" or "-18"') from None
    return amount


def _positive(value: Decimal) -> Decimal:
    if value <= 0:
        raise wrong("a number above zero")
    return value


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise wrong(f"a date of the calendar ({error})") from None
    raise wrong("a date like 2027-11-30, in quotes")


def _gs1_number(value: Any, lengths: tuple[int, ...], name: str) -> str:
    sizes = " or ".join(str(length) for length in lengths)
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) not in lengths:
        raise wrong(f"a {name} of {sizes} digits, in quotes")
    right = mod10(value[:-1])
    if value[-1] != right:
        raise wrong(f"a {name} whose last digit is its check digit, {right}")
    return value


def _gtin(value: Any) -> str:
    return _gs1_number(value, (8, 12, 13, 14), "GTIN").zfill(14)


def _lot_pattern(value: str) -> str:
    if words := pattern_fault(value):
        raise fault(words)
    return value


def _gln(value: Any) -> str:
    return _gs1_number(value, (13,), "GLN")


def _printable(value: str) -> str:
    if not value.isprintable() or value != value.strip():
        raise wrong("text without control characters, line breaks or spaces around it")
    return value


def _number_as_name(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _checked_name(value: Any) -> Any:
    return _printable(value) if isinstance(value, str) else value


_PIN_HASH: Final = re.compile(
    r"\$argon2id\$v=19\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=([0-9]{1,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,172}"
)
_MOST_KIB: Final = 1 << 20  # a hash that wants more than 1 GB would stop a station at every PIN


def _pin_hash(value: Any) -> Any:
    found = _PIN_HASH.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found[1]) > _MOST_KIB:
        raise wrong("what `lotline pin` prints for a PIN: $argon2id$v=19$…")
    return value


#: What is kept of a PIN: argon2id, as `lotline pin` makes it.
PinHash = Annotated[str, BeforeValidator(_pin_hash)]
#: A quantity as it goes over the wire: a decimal string, no exponent.
Amount = Annotated[Decimal, BeforeValidator(_amount), PlainSerializer(lambda value: format(value, "f"), return_type=str)]
#: A limit of a test: as an amount, and it may be below nothing.
Limit = Annotated[Decimal, BeforeValidator(_limit), PlainSerializer(lambda value: format(value, "f"), return_type=str)]
Factor = Annotated[Amount, BeforeValidator(lambda value: _positive(_amount(value)))]
Day = Annotated[date, BeforeValidator(_day)]
Gtin = Annotated[str, BeforeValidator(_gtin)]
Gln = Annotated[str, BeforeValidator(_gln)]
#: What something is called: an item's code, an order's number. Verbatim, never folded or trimmed.
Name = Annotated[str, BeforeValidator(_checked_name), StringConstraints(min_length=1, max_length=128)]
#: A line's number may be written bare.
LineName = Annotated[str, BeforeValidator(_number_as_name), StringConstraints(min_length=1, max_length=20)]
Words = Annotated[str, BeforeValidator(_checked_name), StringConstraints(max_length=200)]
#: How our own lots of an item are called; without a counter two of them would get one number.
LotPattern = Annotated[Words, AfterValidator(_lot_pattern)]
