"""What a person does with what came in or was refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.traceability.workflows.dock import (
    ACCEPTED,
    CHIEF,
    ORDER,
    STARCH,
    SUGAR,
    TODAY,
    Dock,
    told,
)
from traceability.events import BarcodeLinked, EventCorrected, LotHeld, ScanRefused, ScansAbandoned
from traceability.lots import Disposition
from traceability.refusals import Reason, Verdict
from traceability.workflows.inputs import Chosen
from traceability.workflows.receiving import AwaitOrder
from traceability.workflows.step import Ask

YESTERDAY = TODAY - timedelta(days=1)


def test_undo_takes_back_and_says_what() -> None:
    dock = Dock().receiving()
    dock.whole("A1")
    step = dock.press("undo")
    assert (step.said.about["undone"], step.said.about["lot"], step.said.about["received"]) == ("yes", "A1", "0")
    assert [each.why for each in dock.recorded(EventCorrected)] == ["undo"]
    assert dock.work.order == ORDER
    assert dock.press("undo").said.reason is Reason.NOT_EXPECTED_HERE


def test_undo_drops_the_label_in_the_making_first() -> None:
    dock = Dock().receiving()
    dock.whole("A1")
    dock.label(STARCH)
    dock.press("undo")
    assert [each.lot for each in dock.standing()] == ["A1"]
    assert [each.why for each in dock.recorded(ScansAbandoned)] == ["cancelled"]


def test_a_changed_quantity_is_counted_anew() -> None:
    dock = Dock().receiving()
    dock.whole("A1", "25")
    assert told(dock.press("change")) == (Verdict.ASK, None, Ask.QUANTITY)
    assert told(dock.quantity("30")) == ACCEPTED
    assert [each.base_quantity for each in dock.standing()] == [30]
    assert dock.work.order.lines[0].received == 30
    assert sorted(dock.named()) == sorted(dock.labels)


def test_a_cancelled_change_changes_nothing() -> None:
    dock = Dock().receiving()
    dock.whole("A1", "25")
    dock.press("change")
    dock.press("cancel")
    assert [each.base_quantity for each in dock.standing()] == [25]
    assert not dock.recorded(EventCorrected)


def test_hold_speaks_of_the_last_lot_and_prints_its_tag() -> None:
    dock = Dock().receiving()
    dock.whole("A1")
    step = dock.press("hold")
    assert (step.said.verdict, step.said.reason) == (Verdict.HOLD, Reason.LOT_ON_HOLD)
    assert [(each.template, each.data["lot"]) for each in step.prints] == [("hold_tag", "A1")]
    assert dock.whole("A1").said.verdict is Verdict.HOLD


def test_hold_takes_in_what_was_refused_last() -> None:
    dock = Dock().receiving()
    dock.whole("OLD", expires_on=YESTERDAY)
    step = dock.press("hold")
    assert (step.said.verdict, step.said.reason) == (Verdict.HOLD, Reason.LOT_EXPIRED)
    assert dock.standing()[0].follows == dock.records[-2][0]
    assert not dock.work.refused


def test_hold_never_reaches_behind_what_came_last() -> None:
    dock = Dock().receiving()
    dock.whole("OLD", expires_on=YESTERDAY)
    dock.whole("NEW")
    dock.press("hold")
    assert [each.lot for each in dock.recorded(LotHeld)] == ["NEW"]
    dock.noise()
    assert dock.press("hold").said.reason is Reason.NOT_EXPECTED_HERE


def test_a_recalled_lot_can_be_taken_in_on_hold_after_the_stop() -> None:
    dock = Dock().receiving().knows("A1", disposition=Disposition.RECALLED)
    dock.whole("A1")
    dock.press("acknowledge")
    assert dock.press("hold").said.verdict is Verdict.HOLD


def test_hold_keeps_another_label_in_the_making() -> None:
    dock = Dock().receiving()
    dock.whole("OLD", expires_on=YESTERDAY)
    dock.label(STARCH, pack="bag")
    dock.press("hold")
    assert told(dock.label(None, lot="A1")) == ACCEPTED
    assert sorted(dock.named()) == sorted(dock.labels)


def test_a_held_label_still_names_the_scans_that_come_after() -> None:
    dock = Dock().receiving()
    dock.label(SUGAR)  # not on the order, and no lot yet
    dock.press("hold")
    dock.label(None, lot="S1", quantity=Decimal(5), unit="kg")
    assert dock.standing()[0].lot == "S1"
    assert sorted(dock.named()) == sorted(dock.labels)


def test_a_label_is_printed_again_with_a_reason() -> None:
    dock = Dock().receiving()
    first = dock.whole("A1")
    dock.press("reprint")
    assert dock.choose("nonsense").said.ask is Ask.CHOOSE_REASON
    step = dock.choose("damaged")
    assert [(each.serial, each.reprint) for each in step.prints] == [(first.prints[0].serial, True)]


def test_a_question_about_the_last_receipt_leaves_the_open_label_alone() -> None:
    dock = Dock().receiving()
    dock.whole("A1")
    dock.label(STARCH, pack="bag")
    dock.press("reprint")
    dock.press("cancel")
    assert told(dock.label(None, lot="A2")) == ACCEPTED


def test_an_unknown_code_is_linked_by_who_may() -> None:
    dock = Dock().receiving(who=CHIEF)
    dock.plain("4711")
    assert told(dock.press("link")) == (Verdict.ASK, None, Ask.CHOOSE_ITEM)
    assert dock.choose("STARCH").said.ask is Ask.CHOOSE_ITEM  # nobody knows such an item
    assert told(dock.choose("STARCH", item=STARCH)) == (Verdict.ASK, None, Ask.CHOOSE_UNIT)
    assert dock.choose("sack").said.ask is Ask.CHOOSE_UNIT
    assert told(dock.choose("bag")) == ACCEPTED
    assert dock.recorded(BarcodeLinked) == [BarcodeLinked("4711", "STARCH", "bag", "NWS")]
    assert not dock.work.refused


def test_an_unknown_code_is_not_linked_by_others() -> None:
    dock = Dock().receiving()
    dock.plain("4711")
    assert told(dock.press("link")) == (Verdict.REJECTED, Reason.NOT_ALLOWED, Ask.SCAN_LABEL)
    assert dock.press("reprint").said.reason is Reason.NOT_EXPECTED_HERE


def test_finish_closes_the_delivery_and_leaves_nothing_unnamed() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, lot="A1")
    dock.whole("A2")
    assert told(dock.press("finish")) == (Verdict.ASK, None, Ask.SCAN_ORDER)
    assert dock.seat.work == AwaitOrder()
    assert sorted(dock.named()) == sorted(dock.labels)


def test_a_touch_that_means_nothing_here_is_answered() -> None:
    dock = Dock().receiving()
    step = dock.press("dance")
    assert told(step) == (Verdict.REJECTED, Reason.NOT_EXPECTED_HERE, Ask.SCAN_LABEL)
    assert isinstance(dock.records[-1][1].event, ScanRefused)
    assert dock.give(Chosen("x")).said.reason is Reason.NOT_EXPECTED_HERE
