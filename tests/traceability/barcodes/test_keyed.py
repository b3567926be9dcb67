"""Labels that name their own fields are read; what only looks a little like one is left plain."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.barcodes import keyed
from traceability.barcodes.read import read
from traceability.barcodes.reading import Facts, Format, Reading

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    [
        "{pn:FLOUR,lot:AB-7,exp:20271130,qty:25,note:}",
        "PN:FLOUR LOT:AB-7 EXP:2027-11-30 QTY:25 RoHS https://example.com/AB-7",
    ],
)
def test_named_fields(text: str) -> None:
    found = read(text, today=TODAY)
    assert isinstance(found, Reading)
    assert found.format is Format.VENDOR
    assert found.facts == Facts(item="FLOUR", lot="AB-7", expires_on=date(2027, 11, 30), quantity=Decimal(25))


def test_data_identifiers_with_spaces() -> None:
    found = read("PFLOUR 1TAB-7 Q25 K4711", today=TODAY)
    assert isinstance(found, Reading)
    assert found.facts == Facts(item="FLOUR", lot="AB-7", quantity=Decimal(25), order="4711")
    assert found.repairs == ("spaces were taken for GS",)


@pytest.mark.parametrize(
    "text",
    [
        "PN:A QTY:5",  # too little to be sure
        "PN:A QTY:5 QTY:6",
        "PN:A LOT:B of two words QTY:5",
        "{a:1,b:2}",
        "{a:1,b:2,c}",
        "PLEASE 1TURN Q-TIPS",
        "PA 1TB Q",
        "PA 1TB QX 1",
        "1TB PA Q1",
        "12:30 13:30 14:30",
        "LOT A B C",
        "",
    ],
)
def test_what_is_not_sure_is_left_alone(text: str) -> None:
    assert keyed.read(text, text, None, TODAY) is None


@given(st.text(max_size=60) | st.text(st.sampled_from("PQ1T:{} ,pnqty59"), max_size=40))
def test_never_raises_and_never_invents(text: str) -> None:
    found = keyed.read(text, text, None, TODAY)
    assert found is None or all(element.identifier + element.value in text.replace(":", "") for element in found.elements)
