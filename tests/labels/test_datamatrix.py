"""The square that a layout keeps free is never too small for what an encoder makes of the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from labels import datamatrix
from labels.dots import symbol_picture
from labels.label import Box, Symbol, Symbology
from labels.payloads import format_06, gs1

_VERBATIM = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=64) | st.text("品Ä1", min_size=1, max_size=40)


@given(_VERBATIM)
def test_another_encoder_needs_no_larger_square(lot: str) -> None:
    payload = format_06([("1T", lot)])
    side = datamatrix.side(payload)
    assert side is not None
    assert symbol_picture(Symbol(Box(0, 0, 50, 50), Symbology.DATA_MATRIX, payload, side, 1), 50).width <= side


@given(st.from_regex(r"[0-9A-Za-z_/-]{1,20}", fullmatch=True))
def test_gs1_data_need_no_larger_square(lot: str) -> None:
    payload = gs1([("01", "09520123456788"), ("10", lot), ("21", lot)])
    side = datamatrix.side(payload)
    assert side is not None
    assert symbol_picture(Symbol(Box(0, 0, 50, 50), Symbology.DATA_MATRIX, payload, side, 1), 50).width <= side


def test_what_no_square_holds_is_none() -> None:
    assert datamatrix.side(format_06([("1T", "x" * 900)])) is None
