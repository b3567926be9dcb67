"""ISO/IEC 15434: whole labels, labels as the floor sees them, and what is not guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.barcodes import iso15434
from traceability.barcodes.reading import Element, Facts, Format, Misread, Reading

TODAY = date(2026, 11, 21)
OWN = "[)>\x1e06\x1dPFLOUR-25\x1d1TL 1^~é\x1d14D20271130\x1dQ25KG\x1dS000017\x1e\x04"
SAYS = Facts(item="FLOUR-25", lot="L 1^~é", serial="000017", expires_on=date(2027, 11, 30), quantity=Decimal(25), unit="kg")


def read(text: str, aim: str = "") -> Reading | Misread:
    return iso15434.read(text, aim + text, aim or None, len(aim), TODAY)


def reading(text: str) -> Reading:
    result = read(text)
    assert isinstance(result, Reading), result
    return result


def message(*fields: str) -> str:
    return "[)>\x1e06" + "".join("\x1d" + field for field in fields) + "\x1e\x04"


def test_our_own_label_comes_back_as_it_was_written() -> None:
    elements = [("P", "FLOUR-25"), ("1T", "L 1^~é"), ("14D", "20271130"), ("Q", "25KG"), ("S", "000017")]
    assert iso15434.write_06(elements) == OWN
    assert reading(OWN) == Reading(OWN, Format.ISO15434, tuple(Element(*pair) for pair in elements), SAYS)


@pytest.mark.parametrize("elements", [[], [("99X", "1")], [("P", "")], [("1T", "A\x1dQ5")], [("1T", "A\x04")], [("1T", "\ud800")]])
def test_what_would_make_a_wrong_label_is_not_written(elements: list[tuple[str, str]]) -> None:
    with pytest.raises(ValueError, match=r"."):
        iso15434.write_06(elements)


@pytest.mark.parametrize(
    ("damaged", "words"),
    [
        (OWN.removesuffix("\x1e\x04"), "RS and EOT at the end are missing"),
        (OWN.removesuffix("\x04"), "EOT at the end is missing"),
        (OWN.replace("\x1e\x04", "\x04"), "RS at the end is missing"),
        (">" + OWN, "stray >"),
        (OWN.replace("[)>\x1e", "[)>"), "RS after [)> is missing"),
        (OWN.replace("06\x1d", "06"), "GS after the format is missing"),
        (OWN.replace("\x1e\x04", "\x1d\x1e\x04"), "empty fields"),
        (OWN.replace("\x1d1T", "\x1d\x1d1T"), "empty fields"),
        (OWN.replace("\x1d", "@"), "@ was taken for GS"),
        (OWN.replace("\x1d", "]").replace("\x1e\x04", ""), "] was taken for GS"),
        (OWN.replace("\x1d", "|").replace("[)>\x1e", "[)>|").replace("\x1e\x04", "||"), "| after [)> was taken for RS"),
        (OWN.replace("\x1e\x04", "\x1d\x1d").replace("\x1e", "\x1d"), "␝ after [)> was taken for RS"),
        (OWN.replace("1T", "1t").replace("P", "p", 1), "small letters"),
    ],
)
def test_damage_with_one_honest_reading_is_mended_and_told(damaged: str, words: str) -> None:
    result = reading(damaged)
    assert result.facts == SAYS
    assert any(words in repair for repair in result.repairs), result.repairs


@pytest.mark.parametrize(
    "damaged",
    [
        "".join(sign for sign in OWN if sign.isprintable()),  # every separator lost: nobody knows where fields end
        OWN.replace("\x1d", "@").replace("1T", "XX"),  # not every part starts with an identifier
        OWN.replace("\x1d", "@").replace("Q25KG", "999Z1"),  # no such identifier: the sign may be data
        OWN.replace("\x1d", "-"),  # a sign that values have
        OWN.lower(),  # is the lot L1 or l1?
        OWN.replace("1T", "??"),
        OWN + "X",
        OWN.replace("\x1e06", "\x1e"),
        OWN.replace("L 1", "L\x001"),
        "[)>07\x1dFREE",
        "[)>\x1e050109521234543213\x1e\x04",
        "[)>\x1e06\x1e\x04",
        "[)>\x1e06\x1d\x1d\x1e\x04",
        "[)>",
        "[)>\x1e",
        "",
        "[)>\x1e06\x1dP" + "A" * 9000,
    ],
)
def test_what_must_be_guessed_is_refused(damaged: str) -> None:
    result = read(damaged)
    assert isinstance(result, Misread)
    assert result.position is not None
    assert 0 <= result.position <= len(damaged)


def test_positions_count_from_the_aim_identifier() -> None:
    result = read("[)>\x1e06\x1dPABC\x1d?X\x1e\x04", "]d1")
    assert isinstance(result, Misread)
    assert result.position == 3 + 12
    assert result.marked == "[)>␞06␝PABC␝|?X|␞␄"


def test_dates_quantities_and_numbers_by_their_identifiers() -> None:
    assert reading(message("1PX", "15D31122027", "17D01022026", "7Q12EA")).facts == Facts(
        item="X", expires_on=date(2027, 12, 31), produced_on=date(2026, 2, 1), quantity=Decimal(12), unit="ea"
    )
    assert reading(message("8P09521234543213", "25D20270630", "Q2.5", "3QKG")).facts == Facts(
        gtin="09521234543213", best_before=date(2027, 6, 30), quantity=Decimal("2.5"), unit="kg"
    )
    assert reading(message("8S095201234567890122")).facts.sscc == "095201234567890122"
    assert reading(message("K4501", "TCUST", "1TSUPP")).facts == Facts(lot="SUPP", order="4501")


def test_a_pharmacy_label_has_its_expiry_in_d() -> None:
    assert reading(message("9N112758089923", "D290300")).facts == Facts(item="27580899", expires_on=date(2029, 3, 31))
    assert reading(message("9N13ABC")).facts.item == "13ABC"
    damaged = reading(message("9N112758089924"))
    assert (damaged.facts.item, len(damaged.repairs)) == (None, 1)
    assert reading(message("PX", "D290331")).facts.expires_on is None


@pytest.mark.parametrize("field", ["14D20271399", "14D271130", "14D20270200", "Q1,5", "Q٣", "8P09521234543214", "8S12", "Q-1"])
def test_a_value_that_does_not_fit_is_kept_and_told_but_no_fact(field: str) -> None:
    result = reading(message("PX", field))
    assert result.facts == Facts(item="X")
    assert result.elements[1].identifier + result.elements[1].value == field
    assert "left open" in result.repairs[0]


def test_two_lots_on_one_label_are_no_lot() -> None:
    result = reading(message("PX", "1TA", "1TB"))
    assert result.facts.lot is None
    assert result.repairs == ("1T stands there with 2 different values, and was left open",)


def test_application_identifiers_and_data_identifiers_together() -> None:
    both = "[)>\x1e05\x1d0109521234543213\x1d10LOT1\x1d17271130\x1e06\x1dPFLOUR\x1dQ25KG\x1e\x04"
    assert reading(both).facts == Facts(
        gtin="09521234543213", item="FLOUR", lot="LOT1", expires_on=date(2027, 11, 30), quantity=Decimal(25), unit="kg"
    )
    differs = reading(both.replace("PFLOUR", "1TLOT2"))
    assert differs.facts.lot is None
    assert differs.repairs == ("lot is both 'LOT1' and 'LOT2', and was left open",)


def test_hibc_data_in_a_field() -> None:
    inside = reading(message("+A99912349/$10X3/16D20111231/14D20200131/Q500Z", "K4501"))
    assert inside.facts == Facts(
        item="A9991234", lot="10X3", expires_on=date(2020, 1, 31), produced_on=date(2011, 12, 31), quantity=Decimal(500), order="4501"
    )
    wrong = reading(message("+A99912349/$10X3Z", "K4501"))
    assert wrong.facts == Facts(order="4501")
    assert "check character" in wrong.repairs[0]


def test_a_wrong_application_identifier_is_shown_where_it_stands() -> None:
    result = read("[)>\x1e05\x1d0109521234543214\x1e\x04", "]d1")
    assert isinstance(result, Misread)
    assert result.format is Format.ISO15434
    assert result.position == 3 + 7 + 2 + 13


def test_other_formats_are_kept_as_they_are() -> None:
    text = "[)>\x1e07\x1dany words\x1e09\x1dJPG\x1dNONE\x1d5\x1d\x1e\x04\x00AB\x1e12\x1dMFR 0CVA5\x1dSER 77\x1dPNO 12-3\x1e\x04"
    result = reading(text)
    assert result.elements == (
        Element("format 07", "any words"),
        Element("format 09", "JPG\x1dNONE\x1d5\x1d\x1e\x04\x00AB"),
        Element("MFR", "0CVA5"),
        Element("SER", "77"),
        Element("PNO", "12-3"),
    )
    assert result.facts == Facts(item="12-3", serial="77")


@pytest.mark.parametrize("wrong", ["09\x1dJPG\x1dNONE\x1d99\x1dAB", "09\x1dJPG\x1e", "12\x1dMFR0CVA5", "0?\x1dX"])
def test_envelopes_that_break_their_format(wrong: str) -> None:
    assert isinstance(read("[)>\x1e" + wrong + "\x1e\x04"), Misread)


def test_truncated_anywhere_never_says_another_thing() -> None:
    for length in range(len(OWN)):
        result = read(OWN[:length])
        if isinstance(result, Reading):
            # A cut label may be read (real ones lack their trailer), but it says that the end is missing.
            assert any("missing" in repair for repair in result.repairs)
            assert all(OWN.find(element.value) >= 0 for element in result.elements)


SIGNS = st.sampled_from("[)>\x1e\x1d\x04\x1c0569PQST14D25AB@|] \x00é٣\ud800")


@given(st.one_of(st.text(max_size=80), st.text(SIGNS, max_size=60), st.text(SIGNS, max_size=60).map(lambda tail: "[)>\x1e06\x1d" + tail)))
def test_never_raises_and_never_invents(text: str) -> None:
    result = read(text)
    if isinstance(result, Reading):
        assert all(element.value in text for element in result.elements)
        assert result.facts.quantity is None or result.facts.quantity >= 0
    else:
        assert result.position is not None
        assert 0 <= result.position <= len(text)


@given(st.lists(st.tuples(st.sampled_from(["P", "1T", "Q", "S", "14D", "20Z"]), st.text(min_size=1, max_size=12)), min_size=1, max_size=6))
def test_what_is_written_is_read(elements: list[tuple[str, str]]) -> None:
    try:
        text = iso15434.write_06(elements)
    except ValueError:
        return
    assert [(element.identifier, element.value) for element in reading(text).elements] == elements
