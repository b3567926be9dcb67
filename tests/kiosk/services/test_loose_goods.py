"""Loose goods are taken from where they lie: here, the only place that has them, or where a person says; never from nowhere unasked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk import any_shift
from tests.kiosk.any_shift import EVERYTHING, LINE, RACK, TANK, WORK_ORDER
from tests.kiosk.floor import STARCH, WORKER, Floor, bag, new_database
from tests.kiosk.ledger import taken_unasked
from traceability.lots import LotKey
from traceability.refusals import Reason, Verdict
from traceability.workflows.step import Ask
from traceability.workflows.working import Working

HERE = "Dock 1"


def floor_with(folder: Path, **places: dict[str, str]) -> Floor:
    """Each lot (its name's `_` is a `-`) lies so much in each place."""
    lots: list[dict[str, Any]] = [
        {
            "item": "STARCH",
            "lot": name.replace("_", "-"),
            "assigned_by": "NWS",
            "expires_on": "2028-03-31",
            "on_hand": [{"place": place, "quantity": amount} for place, amount in there.items()],
        }
        for name, there in places.items()
    ]
    floor = Floor(new_database(folder, **(EVERYTHING | {"lots": lots})))
    floor.scan(WORKER)
    return floor


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    """One lot lies on the rack only, one here and there, one on the rack and at the line, one in the tank."""
    floor = floor_with(
        tmp_path / "station",
        RACKED={RACK: "75"},
        BOTH={HERE: "10", RACK: "60"},
        SPREAD={RACK: "60", LINE: "60"},
        FLUID={TANK: "50", RACK: "50"},
    )
    yield floor
    assert taken_unasked(_opening(floor), floor.events()) == []
    any_shift.rebuilt_alike(floor)
    floor.check()
    floor.close()


def _opening(floor: Floor) -> dict[tuple[str, str, str, str], Decimal]:
    with floor.wired.store.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT item, code, assigned_by, place, opening FROM stock JOIN lots ON lots.id = stock.lot"
        ).all()
    return {(row[0], row[1], row[2], row[3]): Decimal(row[4]) for row in rows if row[4] != "0"}


def places(floor: Floor, lot: str) -> dict[str, Decimal]:
    return dict(floor.wired.store.book.places_of(LotKey("STARCH", lot, "NWS")))


def asked(floor: Floor) -> tuple[Ask, Reason | None, str]:
    work = floor.wired.station.seat.work
    assert isinstance(work, Working)
    assert work.question is not None
    return work.question.ask, work.question.reason, work.question.about["there"]


def consuming(floor: Floor) -> None:
    floor.press("mode:consume")
    floor.scan(WORK_ORDER)


def test_what_lies_in_one_place_only_is_taken_from_there(floor: Floor) -> None:
    consuming(floor)
    assert floor.scan(bag("RACKED")).said.verdict is Verdict.ACCEPTED
    assert (places(floor, "RACKED"), floor.events("consumption")[0]["data"]["place"]) == ({RACK: 50}, RACK)
    floor.press("undo")
    assert places(floor, "RACKED") == {RACK: 75}


@pytest.mark.parametrize("answer", ["choice", "scan", "typed"])
def test_where_it_lies_in_several_places_and_not_here_a_person_says_which(floor: Floor, answer: str) -> None:
    consuming(floor)
    said = floor.scan(bag("SPREAD")).said
    assert (said.verdict, said.reason, said.ask) == (Verdict.CHECK, Reason.LOT_SHORT, Ask.CHOOSE_PLACE)
    assert [each.id for each in said.choices] == [LINE, RACK, "cancel"]
    {"choice": floor.wired.station.choose, "scan": floor.scan, "typed": floor.wired.station.type}[answer](LINE)
    assert places(floor, "SPREAD") == {RACK: 60, LINE: 35}


