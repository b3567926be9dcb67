"""Cartons and pallets: logistic units with an SSCC, what is in them, what they stand on, and for whom they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from traceability.barcodes.check_characters import mod10
from traceability.lots import LotKey
from traceability.values import quick

_DIGITS: Final = 17  # of an SSCC without its check digit (GS1 General Specifications, AI 00)


class Level(StrEnum):
    """What kind of unit it is: cartons stand on pallets."""

    CARTON = "carton"
    PALLET = "pallet"


class CartonState(StrEnum):
    """Where a unit stands in its life."""

    OPEN = "open"
    CLOSED = "closed"
    SHIPPED = "shipped"
    VOIDED = "voided"  # never used


@quick
@dataclass(frozen=True, slots=True)
class Packed:
    """So much of one lot in a unit, in the lot's base unit; `container` is the serial of ours that it came from."""

    lot: LotKey
    quantity: Decimal
    unit: str
    container: str | None = None
    place: str = ""


@quick
@dataclass(frozen=True, slots=True)
class KnownCarton:
    """A carton or pallet as the station knows it. `order` and `customer`: whom it was packed for, where that was said."""

    sscc: str
    level: Level
    state: CartonState
    contents: tuple[Packed, ...] = ()
    parent: str | None = None
    order: str | None = None
    customer: str | None = None
    opened_at: datetime | None = None
    elsewhere: bool = False  # packed at another station: known from the server


@dataclass(frozen=True, slots=True)
class Unit:
    """A carton's or pallet's label as it was scanned: whether it is known is looked up when it is judged."""

    sscc: str


@dataclass(frozen=True, slots=True)
class CartonTree:
    """One unit and the cartons that stand on it; a carton stands alone."""

    unit: KnownCarton
    cartons: tuple[KnownCarton, ...] = ()

    @property
    def all(self) -> tuple[KnownCarton, ...]:
        """The unit and what stands on it."""
        return (self.unit, *self.cartons)

    @property
    def lots(self) -> frozenset[LotKey]:
        """Every lot that is in it."""
        return frozenset(packed.lot for each in self.all for packed in each.contents)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it."""
        return not any(each.contents for each in self.all)


@dataclass(frozen=True, slots=True)
class InCartons:
    """What of a lot, and of one container of it, lies in cartons that have not left; `carton`: where the container is."""

    lot: Decimal = Decimal(0)
    container: Decimal = Decimal(0)
    carton: str | None = None


def sscc_of(company_prefix: str, number: int) -> str | None:
    """Return the SSCC of a number, or None where the number is past the last that the prefix leaves room for.

    Its first digit is the extension digit (0 until the serial reference is used up), the rest the serial reference.
    """
    if number > last_sscc_number(company_prefix):
        return None
    digits = str(number).zfill(_DIGITS - len(company_prefix))
    without_check = digits[0] + company_prefix + digits[1:]
    return without_check + mod10(without_check)


def last_sscc_number(company_prefix: str) -> int:
    """Return the last number that a company prefix leaves room for."""
    return int(10 ** (_DIGITS - len(company_prefix)) - 1)


def is_sscc(text: str) -> bool:
    """Whether a text is an SSCC: 18 digits, the last of them a right check digit."""
    return len(text) == _DIGITS + 1 and text.isascii() and text.isdecimal() and mod10(text[:-1]) == text[-1]


def amounts_by_item(contents: Iterable[Packed]) -> dict[str, Decimal]:
    """Return how much of each item there is."""
    amounts: dict[str, Decimal] = {}
    for each in contents:
        amounts[each.lot.item] = amounts.get(each.lot.item, Decimal(0)) + each.quantity
    return amounts
