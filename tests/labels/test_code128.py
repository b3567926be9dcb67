"""Our rows of Code 128 against another encoder's: as short, and for the same characters."""

from __future__ import annotations

import numpy as np
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from labels import code128

_PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E)


@given(st.text(_PRINTABLE, min_size=1, max_size=30) | st.text("0123456789-A", min_size=1, max_size=40))
def test_a_row_is_as_short_as_another_encoders(text: str) -> None:
    row = code128.encode(text, gs1=False)
    assert row is not None
    theirs = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_image(scale=1, add_hrt=False, add_quiet_zones=False)
    assert row.modules == np.array(theirs).shape[1]


@given(st.text("0123456789AB\x1d", min_size=1, max_size=30))
def test_the_steps_spell_the_text(text: str) -> None:
    row = code128.encode(text, gs1=True)
    assert row is not None
    assert row.steps[1] is code128.Control.FNC1
    signs = ["\x1d" if step is code128.Control.FNC1 else step for step in row.steps[2:]]
    spelt = "".join(sign for sign in signs if isinstance(sign, str))
    assert spelt == text


def test_what_code_128_cannot_hold_is_none() -> None:
    assert code128.encode("", gs1=False) is None
    assert code128.encode("Ä", gs1=False) is None
    assert code128.encode("A\x1dB", gs1=False) is None
    assert code128.encode("١٢", gs1=False) is None


def test_a_row_that_never_returns_to_c_is_the_same_text_a_little_longer() -> None:
    short, plain = code128.encode("10NWS-240511-A", gs1=True), code128.encode("10NWS-240511-A", gs1=True, back_to_c=False)
    assert short is not None
    assert plain is not None
    assert code128.Control.TO_C in short.steps
    assert code128.Control.TO_C not in plain.steps
    assert plain.modules > short.modules
