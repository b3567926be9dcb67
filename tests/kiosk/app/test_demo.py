"""The demo without a screen: a whole shift through real screens, devices and a server that is cut off; nothing is lost or counted twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.cli.main import main


@pytest.mark.slow
def test_a_whole_shift_without_hands(tmp_path: Path, qapp: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--headless", str(tmp_path)]) == 0
    assert "0 lost, 0 counted twice" in capsys.readouterr().out
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert (summary["lost"], summary["duplicates"], summary["parked"], summary["exceptions"]) == (0, 0, 0, 0)
    assert summary["acknowledged"] == summary["events"] > 20
    assert summary["by_kind"]["receipt"] == 9
    assert summary["pictures"] == len(list((tmp_path / "screens").glob("*.png"))) > 50
    assert summary["labels"] == len(list((tmp_path / "labels").glob("???.zpl"))) >= 10
    trace = json.loads((tmp_path / "trace.json").read_text())
    assert [(each["vendor"], each["quantity"]) for each in trace["received"]] == [("NWS", "25")] * 2
    assert trace["balance"]["unaccounted"] == "0"
