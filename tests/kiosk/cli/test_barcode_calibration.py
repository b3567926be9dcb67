"""`lotline barcode --calibration FILE`: scans of a keyboard scanner whose layout is not the computer's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.cli.main import main
from traceability.barcodes.wedge_card import BASELINE

LOT = "]d20109521234543213" + "10AB-7" + "\x1d17271130"


def swapped(text: str) -> str:
    return text.translate(str.maketrans("yzYZ]-\x1d", "zyZY-]^"))


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "dock-3.json"
    path.write_text(json.dumps({"baseline_received": swapped("]d1" + BASELINE)}), "utf-8")
    return path


def test_a_scan_is_put_right_and_read(recording: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["barcode", "--json", "--today", "2026-11-21", "--calibration", str(recording), "--", swapped(LOT)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["scan"] == LOT
    assert told["facts"] == {"gtin": "09521234543213", "lot": "AB-7", "expires_on": "2027-11-30"}


def test_without_the_calibration_the_same_scan_is_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    main(["barcode", "--json", "--today", "2026-11-21", "--", swapped(LOT)])
    assert "lot" not in json.loads(capsys.readouterr().out)["facts"]


@pytest.mark.parametrize("text", ["", "[]", '{"version": 1}', '{"baseline_received": "hello"}', "\udcff"])
def test_a_file_that_is_no_calibration(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wrong.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert main(["barcode", "--calibration", str(path), "X"]) == 2
    assert "wrong.json" in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["barcode", "--calibration", str(tmp_path / "none.json"), "X"]) == 2
    assert "none.json" in capsys.readouterr().err
