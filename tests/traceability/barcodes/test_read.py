"""The one door: which format a scan is taken for, and that bad input is refused or read rightly, never crashes, never invents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.barcodes.check_characters import mod10
from traceability.barcodes.command import command_card
from traceability.barcodes.read import LONGEST_SCAN, ReaderSettings, read
from traceability.barcodes.reading import Ambiguous, Element, Format, Misread, Outcome, Reading
from traceability.refusals import Reason

TODAY = date(2026, 11, 21)
GTIN = "09520123456788"
LABEL = f"]C101{GTIN}1727113010ABC123\x1d21SN9"
ASSUME = ReaderSettings(assume_gs1=True)


def reading(scan: str, settings: ReaderSettings | None = None) -> Reading:
    outcome = read(scan, settings or ReaderSettings(), today=TODAY)
    assert isinstance(outcome, Reading), outcome
    return outcome


def misread(scan: str, settings: ReaderSettings | None = None) -> Misread:
    outcome = read(scan, settings or ReaderSettings(), today=TODAY)
    assert isinstance(outcome, Misread), outcome
    return outcome


@pytest.mark.parametrize(
    ("scan", "expected"),
    [
        (LABEL, Format.GS1),
        (f"01{GTIN}10ABC\x1d21SN9", Format.GS1),  # a separator says so
        (f"\x1d01{GTIN}", Format.GS1),
        *((f"{aim}01{GTIN}", Format.GS1) for aim in ("]e0", "]d2", "]d5", "]Q3", "]Q4", "]J1")),
        (f"]C001{GTIN}", Format.PLAIN),  # ]C0 is never GS1
        (f"01{GTIN}", Format.PLAIN),
        ("10D9T", Format.PLAIN),
        ("20260101", Format.PLAIN),
        ("2110ABC", Format.PLAIN),
        ("]E04006381333931", Format.RETAIL),
        ("4006381333931", Format.PLAIN),
        ("]I119520123456785", Format.RETAIL),
        (f"https://example.com/01/{GTIN}/10/ABC", Format.DIGITAL_LINK),
        (f"HTTPS://EXAMPLE.COM/01/{GTIN}", Format.DIGITAL_LINK),
        (f"]Q1http://example.com/01/{GTIN}", Format.DIGITAL_LINK),
        (f"]C0http://example.com/01/{GTIN}", Format.PLAIN),  # no web address stands in Code 128
        (command_card("CONFIRM"), Format.COMMAND),
        (f"]C0{command_card('QTY', '5')}", Format.COMMAND),
        (f"]Q1{command_card('QTY', '5')}", Format.COMMAND),
        ("]A0-12345678", Format.IFA),
        ("-12345678", Format.PLAIN),
        ("=W00002612345600", Format.ISBT128),
        ("]C0=>026365", Format.ISBT128),
        ("[)>\x1e06\x1d1TABC\x1dQ5\x1e\x04", Format.ISO15434),
        ("]d1[)>\x1e06\x1d1TABC\x1dQ5\x1e\x04", Format.ISO15434),
        ("+A99912345/9901510XJ", Format.HIBC),
        ("LOT 4711/Ä", Format.PLAIN),
        ("&more", Format.PLAIN),
        ("(01)09520123456788", Format.PLAIN),
    ],
)
def test_a_scan_is_taken_for(scan: str, expected: Format) -> None:
    outcome = read(scan, today=TODAY)
    assert not isinstance(outcome, Ambiguous)
    assert outcome.format is expected
    assert outcome.scan == scan


def test_the_settings_of_a_station_say_gs1() -> None:
    assert reading("10D9T", ASSUME).facts.lot == "D9T"
    assert reading(f"01{GTIN}10A|21B", ReaderSettings(separator="|")).facts.serial == "B"
    assert reading(f"]C101{GTIN}10A^21B", ReaderSettings(separator="^")).facts.lot == "A"
    assert reading(f"]01{GTIN}10A]21B", ReaderSettings(separator="]")).facts.serial == "B"
    assert reading("A|B", ReaderSettings(separator="|")).format is Format.PLAIN


def test_a_separator_is_one_character() -> None:
    with pytest.raises(ValueError, match="one character"):
        ReaderSettings(separator="029")


def test_two_honest_readings_are_ambiguous() -> None:
    """An EAN-13 that begins with 400 is an order number too, once the station takes everything for GS1."""
    outcome = read("4006381333931", ASSUME, today=TODAY)
    assert isinstance(outcome, Ambiguous)
    assert {one.format for one in outcome.readings} == {Format.GS1, Format.RETAIL}
    # With a wrong check digit it is no EAN.
    assert reading("4006381333932", ASSUME).facts.order == "6381333932"


def test_brackets_are_for_typing_only() -> None:
    typed = ReaderSettings(typed=True)
    assert reading("(01)09520123456788 (10)A\\(1)(21)7", typed).elements == (
        Element("01", GTIN),
        Element("10", "A(1)"),
        Element("21", "7"),
    )
    wrong = misread("(01)09520123456780", typed)
    assert (wrong.marked, wrong.position) == ("(01)0952012345678|0|", 17)
    assert misread("(01) 09520123456788(10)A\\(B C", typed).position == 27
    assert misread("(01)09520123456788(9999)1", typed).position == 18
    assert misread("(01)09520123456788((10)A", typed).position == 18
    assert misread("(01)09520123456788 and more", typed).reason is Reason.BARCODE_INVALID
    assert reading("(unknown)", typed).format is Format.PLAIN


@pytest.mark.parametrize(
    ("scan", "marked", "position"),
    [
        ("]C10112345678901234", "(01)1234567890123|4|", 18),
        (f"]C101{GTIN}17271301", "(17)27|13|01", 23),
        (f"]C101{GTIN}17261131", "(17)2611|31|", 25),
        (f"]C101{GTIN}10ABC DEF", "(10)ABC| |DEF", 24),
        (f"]C101{GTIN}99{'9' * 91}", f"(99){'9' * 90}|9|", 111),
        (f"]C101{GTIN}7999", "|7999|", 19),
        (f"]C101{GTIN}", None, None),
        ("]C10109520123456", "(01)09520123456||", 16),
        (f"]C101{GTIN}10", "(10)||", 21),
        ("]C110A\x1d\x1d21B", "|␝|21B", 7),
        ("]C1", "||", 3),
        ("]C10109٣20123456788", "(01)09|٣|20123456788", 7),
        ("]C101⁰9520123456788", "(01)|⁰|9520123456788", 5),
    ],
)
def test_an_error_marks_the_character(scan: str, marked: str | None, position: int | None) -> None:
    outcome = read(scan, today=TODAY)
    if marked is None:
        assert isinstance(outcome, Reading)
    else:
        assert isinstance(outcome, Misread)
        assert (outcome.marked, outcome.position) == (marked, position)
        assert outcome.message.endswith(".")


def test_a_lost_separator_is_named() -> None:
    assert "separator (GS) after it may be lost" in misread("]C110ABCDEFGHIJ17271130210001").message


@pytest.mark.parametrize(
    "scan", ["", "\r\n", "\x00", "AB\x00C", "\ud800", "lot\udfff", "\x1b[31m", "]", "]X", "]XX", "]cm", "x" * (LONGEST_SCAN + 1)]
)
def test_noise_is_unreadable(scan: str) -> None:
    assert misread(scan).reason is Reason.BARCODE_UNREADABLE


def test_the_longest_scan_is_still_read() -> None:
    assert reading("x" * LONGEST_SCAN).format is Format.PLAIN


def test_a_line_end_is_a_terminator_not_data() -> None:
    assert reading("]C110ABC\r\n").facts.lot == "ABC"


@pytest.mark.parametrize("cut", range(3, len(LABEL)))
def test_a_truncated_label_is_refused_or_says_less(cut: int) -> None:
    outcome = read(LABEL[:cut], today=TODAY)
    whole = reading(LABEL)
    if isinstance(outcome, Reading):
        # Only the last element may be short, and only where its length is free.
        assert outcome.elements[:-1] == whole.elements[: len(outcome.elements) - 1]
        last, full = outcome.elements[-1], whole.elements[len(outcome.elements) - 1]
        assert last.identifier == full.identifier
        assert full.value.startswith(last.value)
    else:
        assert isinstance(outcome, Misread)


@given(st.integers(5, 18), st.sampled_from("0123456789"))
def test_a_flipped_digit_of_the_gtin_is_refused(place: int, digit: str) -> None:
    flipped = LABEL[:place] + digit + LABEL[place + 1 :]
    assert isinstance(read(flipped, today=TODAY), Reading) == (flipped == LABEL)


SAMPLES = (
    LABEL,
    f"01{GTIN}10ABC\x1d21SN9",
    "]e08110012345612345611110123101101230123456",
    f"]Q1https://example.com/01/{GTIN}/10/A%2FB?17=271130&x=y",
    "https://id.gs1.org/ARFKk4XB0CDKWcnpq",
    "[)>\x1e06\x1dPITEM\x1d1TLOT\x1dQ25\x1e\x04",
    "+A99912345/9901510XJ",
    "]E02112345678900|]e010LOT\x1d21S",
    "]C0..K.QTY.5.Y",
    "]A0-12345678",
    "&>0263652359",
)


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_damaged_barcode_never_yields_a_wrong_number(sample: str) -> None:
    """Cut at every place, and with every character changed: an answer always, and no GTIN whose check digit is wrong."""
    assert isinstance(read(sample, ASSUME, today=TODAY), Reading)
    cut = [sample[:place] for place in range(len(sample))]
    changed = [sample[:place] + sign + sample[place + 1 :] for place in range(len(sample)) for sign in "0Z%\x1d\x00\ud800٣"]
    for scan in cut + changed:
        outcome = read(scan, ASSUME, today=TODAY)
        assert outcome.scan == scan
        if isinstance(outcome, Reading) and outcome.facts.gtin:
            assert outcome.facts.gtin.isascii()
            assert mod10(outcome.facts.gtin[:-1]) == outcome.facts.gtin[-1]


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
BARCODE_TEXT = st.text(st.sampled_from("0123456789ABCabc+-/$%.()[]>=&\x1d\x1e\x04|^~ :?#"), max_size=60)
STARTS = st.sampled_from(
    ["", "]C1", "]d2", "]Q1", "]E0", "]E3", "]I1", "]C0", "]A0", "01", "..K.", "[)>", "+", "=", "-", "https://a/01/", "("]
)
SETTINGS = st.builds(ReaderSettings, st.booleans(), st.sampled_from([None, "|", "^", "]", "1"]), st.booleans())
DAYS = st.dates()


@given(STARTS, ANY_TEXT | BARCODE_TEXT, SETTINGS, DAYS)
def test_anything_gets_an_answer(start: str, text: str, settings: ReaderSettings, today: date) -> None:
    scan = start + text
    outcome: Outcome = read(scan, settings, today=today)
    assert outcome.scan == scan
    if isinstance(outcome, Misread):
        assert outcome.message
        assert outcome.position is None or 0 <= outcome.position <= len(scan)


@given(BARCODE_TEXT)
def test_elements_are_the_scan_and_nothing_else(text: str) -> None:
    outcome = read(f"]C1{text}", today=TODAY)
    if isinstance(outcome, Reading):
        told = "".join(f"{element.identifier}{element.value}" for element in outcome.elements)
        assert told == text.replace("\x1d", "")


def test_facts_of_a_label() -> None:
    facts = reading(f"]C101{GTIN}3102002500172711001127110110L1\x1d21S1\x1d3025\x1d400PO7").facts
    assert (facts.gtin, facts.lot, facts.serial, facts.order, facts.count) == (GTIN, "L1", "S1", "PO7", 25)
    assert (str(facts.quantity), facts.unit) == ("25.00", "kg")
    assert (facts.expires_on, facts.produced_on) == (date(2027, 11, 30), date(2027, 11, 1))
    assert facts.quantity == Decimal(25)
