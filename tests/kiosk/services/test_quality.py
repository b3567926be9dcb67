"""Hold, release and test lots on a real database: what a worker may, what only quality may, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.views import ChoiceView, Keypad, ReadyHero, ReceiveView, VerdictHero
from kiosk.presenters.words import words_of
from kiosk.store.rebuild import rebuild
from tests.kiosk.floor import ORDER, WORK_ORDER, WORKER, Floor, bag, new_database
from tests.kiosk.services.test_stopped_lots import commit
from tests.kiosk.store.test_taints import made
from traceability.lots import Disposition, LotKey
from traceability.refusals import Reason, Verdict
from traceability.workflows.inspecting import Inspecting

FIRST, SECOND = "B-3001", "B-3002"  # both of quality
PEOPLE = [
    {"badge": WORKER, "name": "M. Alvarez", "roles": ["worker"]},
    {"badge": FIRST, "name": "Q. One", "roles": ["worker", "quality"]},
    {"badge": SECOND, "name": "Q. Two", "roles": ["quality"]},
]
TESTS = [
    {"test": "Moisture", "item": "STARCH", "unit": "%", "high": "14"},
    {"test": "pH", "item": "STARCH", "low": "4.5", "high": "7"},
    {"test": "Other item's", "item": "BOTTLE"},
]
REASONS = [{"code": "METAL", "words": "Metal found", "for": "hold"}]


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    """LOT-1 and LOT-2 came in on one order; quality's work is open."""
    floor = Floor(new_database(tmp_path / "station", operators=PEOPLE, tests=TESTS, reasons=REASONS))
    floor.scan(WORKER)
    floor.press("mode:receive")
    floor.scan(ORDER)
    floor.scan(bag("LOT-1"))
    floor.scan(bag("LOT-2"))
    floor.press("finish", "finish", "home", "mode:quality")
    assert isinstance(floor.wired.station.seat.work, Inspecting)
    yield floor
    floor.check()
    before = {lot: stands(floor, lot) for lot in ("LOT-1", "LOT-2")}
    rebuild(floor.wired.store.database)
    assert {lot: stands(floor, lot) for lot in ("LOT-1", "LOT-2")} == before
    floor.close()


def stands(floor: Floor, lot: str) -> Disposition:
    found = floor.wired.store.book.lot(LotKey("STARCH", lot, "NWS"))
    assert found is not None
    return found.disposition


def hero(floor: Floor) -> VerdictHero:
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.hero, VerdictHero)
    return view.hero


def tiles(floor: Floor) -> list[str]:
    view = floor.desk.view()
    assert isinstance(view, ChoiceView)
    return [each.words for each in view.tiles]


def tags(floor: Floor) -> list[dict[str, str]]:
    return [job.order.data for job in floor.wired.store.prints.waiting(100) if job.order.template == "hold_tag"]


def hold(floor: Floor, lot: str = "LOT-1") -> None:
    floor.scan(bag(lot))
    floor.press("choose:hold", "choose:METAL")


def data(floor: Floor, kind: str) -> list[dict[str, Any]]:
    return [event["data"] for event in floor.events(kind)]


def test_anybody_holds_a_lot_with_a_reason_and_a_tag(floor: Floor) -> None:
    said = floor.scan(bag("LOT-1")).said
    assert (said.verdict, said.about["stands"]) == (Verdict.ASK, "available")
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    assert [each.action for each in view.actions] == ["choose:hold", "choose:test", "cancel"]
    floor.press("choose:hold")
    assert tiles(floor) == ["Metal found"]
    floor.press("choose:METAL")
    assert (hero(floor).word, stands(floor, "LOT-1")) == ("ACCEPTED", Disposition.HOLD)
    (held,) = floor.events("hold")
    assert (held["data"]["why"], held["data"]["basis"], len(held["scans"])) == ("METAL", "lot", 1)
    (tag,) = tags(floor)
    assert (tag["lot"], tag["reason"], tag["held_by"]) == ("LOT-1", "Metal found", "M. Alvarez")


def test_what_was_made_from_it_is_stopped_at_once_and_free_after_the_release(floor: Floor) -> None:
    commit(floor, replace(made("MIX-1", "LOT-1"), item="STARCH", assigned_by="NWS"))  # of FLOUR: another lot than ours
    hold(floor)
    floor.press("home", "mode:consume")
    floor.scan(WORK_ORDER)
    assert floor.scan(bag("LOT-1")).said.reason is Reason.LOT_ON_HOLD
    floor.press("set_aside", "home", "mode:quality")
    floor.scan(FIRST)
    floor.scan(bag("LOT-1"))
    floor.press("choose:release", "choose:available")
    assert stands(floor, "LOT-1") is Disposition.AVAILABLE
    (released,) = data(floor, "release")
    assert (released["lifts"], released["disposition"]) == ([floor.events("hold")[0]["id"]], "available")


