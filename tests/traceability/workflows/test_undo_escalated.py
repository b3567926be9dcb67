"""What was used further on goes back only where a second person says so; and that person settles what receiving may not decide alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.traceability.workflows.dock import CHIEF, STARCH, Dock
from tests.traceability.workflows.line import Line
from traceability.events import EventCorrected, LotReceived, OverrideApproved, ScanRefused
from traceability.lots import Disposition
from traceability.records import from_json, to_json
from traceability.refusals import Reason, Verdict
from traceability.workflows.inputs import BadgeScanned, Pin, PinChecked
from traceability.workflows.seat import Seat, dialogue_of
from traceability.workflows.step import Ask, Record

Floor = Dock | Line


def consumed(**policies: str) -> Line:
    line = Line(policies=policies).knows("A1").labelled("S1", "A1").at_work()
    line.container("S1")
    line.went_to = ("M1", "C1")
    return line


def received(**policies: str) -> Dock:
    dock = Dock(policies=policies).receiving()
    dock.whole("A1")
    dock.went_to = ("M1", "C1")
    return dock


def let_through(floor: Floor, code: str = "URGENT") -> None:
    floor.choose("override")
    floor.give(BadgeScanned(floor.ref("badge of CHIEF"), CHIEF))
    floor.give(PinChecked(CHIEF.id, Pin.RIGHT))
    floor.choose(code)


def correction(floor: Floor) -> Record:
    return next(record for _, record in floor.records if isinstance(record.event, EventCorrected))


@pytest.mark.parametrize("begin", [consumed, received])
def test_it_is_shown_where_it_went_and_a_second_persons_word_stands_on_the_correction(begin: Callable[..., Floor]) -> None:
    floor = begin()
    said = floor.press("undo").said
    assert (said.verdict, said.reason, said.ask, said.about["went_to"]) == (Verdict.CHECK, Reason.DOWNSTREAM_EXISTS, Ask.DECIDE, "M1, C1")
    assert [each.id for each in said.choices] == ["override", "cancel"]
    floor.press("confirm")
    assert floor.recorded(EventCorrected) == []
    floor.seat = from_json(Seat, json.loads(json.dumps(to_json(floor.seat))), "seat")  # a power cut between
    let_through(floor)
    record = correction(floor)
    assert (record.approver, record.override_reason) == (CHIEF.id, "URGENT")
    assert floor.recorded(OverrideApproved)[0].about["went_to"] == "M1, C1"
    assert floor.work.question is None
    assert floor.steps[-1].said.about["undone"] == "yes"


@pytest.mark.parametrize("begin", [consumed, received])
def test_nobody_called_it_stays_and_is_in_the_list(begin: Callable[..., Floor]) -> None:
    floor = begin()
    floor.press("undo")
    floor.press("cancel")
    assert floor.recorded(EventCorrected) == []
    assert [each.reason for each in floor.recorded(ScanRefused)] == [Reason.DOWNSTREAM_EXISTS]
    assert [each.reason for each in floor.work.refused] == [Reason.DOWNSTREAM_EXISTS]
    assert len(floor.named()) == len(set(floor.named())) == floor.scans


@pytest.mark.parametrize("begin", [consumed, received])
def test_where_the_plant_lets_nobody_do_it_it_is_refused(begin: Callable[..., Floor]) -> None:
    floor = begin(overrides='{"DOWNSTREAM_EXISTS": []}')
    said = floor.press("undo").said
    assert (said.verdict, said.reason, said.about["went_to"]) == (Verdict.REJECTED, Reason.DOWNSTREAM_EXISTS, "M1, C1")
    assert floor.work.question is None
    assert floor.recorded(EventCorrected) == []


@pytest.mark.parametrize("begin", [consumed, received])
def test_late_it_wants_its_reason_too(begin: Callable[..., Floor]) -> None:
    floor = begin()
    floor.at += timedelta(minutes=6)
    floor.press("undo")
    let_through(floor)
    assert floor.recorded(EventCorrected) == []
    assert floor.steps[-1].said.ask is Ask.CHOOSE_REASON
    floor.choose("WRONG_LOT")
    record = correction(floor)
    assert isinstance(record.event, EventCorrected)
    assert (record.event.code, record.approver, record.override_reason) == ("WRONG_LOT", CHIEF.id, "URGENT")


@pytest.mark.parametrize("begin", [consumed, received])
def test_another_quantity_of_what_went_on_is_asked_as_its_undo_is(begin: Callable[..., Floor]) -> None:
    floor = begin()
    first = floor.standing()[0]
    said = floor.press("change").said
    assert (said.verdict, said.reason, said.ask, said.about["went_to"]) == (Verdict.CHECK, Reason.DOWNSTREAM_EXISTS, Ask.DECIDE, "M1, C1")
    assert [each.id for each in said.choices] == ["override", "cancel"]
    assert floor.quantity("10").said.reason is Reason.DOWNSTREAM_EXISTS, "nothing is counted before somebody said so"
    floor.seat = from_json(Seat, json.loads(json.dumps(to_json(floor.seat))), "seat")  # a power cut between
    let_through(floor)
    assert floor.recorded(EventCorrected) == []
    assert floor.steps[-1].said.ask is Ask.QUANTITY
    floor.went_to = ()
    floor.quantity("10")
    record = correction(floor)
    assert isinstance(record.event, EventCorrected)
    assert (record.event.why, record.approver, record.override_reason) == ("counted_anew", CHIEF.id, "URGENT")
    (anew,) = floor.standing()
    assert (anew.base_quantity, anew.lot) == (10, first.lot)
    # Nothing was overridden in what is counted now: only what it replaces went on.
    assert next(each.approver for _, each in reversed(floor.records) if each.event == anew) is None
    assert len(floor.named()) == len(set(floor.named())) == floor.scans


@pytest.mark.parametrize("begin", [consumed, received])
def test_what_was_said_of_one_change_does_not_count_for_the_next(begin: Callable[..., Floor]) -> None:
    floor = begin()
    floor.press("change")
    let_through(floor)
    floor.quantity("10")
    assert floor.press("change").said.reason is Reason.DOWNSTREAM_EXISTS
    floor.press("cancel")
    floor.went_to = ()
    floor.press("change")
    floor.quantity("12")
    corrections = [each for _, each in floor.records if isinstance(each.event, EventCorrected)]
    assert [each.approver for each in corrections] == [CHIEF.id, None]


@pytest.mark.parametrize("begin", [consumed, received])
def test_a_change_that_nobody_lets_through_leaves_all_as_it_was(begin: Callable[..., Floor]) -> None:
    floor = begin()
    floor.press("change")
    floor.press("cancel")
    assert (len(floor.standing()), [each.reason for each in floor.work.refused]) == (1, [Reason.DOWNSTREAM_EXISTS])
    floor = begin(overrides='{"DOWNSTREAM_EXISTS": []}')
    assert floor.press("change").said.verdict is Verdict.REJECTED
    assert floor.work.question is None
    assert floor.recorded(EventCorrected) == []


@pytest.mark.parametrize("begin", [consumed, received])
def test_a_late_change_wants_its_reason(begin: Callable[..., Floor]) -> None:
    floor = begin()
    floor.went_to = ()
    floor.at += timedelta(minutes=6)
    assert floor.press("change").said.ask is Ask.CHOOSE_REASON
    floor.choose("WRONG_QUANTITY")
    assert floor.steps[-1].said.ask is Ask.QUANTITY
    floor.quantity("10")
    floor.press("change")  # that was just now: nobody asks why
    floor.quantity("11")
    assert [each.code for each in floor.recorded(EventCorrected)] == ["WRONG_QUANTITY", None]


def test_whoever_leaves_a_delivery_takes_the_second_persons_word_along() -> None:
    dock = received()
    dock.press("undo")
    dock.choose("override")
    assert dialogue_of(dock.seat) is not None
    dock.press("sign_out")
    assert dialogue_of(dock.seat) is None


def strict() -> Dock:
    named = {"needs_override": '["OVER_RECEIPT", "LOT_NEAR_EXPIRY"]', "overrides": '{"LOT_NEAR_EXPIRY": ["supervisor"]}'}
    return Dock(policies=named).receiving()


def test_more_than_ordered_needs_a_second_person_where_the_plant_says_so() -> None:
    dock = strict()
    said = dock.whole("A1", "500").said
    assert (said.reason, [each.id for each in said.choices]) == (Reason.OVER_RECEIPT, ["override", "quantity", "hold", "cancel"])
    assert dock.press("confirm").said.reason is Reason.NOT_ALLOWED
    assert dock.recorded(LotReceived) == []
    let_through(dock)
    record = next(record for _, record in dock.records if isinstance(record.event, LotReceived))
    assert (record.approver, record.override_reason) == (CHIEF.id, "URGENT")
    # How much too much is another question for the next one.
    assert dock.whole("A2", "50").said.reason is Reason.OVER_RECEIPT
    dock.press("cancel")
    assert [each.reason for each in dock.recorded(ScanRefused)] == [Reason.OVER_RECEIPT]
    assert len(dock.named()) == len(set(dock.named())) == dock.scans


def test_near_its_expiry_the_next_bag_of_the_lot_calls_nobody() -> None:
    soon = replace(STARCH, min_remaining_days=60)
    dock = strict()
    date = dock.at.date() + timedelta(days=30)
    assert dock.whole("A1", item=soon, expires_on=date).said.reason is Reason.LOT_NEAR_EXPIRY
    let_through(dock)
    dock.whole("A1", item=soon, expires_on=date)
    records = [record for _, record in dock.records if isinstance(record.event, LotReceived)]
    assert [each.approver for each in records] == [CHIEF.id, CHIEF.id]


def test_where_near_expiry_is_refused_somebody_may_let_it_through_or_it_goes_on_hold() -> None:
    soon = replace(STARCH, min_remaining_days=60)
    dock = Dock(policies={"near_expiry": "refuse", "overrides": '{"LOT_NEAR_EXPIRY": ["supervisor"]}'}).receiving()
    date = dock.at.date() + timedelta(days=30)
    said = dock.whole("A1", item=soon, expires_on=date).said
    assert (said.reason, [each.id for each in said.choices]) == (Reason.LOT_NEAR_EXPIRY, ["override", "hold", "cancel"])
    let_through(dock)
    dock.whole("A2", item=soon, expires_on=date)
    dock.press("hold")
    assert [each.disposition for each in dock.recorded(LotReceived)] == [Disposition.AVAILABLE, Disposition.HOLD]
