"""What is loaded where at the line, from the scan to the edges: the rest of the lot before may be in what is made, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.presenters.views import ReceiveView, VerdictHero
from kiosk.services.ports import Work
from tests.kiosk import any_shift
from tests.kiosk.any_shift import LINE, RACK, TANK, WORK_ORDER, everything
from tests.kiosk.floor import WORKER, Floor, bag
from traceability.barcodes.command import command_card
from traceability.events import EventCorrected, LineLoaded, LotHeld
from traceability.lots import LotKey
from traceability.refusals import Reason, Verdict
from traceability.workflows.step import Ask, Record

SITE = "EXAMPLE TABLETS"
PRODUCT = "]d20109520123000059"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Floor]:
    floor = everything(tmp_path / "station")
    floor.scan(WORKER)
    floor.press("mode:consume")
    floor.scan(WORK_ORDER)
    yield floor
    floor.check()
    floor.close()


def load(floor: Floor, place: str, lot: str) -> None:
    floor.scan(place)
    answer = floor.scan(bag(lot))
    if answer.said.verdict is Verdict.CHECK:
        floor.press("confirm")
    assert floor.events("consumption")[-1]["data"]["lot"] == lot


def make(floor: Floor, boxes: str = "1") -> dict[str, tuple[str, str]]:
    """Count an output; return its inputs' grades and quantities by lot."""
    floor.press("home", "mode:produce")
    if not hasattr(floor.wired.station.seat.work, "order"):
        floor.scan(WORK_ORDER)
    before = len(floor.events("production"))
    floor.wired.station.give_quantity(boxes, "box")
    made = floor.events("production")
    assert len(made) == before + 1
    floor.press("home", "mode:consume")
    return {each["lot"]: (each["grade"], each["quantity"]) for each in made[-1]["data"]["inputs"]}


def edges(floor: Floor) -> set[tuple[str, str]]:
    query = "SELECT lots.code, edges.grade FROM edges JOIN lots ON lots.id = edges.source WHERE voided = 0"
    with floor.wired.store.database.reading() as connection:
        return {(row[0], row[1]) for row in connection.exec_driver_sql(query)}


def data(floor: Floor, kind: str) -> list[dict[str, Any]]:
    return [event["data"] for event in floor.events(kind)]


def test_a_lot_is_loaded_where_the_worker_said(line: Floor) -> None:
    opened = line.scan(LINE)
    assert opened.said.about["placed"] == LINE
    view = line.bench.view()
    assert isinstance(view, ReceiveView)
    assert LINE in view.document.note
    load(line, LINE, "S-1")
    (loaded,) = data(line, "line_loaded")
    (used,) = line.events("consumption")
    assert (loaded["place"], loaded["lot"], loaded["order"], loaded["used_by"]) == (LINE, "S-1", WORK_ORDER, used["id"])


def test_nobody_says_where_and_nothing_is_said_to_be_loaded(line: Floor) -> None:
    line.scan(bag("S-1"))
    line.press("confirm")
    assert data(line, "line_loaded") == []


def test_a_place_where_nothing_is_loaded_is_refused(line: Floor) -> None:
    answer = line.scan(RACK)
    assert answer.said.reason is Reason.NOT_EXPECTED_HERE
    line.press("empty")
    assert line.desk.said is not None
    assert line.desk.said.reason is Reason.NOT_EXPECTED_HERE


def test_what_was_there_before_is_possible_in_what_is_made_in_the_overlap(line: Floor) -> None:
    load(line, LINE, "S-2")
    line.press("undo")  # it was not used up by this order … and loading it went with it
    load(line, LINE, "S-1")
    assert set(make(line)) == {"S-1"}
    line.clock.advance(60)
    load(line, LINE, "S-2")
    assert set(make(line)) == {"S-1", "S-2"}


def test_the_lot_before_of_another_order_is_possible_and_after_the_overlap_it_is_not(line: Floor) -> None:
    _loaded_before(line, "OLDER")
    load(line, LINE, "S-1")
    inputs = make(line)
    assert inputs["OLDER"] == ("possible", "0")
    assert ("OLDER", "possible") in edges(line)
    line.clock.advance(45 * 60)
    assert "OLDER" in make(line)  # begun before the overlap was over
    assert "OLDER" not in make(line)


def test_a_position_that_is_empty_leaves_nothing_to_be_possible(line: Floor) -> None:
    _loaded_before(line, "OLDER")
    line.scan(LINE)
    line.press("empty")
    assert data(line, "line_cleared") == [{"place": LINE, "order": WORK_ORDER}]
    view = line.bench.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.hero, VerdictHero)
    assert LINE in view.hero.quantity
    load(line, LINE, "S-1")
    assert set(make(line)) == {"S-1"}


def test_a_vessel_keeps_what_went_in_until_somebody_says_that_it_is_clean(line: Floor) -> None:
    _loaded_before(line, "DREGS", TANK)
    line.clock.advance(30 * 24 * 3600)
    line.scan(WORKER)
    load(line, TANK, "S-1")
    assert make(line)["DREGS"] == ("possible", "0")
    line.press("empty", "cancel")
    assert data(line, "clean_out") == []
    line.scan(command_card("EMPTY"))
    line.press("choose:clean_out")
    assert data(line, "clean_out") == [{"place": TANK, "order": WORK_ORDER}]
    load(line, TANK, "S-2")
    assert "DREGS" in make(line)  # begun before it was cleaned
    assert "DREGS" not in make(line)


