"""Dead keys of many countries' layouts, as others recorded them: their barcodes may be scanned in any order."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli.main import main
from tests.corpora import cases
from traceability.barcodes import wedge

CASES: list[dict[str, Any]] = [case for case in cases("wedge_layouts.jsonl") if case["deadkey_scans"]]


def params(least: int) -> list[Any]:
    return [pytest.param(case, id=case["layout"]) for case in CASES if len(case["deadkey_scans"]) >= least]


@pytest.mark.parametrize("case", params(1))
def test_the_calibration_is_the_same_in_any_order(case: dict[str, Any], tmp_path: Path) -> None:
    baseline, *dead = (line.removesuffix("\r") for line in (case["baseline_received"], *case["deadkey_scans"]))
    expected = wedge.loads(json.dumps({"baseline_received": baseline, "deadkey_scans": dead}))
    assert isinstance(expected, wedge.Calibration)
    for order in (dead, dead[::-1], *itertools.islice(itertools.permutations(dead), 1, 4)):
        (tmp_path / "typed.txt").write_bytes("\n".join([baseline, *order]).encode())
        main(["calibrate", str(tmp_path / "typed.txt"), "-o", str(tmp_path / "dock.json")])
        assert wedge.loads((tmp_path / "dock.json").read_text()) == expected


@pytest.mark.parametrize("case", params(2))
def test_a_barcode_is_never_taken_for_another_keys(case: dict[str, Any]) -> None:
    first = wedge.calibrate(case["baseline_received"])
    assert isinstance(first, wedge.Calibration)
    theirs = dict(zip(first.untried, case["deadkey_scans"], strict=False))
    for sign, other in itertools.permutations(theirs, 2):
        assert not isinstance(wedge.calibrate(case["baseline_received"], {sign: theirs[other]}), wedge.Calibration)
