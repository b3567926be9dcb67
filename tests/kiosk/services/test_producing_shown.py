"""Producing, as it is shown and asked: the number before it is taken, a day that is needed, what is summed up, the order that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.presenters.views import Keypad, Mark, QuantityTile, ReceiveView, SummaryView, TypeLotView
from tests.kiosk.floor import DYE_ORDER, WORK_ORDER, WORKER, Floor, new_database
from tests.kiosk.services.test_producing import DUST, ITEMS, ORDERS, TABLET, give, made
from tests.kiosk.session.steps import first
from traceability.refusals import Reason, Verdict
from traceability.workflows.consuming import AwaitWorkOrder, Consuming
from traceability.workflows.producing import Producing
from traceability.workflows.step import Ask

DATED = {**TABLET, "expiry_required": True}
DATED.pop("expiry_days")


@pytest.fixture
def changes() -> dict[str, Any]:
    return {}


@pytest.fixture
def floor(tmp_path: Path, changes: dict[str, Any]) -> Iterator[Floor]:
    floor = Floor(new_database(tmp_path, **{"items": ITEMS, "work_orders": ORDERS, **changes}))
    floor.scan(WORKER)
    floor.press("mode:produce")
    floor.scan(WORK_ORDER)
    yield floor
    floor.check()
    floor.close()


def shown(floor: Floor) -> ReceiveView:
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    return view


def title(floor: Floor) -> str:
    side = shown(floor).side
    assert isinstance(side, Keypad)
    return side.title


needs_a_day = pytest.mark.parametrize("changes", [{"items": [*ITEMS[:-2], DATED, DUST]}])


@needs_a_day
def test_a_day_that_the_item_needs_is_asked_before_anything_is_recorded(floor: Floor) -> None:
    asked = give(floor, "100").said
    assert (asked.verdict, asked.ask, asked.reason) == (Verdict.CHECK, Ask.SCAN_EXPIRY, Reason.EXPIRY_MISSING)
    assert made(floor) == []
    for wrong in ("tomorrow", "2020-01-31", ""):
        assert floor.wired.station.type(wrong).said.reason is Reason.EXPIRY_MISSING
    assert made(floor) == []
    outcome = floor.wired.station.type(" 2027-11-30 ")
    assert (outcome.said.verdict, outcome.said.about["expires_on"]) == (Verdict.ACCEPTED, "2027-11-30")
    (event,) = made(floor)
    assert (event["expires_on"], event["base_quantity"]) == ("2027-11-30", "100")
    (label,) = floor.wired.store.prints.waiting(9)
    assert label.order.data["expires_on"] == "2027-11-30"


@needs_a_day
def test_the_day_is_scanned_or_typed_on_the_screen_and_a_restart_asks_again(floor: Floor) -> None:
    give(floor, "100")
    floor.restart()
    assert [each.action for each in shown(floor).actions] == ["undo", "type_lot"]
    floor.press("type_lot")
    view = floor.desk.view()
    assert isinstance(view, TypeLotView)
    assert view.title == "Expiry date"
    floor.press("back")
    assert floor.scan("]d217271130").said.verdict is Verdict.ACCEPTED
    (event,) = floor.events("production")
    assert event["data"]["expires_on"] == "2027-11-30"
    assert len(event["scans"]) == 1
    # More of the lot keeps as long as the lot: nothing is asked again.
    floor.press("more_lot")
    assert give(floor, "5").said.verdict is Verdict.ACCEPTED
    assert [(each["lot"], each["expires_on"]) for each in made(floor)] == [(made(floor)[0]["lot"], "2027-11-30")] * 2


@needs_a_day
def test_left_without_a_day_nothing_was_made(floor: Floor) -> None:
    give(floor, "100")
    floor.press("cancel")
    assert made(floor) == []
    assert floor.wired.station.next_lot(floor.wired.store.book.item("TABLET")) == "T26325-0010"


def test_the_number_is_shown_before_it_is_taken(floor: Floor) -> None:
    promised = title(floor)
    assert promised == title(floor) == "Will be T26325-0010"
    give(floor, "100")
    assert f"Will be {made(floor)[0]['lot']}" == promised
    assert title(floor) == "Will be T26325-002Y"
    floor.press("more_lot")
    assert title(floor) == "How much?"
    floor.press("cancel")
    with floor.wired.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE number_blocks SET next = last + 1 WHERE kind = 'lot'")
    assert title(floor) == "How much?"


def test_an_order_that_is_left_is_summed_up(floor: Floor) -> None:
    give(floor, "1000")
    floor.press("scrap")
    give(floor, "7")
    floor.press(first(floor, "choose:"))
    floor.press("finish")
    view = floor.desk.view()
    assert isinstance(view, SummaryView)
    assert isinstance(floor.wired.station.seat.work, Producing)
    rows = [(row.mark, row.item, row.received, row.words) for row in view.rows]
    assert rows == [
        (Mark.OK, "Tablets 500 mg", "1\u2009000 of 1\u2009000 ea", "complete"),
        (Mark.OK, "Tablets 500 mg", "7 ea", "scrapped"),
        (Mark.CHECK, "Corn starch USP", "0 of 80 kg", "80 kg to go"),
    ]
    assert view.warning == "1 item not complete"
    floor.press("finish")
    assert isinstance(floor.wired.station.seat.work, AwaitWorkOrder)


def test_where_nothing_is_to_go_the_pad_closes_and_a_touch_brings_it_back(floor: Floor) -> None:
    give(floor, "999")
    assert isinstance(shown(floor).side, Keypad)
    give(floor, "1")
    view = shown(floor)
    assert isinstance(view.side, QuantityTile)
    assert "pad" in [each.action for each in view.actions]
    floor.press("pad")
    assert title(floor) == "Will be T26325-003W"
    floor.press("key:5", "set")
    assert floor.desk.said is not None
    assert floor.desk.said.reason is Reason.OVER_PLAN
    floor.press("confirm")
    assert isinstance(shown(floor).side, QuantityTile)
    assert len(made(floor)) == 3
    floor.press("pad", "cancel")
    assert isinstance(shown(floor).side, QuantityTile)


def test_from_using_to_making_and_back_the_order_is_kept(floor: Floor) -> None:
    floor.press("finish", "finish", "mode:consume")
    assert isinstance(floor.wired.station.seat.work, AwaitWorkOrder)  # nothing is open, so nothing is kept
    floor.scan(WORK_ORDER)
    floor.press("home", "mode:produce")
    work = floor.wired.station.seat.work
    assert isinstance(work, Producing)
    assert work.order.number == WORK_ORDER
    opened = floor.events("document_opened")[-1]
    assert (opened["data"]["document"], opened["scans"]) == (WORK_ORDER, [])
    give(floor, "100")
    floor.press("mode:consume")
    assert isinstance(floor.wired.station.seat.work, Consuming)
    floor.press("finish", "finish", "mode:produce")  # what lies open there is gone on with, as it was left
    work = floor.wired.station.seat.work
    assert isinstance(work, Producing)
    assert len(work.done) == 1
    floor.press("mode:consume")
    work = floor.wired.station.seat.work
    assert isinstance(work, Consuming)
    assert work.order.made == 100
    floor.scan(DYE_ORDER)
    floor.press("mode:produce")
    work = floor.wired.station.seat.work
    assert isinstance(work, Producing)
    assert work.order.number == WORK_ORDER  # what is open there comes first
