"""Keyboard scanners: set-ups that are wrong, computers that are foreign, and files that are damaged."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.barcodes.reading import Misread
from traceability.barcodes.wedge import Calibration, Case, calibrate, dumps, loads
from traceability.barcodes.wedge_card import BASELINE, dead_key_barcode
from traceability.refusals import Reason, Refusal

GERMAN = dict(zip("yzYZ-/;'[]=\"@#&^_:<>?()*", 'zyZYß-öäü+´Ä"§/&?Ö;:_)=(', strict=True))
DEAD = {"=": "´", "+": "`"}
COMPOSED = {"´e": "é", "´E": "É", "´a": "á", "`a": "à", "`E": "È"}
LOT = "]d1010952123454321310AB-7/y\x1d17271130"


def typed(text: str, layout: dict[str, str] | None = None, dead: dict[str, str] | None = None) -> str:
    """Return what a computer with dead keys makes of `text` when it tells nothing about them (as X11 and Qt do)."""
    out, waiting = "", ""
    for sign in text:
        key = (layout or {}).get(sign, sign)
        if waiting:
            joined = COMPOSED.get(waiting + key, waiting if key == " " else waiting + (dead or {}).get(sign, key))
            out, waiting = out + joined, ""
        elif dead and sign in dead:
            waiting = dead[sign]
        else:
            out += key
    return out + waiting


def calibrated(baseline: str, dead: dict[str, str] | None = None) -> Calibration:
    result = calibrate(baseline, dead)
    assert isinstance(result, Calibration), result
    return result


def test_a_scanner_that_types_as_it_reads_needs_no_translation() -> None:
    calibration = calibrated("]d1" + BASELINE + "\r")
    assert calibration == Calibration({}, separator="\x1d", aim="]", terminator="\r", scanner="US", host="US")
    assert calibration.translate(LOT + "\r") == LOT


def test_a_foreign_computer_with_dead_keys_that_it_does_not_tell() -> None:
    calibration = calibrated("]d1".replace("]", "+") + typed(BASELINE, GERMAN, DEAD))
    assert calibration.untried == "+="
    barcodes = {sign: "+d1" + typed(dead_key_barcode(sign), GERMAN, DEAD) for sign in calibration.untried}
    calibration = calibrated("]d1".replace("]", "+") + typed(BASELINE, GERMAN, DEAD), barcodes)
    assert (calibration.untried, calibration.composed["é"], calibration.host) == ("", "=e", "German")
    sent = LOT + "=e+a-y\x1d"
    assert calibration.translate(typed(sent, GERMAN, DEAD)) == sent


def test_a_letter_that_a_key_and_a_dead_key_both_make_is_not_guessed() -> None:
    layout, dead = {"2": "é", "é": "2"}, {"=": "´"}
    baseline = "]d1" + typed(BASELINE, layout, dead)
    calibration = calibrated(baseline, {"=": "]d1" + typed(dead_key_barcode("="), layout, dead)})
    assert calibration.unclear == "é"
    assert isinstance(calibration.translate("]d110é"), Misread)


def test_a_german_scanner_at_a_us_computer() -> None:
    back = {typed: sent for sent, typed in GERMAN.items() if len(typed) == 1 and ord(typed) < 127}
    calibration = calibrated("".join(back.get(sign, sign) for sign in "]d1" + BASELINE))
    assert (calibration.scanner, calibration.host) == ("German", "US")
    assert calibration.translate("".join(back.get(sign, sign) for sign in LOT)) == LOT


@pytest.mark.parametrize("sign", ["]", "^", "|", "@", "\x00", "\x1b", "~"])
def test_gs_that_arrives_as_another_sign(sign: str) -> None:
    calibration = calibrated("]d1" + BASELINE.replace("\x1d", sign) + "\r")
    assert calibration.separator == sign
    assert ("\x1d" in calibration.lost) is False
    assert calibration.translate("]d1" + LOT[3:].replace("\x1d", sign) + "\r") == LOT


@pytest.mark.parametrize("gone", ["", "029", "-", "A"])
def test_gs_that_can_not_be_told_is_lost_not_guessed(gone: str) -> None:
    calibration = calibrated("]d1" + BASELINE.replace("\x1d", gone))
    assert calibration.separator == ""
    assert "\x1d" in calibration.lost
    assert calibration.translate("]d110A-029") == "]d110A-029"


def test_caps_lock_is_put_right_and_told() -> None:
    calibration = calibrated(("]d1" + BASELINE).swapcase())
    assert calibration.case is Case.SWAPPED
    assert calibration.translate(LOT.swapcase()) == LOT


@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_letters_of_one_kind_only_are_not_guessed(change: Callable[[str], str]) -> None:
    calibration = calibrated("]" + change("d1" + BASELINE))
    assert calibration.case is Case.MERGED
    result = calibration.translate(change("]d110aB"))
    assert isinstance(result, Misread)
    assert result.reason is Reason.BARCODE_UNREADABLE
    assert calibration.translate("0109521234543213") == "0109521234543213"


def test_a_prefix_and_no_aim_identifier() -> None:
    calibration = calibrated("S1:" + BASELINE + "\t")
    assert (calibration.prefix, calibration.aim, calibration.terminator) == ("S1:", "", "\t")
    assert calibration.translate("S1:10A\t") == "10A"
    with_aim = calibrated("S1:]C1" + BASELINE)
    assert (with_aim.prefix, with_aim.aim) == ("S1:", "]")
    assert with_aim.translate("S1:]C110A") == "]C110A"


@pytest.mark.parametrize("other", ["", "  ", "0109521234543213", "]d1" + BASELINE[:-20], BASELINE.replace(" ", ""), " " * 9000])
def test_another_barcode_is_not_taken_for_the_card(other: str) -> None:
    assert isinstance(calibrate(other), Refusal)


@pytest.mark.parametrize("barcode", ["", "+d1", "+d1hello", "]d1" + dead_key_barcode("+")])
def test_another_barcode_is_not_taken_for_a_dead_keys(barcode: str) -> None:
    assert isinstance(calibrate("+d1" + typed(BASELINE, GERMAN, DEAD), {"=": barcode}), Refusal)
    assert isinstance(calibrate("+d1" + typed(BASELINE, GERMAN, DEAD), {"A": barcode}), Refusal)


def test_json_and_back() -> None:
    calibration = calibrated("+d1" + typed(BASELINE, GERMAN, DEAD) + "\r")
    assert loads(dumps(calibration)) == calibration


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", 2),
        ("case", "odd"),
        ("characters", {"ab": "c"}),
        ("characters", {"a": 1}),
        ("lost", None),
        ("marked", 1),
        ("host", 5),
        ("new", 1),
    ],
)
def test_a_damaged_file_is_refused(key: str, value: object) -> None:
    data = json.loads(dumps(calibrated("]d1" + BASELINE)))
    assert isinstance(loads(json.dumps(data | {key: value})), Refusal)


@pytest.mark.parametrize(
    "recording", [{"baseline_received": 5}, {"baseline_received": "x"}, {"baseline_received": BASELINE, "deadkey_scans": 3}]
)
def test_a_recording_that_is_none_is_refused(recording: dict[str, object]) -> None:
    assert isinstance(loads(json.dumps(recording)), Refusal)


@given(st.text(max_size=60))
def test_no_file_raises(text: str) -> None:
    assert isinstance(loads(text), Refusal)


@given(st.text(max_size=60), st.sampled_from(["]d1" + BASELINE, "+d1" + typed(BASELINE, GERMAN, DEAD), ("]d1" + BASELINE).upper()]))
def test_no_scan_raises(text: str, baseline: str) -> None:
    result = calibrated(baseline).translate(text)
    assert isinstance(result, str) or (result.position is not None and result.position < len(text))


@given(st.text(st.sampled_from("\0 ^`aA!\x1d]d1"), max_size=80))
def test_no_card_raises(text: str) -> None:
    for received in (text, "]d1" + BASELINE[: len(BASELINE) - 30] + text, text + BASELINE):
        assert isinstance(calibrate(received, {"^": text}), Calibration | Refusal)
