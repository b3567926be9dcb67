"""Quantities: a decimal amount with a unit, and exact conversion between units of one dimension."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext
from typing import Final, Literal

LARGEST: Final = Decimal("999999999999")
DIGITS_AFTER_POINT: Final = 9

# Unit: (dimension, how many of the dimension's base unit). International yard and pound (1959), US liquid measures.
_UNITS: Final[dict[str, tuple[str, Decimal]]] = {
    "mg": ("mass", Decimal("0.000001")),
    "g": ("mass", Decimal("0.001")),
    "kg": ("mass", Decimal(1)),
    "t": ("mass", Decimal(1000)),
    "lb": ("mass", Decimal("0.45359237")),
    "oz": ("mass", Decimal("0.028349523125")),
    "ozt": ("mass", Decimal("0.0311034768")),
    "ml": ("volume", Decimal("0.001")),
    "cl": ("volume", Decimal("0.01")),
    "l": ("volume", Decimal(1)),
    "m3": ("volume", Decimal(1000)),
    "gal": ("volume", Decimal("3.785411784")),
    "qt": ("volume", Decimal("0.946352946")),
    "fl_oz": ("volume", Decimal("0.0295735295625")),
    "in3": ("volume", Decimal("0.016387064")),
    "ft3": ("volume", Decimal("28.316846592")),
    "yd3": ("volume", Decimal("764.554857984")),
    "mm": ("length", Decimal("0.001")),
    "cm": ("length", Decimal("0.01")),
    "m": ("length", Decimal(1)),
    "in": ("length", Decimal("0.0254")),
    "ft": ("length", Decimal("0.3048")),
    "yd": ("length", Decimal("0.9144")),
    "m2": ("area", Decimal(1)),
    "in2": ("area", Decimal("0.00064516")),
    "ft2": ("area", Decimal("0.09290304")),
    "yd2": ("area", Decimal("0.83612736")),
    "ea": ("count", Decimal(1)),
}
_SPELLINGS: Final = {
    "each": "ea",
    "pc": "ea",
    "pcs": "ea",
    "piece": "ea",
    "pieces": "ea",
    "unit": "ea",
    "units": "ea",
    "kgs": "kg",
    "kilogram": "kg",
    "lbs": "lb",
    "litre": "l",
    "liter": "l",
    "lt": "l",
}


def unit_named(text: str) -> str:
    """Return the unit's own name for a spelling of it ("KG", "pcs"); an unknown one is returned as given."""
    lowered = text.strip().lower()
    known = _SPELLINGS.get(lowered, lowered)
    return known if known in _UNITS else text.strip()


def dimension(unit: str) -> str | None:
    """Return what `unit` measures (mass, volume, length, area, count), or None where it is an item's own unit."""
    known = _UNITS.get(unit)
    return known[0] if known else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """So much of a unit. Finite, zero or more; amounts keep the digits that they came with."""

    amount: Decimal
    unit: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount < 0:
            raise ValueError(f"a quantity is a finite number, zero or more, got {self.amount}")
        if not self.unit:
            raise ValueError("a quantity needs a unit")

    def __str__(self) -> str:
        return f"{plain(self.amount)} {self.unit}"


def plain(amount: Decimal) -> str:
    """Return `amount` as people write it: no exponent, no idle zeros after the point ("25", "0.5")."""
    text = format(amount, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def parsed_amount(text: str) -> Decimal | None:
    """Return the amount that a person or a label wrote ("25", "0,5"), or None where it is no usable number.

    Plain digits with one decimal point or comma; at most 12 digits before and 9 after it; ASCII only.
    """
    candidate = text.strip().replace(",", ".")
    if not candidate or len(candidate) > 24 or not candidate.isascii():
        return None
    if not candidate.replace(".", "", 1).isdigit():
        return None
    try:
        amount = Decimal(candidate)
    except InvalidOperation:
        return None
    return amount if is_countable(amount) else None


def beyond_counting(text: str) -> Literal["large", "fine"] | None:
    """Say whether what was written is a number, and too large or too fine for anything that is counted; None: neither."""
    candidate = text.strip().replace(",", ".")
    if not candidate.isascii() or not candidate.replace(".", "", 1).isdigit() or parsed_amount(candidate) is not None:
        return None
    return "large" if len(candidate.partition(".")[0].lstrip("0")) > len(str(LARGEST)) else "fine"


def parsed_value(text: str) -> Decimal | None:
    """Return what a person measured: as an amount, and it may be below nothing ("-18,5")."""
    candidate = text.strip()
    amount = parsed_amount(candidate.removeprefix("-").removeprefix("\N{MINUS SIGN}"))
    return -amount if amount and candidate[0] in "-\N{MINUS SIGN}" else amount


def is_countable(amount: Decimal) -> bool:
    """Whether an amount (zero or more) is neither larger nor finer than anything that is counted."""
    return amount <= LARGEST and -int(amount.as_tuple().exponent) <= DIGITS_AFTER_POINT


@dataclass(frozen=True, slots=True)
class Converted:
    """A quantity in an item's base unit, and the factor that was used (base units for one given unit)."""

    given: Quantity
    base: Quantity
    factor: Decimal


def to_base(given: Quantity, base_unit: str, packs: dict[str, Decimal]) -> Converted | None:
    """Return `given` in `base_unit`; None where neither dimension nor the item's own `packs` know the way.

    The same dimension converts by its exact factor; else the item's own units do ({"bag": 25} says one bag is 25 base units).
    """
    factor = _factor(given.unit, base_unit, packs)
    if factor is None:
        return None
    if factor == 1:
        return Converted(given, Quantity(given.amount, base_unit), factor)
    with localcontext() as context:
        context.prec = 50
        # A division of two exact factors may not end (yd3 to gal); nine places are finer than any scale on a floor.
        amount = given.amount * factor
        if -int(amount.as_tuple().exponent) > DIGITS_AFTER_POINT:
            amount = amount.quantize(Decimal(1).scaleb(-DIGITS_AFTER_POINT))
    return Converted(given, Quantity(amount, base_unit), factor)


def _factor(unit: str, base_unit: str, packs: dict[str, Decimal]) -> Decimal | None:
    if unit == base_unit:
        return Decimal(1)
    mine, theirs = _UNITS.get(unit), _UNITS.get(base_unit)
    if mine is None or theirs is None or mine[0] != theirs[0]:
        return packs.get(unit)
    with localcontext() as context:
        context.prec = 34
        return (mine[1] / theirs[1]).normalize()
