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
