"""What is held together on a real database: a delivery, a work order, a time; released together by quality, not by who held it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.presenters.views import ChoiceView, ReadyHero, ReceiveView
from kiosk.store.rebuild import rebuild
from tests.kiosk.floor import ORDER, OTHER_ORDER, WORK_ORDER, WORKER, Floor, bag, new_database
from tests.kiosk.services.test_quality import FIRST, PEOPLE, REASONS, SECOND, data, stands
from traceability.lots import Disposition
from traceability.refusals import Reason, Verdict
from traceability.workflows.inspecting import Inspecting
from traceability.workflows.quality_releases import IN_FORCE

HOLD, FREE, WAITS = Disposition.HOLD, Disposition.AVAILABLE, Disposition.QUARANTINE


@pytest.fixture
def open_floor(tmp_path: Path) -> Iterator[Callable[..., Floor]]:
    opened: list[Floor] = []

    def at_work(*, has_server: bool = False) -> Floor:
        """LOT-1, and LOT-2 that waits for QC, came in on one order; quality's work is open."""
        floor = Floor(new_database(tmp_path / "station", operators=PEOPLE, reasons=REASONS), has_server=has_server)
        floor.scan(WORKER)
        floor.press("mode:receive")
        floor.scan(ORDER)
        floor.scan(bag("LOT-1"))
        floor.scan(bag("LOT-2"))
        floor.press("finish", "finish", "home", "mode:quality")
        opened.append(floor)
        return floor

    yield at_work
    for floor in opened:
        floor.check()
        book = floor.wired.store.book
        before = (stands(floor, "LOT-1"), stands(floor, "LOT-2"), book.hold_scopes())
        rebuild(floor.wired.store.database)
        assert (stands(floor, "LOT-1"), stands(floor, "LOT-2"), book.hold_scopes()) == before
        floor.close()


def all_held(floor: Floor) -> None:
    floor.scan(ORDER)
    floor.press("choose:METAL", "choose:hold_all")


def both(floor: Floor) -> tuple[Disposition, Disposition]:
    return stands(floor, "LOT-1"), stands(floor, "LOT-2")


def tiles(floor: Floor) -> list[tuple[str, str]]:
    shown = floor.desk.view()
    assert isinstance(shown, ChoiceView)
    return [(each.words, each.detail) for each in shown.tiles]


def said(floor: Floor) -> Any:
    assert floor.desk.said is not None
    return floor.desk.said


def test_the_hold_carries_what_it_reaches(open_floor: Any) -> None:
    floor = open_floor()
    all_held(floor)
    (scope,) = data(floor, "scope_hold")
    assert (scope["basis"], scope["basis_id"], scope["why"], scope["lots"]) == ("receipt", ORDER, "METAL", 2)
    (whole,) = floor.events("scope_hold")
    assert {each["group"] for each in data(floor, "hold")} == {whole["id"]}
    assert floor.events()[-1]["kind"] == "scope_hold"  # after the holds: the server does not hold those lots once more
    (known,) = floor.wired.store.book.hold_scopes()
    assert (known.id, known.number, known.why) == (whole["id"], ORDER, "METAL")


def test_quality_releases_a_delivery_by_its_paper_and_each_lot_stands_as_it_would(open_floor: Any) -> None:
    floor = open_floor()
    floor.scan(FIRST)
    floor.scan(bag("LOT-2"))
    floor.press("choose:hold", "choose:METAL")  # one more hold, of its own
    floor.scan(WORKER)
    all_held(floor)
    floor.scan(SECOND)
    floor.scan(ORDER)
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.hero, ReadyHero)
    assert view.hero.line == f"{ORDER} · 2 lots"
    assert [each.action for each in view.actions] == ["choose:release", "choose:hold", "cancel"]
    floor.press("choose:release")
    assert (said(floor).verdict, said(floor).about["released_many"]) == (Verdict.ACCEPTED, "2")
    assert both(floor) == (FREE, HOLD)
    (whole,) = floor.events("scope_hold")
    assert [each["scope"] for each in data(floor, "scope_release")] == [whole["id"]]
    assert floor.wired.store.book.hold_scopes() == ()
    floor.press("undo")
    assert both(floor) == (HOLD, HOLD)
    assert [each.id for each in floor.wired.store.book.hold_scopes()] == [whole["id"]]
    assert [each["data"]["corrected_kind"] for each in floor.events("correction")] == ["release", "release", "scope_release"]


