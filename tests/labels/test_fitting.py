"""Words in a box: they never leave it, codes are never cut, and the largest size wins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels import dots, zpl_font
from labels.fitting import fit
from labels.label import Box, Text

_WORDS = st.text("ABC abc 123 WWW iii -/", min_size=1, max_size=64).filter(str.strip)


@given(words=_WORDS, width=st.floats(10, 100), height=st.floats(3, 30), lines=st.integers(1, 4), code=st.booleans())
def test_no_line_is_wider_than_its_box(words: str, width: float, height: float, lines: int, code: bool) -> None:
    fitted = fit(Text(Box(0, 0, width, height), words, 10, lines=lines, code=code), zpl_font.measure)
    assert all(zpl_font.measure(line) * fitted.capitals_mm <= width + 1e-9 for line in fitted.lines)


@given(words=_WORDS, width=st.floats(40, 100))
def test_a_code_is_never_cut(words: str, width: float) -> None:
    fitted = fit(Text(Box(0, 0, width, 6), words, 10, lines=2, code=True), zpl_font.measure)
    assert "".join(fitted.lines) == words


def test_words_that_do_not_fit_end_in_dots() -> None:
    fitted = fit(Text(Box(0, 0, 20, 3), "Wheat flour type 550 from organic farms", 3, smallest_mm=2), zpl_font.measure)
    assert fitted.lines[0].endswith("...")
    assert fitted.capitals_mm == 2


def test_a_code_is_broken_only_to_grow_much() -> None:
    box = Box(0, 0, 60, 24)
    assert len(fit(Text(box, "NWS-2405", 15, lines=2, code=True), zpl_font.measure).lines) == 1
    assert len(fit(Text(box, "NWS-240511-A/0001-2026", 15, lines=2, code=True), zpl_font.measure).lines) == 2


def test_a_short_word_is_as_large_as_asked_for_and_in_the_middle() -> None:
    fitted = fit(Text(Box(0, 0, 60, 24), "A", 10, code=True, middle=True), zpl_font.measure)
    assert fitted.capitals_mm == 10
    assert fitted.down_mm == pytest.approx((24 - 12.8) / 2)


@pytest.mark.parametrize("words", ["LOT-2026", "Wheat flour", "~~~~", "0123456789"])
def test_the_printers_font_and_the_drawn_one_are_of_one_order(words: str) -> None:
    assert 0.5 < zpl_font.measure(words) / dots.measure(words, bold=True) < 1.6
