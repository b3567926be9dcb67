"""The example scripts play through as their readers are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.plant import load_plant
from kiosk.app.replaying import Replay, ReplaySettings
from tests.corpora import ROOT

EXAMPLES = ROOT / "examples"


def test_consuming(tmp_path: Path) -> None:
    lines = (EXAMPLES / "consume.jsonl").read_text(encoding="utf-8").splitlines()
    with Replay(load_plant(EXAMPLES / "plant.json"), ReplaySettings(tmp_path)) as replay:
        answers = [replay.play(number, line) for number, line in enumerate(lines, 1)]
    assert [(answer["verdict"], answer["reason"]) for answer in answers if answer["verdict"] not in (None, "ASK")] == [
        ("CHECK", "OLDER_LOT_FIRST"),
        ("ACCEPTED", None),
        ("CHECK", "QUANTITY_MISSING"),
        ("CHECK", "OVER_PLAN"),
        ("ACCEPTED", None),
        ("REJECTED", "ITEM_NOT_ON_ORDER"),
        ("STOP", "LOT_RECALLED"),
        ("CHECK", "QUANTITY_MISSING"),
        ("ACCEPTED", None),  # a bag of the older lot
        ("ACCEPTED", None),  # 4.5 kg of it back
        ("ACCEPTED", None),  # undone
        ("ACCEPTED", None),  # and the bag too
    ]
    kinds = [event["kind"] for answer in answers for event in answer.get("recorded", ())]
    assert kinds == ["consumption"] * 3 + ["return_to_stock", "correction", "correction"]
    assert [(label["lot"], label["quantity"]) for answer in answers for label in answer["printed"]] == [("A-1001", "4.5")]
    assert all(answer["words"]["next"] for answer in answers if answer["verdict"])


@pytest.mark.parametrize(("written", "taken"), [("0.1", ["0.1"]), ("1.5e0", ["1.5"]), ("1e999", [])])
def test_a_fraction_without_quotes_is_taken_as_it_is_written(tmp_path: Path, written: str, taken: list[str]) -> None:
    text = (EXAMPLES / "return.jsonl").read_text(encoding="utf-8").replace('"0.2"', written)
    with Replay(load_plant(EXAMPLES / "plant.json"), ReplaySettings(tmp_path)) as replay:
        answers = [replay.play(number, line) for number, line in enumerate(text.splitlines(), 1)]
    samples = [event["base_quantity"] for answer in answers for event in answer.get("recorded", ()) if event["kind"] == "sample"]
    assert samples == taken


def test_two_at_one_station(tmp_path: Path) -> None:
    lines = (EXAMPLES / "two-seats.jsonl").read_text(encoding="utf-8").splitlines()
    with Replay(load_plant(EXAMPLES / "plant.json"), ReplaySettings(tmp_path)) as replay:
        answers = [replay.play(number, line) for number, line in enumerate(lines, 1)]
    assert [(answer["verdict"], answer["reason"]) for answer in answers if answer["verdict"] not in (None, "ASK")] == [
        ("CHECK", "QUANTITY_MISSING"),
        ("STOP", "LOT_RECALLED"),  # at the second seat …
        ("ACCEPTED", None),  # … which does not stop the first
        ("STOP", "ACKNOWLEDGE_FIRST"),
        ("CHECK", "OLDER_LOT_FIRST"),
        ("ACCEPTED", None),
        ("CHECK", "OLDER_LOT_FIRST"),
        ("CHECK", "QUANTITY_MISSING"),
        ("CHECK", "OVER_PLAN"),  # the first seat's two bags count
        ("CHECK", "QUANTITY_MISSING"),
        ("ACCEPTED", None),
    ]
    assert next(answer["left_behind"] for answer in answers if answer.get("restart")) == 0


def test_picking(tmp_path: Path) -> None:
    lines = (EXAMPLES / "pick.jsonl").read_text(encoding="utf-8").splitlines()
    with Replay(load_plant(EXAMPLES / "plant.json"), ReplaySettings(tmp_path)) as replay:
        answers = [replay.play(number, line) for number, line in enumerate(lines, 1)]
    assert [(answer["verdict"], answer["reason"]) for answer in answers if answer["verdict"] not in (None, "ASK")] == [
        ("ACCEPTED", None),  # 25 kg of the oldest lot
        ("STOP", "LOT_RECALLED"),
        ("REJECTED", "ITEM_NOT_ON_ORDER"),
        ("CHECK", "QUANTITY_MISSING"),
        ("CHECK", "OVER_PLAN"),
        ("ACCEPTED", None),
        ("ACCEPTED", None),  # undone
        ("CHECK", "QUANTITY_MISSING"),
        ("ACCEPTED", None),
    ]
    recorded = [event for answer in answers for event in answer.get("recorded", ())]
    assert [event["kind"] for event in recorded] == ["allocation", "pick", "pick", "correction", "pick", "allocation"]
    first, again = (event for event in recorded if event["kind"] == "allocation")
    assert [(each["lot"], each["base_quantity"]) for each in first["lots"]] == [("A-1001", "50"), ("A-1002", "25"), ("L-20", "10")]
    assert [(each["lot"], each["base_quantity"]) for each in again["lots"]] == [
        ("A-1001", "25"),
        ("A-1002", "25"),
    ]  # what is still to be fetched
    assert {event["to_place"] for event in recorded if event["kind"] == "pick"} == {"Feed 1"}


def test_producing(tmp_path: Path) -> None:
    lines = (EXAMPLES / "produce.jsonl").read_text(encoding="utf-8").splitlines()
    with Replay(load_plant(EXAMPLES / "plant.json"), ReplaySettings(tmp_path)) as replay:
        answers = [replay.play(number, line) for number, line in enumerate(lines, 1)]
    assert [(answer["verdict"], answer["reason"]) for answer in answers if answer["verdict"] not in (None, "ASK")] == [
        ("ACCEPTED", None),  # a bag of starch for the order
        ("CHECK", "QUANTITY_MISSING"),
        ("ACCEPTED", None),  # lactose for it
        ("ACCEPTED", None),  # two boxes of tablets, the bottles by the recipe
        ("CHECK", "QUANTITY_MISSING"),
        ("ACCEPTED", None),  # dust comes out beside
        ("CHECK", "OVER_PLAN"),
        ("ACCEPTED", None),  # only what is planned
        ("ACCEPTED", None),  # undone
        ("ACCEPTED", None),  # one more box of the first lot
        ("ACCEPTED", None),  # 25 of it are scrap
        ("CHECK", "OLDER_LOT_FIRST"),
        ("ACCEPTED", None),  # two bags are repacked under a number of our own
    ]
    recorded = [event for answer in answers for event in answer.get("recorded", ())]
    kinds = ["consumption", "consumption", "production", "production", "production", "correction", "production", "scrap", "production"]
    assert [event["kind"] for event in recorded] == kinds
    tablets = ["T26325-0010"] * 2
    assert [label["lot"] for answer in answers for label in answer["printed"]] == [
        *tablets,
        "20261121-LINE1-0002",
        "T26325-003W",
        "T26325-0010",
        "20261121-LINE1-0004",
    ]
    assert all(answer["words"]["next"] for answer in answers if answer["verdict"])


def test_quality(tmp_path: Path) -> None:
    lines = (EXAMPLES / "quality.jsonl").read_text(encoding="utf-8").splitlines()
    with Replay(load_plant(EXAMPLES / "plant.json"), ReplaySettings(tmp_path)) as replay:
        answers = [replay.play(number, line) for number, line in enumerate(lines, 1)]
    assert [(answer["verdict"], answer["reason"]) for answer in answers if answer["verdict"] not in (None, "ASK")] == [
        ("ACCEPTED", None),  # on hold
        ("REJECTED", "NOT_ALLOWED"),  # only quality releases
        ("ACCEPTED", None),  # out of its limits, so on hold …
        ("ACCEPTED", None),  # … which is undone
        ("REJECTED", "LOT_ON_HOLD"),
        ("CHECK", "QUANTITY_MISSING"),
        ("ACCEPTED", None),
        ("ACCEPTED", None),  # what went into the order is on hold
        ("ACCEPTED", None),  # released
        ("REJECTED", "LOT_UNKNOWN"),  # nothing came in yesterday
        ("ACCEPTED", None),  # the order is on hold no more, and what went into it neither
    ]
    kinds = [event["kind"] for answer in answers for event in answer.get("recorded", ())]
    assert kinds == ["hold", "qc_result", "correction", "consumption", "hold", "scope_hold", *["release"] * 2, "scope_release"]
    assert [label["template"] for answer in answers for label in answer["printed"]] == ["hold_tag"] * 3


def test_loading_the_line(tmp_path: Path) -> None:
    lines = (EXAMPLES / "line.jsonl").read_text(encoding="utf-8").splitlines()
    with Replay(load_plant(EXAMPLES / "plant.json"), ReplaySettings(tmp_path)) as replay:
        answers = [replay.play(number, line) for number, line in enumerate(lines, 1)]
    recorded = [event for answer in answers for event in answer.get("recorded", ())]
    loaded = [(event["place"], event["lot"], event["order"]) for event in recorded if event["kind"] == "line_loaded"]
    assert loaded == [("Hopper 1", "A-1001", "WO-7002"), ("Hopper 1", "A-1002", "WO-7001"), ("Tank 3", "L-20", "WO-7001")]
    possible = [
        [each["lot"] for each in event["inputs"] if each["grade"] == "possible"] for event in recorded if event["kind"] == "production"
    ]
    # The rest of the lot before, of another order, may be in what was begun within half an hour.
    assert ["A-1001" in lots for lots in possible] == [True, True, False]
    assert [event["kind"] for event in recorded][-2:] == ["line_cleared", "clean_out"]


def _played(tmp_path: Path, name: str) -> list[tuple[str, str | None, list[str]]]:
    lines = (EXAMPLES / name).read_text(encoding="utf-8").splitlines()
    with Replay(load_plant(EXAMPLES / "plant.json"), ReplaySettings(tmp_path)) as replay:
        answers = [replay.play(number, line) for number, line in enumerate(lines, 1)]
    assert all(answer["words"]["next"] for answer in answers if answer["verdict"])
    counted = [answer for answer in answers if answer["verdict"] not in (None, "ASK")]
    return [(each["verdict"], each["reason"], [event["kind"] for event in each["recorded"]]) for each in counted]


def test_packing(tmp_path: Path) -> None:
    assert _played(tmp_path, "pack.jsonl") == [
        ("ACCEPTED", None, ["carton_opened"]),
        ("CHECK", "QUANTITY_MISSING", []),
        ("ACCEPTED", None, ["packing"]),
        ("STOP", "LOT_RECALLED", []),
        ("REJECTED", "ITEM_NOT_ON_ORDER", []),
        ("ACCEPTED", None, ["carton_closed"]),
        ("ACCEPTED", None, ["carton_opened"]),  # a pallet
        ("ACCEPTED", None, ["carton_loaded"]),
        ("ACCEPTED", None, ["packing"]),  # a bag straight onto it
        ("ACCEPTED", None, ["carton_closed"]),
        ("ACCEPTED", None, ["correction"]),
        ("ACCEPTED", None, ["unpacking"]),
        ("ACCEPTED", None, ["correction"]),
        ("ACCEPTED", None, ["carton_closed"]),
    ]


def test_shipping(tmp_path: Path) -> None:
    packing = [["carton_opened"], [], ["packing"], ["carton_closed"], ["carton_opened"], ["packing"]]
    played = _played(tmp_path, "ship.jsonl")
    assert [kinds for _, _, kinds in played[:6]] == packing
    assert played[6:] == [
        ("ACCEPTED", None, ["shipment"]),
        ("REJECTED", "CARTON_OPEN", []),
        ("REJECTED", "NOT_EXPECTED_HERE", []),  # loose goods
        ("ACCEPTED", None, ["correction"]),
        ("ACCEPTED", None, ["shipment"]),
        ("STOP", "WRONG_CUSTOMER", []),
    ]


def test_receiving(tmp_path: Path) -> None:
    assert _played(tmp_path, "receive.jsonl") == [
        ("ACCEPTED", None, ["receipt"]),
        ("DUPLICATE", "ALREADY_COUNTED", []),  # the scanner read it twice
        ("ACCEPTED", None, ["receipt"]),  # the next bag
        ("CHECK", "QUANTITY_MISSING", []),  # of a label in two halves
        ("CHECK", "OVER_RECEIPT", []),
        ("ACCEPTED", None, ["receipt"]),  # after a power cut, as much as was ordered
        ("STOP", "LOT_RECALLED", []),
        ("STOP", "ACKNOWLEDGE_FIRST", []),
        ("REJECTED", "BARCODE_INVALID", []),
        ("ACCEPTED", None, ["correction"]),
        ("ACCEPTED", None, ["receipt"]),  # without paper in the printer
    ]


def test_an_override(tmp_path: Path) -> None:
    lines = (EXAMPLES / "override.jsonl").read_text(encoding="utf-8").splitlines()
    with Replay(load_plant(EXAMPLES / "plant.json"), ReplaySettings(tmp_path)) as replay:
        answers = [replay.play(number, line) for number, line in enumerate(lines, 1)]
    assert [(answer["verdict"], answer["reason"]) for answer in answers if answer["verdict"] not in (None, "ASK")] == [
        ("CHECK", "OLDER_LOT_FIRST"),
        ("REJECTED", "SAME_PERSON"),
        ("REJECTED", "PIN_WRONG"),
        ("CHECK", "QUANTITY_MISSING"),
        ("ACCEPTED", None),
    ]
    assert [answer["ask"] for answer in answers if str(answer.get("ask")).startswith(("OVERRIDE", "CHOOSE_REASON"))] == [
        "OVERRIDE_BADGE",
        "OVERRIDE_BADGE",  # one's own
        "OVERRIDE_PIN",
        "OVERRIDE_PIN",  # the wrong one
        "CHOOSE_REASON",
        "OVERRIDE_PIN",  # after the power cut who proved it proves it again
        "CHOOSE_REASON",
    ]
    used = [event for answer in answers for event in answer.get("recorded", ())]
    assert [(each["lot"], each["base_quantity"], each["accepted_reasons"]) for each in used] == [("Y-2", "5", ["OLDER_LOT_FIRST"])]


def test_the_gate_offline(tmp_path: Path) -> None:
    assert _played(tmp_path, "gate.jsonl") == [
        ("CHECK", "QUANTITY_MISSING", []),
        ("ACCEPTED", None, ["consumption"]),
        ("ACCEPTED", None, ["production"]),
        ("ACCEPTED", None, ["carton_opened"]),
        ("CHECK", "QUANTITY_MISSING", []),
        ("ACCEPTED", None, ["packing"]),
        ("ACCEPTED", None, ["carton_closed"]),
        ("ACCEPTED", None, ["hold"]),
        ("STOP", "ANCESTOR_ON_HOLD", []),
        ("STOP", "ACKNOWLEDGE_FIRST", []),
        ("ACCEPTED", None, ["release"]),
        ("ACCEPTED", None, ["shipment"]),
    ]


def test_goods_come_back(tmp_path: Path) -> None:
    played = _played(tmp_path, "return.jsonl")
    assert [kinds for _, _, kinds in played if kinds][3:] == [["shipment"], ["customer_return"], ["sample"]]


def test_every_script_is_told_of() -> None:
    told = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [each.name for each in EXAMPLES.glob("*.jsonl") if f"| `{each.name}` |" not in told] == []


def test_looking_up_and_printing_again(tmp_path: Path) -> None:
    lines = (EXAMPLES / "lookup.jsonl").read_text(encoding="utf-8").splitlines()
    with Replay(load_plant(EXAMPLES / "plant.json"), ReplaySettings(tmp_path)) as replay:
        answers = [replay.play(number, line) for number, line in enumerate(lines, 1)]
    assert [(answer["verdict"], answer["reason"]) for answer in answers if answer["verdict"] not in (None, "ASK")] == [
        ("ACCEPTED", None),
        ("REJECTED", "LOT_UNKNOWN"),
        ("REJECTED", "LABEL_UNKNOWN"),
        ("ACCEPTED", None),
    ]
    (card,) = (answer["facts"] for answer in answers if answer.get("facts", {}).get("places"))
    assert (card["lot"], card["on_hand"], card["places"], card["vendors"], card["may"]) == ("L-77", "25", "Line 1: 25", "NWS", "use")
    first, again = (label for answer in answers for label in answer["printed"])
    assert (first["reprint"], again["reprint"]) == (False, True)
    assert (first["lot"], first["serial"]) == (again["lot"], again["serial"]) == ("L-77", first["serial"])
    assert [event["kind"] for answer in answers for event in answer.get("recorded", ())] == ["receipt", "label_reprinted"]
