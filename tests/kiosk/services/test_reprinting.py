"""Labels printed again: from the list of the last ones or by a scan, with a reason, marked; void ones never."""

from __future__ import annotations

import pytest

from kiosk.presenters.views import ChoiceView, ReceiveView, VerdictHero
from tests.kiosk.floor import ORDER, WORKER, Floor, bag
from traceability.refusals import Reason, Verdict
from traceability.workflows.reprint import Reprinting
from traceability.workflows.step import PrintOrder


@pytest.fixture
def printed(floor: Floor) -> list[PrintOrder]:
    """Two lots came in, each under a label; the worker is where labels are printed again."""
    floor.scan(WORKER)
    floor.press("mode:receive")
    floor.scan(ORDER)
    orders = [order for lot in ("LOT-1", "LOT-2") for order in floor.scan(bag(lot)).printed]
    floor.press("finish", "finish", "home", "mode:reprint")
    return orders


def jobs(floor: Floor) -> list[PrintOrder]:
    return [job.order for job in floor.wired.store.prints.waiting(100)]


def choices(floor: Floor) -> ChoiceView:
    view = floor.desk.view()
    assert isinstance(view, ChoiceView)
    return view


def said(floor: Floor) -> VerdictHero:
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.hero, VerdictHero)
    return view.hero


def test_one_of_the_last_labels_with_a_reason(floor: Floor, printed: list[PrintOrder]) -> None:
    assert len(printed) == 2
    floor.press("choose_order")
    assert [tile.words for tile in choices(floor).tiles] == ["LOT-2", "LOT-1"]
    floor.press(choices(floor).tiles[1].action)
    assert [tile.action for tile in choices(floor).tiles] == ["choose:damaged", "choose:lost", "choose:not_printed"]
    assert jobs(floor) == printed, "nothing comes out without a reason"
    floor.press("choose:lost")
    (event,) = floor.events("label_reprinted")
    assert (event["data"]["serial"], event["data"]["why"]) == (printed[0].serial, "lost")
    again = jobs(floor)[-1]
    assert (again.serial, again.data, again.reprint) == (printed[0].serial, printed[0].data, True)
    assert (said(floor).word, said(floor).quantity) == ("ACCEPTED", "Printing 1 again")
    floor.check()


def test_a_scanned_label_is_found_and_its_scan_is_named(floor: Floor, printed: list[PrintOrder]) -> None:
    outcome = floor.scan(printed[1].serial)
    assert outcome.said.about["lot"] == "LOT-2"
    floor.check()  # the open question holds the scan
    floor.press("choose:damaged")
    (event,) = floor.events("label_reprinted")
    assert [scan["id"] for scan in event["scans"]] == [outcome.scan.id if outcome.scan else ""]
    assert floor.events("receipt")[-1]["data"]["lot"] == "LOT-2", "nothing was counted once more"
    floor.check()


def test_the_way_out_of_the_question_prints_nothing(floor: Floor, printed: list[PrintOrder]) -> None:
    floor.scan(printed[0].serial)
    floor.press("cancel")
    assert (jobs(floor), floor.events("label_reprinted")) == (printed, [])
    floor.check()


def test_what_is_no_label_of_ours_is_refused(floor: Floor, printed: list[PrintOrder]) -> None:
    assert floor.scan(bag("LOT-1")).said.reason is Reason.LABEL_UNKNOWN
    assert floor.scan("nonsense").said.verdict is Verdict.REJECTED
    floor.press("type_lot", "key:X", "set")
    assert said(floor).reason == "I printed no such label"
    assert floor.events("receipt")[-1]["data"]["lot"] == "LOT-2"
    floor.check()


def test_a_serial_may_be_typed(floor: Floor, printed: list[PrintOrder]) -> None:
    floor.press("type_lot", *(f"key:{key}" for key in printed[0].serial), "set")
    assert choices(floor).context == "LOT-1"


def test_a_label_of_goods_that_were_undone_stays_out(floor: Floor) -> None:
    floor.scan(WORKER)
    floor.press("mode:receive")
    floor.scan(ORDER)
    (label,) = floor.scan(bag("LOT-1")).printed
    floor.press("undo", "finish", "finish", "home", "mode:reprint", "choose_order")
    assert choices(floor).tiles == ()
    assert floor.scan(label.serial).said.reason is Reason.LABEL_VOID
    assert floor.events("label_reprinted") == []
    floor.check()


def test_a_power_cut_leaves_the_question_open(floor: Floor, printed: list[PrintOrder]) -> None:
    floor.scan(printed[0].serial)
    floor.scan(printed[1].serial)  # waits
    floor.restart()
    work = floor.wired.station.seat.work
    assert isinstance(work, Reprinting)
    assert work.label is not None
    floor.press("choose:damaged")
    floor.check()
    floor.press("choose:lost")
    assert [event["data"]["serial"] for event in floor.events("label_reprinted")] == [each.serial for each in printed]
    floor.check()


def test_the_list_is_no_longer_than_twenty_and_leaves_reprints_out(floor: Floor) -> None:
    floor.sign_in_and_open()
    for number in range(25):
        floor.scan(bag(f"LOT-{number:02}"))
    floor.press("reprint", "choose:lost")
    labels = floor.wired.store.book.last_labels(20)
    assert [label.order.data["lot"] for label in labels] == [f"LOT-{number:02}" for number in range(24, 4, -1)]