def test_the_position_is_kept_over_a_restart_and_left_with_the_order(line: Floor) -> None:
    line.scan(TANK)
    line.restart()
    line.scan(bag("S-1"))
    line.press("confirm")
    assert [each["place"] for each in data(line, "line_loaded")] == [TANK]
    line.press("finish", "finish")
    line.scan(WORK_ORDER)
    line.scan(bag("S-1"))
    line.press("confirm")
    assert len(data(line, "line_loaded")) == 1


def empty(floor: Floor, place: str) -> None:
    floor.scan(place)
    floor.press("empty")
    if place == TANK:
        floor.press("choose:clean_out")


@pytest.mark.parametrize(("place", "kind"), [(LINE, "line_cleared"), (TANK, "clean_out")])
@pytest.mark.parametrize("how", ["touch", "card"])
def test_that_a_place_is_empty_is_taken_back_like_anything_else_and_what_it_broke_is_possible_again(
    line: Floor, place: str, kind: str, how: str
) -> None:
    _loaded_before(line, "DREGS", place)
    empty(line, place)
    assert place in _undo_says(line)
    if how == "touch":
        line.press("undo")
    else:
        line.scan(command_card("UNDO"))
    assert line.events("correction")[-1]["data"]["corrected_kind"] == kind
    assert line.desk.said is not None
    assert line.desk.said.about["not_empty"] == place
    load(line, place, "S-1")
    assert "DREGS" in make(line)
    any_shift.rebuilt_alike(line)


@pytest.mark.parametrize("place", [LINE, TANK])
def test_what_was_made_meanwhile_gets_the_edges_that_the_clean_out_broke_and_is_stopped_by_them(line: Floor, place: str) -> None:
    _loaded_before(line, "DREGS", place)
    empty(line, place)
    for _ in range(2):
        load(line, place, "S-1")
        assert set(make(line)) == {"S-1"}
    other = line.wired.station.book.lot(LotKey("TABLET", made_lot(line), SITE))
    line.wired.station.journal.commit(
        Work(line.wired.station._stamp(line.clock.now()), (Record(LotHeld("STARCH", "DREGS", "NWS", "FOREIGN_BODY")),))
    )
    assert other is not None
    assert line.wired.store.book.ancestors_on_hold((other.key,)) == {}
    ended = line.events("line_cleared", "clean_out")[-1]["id"]
    line.wired.station.journal.commit(
        Work(line.wired.station._stamp(line.clock.now()), (Record(EventCorrected(ended, "clean_out", "undo")),))
    )
    assert ("DREGS", "possible") in edges(line)
    assert set(line.wired.store.book.ancestors_on_hold((other.key,))) == {other.key}
    any_shift.rebuilt_alike(line)
    # Undone itself, it is nobody's descendant any more.
    line.press("home", "mode:produce", "undo", "undo")
    assert len(line.events("correction")) == 3
    assert ("DREGS", "possible") not in edges(line)
    assert line.wired.store.book.ancestors_on_hold((other.key,)) == {}


def test_late_the_reason_is_asked(line: Floor) -> None:
    empty(line, TANK)
    line.clock.advance(6 * 60)
    line.press("undo")
    assert line.desk.said is not None
    assert (line.desk.said.ask, line.events("correction")) == (Ask.CHOOSE_REASON, [])
    line.press("choose:OTHER")
    assert line.events("correction")[0]["data"]["code"] == "OTHER"


def test_who_moves_goods_says_there_that_a_vessel_is_clean_or_a_position_empty(line: Floor) -> None:
    line.press("home", "mode:move")
    line.press("empty")
    assert line.desk.said is not None
    assert line.desk.said.reason is Reason.NOT_EXPECTED_HERE, "nobody said which"
    line.scan(RACK)
    assert not {"empty", "clean_out"} & set(any_shift.touches(line))
    line.press("clean_out")
    assert line.desk.said.reason is Reason.NOT_EXPECTED_HERE, "a rack is no vessel"
    line.scan(TANK)
    assert "clean_out" in any_shift.touches(line)
    line.press("clean_out")
    assert data(line, "clean_out") == [], "it is asked first"
    line.press("clean_out")
    assert data(line, "clean_out") == [], "a touch twice is no yes"
    line.press("cancel", "empty", "cancel")
    line.scan(command_card("CLEANOUT"))
    line.restart()
    line.press("choose:clean_out")
    assert data(line, "clean_out") == [{"place": TANK, "order": None}]
    line.scan(LINE)
    line.scan(command_card("EMPTY"))
    assert data(line, "line_cleared") == [{"place": LINE, "order": None}]
    line.press("undo", "undo")
    assert [event["data"]["corrected_kind"] for event in line.events("correction")] == ["line_cleared", "clean_out"]


def made_lot(floor: Floor) -> str:
    return str(floor.events("production")[0]["data"]["lot"])


def _undo_says(floor: Floor) -> str:
    view = floor.bench.view()
    assert isinstance(view, ReceiveView)
    return next(button.words for button in view.actions if button.action == "undo")


def _loaded_before(floor: Floor, lot: str, place: str = LINE) -> None:
    """What an earlier order loaded there."""
    station = floor.wired.station
    event = LineLoaded(place, "WO-0", "STARCH", lot, "NWS", "kg", None, "Corn starch USP", vessel=place == TANK)
    station.journal.commit(Work(station._stamp(floor.clock.now()), (Record(event),)))