def test_where_too_little_lies_here_it_is_asked_before_anything_goes_below_nothing(floor: Floor) -> None:
    consuming(floor)
    said = floor.scan(bag("BOTH")).said
    assert (said.verdict, said.reason, said.ask, said.about["there"]) == (Verdict.CHECK, Reason.LOT_SHORT, Ask.CHOOSE_PLACE, "10")
    floor.wired.station.choose(HERE)  # all of it from here: then the figure is wrong, and a person says so
    assert asked(floor) == (Ask.DECIDE, Reason.LOT_SHORT, "10")
    floor.press("confirm")
    assert places(floor, "BOTH") == {HERE: -15, RACK: 60}
    assert floor.events("consumption")[0]["data"]["accepted_reasons"] == ["LOT_SHORT"]


def test_another_quantity_answers_too(floor: Floor) -> None:
    consuming(floor)
    floor.scan(bag("BOTH"))
    floor.wired.station.give_quantity("10", None)
    assert places(floor, "BOTH") == {RACK: 60}


def test_cancelled_nothing_is_taken_and_every_scan_is_named(floor: Floor) -> None:
    consuming(floor)
    floor.scan(bag("SPREAD"))
    floor.press("cancel")
    assert (places(floor, "SPREAD"), floor.events("consumption")) == ({RACK: 60, LINE: 60}, [])


def test_a_vessel_that_is_loaded_gives_what_the_books_have_in_it(floor: Floor) -> None:
    consuming(floor)
    floor.scan(TANK)
    floor.scan(bag("FLUID"))
    assert places(floor, "FLUID") == {TANK: 25, RACK: 50}
    floor.scan(bag("RACKED"))  # nothing of it is in the tank: it is fetched from the rack, and loaded
    assert places(floor, "RACKED") == {RACK: 50}


def test_counted_anew_it_is_taken_from_the_same_place(floor: Floor) -> None:
    consuming(floor)
    floor.scan(bag("SPREAD"))
    floor.scan(LINE)
    floor.press("change_quantity", "key:5", "set")
    assert places(floor, "SPREAD") == {RACK: 60, LINE: 55}
    floor.press("undo")
    assert places(floor, "SPREAD") == {RACK: 60, LINE: 60}


@pytest.mark.parametrize("work", ["scrap", "sample"])
def test_scrap_and_samples_ask_alike(floor: Floor, work: str) -> None:
    floor.press(f"mode:{work}")
    floor.scan(f"{STARCH}310000002010BOTH")
    if work == "sample":
        floor.wired.station.give_quantity("20", None)
    assert asked(floor) == (Ask.CHOOSE_PLACE, Reason.LOT_SHORT, "10")
    floor.scan(RACK)
    floor.press("choose:DAMAGED")
    assert places(floor, "BOTH") == {HERE: 10, RACK: 40}


def test_a_scanned_place_decides_and_what_it_lacks_is_asked(floor: Floor) -> None:
    floor.press("mode:scrap")
    floor.scan(RACK)
    floor.scan(f"{STARCH}310000007010BOTH")
    assert asked(floor) == (Ask.DECIDE, Reason.LOT_SHORT, "60")


def test_what_is_packed_says_where_it_was_taken_from_so_that_no_place_ships_what_it_does_not_have(floor: Floor) -> None:
    floor.press("mode:pack", "new_carton")
    floor.scan(f"{STARCH}310000010010SPREAD")
    assert asked(floor) == (Ask.CHOOSE_PLACE, Reason.LOT_SHORT, "0")
    floor.press(f"choose:{RACK}")
    assert asked(floor) == (Ask.DECIDE, Reason.LOT_SHORT, "60")
    floor.wired.station.give_quantity("60", None)
    assert floor.events("packing")[0]["data"]["place"] == RACK
    assert floor.scan(f"{STARCH}310000006010RACKED").said.verdict is Verdict.ACCEPTED
    assert floor.events("packing")[1]["data"]["place"] == RACK
