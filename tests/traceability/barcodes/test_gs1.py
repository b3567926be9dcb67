"""GS1 element strings: facts, measures, writing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from traceability.barcodes import check_characters, gs1
from traceability.barcodes.gs1_fields import FIELDS, name_of
from traceability.barcodes.reading import Element, Facts, Misread, Reading
from traceability.units import dimension

TODAY = date(2026, 11, 21)
GTIN = "09520123456788"


def facts(*pairs: tuple[str, str], today: date = TODAY) -> Facts:
    return gs1.facts([Element(*pair) for pair in pairs], today)


@pytest.mark.parametrize(
    ("value", "today", "expected"),
    [
        ("271130", TODAY, date(2027, 11, 30)),
        ("271100", TODAY, date(2027, 11, 30)),  # day 00: the last of the month
        ("280200", TODAY, date(2028, 2, 29)),
        ("760101", TODAY, date(2076, 1, 1)),  # fifty years ahead
        ("770101", TODAY, date(1977, 1, 1)),  # forty-nine back
        ("000101", date(1999, 6, 1), date(2000, 1, 1)),
        ("490101", date(2099, 6, 1), date(2149, 1, 1)),
        ("000229", date(2099, 6, 1), None),  # 2100 has no such day
    ],
)
def test_short_years_and_day_00(value: str, today: date, expected: date | None) -> None:
    assert facts(("17", value), today=today).expires_on == expected


def test_an_expiry_date_is_worth_more_than_an_expiry_time() -> None:
    for pairs in ((("7003", "2711291200"), ("17", "271130")), (("17", "271130"), ("7003", "2711291200"))):
        assert facts(*pairs).expires_on == date(2027, 11, 30)
    assert facts(("7003", "2711291200")).expires_on == date(2027, 11, 29)
    assert facts(("8008", "26112110")).produced_on == date(2026, 11, 21)


def test_best_before_is_not_expiry() -> None:
    said = facts(("15", "271130"))
    assert (said.best_before, said.expires_on) == (date(2027, 11, 30), None)


@pytest.mark.parametrize("identifier", [identifier for identifier in FIELDS if identifier[:2] in ("31", "32", "33", "34", "35", "36")])
def test_every_measure_has_a_number_and_a_unit(identifier: str) -> None:
    (measure,) = gs1.measures([Element(identifier, "002500")])
    assert measure.amount == Decimal("2500").scaleb(-int(identifier[3]))
    assert measure.what == "density" or dimension(measure.unit) is not None
    said = facts((identifier, "002500"))
    if measure.what in ("width", "height", "density"):
        assert said.quantity is None  # a width does not say how much there is
    else:
        assert (said.quantity, said.unit) == (measure.amount, measure.unit)


def test_decimals_are_kept_as_printed() -> None:
    assert str(facts(("3102", "002500")).quantity) == "25.00"
    assert str(facts(("3100", "000025")).quantity) == "25"
    assert str(facts(("3105", "000001")).quantity) == "0.00001"


def test_net_weight_before_everything_and_the_whole_pallet_last() -> None:
    said = facts(("3302", "003000"), ("3110", "000012"), ("3102", "002500"))
    assert (str(said.quantity), said.unit) == ("25.00", "kg")
    pallet, trade = gs1.measures([Element("3302", "003000"), Element("3110", "000012")])
    assert (pallet.logistic, pallet.what, trade.logistic, trade.what) == (True, "weight", False, "length")


def test_other_facts() -> None:
    said = facts(("00", "095201234567891235"), ("02", GTIN), ("37", "48"), ("241", "P-7"), ("400", "PO1"))
    assert said == Facts(sscc="095201234567891235", content_gtin=GTIN, count=48, item="P-7", order="PO1")
    assert facts(("8006", f"{GTIN}0102")).gtin == GTIN
    assert facts(("10", "A"), ("10", "B")).lot == "A"


def test_writing_puts_a_separator_only_where_it_is_needed() -> None:
    elements = (Element("01", GTIN), Element("17", "271130"), Element("10", "ABC"), Element("21", "9"))
    assert gs1.write(elements) == f"01{GTIN}1727113010ABC\x1d219"
    assert gs1.bracketed(elements) == f"(01){GTIN}(17)271130(10)ABC(21)9"


@pytest.mark.parametrize("element", [Element("01", "09520123456780"), Element("10", ""), Element("10", "A B"), Element("9999", "1")])
def test_writing_refuses_what_would_be_a_wrong_label(element: Element) -> None:
    with pytest.raises(ValueError, match="can't carry"):
        gs1.write([element])


@given(
    st.text(st.sampled_from(check_characters.CSET82), min_size=1, max_size=20),
    st.text(st.sampled_from(check_characters.CSET82), min_size=1, max_size=20),
    st.dates(date(2000, 1, 1), date(2049, 12, 31)),
    st.integers(0, 999999),
)
def test_what_is_written_is_read_back(lot: str, serial: str, day: date, weight: int) -> None:
    elements = (
        Element("01", GTIN),
        Element("10", lot),
        Element("17", f"{day:%y%m%d}"),
        Element("3103", f"{weight:06}"),
        Element("21", serial),
    )
    text = gs1.write(elements)
    outcome = gs1.read(text, f"]C1{text}", "]C1", 3, TODAY)
    assert isinstance(outcome, Reading)
    assert outcome.elements == elements
    assert (outcome.facts.lot, outcome.facts.serial, outcome.facts.expires_on) == (lot, serial, day)


@given(st.sampled_from(sorted(FIELDS)), st.text(st.characters(exclude_categories=()), max_size=95))
def test_every_field_answers_for_any_value(identifier: str, value: str) -> None:
    flaw = FIELDS[identifier].flaw(value)
    if flaw:
        assert 0 <= flaw.start <= flaw.end <= max(len(value), flaw.end)
        assert flaw.start <= len(value)
        assert name_of(identifier)
    else:
        assert value.isascii()


@given(st.text(st.sampled_from("0123456789"), min_size=1, max_size=30))
def test_a_check_digit_catches_any_one_wrong_digit(digits: str) -> None:
    right = digits + check_characters.mod10(digits)
    wrong = str((int(right[0]) + 1) % 10) + right[1:]
    assume(wrong != right)
    assert check_characters.mod10(wrong[:-1]) != wrong[-1]


def test_more_elements_than_any_label_holds() -> None:
    text = "\x1d".join(["99A"] * 65)
    assert isinstance(gs1.read(text, text, None, 0, TODAY), Misread)
    assert isinstance(gs1.read(text[:-4], text[:-4], None, 0, TODAY), Reading)
