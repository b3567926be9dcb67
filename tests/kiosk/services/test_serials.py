"""Items of which every piece has its own serial: each counts once, wherever it goes, and only while it is here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.store.rebuild import rebuild
from tests.kiosk.floor import ORDER, PLANT, STARCH, WORKER, Floor, bag, new_database
from traceability.refusals import Reason, Verdict
from traceability.serials import SerialState
from traceability.workflows.step import Ask

PUMP = "]d20109520123000035"
STARCH_ORDER = {"order": "WO-S", "item": "TABLET", "quantity": "1", "components": [{"item": "STARCH", "quantity": "50"}]}
CHANGES: dict[str, Any] = {
    "items": [
        *PLANT["items"],
        {
            "item": "PUMP",
            "gtin": "09520123000035",
            "description": "Pump",
            "unit": "ea",
            "serial_tracked": True,
            "label_on_receipt": "never",
        },
    ],
    "purchase_orders": [*PLANT["purchase_orders"], {"order": "PO-P", "vendor": "NWS", "lines": [{"item": "PUMP", "quantity": "10"}]}],
    "work_orders": [{"order": "WO-P", "item": "TABLET", "quantity": "1", "components": [{"item": "PUMP", "quantity": "5"}]}, STARCH_ORDER],
    "places": [{"place": "Dock 1"}, {"place": "OUT", "kind": "staging"}],
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_database(tmp_path_factory.mktemp("serials") / "db", **CHANGES)


@pytest.fixture
def floor(database: Path, tmp_path: Path) -> Iterator[Floor]:
    """Pumps P-1 and P-2 of lot L came in; a work order that wants pumps is open."""
    station = Floor(Path(shutil.copytree(database, tmp_path / "station")))
    station.scan(WORKER)
    station.scan("PO-P")
    for serial in ("P-1", "P-2"):
        assert station.scan(pump(serial)).said.verdict is Verdict.ACCEPTED
    station.press("mode:consume")
    station.scan("WO-P")
    yield station
    station.check()
    station.close()


def pump(serial: str, lot: str = "L") -> str:
    return f"{PUMP}10{lot}\x1d21{serial}"


def state(floor: Floor, serial: str) -> SerialState | None:
    known = floor.wired.store.book.serial("PUMP", serial)
    return known.state if known else None


def test_a_piece_is_used_once_and_its_event_names_it(floor: Floor) -> None:
    assert state(floor, "P-1") is SerialState.HERE
    assert floor.scan(pump("P-1")).said.verdict is Verdict.ACCEPTED
    assert floor.events("consumption")[0]["data"]["serials"] == ["P-1"]
    assert state(floor, "P-1") is SerialState.USED
    again = floor.scan(pump("P-1")).said
    assert (again.verdict, again.reason) == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED)
    floor.restart()
    floor.press("finish", "finish")
    floor.scan("WO-P")
    later = floor.scan(pump("P-1")).said
    assert (later.verdict, "counted_at" in later.about) == (Verdict.DUPLICATE, True)
    assert floor.scan(pump("P-2")).said.verdict is Verdict.ACCEPTED


def test_undone_it_is_here_again_and_the_journal_says_the_same(floor: Floor) -> None:
    floor.scan(pump("P-1"))
    rebuild(floor.wired.store.database)
    assert state(floor, "P-1") is SerialState.USED
    floor.press("undo")
    assert state(floor, "P-1") is SerialState.HERE
    rebuild(floor.wired.store.database)
    assert state(floor, "P-1") is SerialState.HERE
    assert floor.scan(pump("P-1")).said.verdict is Verdict.ACCEPTED


def test_a_piece_that_nobody_knows_is_asked_about(floor: Floor) -> None:
    asked = floor.scan(pump("P-9")).said
    assert (asked.verdict, asked.reason) == (Verdict.CHECK, Reason.SERIAL_UNKNOWN)
    floor.press("choose:confirm")
    (event,) = floor.events("consumption")
    assert (event["data"]["serials"], event["data"]["accepted_reasons"]) == (["P-9"], ["SERIAL_UNKNOWN"])


def test_a_label_without_its_serial_waits_for_it(floor: Floor) -> None:
    wanted = floor.scan(f"{PUMP}10L").said
    assert (wanted.verdict, wanted.ask) == (Verdict.ASK, Ask.SCAN_SERIAL)
    assert floor.events("consumption") == []
    assert floor.scan("]C121P-2").said.verdict is Verdict.ACCEPTED
    assert floor.events("consumption")[0]["data"]["serials"] == ["P-2"]


def test_a_serial_of_another_lot_is_refused(floor: Floor) -> None:
    floor.press("mode:receive")
    floor.scan("PO-P")
    floor.scan(pump("P-3", "OTHER"))
    floor.press("mode:consume")
    said = floor.scan(pump("P-3")).said
    assert (said.verdict, said.reason, said.about["like"]) == (Verdict.REJECTED, Reason.FACTS_CONFLICT, "OTHER")


def test_a_picked_piece_is_here_and_picked_once(floor: Floor) -> None:
    floor.press("finish", "finish", "mode:pick")
    floor.scan("WO-P")
    assert floor.scan(pump("P-1")).said.verdict is Verdict.ACCEPTED
    assert floor.events("pick")[0]["data"]["serials"] == ["P-1"]
    assert floor.scan(pump("P-1")).said.verdict is Verdict.DUPLICATE
    assert state(floor, "P-1") is SerialState.HERE


def test_a_label_whose_receipt_was_undone_is_void(floor: Floor) -> None:
    floor.press("finish", "finish", "mode:receive", "finish", "finish")
    floor.scan(ORDER)
    floor.scan(bag("A"))
    (container,) = floor.events("receipt")[-1]["data"]["containers"]
    floor.press("undo", "mode:pick")
    floor.scan("WO-S")
    said = floor.scan(f"{STARCH}10A\x1d21{container['serial']}").said
    assert (said.verdict, said.reason) == (Verdict.REJECTED, Reason.LABEL_VOID)
    assert floor.scan(container["serial"]).said.reason is Reason.LABEL_VOID  # its serial alone, as a small label carries it


def at(floor: Floor, mode: str, place: str | None = None) -> None:
    floor.press("finish", "finish", f"mode:{mode}")
    if place is not None:
        floor.scan(place)


def told(floor: Floor, serial: str, *answers: str) -> tuple[Verdict | None, Reason | None]:
    """What is said to a piece in the end, each question answered."""
    said = floor.scan(pump(serial), after=25).said
    for answer in answers:
        floor.clock.advance(2)
        said = floor.wired.station.choose(answer).said
    return said.verdict, said.reason


def test_a_piece_moves_as_often_as_it_stands_elsewhere(floor: Floor) -> None:
    at(floor, "move", "OUT")
    assert told(floor, "P-1") == (Verdict.ACCEPTED, None)
    assert told(floor, "P-1") == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED)
    floor.scan("Dock 1")
    assert told(floor, "P-1") == (Verdict.ACCEPTED, None)
    assert [(event["data"]["serials"], event["data"]["place"], event["data"]["to_place"]) for event in floor.events("move")] == [
        (["P-1"], "Dock 1", "OUT"),
        (["P-1"], "OUT", "Dock 1"),
    ]
    assert state(floor, "P-1") is SerialState.HERE


@pytest.mark.parametrize(("mode", "answers"), [("sample", ()), ("scrap", ("DAMAGED",)), ("return", ("vendor_return", "DAMAGED"))])
def test_a_piece_that_is_taken_away_is_gone_and_nothing_takes_it_twice(floor: Floor, mode: str, answers: tuple[str, ...]) -> None:
    at(floor, mode)
    assert told(floor, "P-1", *answers) == (Verdict.ACCEPTED, None)
    assert state(floor, "P-1") is SerialState.GONE
    floor.press("mode:scrap")
    assert told(floor, "P-1") == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED)
    floor.press("mode:move")
    floor.scan("OUT")
    assert told(floor, "P-1") == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED)
    (event,) = floor.events("sample", "scrap", "vendor_return")
    assert (event["data"]["serials"], event["data"]["base_quantity"]) == (["P-1"], "1")


def test_only_a_piece_that_left_comes_back_and_it_keeps_its_own_label(floor: Floor) -> None:
    at(floor, "return")
    assert told(floor, "P-1", "customer_return") == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED)
    assert told(floor, "P-1", "vendor_return", "DAMAGED") == (Verdict.ACCEPTED, None)
    assert floor.events("vendor_return")[0]["data"]["order"] == "PO-P"
    assert told(floor, "P-1", "customer_return", "COMPLAINT") == (Verdict.CHECK, Reason.LOT_SHORT), "no customer ever got it"
    floor.clock.advance(2)
    yes = floor.wired.station.press("confirm").said
    assert (yes.verdict, yes.reason) == (Verdict.ACCEPTED, None)
    (event,) = floor.events("customer_return")
    assert (event["data"]["serials"], event["data"]["containers"]) == (["P-1"], [])
    assert state(floor, "P-1") is SerialState.HERE


def test_a_look_up_asks_for_no_piece(floor: Floor) -> None:
    at(floor, "lookup")
    said = floor.scan(f"{PUMP}10L").said
    assert (said.verdict, said.ask, said.about["on_hand"]) == (Verdict.ASK, Ask.SCAN_LABEL, "2")
