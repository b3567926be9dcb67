"""Amounts as people write them, and exact conversion."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.units import DIGITS_AFTER_POINT, LARGEST, Quantity, dimension, parsed_amount, plain, to_base, unit_named


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("25", "25"),
        (" 12.5 ", "12.5"),
        ("0,5", "0.5"),
        ("007", "7"),
        ("25.", "25"),
        ("999999999999", "999999999999"),
        ("0.000000001", "1E-9"),
    ],
)
def test_amounts_that_people_write(text: str, amount: str) -> None:
    assert parsed_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", ".", "-5", "+5", "1e3", "NaN", "Infinity", "1 000", "1.2.3", "²", "١٢", "1000000000000", "0.0000000001", "9" * 40, "0x1"],
)
def test_what_is_no_usable_amount(text: str) -> None:
    assert parsed_amount(text) is None


@given(st.text(max_size=30))
def test_any_text_is_an_amount_within_the_limits_or_none(text: str) -> None:
    amount = parsed_amount(text)
    assert amount is None or 0 <= amount <= LARGEST


@pytest.mark.parametrize(("amount", "shown"), [("25.00", "25"), ("0.50", "0.5"), ("0.00", "0"), ("2E+3", "2000"), ("100", "100")])
def test_amounts_as_people_read_them(amount: str, shown: str) -> None:
    assert plain(Decimal(amount)) == shown


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity"])
def test_no_quantity_is_negative_or_endless(amount: str) -> None:
    with pytest.raises(ValueError, match="finite number"):
        Quantity(Decimal(amount), "kg")


def test_a_quantity_needs_a_unit() -> None:
    with pytest.raises(ValueError, match="unit"):
        Quantity(Decimal(1), "")


@pytest.mark.parametrize(
    ("amount", "unit", "base", "expected"),
    [
        ("25.00", "kg", "kg", "25.00"),
        ("1", "lb", "kg", "0.45359237"),
        ("16", "oz", "lb", "1"),
        ("2", "t", "kg", "2000"),
        ("1", "gal", "l", "3.785411784"),
        ("3", "ft", "yd", "1"),
        ("1", "yd3", "ft3", "27"),
        ("2", "bag", "kg", "50"),
    ],
)
def test_exact_conversion(amount: str, unit: str, base: str, expected: str) -> None:
    converted = to_base(Quantity(Decimal(amount), unit), base, {"bag": Decimal(25)})
    assert converted is not None
    assert converted.base == Quantity(Decimal(expected), base)


@pytest.mark.parametrize(("unit", "base"), [("l", "kg"), ("ea", "kg"), ("sack", "kg"), ("kg", "drum")])
def test_what_nobody_can_convert(unit: str, base: str) -> None:
    assert to_base(Quantity(Decimal(1), unit), base, {"bag": Decimal(25)}) is None


def test_a_plants_own_factor_never_bends_a_standard_one() -> None:
    converted = to_base(Quantity(Decimal(1), "lb"), "kg", {"lb": Decimal("0.5")})
    assert converted is not None
    assert converted.factor == Decimal("0.45359237")


@given(st.decimals(0, LARGEST, places=6), st.sampled_from(["mg", "g", "lb", "oz", "ozt", "t"]))
def test_converted_amounts_have_at_most_nine_places(amount: Decimal, unit: str) -> None:
    converted = to_base(Quantity(amount, unit), "kg", {})
    assert converted is not None
    assert -int(converted.base.amount.as_tuple().exponent) <= DIGITS_AFTER_POINT


@pytest.mark.parametrize(("text", "unit"), [("KG", "kg"), (" pcs ", "ea"), ("Litre", "l"), ("Drum", "Drum"), ("LBS", "lb")])
def test_spellings_of_a_unit(text: str, unit: str) -> None:
    assert unit_named(text) == unit


@pytest.mark.parametrize(("unit", "measures"), [("kg", "mass"), ("ea", "count"), ("m2", "area"), ("bag", None)])
def test_what_a_unit_measures(unit: str, measures: str | None) -> None:
    assert dimension(unit) == measures
