"""Digital Link addresses: positions, extensions, writing and the compressed form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.barcodes import digital_link, digital_link_compressed
from traceability.barcodes.check_characters import CSET82, mod10
from traceability.barcodes.digital_link import LinkOptions
from traceability.barcodes.reading import Element, Misread, Reading

TODAY = date(2026, 11, 21)
GTIN = "09520123456788"
STEM = "https://id.gs1.org"
SEXTETS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
TEXT = st.text(st.sampled_from(CSET82), min_size=1, max_size=20)


def compressed_address(elements: Sequence[Element]) -> str:
    return f"https://id.gs1.org/{digital_link_compressed.pack(tuple(dict.fromkeys(elements)))}"


def read(text: str, options: LinkOptions = digital_link.DEFAULT) -> Reading | Misread:
    return digital_link.read(text, text, None, 0, TODAY, options)


def elements(outcome: Reading | Misread) -> dict[str, str]:
    assert isinstance(outcome, Reading), outcome
    return {element.identifier: element.value for element in outcome.elements}


@pytest.mark.parametrize(
    ("text", "marked", "position"),
    [
        (f"{STEM}/01/09520123456780", "(01)0952012345678|0|", 35),
        (f"{STEM}/01/9520123456780", "(01)0952012345678|0|", 34),  # a zero left out moves the place
        (f"{STEM}/01/{GTIN}/10/A%20B", "(10)A| |B", 41),
        (f"{STEM}/01/{GTIN}/10/%41%20B", "(10)A| |B", 43),
        (f"{STEM}/01/{GTIN}?17=271301", "(17)27|13|01", 42),
        (f"{STEM}/01/{GTIN}?99=A&99=B", f"{STEM}/01/{GTIN}?99=A&|99=B|", 42),
        (f"{STEM}/01/{GTIN}?17=%2", f"{STEM}/01/{GTIN}?17=|%2|", 40),
        ("https://vendor.example/products/4711", "https://vendor.example|/products/4711|", 22),
    ],
)
def test_an_error_marks_the_place_in_the_address(text: str, marked: str, position: int) -> None:
    outcome = read(text)
    assert isinstance(outcome, Misread)
    assert (outcome.marked.removeprefix("…"), outcome.position) == (marked[-len(outcome.marked.removeprefix("…")) :], position)


def test_other_query_words_are_kept_for_others() -> None:
    text = f"{STEM}/01/{GTIN}?linkType=all&17=271130&session"
    assert elements(read(text)) == {"01": GTIN, "17": "271130"}
    assert digital_link.extensions(text) == ("linkType=all", "session")
    assert digital_link.extensions("no address") == ()


def test_short_gtins_are_a_setting() -> None:
    assert elements(read(f"{STEM}/01/9520123456788"))["01"] == GTIN
    assert isinstance(read(f"{STEM}/01/9520123456788", LinkOptions(short_gtins=False)), Misread)


def sscc(digits: str) -> str:
    return digits + mod10(digits)


@given(TEXT, TEXT, TEXT, st.integers(0, 999999), st.booleans())
def test_what_is_written_is_read_back(variant: str, lot: str, serial: str, weight: int, compressed: bool) -> None:
    told = (
        Element("01", GTIN),
        Element("22", variant),
        Element("10", lot),
        Element("21", serial),
        Element("3103", f"{weight:06}"),
        Element("17", "271130"),
    )
    text = compressed_address(told) if compressed else digital_link.write(told)
    assert text is not None
    assert elements(read(text)) == {element.identifier: element.value for element in told}


@given(st.text(st.sampled_from("0123456789"), min_size=17, max_size=17), st.integers(1, 99999999))
def test_a_compressed_pallet(digits: str, count: int) -> None:
    told = (Element("00", sscc(digits)), Element("02", GTIN), Element("37", str(count)))
    text = compressed_address(told)
    assert text is not None
    assert elements(read(text)) == {element.identifier: element.value for element in told}


@pytest.mark.parametrize("value", ["0041", "abcdef", "ABC123", "a-Z_9", "A/1", "0"])
def test_every_encoding_keeps_the_text(value: str) -> None:
    packed = digital_link_compressed.pack([Element("01", GTIN), Element("10", value)])
    assert digital_link_compressed.unpack(packed) == (Element("01", GTIN), Element("10", value))


def test_the_example_that_gs1_prints() -> None:
    assert elements(read("https://id.gs1.org/ARFKk4XB0CDKWcnpq")) == {"01": "09506000134376", "10": "LOT01"}


def test_rows_of_ais_make_it_shorter() -> None:
    together = digital_link_compressed.pack([Element("01", GTIN), Element("10", "ABC")])
    assert len(together) < len(digital_link_compressed.pack([Element("01", GTIN)])) + len(
        digital_link_compressed.pack([Element("10", "ABC")])
    )


def test_the_longest_row_is_taken() -> None:
    told = (Element("01", GTIN), Element("10", "A"), Element("17", "271130"), Element("21", "B"))
    packed = digital_link_compressed.pack(told)
    assert packed.startswith("G")  # 1A, the row of all four, begins 000110
    assert set(digital_link_compressed.unpack(packed) or ()) == set(told)


def test_the_key_may_stand_uncompressed() -> None:
    segment = digital_link_compressed.pack([Element("10", "ABC"), Element("21", "9")])
    assert elements(read(f"{STEM}/stem/01/{GTIN}/{segment}?17=271130")) == {"01": GTIN, "10": "ABC", "21": "9", "17": "271130"}


def test_packed_words_of_others_are_passed_over() -> None:
    plain = digital_link_compressed.pack([Element("01", GTIN)])
    bits = "".join(f"{SEXTETS.index(sign):06b}" for sign in plain)
    # F, a name of one letter, text encoding 3, one letter.
    bits = bits[: 8 + 47] + "1111" + "0000001" + "000000" + "011" + "0000001" + "000001"
    bits += "0" * (-len(bits) % 6)
    segment = "".join(SEXTETS[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))
    assert digital_link_compressed.unpack(segment) == (Element("01", GTIN),)


def test_a_wrong_number_in_a_compressed_segment_is_refused() -> None:
    segment = digital_link_compressed.pack([Element("01", "09520123456780")])
    outcome = read(f"{STEM}/{segment}")
    assert isinstance(outcome, Misread)
    assert (outcome.marked, outcome.position) == ("(01)0952012345678|0|", len(STEM) + 1)


@given(st.text(st.sampled_from(SEXTETS), max_size=60))
def test_any_segment_gets_an_answer(segment: str) -> None:
    outcome = read(f"{STEM}/{segment}")
    if isinstance(outcome, Reading):
        assert outcome.elements


def test_what_fills_up_the_last_sextet_must_be_zeros() -> None:
    packed = digital_link_compressed.pack([Element("01", GTIN)])
    assert digital_link_compressed.unpack(packed) is not None
    last = SEXTETS.index(packed[-1])
    assert last % 2 == 0
    flipped = packed[:-1] + SEXTETS[last + 1]
    assert digital_link_compressed.unpack(flipped) is None


@pytest.mark.parametrize("length", range(1, 13))
def test_a_truncated_compressed_address_is_refused(length: int) -> None:
    packed = digital_link_compressed.pack([Element("01", GTIN), Element("21", "ABC")])
    assert len(packed) > length
    assert isinstance(read(f"{STEM}/{packed[:length]}"), Misread)


@pytest.mark.parametrize("text", ["https://a.example/products", "https://a.example/p/aBcDeFgHiJk", "https://youtu.be/dQw4w9WgXcQ", ""])
def test_other_addresses_are_no_compressed_links(text: str) -> None:
    assert isinstance(read(text), Misread)
