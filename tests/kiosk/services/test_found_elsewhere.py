"""A container met where the books do not have it: the work goes on with where it is, the figures follow, and it is on record."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.words import words_of
from tests.kiosk.any_shift import rebuilt_alike, stock
from tests.kiosk.floor import Floor, bag, new_database
from tests.kiosk.ledger import on_hand
from traceability.refusals import Reason, Verdict

ENGLISH = load_language(SOURCE)
CHANGES: dict[str, Any] = {
    "places": [{"place": "Dock 1"}, {"place": "Rack 7"}, {"place": "Rack 8"}, {"place": "CAGE", "kind": "quarantine"}],
    "work_orders": [
        {"order": "WO-S", "item": "TABLET", "quantity": "1", "components": [{"item": "STARCH", "quantity": "50"}]},
        {"order": "WO-T", "item": "TABLET", "quantity": "1", "components": [{"item": "STARCH", "quantity": "10"}]},
    ],
    "lots": [],
}


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    """A bag of S-9 came in; at the end the figures are those of a plain second book, and of the journal."""
    floor = Floor(new_database(tmp_path / "db", **CHANGES))
    floor.sign_in_and_open()
    floor.scan(bag("S-9"))
    floor.press("finish", "finish")
    yield floor
    undone = {event["data"]["corrects"] for event in floor.events("correction")}
    assert stock(floor) == on_hand({}, [(event["kind"], event["data"]) for event in floor.events() if event["id"] not in undone])
    rebuilt_alike(floor)
    floor.check()
    floor.close()


def label(floor: Floor) -> str:
    return str(floor.events("receipt")[0]["data"]["containers"][0]["serial"])


def stands(floor: Floor) -> tuple[str, Decimal]:
    container = floor.wired.store.book.container(label(floor))
    assert container is not None
    return container.place, container.quantity


def moved_to(floor: Floor, place: str) -> None:
    at(floor, "move", place, label(floor))


def at(floor: Floor, mode: str, *scans: str) -> None:
    floor.press("finish", "finish", f"mode:{mode}")
    for scan in scans:
        floor.scan(scan, after=25)


def rooms(floor: Floor) -> dict[str, Decimal]:
    return {place: amount for (_, _, _, place), amount in stock(floor).items()}


@pytest.mark.parametrize(("mode", "answers"), [("scrap", ("choose:DAMAGED",)), ("return", ("choose:vendor_return", "choose:DAMAGED"))])
def test_what_is_taken_in_a_place_that_was_scanned_is_taken_from_there(floor: Floor, mode: str, answers: tuple[str, ...]) -> None:
    if mode == "return":
        at(floor, mode)
    at(floor, mode, "Rack 8", label(floor))
    floor.press(*answers)
    moved, taken = floor.events("move")[-1]["data"], floor.events("scrap", "vendor_return")[-1]["data"]
    assert (moved["why"], moved["container"], moved["place"], moved["to_place"]) == ("FOUND_HERE", label(floor), "Dock 1", "Rack 8")
    assert (taken["place"], rooms(floor)) == ("Rack 8", {})
    floor.press("undo")
    assert (stands(floor), rooms(floor)) == (("Rack 8", 25), {"Rack 8": 25})
    floor.press("undo")
    assert (stands(floor), rooms(floor)) == (("Dock 1", 25), {"Dock 1": 25})


def test_a_figure_put_right_in_another_place_says_where_it_was_thought_to_be(floor: Floor) -> None:
    at(floor, "adjust", "Rack 8", label(floor))
    floor.wired.station.give_quantity("20", None)
    outcome = floor.wired.station.choose("WRONG_BOOKING")
    assert (outcome.said.verdict, outcome.said.about["other"]) == (Verdict.ACCEPTED, "Dock 1")
    assert words_of(outcome.said, ENGLISH).next == "Found here: the books had it in Dock 1"
    assert (stands(floor), rooms(floor)) == (("Rack 8", 20), {"Rack 8": 20})
    assert floor.events("adjustment")[0]["data"]["difference"] == "-5"


def test_where_the_books_are_right_nothing_is_moved(floor: Floor) -> None:
    at(floor, "scrap", "Dock 1", label(floor))
    floor.press("choose:DAMAGED")
    assert floor.events("move") == []


def test_what_is_left_of_a_bag_that_was_opened_here_stands_here(floor: Floor) -> None:
    moved_to(floor, "Rack 7")
    at(floor, "consume", "WO-T", label(floor))
    floor.press("to_go")
    used = floor.events("consumption")[0]["data"]
    assert (used["place"], used["base_quantity"], floor.events("move")[-1]["data"]["why"]) == ("Dock 1", "10", None)
    assert (stands(floor), rooms(floor)) == (("Dock 1", 15), {"Dock 1": 15})
    floor.press("undo")
    assert (stands(floor), rooms(floor)) == (("Dock 1", 25), {"Dock 1": 25})
    floor.press("undo")
    assert (stands(floor), rooms(floor)) == (("Rack 7", 25), {"Rack 7": 25})


def test_a_bag_from_elsewhere_that_is_used_whole_is_taken_from_there(floor: Floor) -> None:
    moved_to(floor, "Rack 7")
    at(floor, "consume", "WO-S", label(floor))
    assert (floor.events("consumption")[0]["data"]["place"], len(floor.events("move"))) == ("Rack 7", 1)
    assert rooms(floor) == {}


@pytest.mark.parametrize("mode", ["consume", "pack", "pick"])
def test_a_bag_that_should_be_kept_apart_is_asked_about(floor: Floor, mode: str) -> None:
    moved_to(floor, "CAGE")
    at(floor, mode, *(("WO-S",) if mode != "pack" else ()))
    if mode == "pack":
        floor.press("new_carton")
    asked = floor.scan(label(floor), after=25).said
    assert (asked.verdict, asked.reason, asked.about["other"]) == (Verdict.CHECK, Reason.NOT_EXPECTED_HERE, "CAGE")
    assert words_of(asked, ENGLISH).why == "By the books it is kept apart in CAGE"
    floor.press("cancel")
    assert floor.events("consumption", "packing", "pick") == []
    floor.scan(label(floor), after=25)
    floor.press("confirm", "choose:URGENT")
    (event,) = floor.events("consumption", "packing", "pick")
    assert event["data"]["accepted_reasons"] == ["NOT_EXPECTED_HERE"]


def test_a_used_up_bag_says_when_and_for_what(floor: Floor) -> None:
    at(floor, "consume", "WO-S", label(floor))
    said = floor.scan(label(floor), after=25).said
    assert (said.reason, said.about["went"]) == (Reason.ALREADY_COUNTED, "WO-S")
    assert words_of(said, ENGLISH).why.startswith("Used up for WO-S on ")
    at(floor, "scrap")
    assert floor.scan(label(floor), after=25).said.about["went"] == "WO-S"
