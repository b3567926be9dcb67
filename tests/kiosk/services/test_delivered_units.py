"""A vendor's SSCC that came in is found again: what it held, from whom, and where that is now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.floor import Floor, bag, new_database
from traceability.refusals import Reason, Verdict

PALLET = "395200010000000011"
CHANGES: dict[str, Any] = {"places": [{"place": "Dock 1"}, {"place": "Rack 7"}]}


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    """A delivered pallet with a bag of S-9 was scanned by its SSCC and its label."""
    floor = Floor(new_database(tmp_path / "db", **CHANGES))
    floor.sign_in_and_open()
    floor.scan(f"]C100{PALLET}", after=25)
    floor.scan(bag("S-9"))
    yield floor
    floor.check()
    floor.close()


def test_it_shows_what_it_held_and_where_that_is(floor: Floor) -> None:
    (receipt,) = [each["data"] for each in floor.events("receipt") if each["data"]["sscc"]]
    floor.press("mode:move")
    floor.scan("Rack 7")
    floor.scan(receipt["containers"][0]["serial"])
    floor.press("finish", "home", "mode:lookup")
    said = floor.scan(f"]C100{PALLET}", after=25).said
    assert (said.verdict, said.about["delivered"]) == (Verdict.ASK, PALLET)
    assert (said.about["lots"], said.about["vendors"], said.about["places"]) == ("S-9: 25 kg", "NWS", "S-9 Rack 7: 25")
    view = floor.desk.view()
    assert PALLET in view.document.number
    assert "NWS" in view.document.note


def test_what_is_used_up_is_said_so_and_an_unknown_one_stays_unknown(floor: Floor) -> None:
    (receipt,) = [each["data"] for each in floor.events("receipt") if each["data"]["sscc"]]
    floor.press("finish", "finish", "mode:scrap")
    floor.scan(receipt["containers"][0]["serial"])
    floor.press("choose:DAMAGED", "finish", "home", "mode:lookup")
    floor.restart()
    assert floor.scan(PALLET, after=25).said.about["places"] == ""
    assert floor.scan("395200010000000028", after=25).said.reason is Reason.CARTON_UNKNOWN


def test_a_receipt_that_was_undone_delivered_nothing(floor: Floor) -> None:
    floor.press("mode:receive", "undo", "finish", "finish", "mode:lookup")
    assert floor.scan(PALLET, after=25).said.reason is Reason.CARTON_UNKNOWN
