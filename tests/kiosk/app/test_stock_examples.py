"""The example scripts of the stock works play through as their readers are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from config.plant import load_plant
from kiosk.app.replaying import Replay, ReplaySettings
from tests.corpora import ROOT

EXAMPLES = ROOT / "examples"


def played(tmp_path: Path, name: str) -> list[dict[str, Any]]:
    lines = (EXAMPLES / name).read_text(encoding="utf-8").splitlines()
    with Replay(load_plant(EXAMPLES / "plant.json"), ReplaySettings(tmp_path)) as replay:
        return [replay.play(number, line) for number, line in enumerate(lines, 1)]


def test_the_small_stock_works(tmp_path: Path) -> None:
    answers = played(tmp_path, "stock.jsonl")
    kinds = [event["kind"] for answer in answers for event in answer.get("recorded", ())]
    assert kinds == ["move", "correction", "scrap", "adjustment", "split", "vendor_return"]
    assert [label["quantity"] for answer in answers for label in answer["printed"]] == ["5", "5"]
    assert answers[-1]["facts"]["on_hand"] == "30"


def test_counting_blind(tmp_path: Path) -> None:
    answers = played(tmp_path, "count.jsonl")
    reasons = [answer["reason"] for answer in answers if answer.get("reason")]
    assert reasons == ["LOT_MISSING", "QUANTITY_MISSING", "LOT_MISSING", "FACTS_CONFLICT", "LOT_MISSING"]
    assert {event["kind"] for event in answers[-1]["recorded"]} == {"count"}