def test_who_held_it_and_who_is_not_of_quality_are_told_no(open_floor: Any) -> None:
    floor = open_floor()
    floor.scan(FIRST)
    all_held(floor)
    floor.scan(ORDER)
    floor.press("choose:release")
    assert said(floor).reason is Reason.SAME_PERSON
    floor.scan(WORKER)
    floor.scan(ORDER)
    floor.press("choose:release")
    assert said(floor).reason is Reason.NOT_ALLOWED
    assert both(floor) == (HOLD, HOLD)


def test_a_time_is_released_from_the_list(open_floor: Any) -> None:
    floor = open_floor()
    floor.press("several", "choose:hour", "choose:METAL", "choose:hold_all")
    floor.scan(SECOND)
    floor.press("several")
    assert tiles(floor)[-1] == ("Release what is on hold", "")
    floor.press("choose:held_together")
    assert tiles(floor) == [("2026-11-21 11:00 – 2026-11-21 12:00", "Metal found")]
    (whole,) = floor.events("scope_hold")
    floor.restart()  # the question is open again
    floor.press(f"choose:{whole['id']}")
    work = floor.wired.station.seat.work
    assert isinstance(work, Inspecting)
    assert work.question is not None
    assert (work.question.topic, [each.id for each in work.question.choices]) == (IN_FORCE, ["release", "cancel"])
    floor.press("choose:release")
    assert both(floor) == (FREE, FREE)


def test_what_is_held_may_be_held_again_for_another_reason(open_floor: Any) -> None:
    floor = open_floor()
    all_held(floor)
    floor.scan(ORDER)
    floor.press("choose:hold", "choose:METAL", "choose:hold_all")
    assert len(floor.wired.store.book.hold_scopes()) == 2
    floor.scan(SECOND)
    floor.scan(ORDER)
    floor.press("choose:release")  # both of them
    assert (both(floor), floor.wired.store.book.hold_scopes()) == ((FREE, FREE), ())


def test_undo_takes_the_whole_hold_back(open_floor: Any) -> None:
    floor = open_floor()
    all_held(floor)
    floor.press("undo")
    assert (both(floor), floor.wired.store.book.hold_scopes()) == ((FREE, FREE), ())
    assert [each["data"]["corrected_kind"] for each in floor.events("correction")] == ["hold", "hold", "scope_hold"]


def test_a_release_that_is_cancelled_changes_nothing(open_floor: Any) -> None:
    floor = open_floor()
    all_held(floor)
    floor.scan(SECOND)
    floor.scan(ORDER)
    floor.press("cancel")
    work = floor.wired.station.seat.work
    assert isinstance(work, Inspecting)
    assert (work.releasing, work.together, work.question) == (None, None, None)
    assert both(floor) == (HOLD, HOLD)


@pytest.mark.parametrize("paper", [OTHER_ORDER, WORK_ORDER])
def test_what_is_not_known_here_is_held_where_there_is_a_server(paper: str, open_floor: Any) -> None:
    floor = open_floor(has_server=True)
    floor.scan(paper)
    if paper == WORK_ORDER:
        floor.press("choose:made_and_used")
    floor.press("choose:METAL", "choose:hold_all")
    (scope,) = data(floor, "scope_hold")
    assert (scope["basis_id"], scope["lots"], scope["with_used"]) == (paper, 0, paper == WORK_ORDER)
    assert said(floor).about["held_everywhere"] == "0"
    floor.press("undo")
    assert floor.wired.store.book.hold_scopes() == ()


def test_a_station_alone_says_that_it_knows_no_lot_of_it(open_floor: Any) -> None:
    floor = open_floor()
    assert floor.scan(OTHER_ORDER).said.reason is Reason.LOT_UNKNOWN
    assert floor.events("scope_hold") == []


def test_a_time_that_is_none_is_not_held(open_floor: Any) -> None:
    floor = open_floor(has_server=True)
    floor.wired.station.type("1100-1000")
    assert floor.events("refusal")[-1]["data"]["reason"] == "LOT_UNKNOWN"
    assert floor.events("scope_hold") == []