def test_only_quality_releases_and_not_who_held_it(floor: Floor) -> None:
    hold(floor)
    floor.scan(bag("LOT-1"))
    floor.press("choose:release")
    assert floor.events("refusal")[-1]["data"]["reason"] == "NOT_ALLOWED"
    floor.press("home", "mode:quality")
    floor.scan(FIRST)
    hold(floor, "LOT-2")
    floor.scan(bag("LOT-2"))
    floor.press("choose:release")
    assert floor.events("refusal")[-1]["data"]["reason"] == "SAME_PERSON"
    floor.scan(SECOND)
    floor.scan(bag("LOT-2"))
    floor.press("choose:release", "choose:rejected")
    assert (stands(floor, "LOT-1"), stands(floor, "LOT-2")) == (Disposition.HOLD, Disposition.REJECTED)


def test_undo_takes_the_last_word_back(floor: Floor) -> None:
    hold(floor)
    floor.press("undo")
    assert stands(floor, "LOT-1") is Disposition.AVAILABLE
    hold(floor)
    floor.scan(FIRST)
    floor.scan(bag("LOT-1"))
    floor.press("choose:release", "choose:available", "undo")
    assert stands(floor, "LOT-1") is Disposition.HOLD


def test_a_cancelled_question_changes_nothing_and_names_the_scan(floor: Floor) -> None:
    floor.scan(bag("LOT-1"))
    floor.press("cancel")
    assert floor.events("abandonment")[-1]["data"]["workflow"] == "quality"
    assert stands(floor, "LOT-1") is Disposition.AVAILABLE


def test_what_is_measured_may_be_below_nothing_and_has_its_own_unit(tmp_path: Path) -> None:
    cold = [{"test": "Core", "item": "STARCH", "unit": "°C", "low": "-25", "high": "-18"}]
    floor = Floor(new_database(tmp_path / "cold", operators=PEOPLE, tests=cold, reasons=REASONS))
    floor.scan(WORKER)
    floor.press("mode:quality")
    floor.scan(bag("LOT-1"))
    floor.press("choose:test")
    station = floor.wired.station
    for amount, unit, reason in (
        ("-20", "kg", Reason.UNIT_UNKNOWN),
        ("--20", None, Reason.QUANTITY_INVALID),
        ("-", None, Reason.QUANTITY_INVALID),
    ):
        assert station.give_quantity(amount, unit).said.reason is reason
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.side, Keypad)
    assert [each.action for each in view.side.packs] == ["key:-"]
    floor.press("key:1", "key:-", "key:7", "key:-", "key:-", "set")
    assert station.seat.work.question.about["failed"] == "Core -17 °C"
    floor.press("choose:record")
    floor.scan(bag("LOT-1"), after=5)
    floor.press("choose:test")
    assert station.give_quantity("-18,0", "°c").said.about["tested"] == "passed"
    values = [each["value"] for event in data(floor, "qc_result") for each in event["tests"]]
    assert values == ["-17", "-18"]
    assert floor.events("qc_result")[-1]["data"]["tests"][0]["low"] == "-25"
    floor.check()
    floor.close()


def test_results_are_judged_by_their_limits_and_a_failure_is_held(floor: Floor) -> None:
    floor.scan(bag("LOT-1"))
    floor.press("choose:test")
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.side, Keypad)
    assert (view.side.title, view.side.unit) == ("Moisture", "%")
    floor.press("key:1", "key:5", "key:.", "key:5", "set")
    outcome = floor.wired.station.give_quantity("7", None)
    assert [each.id for each in outcome.said.choices] == ["hold", "record", "cancel"]
    assert outcome.said.about["failed"] == "Moisture 15.5 %"
    floor.press("choose:hold")
    (result,) = data(floor, "qc_result")
    assert [(each["test"], each["value"], each["passed"]) for each in result["tests"]] == [("Moisture", "15.5", False), ("pH", "7", True)]
    assert (result["passed"], result["disposition"], stands(floor, "LOT-1")) == (False, "hold", Disposition.HOLD)
    assert tags(floor)[-1]["reason"] == "QC: Moisture 15.5 %"
    floor.press("undo")
    assert stands(floor, "LOT-1") is Disposition.AVAILABLE


def test_good_results_are_noted_and_a_release_takes_a_person_of_quality(floor: Floor) -> None:
    floor.scan(bag("LOT-1"))
    floor.press("choose:test")
    floor.wired.station.give_quantity("12", None)
    floor.wired.station.give_quantity("5", None)
    assert data(floor, "qc_result")[-1]["passed"] is True
    floor.scan(FIRST)
    floor.scan(bag("LOT-2"))
    floor.press("choose:test")
    floor.wired.station.give_quantity("20", None)
    floor.wired.station.give_quantity("5", None)
    floor.press("choose:rejected")
    assert stands(floor, "LOT-2") is Disposition.REJECTED


