"""ZPL, rendered and decoded by software that is not ours: what is printed is what was meant, and nothing typed is a command."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.printing import make
from tests.labels.samples import COMMANDS, HOLD, LOT, LOT_SCAN, SAMPLES, laid_out, made, rendered, scans

_COMMAND = re.compile(rb"[\^~](..)")
_ALLOWED = {b"XA", b"XZ", b"CI", b"LH", b"PW", b"LL", b"FO", b"FR", b"A0", b"FH", b"FD", b"FS", b"GB", b"GF", b"BY", b"BC", b"BX", b"BQ"}


@pytest.mark.parametrize("media", ["100x50", "100x150", "57x32", "75x50", "receipt80"])
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_lot_label_scans_back_exactly(media: str, dpi: int) -> None:
    label = laid_out("lot", LOT, media, dpi)
    assert LOT_SCAN in scans(rendered(made("lot", LOT, "zpl", media, dpi), label))


def test_a_tall_lot_label_has_bars_for_scanners_without_a_camera() -> None:
    found = scans(rendered(made("lot", LOT, "zpl", "100x150"), laid_out("lot", LOT, "100x150")))
    assert found == {LOT_SCAN, "]C10109520123456788172711303102002500", "]C110NWS-240511-A\x1d21S1-000123"}


def test_short_facts_stand_in_one_row_of_bars() -> None:
    data = {"gtin": LOT["gtin"], "lot": "2711"}
    found = scans(rendered(made("lot", data, "zpl", "100x150"), laid_out("lot", data, "100x150")))
    assert found == {"]d20109520123456788102711", "]C10109520123456788102711"}


@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_every_template_scans_back_all_that_it_carries(template: str) -> None:
    label = laid_out(template, SAMPLES[template])
    found = {scan[3:] for scan in scans(rendered(made(template, SAMPLES[template], "zpl"), label))}
    assert found == {payload.text for payload in label.payloads}


_AWKWARD = [
    "A^XA~JA\\5E",
    "_1_2__",
    "_#@|$!%&*+=?{}",
    "a>b>:c",
    "{}[]|",
    "LOT 7, 2nd",
    "~~~~",
    "#@",
    "Äpfel 12",
    "品目",
    "x" * 64,
    "^",
    "\\",
    "_",
    ">",
    "10ABC",
]


@pytest.mark.parametrize("lot", _AWKWARD)
def test_awkward_lots_scan_back_verbatim(lot: str) -> None:
    data = {**LOT, "lot": lot}
    label = laid_out("lot", data, "100x150")
    (found,) = {scan[3:] for scan in scans(rendered(made("lot", data, "zpl", "100x150"), label)) if scan[1] == "d"}
    assert found == label.payloads[0].text
    assert dict(label.payloads[0].fields)["10" if label.payloads[0].gs1 else "1T"] == lot


_TYPED = st.text(st.characters(exclude_categories=()), min_size=1, max_size=30) | st.text(
    "^~\\_>:;,XAFDS{}\x1b\x1d", min_size=1, max_size=20
)


@given(lot=_TYPED, description=_TYPED, place=_TYPED, reason=_TYPED, serial=_TYPED)
def test_nothing_typed_becomes_a_command(lot: str, description: str, place: str, reason: str, serial: str) -> None:
    data = {**HOLD, "lot": lot, "description": description, "place": place, "reason": reason, "serial": serial}
    zpl = make("hold_tag", data, "zpl", "100x50")
    if isinstance(zpl, bytes):
        _assert_only_ours(zpl)
    else:
        assert zpl.words


@given(words=_TYPED)
def test_no_card_of_a_command_sheet_becomes_a_command(words: str) -> None:
    zpl = made("command_sheet", {"title": words, "cards": [{"command": "UNDO", "words": words}]}, "zpl")
    _assert_only_ours(zpl)


def _assert_only_ours(zpl: bytes) -> None:
    assert all(byte == 0x0A or 0x20 <= byte < 0x7F for byte in zpl)
    assert b"~" not in zpl
    commands = _COMMAND.findall(zpl)
    assert set(commands) <= _ALLOWED
    assert commands[0] == b"XA"
    assert commands[-1] == b"XZ"
    assert commands.count(b"XA") == commands.count(b"XZ") == 1
    assert commands.count(b"FD") + commands.count(b"GF") + commands.count(b"GB") == commands.count(b"FS")


def test_words_of_other_alphabets_are_drawn_and_ascii_is_the_printers_own() -> None:
    zpl = made("lot", {**LOT, "description": "Größe ½ µm"}, "zpl")
    assert zpl.count(b"^GF") == 1
    assert b"^FDNWS-240511-A^FS" in zpl


def test_copies_are_counted_by_the_printer() -> None:
    zpl = make("lot", LOT, "zpl", copies=3)
    assert isinstance(zpl, bytes)
    assert zpl.endswith(b"^PQ3^XZ\n")
    assert b"^PQ" not in made("lot", LOT, "zpl")


def test_a_command_sheet_falls_back_to_square_codes() -> None:
    found = scans(rendered(made("command_sheet", COMMANDS, "zpl"), laid_out("command_sheet", COMMANDS)))
    assert {scan[:3] for scan in found} == {"]C0", "]Q1"}
