"""The demo without a screen: a whole shift through real screens, devices and a server that is cut off; nothing is lost or counted twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.cli.main import main

#: What the shift does of each kind; its scans that are refused, commands and papers are beside the point.
DONE = {
    "receipt": 9,
    "consumption": 5,
    "override": 1,
    "production": 2,
    "scrap": 1,
    "allocation": 1,
    "pick": 1,
    "packing": 2,
    "carton_opened": 3,
    "carton_loaded": 1,
    "carton_closed": 3,
    "hold": 1,
    "release": 1,
    "shipment": 2,
    "move": 2,
    "sample": 1,
    "count": 1,
    "attachment": 1,
    "label_reprinted": 1,
    "correction": 2,
}


@pytest.mark.slow
def test_a_whole_shift_without_hands(tmp_path: Path, qapp: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--headless", str(tmp_path)]) == 0
    assert "0 lost, 0 counted twice" in capsys.readouterr().out
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert (summary["lost"], summary["duplicates"], summary["parked"]) == (0, 0, 0)
    assert summary["acknowledged"] == summary["events"] > 80
    assert {kind: summary["by_kind"].get(kind) for kind in DONE} == DONE
    assert summary["exceptions"] == 0, summary["odd"]
    assert summary["pictures"] == len(list((tmp_path / "screens").glob("*.png"))) > 150
    assert summary["labels"] == len(list((tmp_path / "labels").glob("???.zpl"))) >= 18
    _reaches_the_customer(json.loads((tmp_path / "trace.json").read_text()))


def _reaches_the_customer(trace: dict[str, Any]) -> None:
    """The bags that came from the vendor went into the order, its tablets into cartons, and those to the pharmacy."""
    assert [(each["vendor"], each["quantity"]) for each in trace["received"]] == [("NWS", "25")] * 2
    assert trace["balance"]["unaccounted"] == "0"
    kinds = [node["kind"] for node in trace["nodes"]]
    assert {"vendor", "receipt", "lot", "work_order", "carton", "pallet", "shipment", "customer"} <= set(kinds)
    tablets = next(node["id"] for node in trace["nodes"] if node.get("item") == "FG-5000" and node["kind"] == "lot")
    edges = {(edge["from"], edge["to"]) for edge in trace["edges"]}
    assert ("lot:RM-2041/NWS-240817-A/NWS", tablets) in edges
    assert {(each["customer"], each["order"], each["quantity"]) for each in trace["shipped"]} == {
        ("PHARM", "SO-8001", "2000"),
        ("PHARM", "SO-8001", "1000"),
    }
    assert {each["lot"] for each in trace["shipped"]} == {tablets.split("/")[1]}
