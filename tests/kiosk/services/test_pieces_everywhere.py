"""Pieces with a serial of their own where goods are counted, put right, split, made and given back: which pieces, and never one twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kiosk.store.rebuild import rebuild
from tests.kiosk.any_shift import rebuilt_alike, stock
from tests.kiosk.floor import PLANT, WORKER, Floor, new_database
from tests.kiosk.ledger import on_hand, pieces_here
from traceability.refusals import Reason, Verdict
from traceability.serials import SerialState
from traceability.workflows.step import Ask

PUMP, VALVE = "]d20109520123000035", "]d20109520123000042"
SITE = PLANT["site"]["name"]
PIECES: dict[str, Any] = {"description": "Pump", "unit": "ea", "serial_tracked": True}
CHANGES: dict[str, Any] = {
    "items": [
        *PLANT["items"],
        {"item": "PUMP", "gtin": "09520123000035", "label_on_receipt": "never", "lot_pattern": "P{yy}{jjj}-{n:03}", **PIECES},
        {"item": "VALVE", "gtin": "09520123000042", "lot_pattern": "V{yy}{jjj}-{n:03}", "consumption": "backflushed", **PIECES},
    ],
    "purchase_orders": [
        {"order": "PO-P", "vendor": "NWS", "lines": [{"item": "PUMP", "quantity": "10"}, {"item": "VALVE", "quantity": "10"}]},
    ],
    "work_orders": [
        {"order": "WO-P", "item": "TABLET", "quantity": "10", "components": [{"item": "PUMP", "quantity": "5"}]},
        {"order": "WO-V", "item": "VALVE", "quantity": "10"},
        {"order": "WO-M", "item": "PUMP", "quantity": "10"},
        {"order": "WO-B", "item": "TABLET", "quantity": "10", "components": [{"item": "VALVE", "quantity": "10"}]},
    ],
    "places": [{"place": "Dock 1"}, {"place": "OUT", "kind": "staging"}, {"place": "Rack 7"}],
    "lots": [{"item": "PUMP", "lot": "OLD", "assigned_by": "NWS", "on_hand": [{"place": "Rack 7", "quantity": "2"}]}],
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_database(tmp_path_factory.mktemp("pieces") / "db", **CHANGES)


@pytest.fixture
def floor(database: Path, tmp_path: Path) -> Iterator[Floor]:
    """Pumps P-1, P-2 and P-3 of lot L came in; when all is done the figures are those of a plain second book, and of the journal."""
    station = Floor(Path(shutil.copytree(database, tmp_path / "station")))
    station.scan(WORKER)
    station.scan("PO-P")
    for serial in ("P-1", "P-2", "P-3"):
        station.scan(pump(serial))
    station.press("finish", "finish")
    yield station
    events = live(station)
    assert stock(station) == on_hand({("PUMP", "OLD", "NWS", "Rack 7"): Decimal(2)}, events)
    for (item, serial), is_here in pieces_here(events).items():
        known = station.wired.store.book.serial(item, serial)
        assert known is not None
        assert (known.state is SerialState.HERE) == is_here, serial
    rebuilt_alike(station)
    station.check()
    station.close()


def live(floor: Floor) -> list[tuple[str, dict[str, Any]]]:
    undone = {event["data"]["corrects"] for event in floor.events("correction")}
    return [(event["kind"], event["data"]) for event in floor.events() if event["id"] not in undone]


def pump(serial: str, lot: str = "L", code: str = PUMP) -> str:
    return f"{code}10{lot}\x1d21{serial}"


def at(floor: Floor, mode: str, *scans: str) -> None:
    floor.press("finish", "finish", f"mode:{mode}")
    for scan in scans:
        floor.scan(scan, after=25)


def counted(floor: Floor, *serials: str) -> None:
    for serial in serials:
        floor.scan(pump(serial), after=25)


def state(floor: Floor, serial: str, item: str = "PUMP") -> tuple[SerialState, str] | None:
    known = floor.wired.store.book.serial(item, serial)
    return (known.state, known.place) if known else None


def data(floor: Floor, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = floor.events(kind)[-1]["data"]
    return found


def test_a_count_names_each_piece_and_a_second_reading_counts_nothing(floor: Floor) -> None:
    at(floor, "count", "Dock 1")
    assert floor.scan(f"{PUMP}10L").said.ask is Ask.SCAN_SERIAL
    floor.scan("]C121P-1")
    again = floor.scan(pump("P-1"), after=25).said
    assert (again.verdict, again.reason) == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED)
    counted(floor, "P-2", "P-3")
    floor.press("finish")
    count = data(floor, "count")
    assert [(each["serial"], each["found"], each["place"]) for each in count["pieces"]] == [
        ("P-1", True, "Dock 1"),
        ("P-2", True, "Dock 1"),
        ("P-3", True, "Dock 1"),
    ]
    assert (count["base_quantity"], count["difference"]) == ("3", "0")


def test_a_piece_that_is_missing_is_named_before_it_is_gone_and_comes_back_when_the_count_is_undone(floor: Floor) -> None:
    at(floor, "count", "Dock 1")
    counted(floor, "P-1", "P-3")
    floor.press("finish")
    said = floor.wired.station.seat.work.question
    assert said is not None
    assert (said.reason, said.about["lots"]) == (Reason.LOT_MISSING, "L (P-2)")
    floor.press("confirm", "confirm", "choose:recount")
    counted(floor, "P-1", "P-3")
    floor.press("finish", "confirm", "choose:CAUSE_UNKNOWN")
    assert state(floor, "P-2") == (SerialState.GONE, "Dock 1")
    assert data(floor, "count")["difference"] == "-1"
    rebuild(floor.wired.store.database)
    assert state(floor, "P-2") == (SerialState.GONE, "Dock 1")
    floor.press("undo")
    assert state(floor, "P-2") == (SerialState.HERE, "Dock 1")


def test_a_piece_that_the_books_have_elsewhere_leaves_there_and_nothing_is_wrong_by_one(floor: Floor) -> None:
    at(floor, "move", "Rack 7", pump("P-2"))
    at(floor, "count", "Dock 1")
    counted(floor, "P-1", "P-3")
    said = floor.scan(pump("P-2"), after=25).said
    assert (said.about["unlike"], said.about["other"]) == ("elsewhere", "Rack 7")
    floor.press("finish")
    moved, count = data(floor, "move"), data(floor, "count")
    assert (moved["why"], moved["serials"], moved["place"], moved["to_place"]) == ("FOUND_HERE", ["P-2"], "Rack 7", "Dock 1")
    assert (count["expected"], count["difference"]) == ("3", "0")
    assert stock(floor)["PUMP", "L", "NWS", "Dock 1"] == 3
    assert ("PUMP", "L", "NWS", "Rack 7") not in stock(floor)
    assert state(floor, "P-2") == (SerialState.HERE, "Dock 1")


def test_a_piece_that_was_used_up_and_one_that_nobody_knew_are_found_and_said(floor: Floor) -> None:
    at(floor, "consume", "WO-P", pump("P-3"))
    at(floor, "count", "Dock 1")
    counted(floor, "P-1", "P-2")
    assert floor.scan(pump("P-3"), after=25).said.about["unlike"] == "gone"
    assert floor.scan(pump("P-9"), after=25).said.about["unlike"] == "nowhere"
    floor.press("finish", "choose:recount")
    counted(floor, "P-1", "P-2", "P-3", "P-9")
    floor.press("finish", "choose:CAUSE_UNKNOWN")
    assert data(floor, "count")["difference"] == "2"
    assert [state(floor, each) for each in ("P-3", "P-9")] == [(SerialState.HERE, "Dock 1")] * 2
    assert {each["serial"]: each["place"] for each in data(floor, "count")["pieces"]} == {
        "P-1": "Dock 1",
        "P-2": "Dock 1",
        "P-3": "",
        "P-9": "",
    }


def test_pieces_that_came_without_a_serial_are_named_by_the_count_that_finds_them(floor: Floor) -> None:
    at(floor, "count", "Rack 7")
    for serial in ("O-1", "O-2"):
        floor.scan(pump(serial, "OLD"), after=25)
    floor.press("finish")
    assert data(floor, "count")["difference"] == "0"
    assert state(floor, "O-1") == (SerialState.HERE, "Rack 7")


def test_a_piece_of_another_lot_than_its_label_says_is_not_counted(floor: Floor) -> None:
    at(floor, "count", "Dock 1")
    said = floor.scan(pump("P-1", "OTHER"), after=25).said
    floor.press("confirm")
    assert said.reason is Reason.LOT_UNKNOWN or said.reason is Reason.FACTS_CONFLICT
    assert floor.wired.station.seat.work.tallies == ()


@pytest.mark.parametrize(
    ("serial", "lot", "amount", "difference", "after"),
    [
        ("P-1", "L", "0", "-1", SerialState.GONE),
        ("P-1", "L", "1", "0", SerialState.HERE),
        ("O-1", "OLD", "1", "0", SerialState.HERE),  # one of those that nobody had named
        ("P-8", "L", "1", "1", SerialState.HERE),  # each of the lot is known: this is one more
    ],
)
def test_a_figure_put_right_says_which_piece(floor: Floor, serial: str, lot: str, amount: str, difference: str, after: SerialState) -> None:
    before = stock(floor)
    at(floor, "adjust", *(("Rack 7",) if lot == "OLD" else ()))
    asked = floor.scan(pump(serial, lot), after=25).said
    if asked.reason is Reason.SERIAL_UNKNOWN:
        floor.press("confirm")
    assert floor.wired.station.give_quantity("2", None).said.reason is Reason.QUANTITY_INVALID
    floor.wired.station.give_quantity(amount, None)
    if difference != "0":
        floor.press("choose:WRONG_BOOKING")
    adjusted = data(floor, "adjustment")
    assert (adjusted["serials"], adjusted["difference"]) == ([serial], difference)
    known = state(floor, serial)
    assert known is not None
    assert known[0] is after
    floor.press("undo")
    assert stock(floor) == before


def test_a_piece_in_a_carton_is_put_right_there(floor: Floor) -> None:
    at(floor, "pack")
    floor.press("new_carton")
    floor.scan(pump("P-1"))
    at(floor, "adjust")
    said = floor.scan(pump("P-1"), after=25).said
    assert said.reason is Reason.CARTON_ELSEWHERE


def test_a_split_piece_gets_a_label_with_its_own_serial_and_stays_what_it_was(floor: Floor) -> None:
    at(floor, "split")
    assert floor.scan(f"{PUMP}10L", after=25).said.ask is Ask.SCAN_SERIAL
    said = floor.scan("]C121P-2").said
    assert said.verdict is Verdict.ACCEPTED
    split = data(floor, "split")
    assert (split["serials"], split["containers"], split["base_quantity"]) == (["P-2"], [], "1")
    assert [label.serial for label in labels(floor)] == ["P-2"]
    assert state(floor, "P-2") == (SerialState.HERE, "Dock 1")


def labels(floor: Floor) -> list[Any]:
    return [each.order for each in floor.wired.store.book.last_labels(20)]


def made(floor: Floor, order: str, amount: str | None = None) -> None:
    at(floor, "produce", order)
    if amount is not None:
        floor.wired.station.give_quantity(amount, None)


def test_each_piece_that_is_made_gets_a_number_of_ours_and_its_label_carries_it(floor: Floor) -> None:
    made(floor, "WO-V", "3")
    production = data(floor, "production")
    assert len(set(production["serials"])) == 3
    assert production["containers"] == []
    assert [label.serial for label in reversed(labels(floor))] == production["serials"]
    assert all(label.data["quantity"] == "1" and label.data["lot"] == production["lot"] for label in labels(floor))
    first = production["serials"][0]
    assert state(floor, first, "VALVE") == (SerialState.HERE, "Dock 1")
    floor.wired.station.give_quantity("2", None)
    assert not set(data(floor, "production")["serials"]) & set(production["serials"])


def test_a_piece_of_ours_is_used_once_by_its_label_and_one_that_was_never_made_is_void(floor: Floor) -> None:
    made(floor, "WO-V", "2")
    production = data(floor, "production")
    lot, (one, other) = production["lot"], production["serials"]
    at(floor, "consume", "WO-B")
    assert floor.scan(pump(one, lot, VALVE)).said.verdict is Verdict.ACCEPTED
    assert data(floor, "consumption")["serials"] == [one]
    assert floor.scan(pump(one, lot, VALVE), after=25).said.verdict is Verdict.DUPLICATE
    floor.press("undo")
    made(floor, "WO-V", "1")
    single = data(floor, "production")
    floor.press("undo")
    at(floor, "consume", "WO-B")
    said = floor.scan(pump(single["serials"][0], single["lot"], VALVE), after=25).said
    if said.reason is Reason.LOT_UNKNOWN:
        floor.press("confirm")
        said = floor.wired.station.said
    assert said.reason is Reason.LABEL_VOID
    assert state(floor, other, "VALVE") == (SerialState.HERE, "Dock 1")


def test_pieces_that_bring_their_own_serial_are_scanned_into_one_lot(floor: Floor) -> None:
    made(floor, "WO-M", "2")
    assert floor.events("production") == []  # each is scanned: the plant prints no labels for pumps
    floor.press("cancel")
    floor.scan(f"{PUMP}21M-1", after=25)
    floor.scan(f"{PUMP}21M-2", after=25)
    one, other = (event["data"] for event in floor.events("production"))
    assert ([*one["serials"], *other["serials"]], one["lot"] == other["lot"]) == (["M-1", "M-2"], True)
    assert labels(floor) == []
    again = floor.scan(f"{PUMP}21M-1", after=25).said
    assert (again.verdict, again.reason) == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED)
    known = floor.scan(pump("P-1"), after=25).said
    assert known.reason is Reason.ALREADY_COUNTED


def test_which_piece_is_waste_is_asked_and_it_is_gone(floor: Floor) -> None:
    made(floor, "WO-V", "2")
    one, other = data(floor, "production")["serials"]
    floor.press("scrap", f"choose:{one}", "choose:DAMAGED")
    scrap = data(floor, "scrap")
    assert (scrap["serials"], scrap["base_quantity"], scrap["order"]) == ([one], "1", "WO-V")
    assert state(floor, one, "VALVE") == (SerialState.GONE, "Dock 1")
    floor.press("scrap")
    question = floor.wired.station.seat.work.question
    assert question is not None
    assert [each.id for each in question.choices] == [other]
    floor.press("cancel", "undo")
    assert state(floor, one, "VALVE") == (SerialState.HERE, "Dock 1")


def test_a_piece_that_was_not_needed_goes_back_by_its_serial_and_may_be_used_again(floor: Floor) -> None:
    at(floor, "consume", "WO-P", pump("P-1"), pump("P-2"))
    floor.press("return", "choose:P-1")
    back = data(floor, "return_to_stock")
    assert (back["serials"], back["containers"], back["base_quantity"]) == (["P-1"], [], "1")
    assert state(floor, "P-1") == (SerialState.HERE, "Dock 1")
    assert floor.scan(pump("P-1"), after=25).said.verdict is Verdict.ACCEPTED
    floor.press("return")
    question = floor.wired.station.seat.work.question
    assert question is not None
    assert {each.id for each in question.choices} == {"P-1", "P-2"}


def test_a_piece_is_taken_from_where_it_stands(floor: Floor) -> None:
    at(floor, "move", "Rack 7", pump("P-2"))
    at(floor, "consume", "WO-P", pump("P-2"))
    assert data(floor, "consumption")["place"] == "Rack 7"
    assert stock(floor)["PUMP", "L", "NWS", "Dock 1"] == 2


def test_pieces_are_never_taken_by_the_recipe_and_never_mixed(floor: Floor) -> None:
    floor.press("mode:receive")
    floor.scan("PO-P")
    floor.scan(pump("V-1", "VL", VALVE))
    made(floor, "WO-B", "1")
    if floor.events("production"):
        assert data(floor, "production")["inputs"] == []
    at(floor, "produce")
    floor.press("mix")
    assert floor.scan(pump("V-1", "VL", VALVE), after=25).said.reason is Reason.NOT_EXPECTED_HERE


def test_a_piece_that_comes_in_gets_a_label_with_its_own_serial_and_is_no_container_beside(floor: Floor) -> None:
    floor.press("mode:receive")
    floor.scan("PO-P")
    floor.scan(pump("V-1", "VL", VALVE))
    received = data(floor, "receipt")
    assert (received["vendor_serial"], received["containers"]) == ("V-1", [])
    assert [label.serial for label in labels(floor)] == ["V-1"]
    at(floor, "consume", "WO-B")
    assert floor.scan(pump("V-1", "VL", VALVE), after=25).said.verdict is Verdict.ACCEPTED
    assert floor.scan(pump("V-1", "VL", VALVE), after=25).said.verdict is Verdict.DUPLICATE
