"""SSCCs are right by themselves, and no two numbers give the same one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from labels.values import sscc as checked
from traceability.cartons import sscc_of

PREFIXES = st.text("0123456789", min_size=4, max_size=12)


@given(PREFIXES, st.integers(1, 10**13 - 1))
def test_an_sscc_has_18_digits_a_right_check_digit_and_gives_its_number_back(prefix: str, number: int) -> None:
    sscc = sscc_of(prefix, number)
    if number >= 10 ** (17 - len(prefix)):
        assert sscc is None
        return
    assert sscc is not None
    assert checked(sscc) == sscc
    assert sscc[1 : 1 + len(prefix)] == prefix
    assert int(sscc[0] + sscc[1 + len(prefix) : -1]) == number


def test_the_extension_digit_goes_on_where_the_serial_reference_ends() -> None:
    # GS1 General Specifications, section 3.2: extension digit, company prefix, serial reference, check digit.
    assert sscc_of("9520001", 1) == "095200010000000010"
    assert sscc_of("9520001", 10**9 - 1) == "095200019999999992"
    assert sscc_of("9520001", 10**9) == "195200010000000000"
    assert sscc_of("9520001", 10**10) is None