def test_a_delivery_is_held_whole_by_its_paper(floor: Floor) -> None:
    floor.scan(ORDER)
    assert floor.wired.station.seat.mode == "quality"
    assert tiles(floor) == ["Metal found"]
    floor.press("choose:METAL")
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.hero, ReadyHero)
    assert (view.hero.prompt, view.hero.line) == ("Hold all of them?", f"{ORDER} · 2 lots")
    assert stands(floor, "LOT-1") is Disposition.AVAILABLE
    floor.press("choose:hold_all")
    holds = data(floor, "hold")
    assert [each["lot"] for each in holds] == ["LOT-1", "LOT-2"]
    assert {(each["basis"], each["basis_id"]) for each in holds} == {("receipt", ORDER)}
    assert len({each["group"] for each in holds}) == 1
    assert len({event["id"] for event in floor.events("hold")}) == 2
    assert (stands(floor, "LOT-1"), stands(floor, "LOT-2")) == (Disposition.HOLD, Disposition.HOLD)
    assert [each["lot"] for each in tags(floor)] == ["LOT-1", "LOT-2"]
    floor.press("undo")
    assert (stands(floor, "LOT-1"), stands(floor, "LOT-2")) == (Disposition.AVAILABLE, Disposition.AVAILABLE)


def test_many_holds_are_taken_back_later_with_one_reason(floor: Floor) -> None:
    floor.scan(ORDER)
    floor.press("choose:METAL", "confirm")
    floor.clock.advance(600)
    floor.press("undo")
    assert stands(floor, "LOT-1") is Disposition.HOLD
    floor.press("choose:WRONG_LOT")
    assert (stands(floor, "LOT-1"), stands(floor, "LOT-2")) == (Disposition.AVAILABLE, Disposition.AVAILABLE)
    assert len(floor.events("correction")) == 3  # two lots, and what is held wherever it is


def test_a_work_orders_lots_are_held_with_or_without_what_went_in(floor: Floor) -> None:
    floor.press("home", "mode:consume")
    floor.scan(WORK_ORDER)
    floor.scan(bag("LOT-1"))
    commit(floor, replace(made("T-1"), item="TABLET", assigned_by="EXAMPLE TABLETS", order=WORK_ORDER, transformation="made"))
    floor.press("home", "mode:quality")
    floor.scan(WORK_ORDER)
    floor.press("choose:made_and_used", "choose:METAL", "confirm")
    assert [each["lot"] for each in data(floor, "hold")] == ["T-1", "LOT-1"]
    assert data(floor, "hold")[0]["basis"] == "work_order"


def test_what_came_within_a_time_is_held(floor: Floor) -> None:
    floor.press("several")
    assert tiles(floor) == ["The last hour", "The last 8 hours", "Today", "Yesterday"]
    floor.press("choose:yesterday")
    assert floor.events("refusal")[-1]["data"]["reason"] == "LOT_UNKNOWN"
    floor.press("several", "choose:hour", "choose:METAL", "choose:hold_all")
    (first, second) = data(floor, "hold")
    assert (first["lot"], second["lot"], first["basis"]) == ("LOT-1", "LOT-2", "time_window")
    assert first["since"] < first["until"]


def test_typed_times_are_of_today_at_the_plant(floor: Floor) -> None:
    floor.wired.station.type("1200-1201")
    floor.press("choose:METAL", "choose:hold_all")
    assert [each["lot"] for each in data(floor, "hold")] == ["LOT-1", "LOT-2"]
    floor.wired.station.type("0700-0800")
    assert floor.events("refusal")[-1]["data"]["reason"] == "LOT_UNKNOWN"


def test_a_lot_that_nobody_knows_may_be_held(floor: Floor) -> None:
    hold(floor, "NEVER-SEEN")
    assert [(each["lot"], each["assigned_by"]) for each in data(floor, "hold")] == [("NEVER-SEEN", "NWS")]


@pytest.mark.parametrize("presses", [(), ("choose:hold",), ("choose:test",)])
def test_after_a_power_cut_the_question_is_open_again(floor: Floor, presses: tuple[str, ...]) -> None:
    floor.scan(bag("LOT-1"))
    floor.press(*presses)
    before = floor.wired.station.seat.work
    floor.restart()
    assert floor.wired.station.seat.work == before
    floor.press("cancel")


def test_a_tests_value_is_asked_by_its_name_and_limits_in_the_plants_order(tmp_path: Path) -> None:
    tests = [{"test": "pH", "low": "4.5", "high": "7"}, {"test": "Ash", "item": "STARCH", "unit": "%", "high": "0.5"}, {"test": "Colour"}]
    floor = Floor(new_database(tmp_path / "order", operators=PEOPLE, tests=tests, reasons=REASONS))
    floor.scan(WORKER)
    floor.press("mode:quality")
    floor.scan(bag("LOT-1"))
    asked = []
    said = floor.wired.station.choose("test").said
    for _ in tests:
        asked.append(words_of(said, load_language(SOURCE)))
        said = floor.wired.station.give_quantity("5", None).said
    assert [each.why for each in asked] == ["pH: 4.5 … 7", "Ash: … 0.5 %", "Colour"]
    assert {each.next for each in asked} == {"Type what was measured and press Set"}
    floor.close()
