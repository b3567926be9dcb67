"""The main job end to end: a station receives, a real server takes it over a network that comes and goes, a trace finds it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.demo.evidence import compare
from kiosk.app.demo.server_database import prepare
from kiosk.app.demo.server_process import ServerProcess
from kiosk.cli.main import main
from kiosk.presenters.views import QueueView
from kiosk.services.ports import Work
from tests.kiosk.floor import ORDER, STATION, SUPERVISOR, WORK_ORDER, WORKER, Floor, bag, plant, plant_file
from traceability.events import DocumentOpened
from traceability.workflows.step import Record

SYNC = ({"network": "up"}, {"sync": True})


@dataclass
class Town:
    """A server in a process of its own, and one station that is played from scripts."""

    folder: Path
    server: ServerProcess
    capsys: pytest.CaptureFixture[str]

    def play(self, *lines: dict[str, Any]) -> list[dict[str, Any]]:
        script = self.folder / "script.jsonl"
        script.write_text("\n".join(map(json.dumps, lines)))
        words = ["replay", "--plant", str(self.folder / "plant.json"), "--db", str(self.station), "--server", self.server.url]
        assert self.lotline(*words, "--token-file", str(self.folder / "station.token"), str(script)) == 0
        return [json.loads(line) for line in self.said().splitlines()]

    def lotline(self, *words: str) -> int:
        self.capsys.readouterr()
        return main(words)

    def said(self) -> str:
        return self.capsys.readouterr().out

    def trace(self, lot: str, item: str = "STARCH") -> dict[str, Any]:
        where = ("--server", self.server.url, "--token-file", str(self.folder / "reader.token"))
        assert self.lotline("trace", "--json", "--item", item, "--lot", lot, *where) == 0
        answer: dict[str, Any] = json.loads(self.said())
        return answer

    def queue(self) -> dict[str, Any]:
        assert self.lotline("queue", "--json", "--db", str(self.station)) == 0
        answer: dict[str, Any] = json.loads(self.said())
        return answer

    @property
    def station(self) -> Path:
        return self.folder / "station"

    def compare(self) -> tuple[int, int]:
        counted = compare(self.station / "station.db", self.server.directory / "server.db")
        return counted.lost, counted.duplicates


@pytest.fixture
def town(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Town]:
    server = ServerProcess(tmp_path / "server")
    server.directory.mkdir()
    plant_file(tmp_path)
    prepare(server.directory, plant(), STATION, tmp_path / "station.token", tmp_path / "reader.token")
    server.start()
    yield Town(tmp_path, server, capsys)
    server.stop()


@pytest.mark.slow
def test_receive_offline_send_when_the_server_is_back_and_trace(town: Town) -> None:
    first = town.play({"scan": WORKER}, {"scan": ORDER}, {"scan": bag("LOT-1")}, {"scan": "A\0B"}, {"scan": "X" * 9000}, *SYNC)
    assert first[-1]["sync"] == {"online": True, "pushed": 5, "parked": 0, "pulled": first[-1]["sync"]["pulled"], "words": None}
    (received,) = town.trace("LOT-1")["received"]
    assert (received["vendor"], received["order"], received["quantity"], received["unit"]) == ("NWS", ORDER, "25", "kg")

    town.server.cut()
    second = town.play({"scan": bag("LOT-2")}, {"press": "undo"}, {"scan": bag("LOT-3")}, *SYNC)
    assert [line["verdict"] for line in second[:3]] == ["ACCEPTED"] * 3
    assert second[-1]["sync"]["online"] is False
    assert "can't be reached" in second[-1]["sync"]["words"]
    assert (town.queue()["online"], town.queue()["waiting"]) == (False, 3)

    town.server.start()
    third = town.play(*SYNC, {"sync": True})
    assert [line["sync"]["pushed"] for line in third if "sync" in line] == [3, 0]
    assert (town.queue()["online"], town.queue()["waiting"], town.queue()["parked"]) == (True, 0, [])
    assert [each["quantity"] for each in town.trace("LOT-3")["on_hand"]] == ["25"]
    assert town.trace("LOT-2")["on_hand"] == []
    assert town.compare() == (0, 0)


@pytest.mark.slow
def test_what_the_server_would_not_take_stays_until_a_supervisor_settles_it(town: Town) -> None:
    town.play({"scan": WORKER}, {"scan": ORDER})
    _at_the_desk(town, _record_what_this_server_refuses)
    assert town.play({"scan": bag("LOT-1")}, *SYNC)[-1]["sync"]["parked"] == 1
    (parked,) = town.queue()["parked"]
    assert (parked["kind"], parked["tries"]) == ("document_opened", 1)
    assert "at most" in parked["words"]
    assert [each["quantity"] for each in town.trace("LOT-1")["on_hand"]] == ["25"]  # it held up nothing
    assert town.play(*SYNC)[-1]["sync"]["pushed"] == 0  # nor is it sent for ever

    _at_the_desk(town, _send_again)
    assert (town.queue()["waiting"], town.queue()["parked"]) == (3, [])  # with the change of hands at the desk
    town.play(*SYNC)
    assert [(each["id"], each["tries"]) for each in town.queue()["parked"]] == [(parked["id"], 2)]
    assert town.compare() == (0, 0)


@pytest.mark.slow
def test_what_was_made_is_traced_to_its_vendor_and_the_vendors_lot_to_what_was_made(town: Town) -> None:
    # The first meeting leases the lot numbers; after it the station makes lots offline.
    town.play({"scan": WORKER}, *SYNC, {"network": "down"}, {"scan": ORDER}, {"scan": bag("LOT-1")})
    town.play({"press": "mode:consume"}, {"scan": WORK_ORDER})
    town.play({"type": "LOT-1"}, {"quantity": "20", "unit": "kg"}, {"press": "mode:produce"}, {"scan": WORK_ORDER})
    played = town.play({"quantity": "250"}, {"restart": True}, *SYNC)
    (made,) = played[0]["recorded"]
    lot = played[0]["facts"]["lot"]
    forward = town.trace("LOT-1")
    assert {(each["item"], each["lot"], each["quantity"], each["sure"]) for each in forward["on_hand"]} == {
        ("STARCH", "LOT-1", "5", True),
        ("TABLET", lot, "250", True),
    }
    assert (forward["balance"]["consumed"], forward["balance"]["percent"]) == ("20", 100.0)
    back = town.trace(lot, "TABLET")
    assert [(each["vendor"], each["lot"]) for each in back["received"]] == [("NWS", "LOT-1")]
    assert {each["kind"] for each in back["nodes"]} == {"lot", "work_order", "receipt", "vendor"}
    assert ("20", "scanned", made["id"]) in {(each["quantity"], each["grade"], each["event"]) for each in back["edges"]}
    assert (back["balance"]["in"], back["balance"]["on_hand"], back["balance"]["percent"]) == ("250", "250", 100.0)

    town.play({"press": "undo"}, *SYNC)
    assert [each["item"] for each in town.trace("LOT-1")["on_hand"]] == ["STARCH"]
    assert town.compare() == (0, 0)


def _at_the_desk(town: Town, act: Callable[[Floor], None]) -> None:
    floor = Floor(town.station)
    act(floor)
    floor.check()
    floor.close()


def _record_what_this_server_refuses(floor: Floor) -> None:
    """An event of a later version, as it were: its number is longer than the server takes."""
    stamp = floor.wired.station._stamp(floor.clock.now())
    floor.wired.store.journal.commit(Work(stamp, (Record(DocumentOpened("receive", "9" * 200, "purchase_order")),)))


def _send_again(floor: Floor) -> None:
    floor.press("queue")
    floor.scan(SUPERVISOR)
    floor.press("queue")
    view = floor.desk.view()
    assert isinstance(view, QueueView)
    (row,) = (row for row in view.rows if "at most" in row.words)
    floor.press(row.action, "try_again")
