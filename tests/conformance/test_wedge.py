"""Keyboard scanners under the keyboard layouts of many countries, as others recorded them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.corpora import cases
from traceability.barcodes import wedge, wedge_card

CASES: list[dict[str, Any]] = cases("wedge_layouts.jsonl")
NAMED = {
    "UnitedKingdom": "UK", "German": "German", "French": "French", "BelgianPeriod": "Belgian", "Italian": "Italian", "Spanish": "Spanish",
    "Portuguese": "Portuguese", "Dutch": "Dutch", "Danish": "Danish", "Norwegian": "Norwegian", "Swedish": "Swedish or Finnish",
    "Estonian": "Estonian", "Icelandic": "Icelandic", "Polish214": "Polish (214)", "Czech": "Czech", "CzechQwerty": "Czech (QWERTY)",
    "Slovak": "Slovak", "Slovenian": "Slovenian or Croatian", "Hungarian": "Hungarian", "SwissGerman": "Swiss German", "Greek": "Greek",
    "SwissFrench": "Swiss French", "PolishProgrammers": "US", "SlovakQwerty": "Slovak (QWERTY)",
}  # fmt: skip

# The source forgets that @ arrives as " on these two; it does, in its own recordings.
MORE = {"SwissFrench": {'"': "@"}, "Luxembourgish": {'"': "@"}}


def calibrated(case: dict[str, Any]) -> wedge.Calibration:
    """Calibrate as a person does: the first barcode, then those for the dead keys that it showed, in their order."""
    recording = {"baseline_received": case["baseline_received"], "deadkey_scans": case["deadkey_scans"]}
    result = wedge.loads(json.dumps(recording))
    assert isinstance(result, wedge.Calibration), result
    return result


def told(calibration: wedge.Calibration, received: str) -> str:
    text = calibration.translate(received)
    assert isinstance(text, str), text
    return text


def params(known: bool) -> list[Any]:
    return [pytest.param(case, id=case["layout"]) for case in CASES if (case["expected_character_map"] is not None) is known]


@pytest.mark.parametrize("case", params(True))
def test_layout(case: dict[str, Any]) -> None:
    calibration = calibrated(case)
    accents = {accent: sent for accent, sent in calibration.dead.items() if accent != sent}
    assert accents | calibration.characters == case["expected_character_map"] | MORE.get(case["layout"], {})
    assert (case["expected_calibration"].get("deadKeysMap") or {}).items() <= (calibration.composed | calibration.dead).items()
    assert calibration.aim == case["expected_calibration"]["aimFlagCharacterSequence"]
    assert (calibration.prefix, calibration.terminator, calibration.case) == ("", "\r", wedge.Case.KEPT)
    assert wedge.loads(wedge.dumps(calibration)) == calibration


@pytest.mark.parametrize("case", params(True))
def test_every_sign_comes_back(case: dict[str, Any]) -> None:
    calibration = calibrated(case)
    card = wedge_card.arrival(case["baseline_received"])
    assert card is not None
    for sign in set(wedge_card.COMMON + wedge_card.OTHERS) - card.dead - set(calibration.lost):
        assert told(calibration, "x" + card.came[sign])[1:] == sign
    # Behind an accent, a second accent can't be told from a key that types it: those signs are left out.
    twins = {sent + calibration.characters.get(accent, "") for accent, sent in calibration.dead.items() if accent in calibration.characters}
    twins |= {told(calibration, "x" + card.came[sign])[1:] for sign in calibration.lost if sign in wedge_card.OTHERS}
    left_out = str.maketrans("", "", "".join(twins) + calibration.lost + "\0\x1c\x1d\x1e\x04")
    for sign, received in zip(sorted(calibration.dead.values()), case["deadkey_scans"], strict=True):
        arrived = told(calibration, received)
        assert arrived[:3] in ("]d1", "]d2")
        assert arrived[3:].translate(left_out) == wedge_card.dead_key_barcode(sign).translate(left_out)


@pytest.mark.parametrize("case", params(False))
def test_layout_without_a_verdict(case: dict[str, Any]) -> None:
    """The source expects nothing here: some of its barcodes are missing. What can't be told is said, and never guessed."""
    calibration = calibrated(case)
    assert calibration.untried or calibration.unclear or set(calibration.lost) & set(wedge_card.OTHERS)
    for sign in calibration.unclear:
        assert not isinstance(calibration.translate(sign), str)


def test_gs_is_seen_or_its_loss_is_told() -> None:
    seen = [case["layout"] for case in CASES if calibrated(case).separator]
    gone = [case["layout"] for case in CASES if "\x1d" in calibrated(case).lost]
    assert sorted(seen + gone) == sorted(case["layout"] for case in CASES)
    assert len(seen) > 60


@pytest.mark.parametrize("layout", NAMED)
def test_the_computers_layout_is_named(layout: str) -> None:
    calibration = calibrated(next(case for case in CASES if case["layout"] == layout))
    assert (calibration.scanner, calibration.host) == ("US", NAMED[layout])
