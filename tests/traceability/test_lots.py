"""Lot codes that can be kept, and lot numbers that we make ourselves."""

from __future__ import annotations

from datetime import date

import pytest

from traceability.barcodes.check_characters import mod37_36
from traceability.lot_numbers import DEFAULT_PATTERN, lot_number, pattern_fault
from traceability.lots import LONGEST_CODE, lot_code_fault

DAY = date(2026, 2, 3)


@pytest.mark.parametrize("code", ["A", "10D9T", "x" * LONGEST_CODE, "Los Nr. 7 / ß", "~^\\#@{}"])
def test_any_printable_code_is_carried_verbatim(code: str) -> None:
    assert lot_code_fault(code) is None


@pytest.mark.parametrize(
    ("code", "words"), [("", "empty"), ("   ", "empty"), ("x" * 129, "129 characters"), ("a\x1db", "printed"), ("a\u200bb", "printed")]
)
def test_what_no_lot_code_can_be(code: str, words: str) -> None:
    assert words in str(lot_code_fault(code))


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (DEFAULT_PATTERN, "20260203-DOCK3-0007"),
        ("L{yy}{jjj}{n:03}", "L26034007"),
        ("{dd}.{mm}.{yyyy}/{n}", "03.02.2026/7"),
        ("{station}{n:06}", "DOCK3000007"),
        ("{n:01}", "7"),
    ],
)
def test_a_pattern_makes_a_number(pattern: str, number: str) -> None:
    assert pattern_fault(pattern) is None
    assert lot_number(pattern, DAY, "DOCK3", 7) == number


def test_a_counter_grows_past_its_width() -> None:
    assert lot_number("{n:02}", DAY, "S", 12345) == "12345"


@pytest.mark.parametrize("pattern", ["L-{n:04}-{check}", "{check}{n}"])
def test_the_check_character_covers_letters_and_digits(pattern: str) -> None:
    made = lot_number(pattern, DAY, "S", 7)
    expected = mod37_36("L0007" if pattern.startswith("L") else "7")[-1]
    assert made in (f"L-0007-{expected}", f"{expected}7")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("L{yyyy}", "needs a counter"),
        ("{n}{week}", "{week} is not known"),
        ("{n}{", "brace"),
        ("{n:04}}", "brace"),
        ("{N}{n}", "brace"),
        ("{n}{check}{check}", "one {check}"),
    ],
)
def test_a_wrong_pattern_is_said_to_be_one(pattern: str, words: str) -> None:
    assert words in str(pattern_fault(pattern))
