"""Scans that come twice, too late, all at once or too early (rules 17 and 18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.traceability.workflows.dock import (
    ACCEPTED,
    BOTTLE,
    STARCH,
    Dock,
    told,
)
from traceability.barcodes.reading import Facts
from traceability.events import ScansAbandoned
from traceability.items import ItemCode
from traceability.refusals import Reason, Verdict
from traceability.workflows.inputs import LabelScanned
from traceability.workflows.receiving import MOST_WAITING
from traceability.workflows.seat import SeatStep
from traceability.workflows.step import Ask


def test_one_trigger_pull_read_twice_counts_once() -> None:
    dock = Dock(tick=timedelta(seconds=1)).receiving()
    dock.whole()
    step = dock.whole()
    assert told(step) == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED, Ask.SCAN_LABEL)
    assert step.said.about["double_read"] == "yes"
    assert len(dock.standing()) == 1


def test_the_same_barcode_later_or_elsewhere_is_the_next_container() -> None:
    dock = Dock(tick=timedelta(seconds=1.5)).receiving()
    dock.whole()
    assert told(dock.whole()) == ACCEPTED
    dock.tick = timedelta(0)
    dock.whole(device="s2")
    assert len(dock.standing()) == 3


def test_what_is_unique_is_counted_once() -> None:
    dock = Dock().receiving()
    step = dock.give(LabelScanned(dock.ref("(21)7"), Facts(serial="7"), (ItemCode(STARCH),), counted_at=dock.at))
    assert step.said.verdict is Verdict.DUPLICATE
    assert "counted_at" in step.said.about


def test_a_command_card_read_twice_acts_once() -> None:
    dock = Dock(tick=timedelta(seconds=1)).receiving()
    dock.whole("A1")
    dock.whole("A2")
    dock.press("undo", card=True)
    assert dock.press("undo", card=True).said.verdict is Verdict.DUPLICATE
    assert [receipt.lot for receipt in dock.standing()] == ["A1"]


def test_parts_from_two_scanners_are_two_labels() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, pack="bag", device="s1")
    dock.label(BOTTLE, pack="box", device="s2")
    dock.label(None, lot="A1", device="s1")
    dock.label(None, lot="B1", device="s2")
    assert [(each.item, each.lot) for each in dock.standing()] == [("STARCH", "A1"), ("BOTTLE", "B1")]


@pytest.mark.parametrize(("answer", "lots", "why"), [("new", [], "replaced"), ("cancel", ["A1"], None)])
def test_a_contradiction_is_asked_about(answer: str, lots: list[str], why: str | None) -> None:
    dock = Dock().receiving()
    dock.label(STARCH, pack="bag")
    step = dock.label(BOTTLE)
    assert told(step) == (Verdict.CHECK, Reason.FACTS_CONFLICT, Ask.DECIDE)
    assert step.said.about["cause"] == "contradiction"
    dock.choose(answer)
    dock.label(None, lot="A1")
    assert [each.lot for each in dock.standing()] == lots
    assert [each.why for each in dock.recorded(ScansAbandoned)] == ([why] if why else [])


def late(seconds: float) -> Dock:
    dock = Dock(tick=timedelta(seconds=seconds)).receiving()
    dock.label(STARCH, pack="bag")
    return dock


def test_a_part_within_twenty_seconds_is_joined() -> None:
    assert told(late(20).label(None, lot="A1")) == ACCEPTED


def test_a_late_part_is_asked_about_and_may_be_the_same_label() -> None:
    dock = late(20.5)
    step = dock.label(None, lot="A1")
    assert told(step) == (Verdict.CHECK, Reason.FACTS_CONFLICT, Ask.DECIDE)
    assert [choice.id for choice in step.said.choices] == ["join", "new", "cancel"]
    assert told(dock.choose("join")) == ACCEPTED
    assert dock.records[-1][1].scans == ("scan-3", "scan-4")


def test_a_late_whole_label_starts_afresh() -> None:
    dock = late(30)
    assert told(dock.whole("A2")) == ACCEPTED
    assert [each.why for each in dock.recorded(ScansAbandoned)] == ["too_late"]


def burst(dock: Dock) -> SeatStep:
    """A label, a minute's silence, then three at once."""
    dock.whole("A0")
    dock.at += timedelta(seconds=60)
    dock.tick = timedelta(seconds=0.2)
    dock.whole("A1")
    dock.whole("A2")
    return dock.whole("A3")


def test_old_scans_that_come_all_at_once_are_asked_about() -> None:
    step = burst(Dock().receiving())
    assert told(step) == (Verdict.CHECK, Reason.FACTS_CONFLICT, Ask.DECIDE)
    assert step.said.about["cause"] == "old_scans"


def test_old_scans_may_count() -> None:
    dock = Dock().receiving()
    burst(dock)
    dock.whole("A4")
    dock.choose("new")
    assert [each.lot for each in dock.standing()] == ["A0", "A1", "A2", "A3", "A4"]


def test_old_scans_may_be_left_out_with_what_they_did() -> None:
    dock = Dock().receiving()
    burst(dock)
    dock.whole("A4")
    dock.whole("B4", device="s2")
    dock.press("cancel")
    assert [each.lot for each in dock.standing()] == ["A0", "B4"]
    assert dock.work.order.lines[0].received == 50
    assert sorted(dock.named()) == sorted(dock.labels)


def test_a_quick_worker_is_no_burst() -> None:
    dock = Dock(tick=timedelta(seconds=0.1)).receiving()
    for number in range(20):
        dock.whole(f"A{number}", "1")
    assert len(dock.standing()) == 20


def test_scans_wait_for_an_open_question_and_are_taken_in_order() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, lot="A1")
    assert (dock.whole("A2").said.waiting, dock.noise().said.waiting, dock.whole("A3").said.waiting) == (1, 2, 3)
    step = dock.quantity("25")
    assert [scan.id for scan in step.freed] == ["scan-4", "scan-5", "scan-6"]
    assert [each.lot for each in dock.standing()] == ["A1", "A2", "A3"]
    assert dock.refused() == [Reason.BARCODE_INVALID]


@pytest.mark.parametrize("end", ["cancel", "back", "undo"])
def test_what_waits_is_freed_by_any_end_of_the_question(end: str) -> None:
    dock = Dock().receiving()
    dock.label(STARCH, lot="A1")
    dock.whole("A2")
    dock.press(end)
    assert [each.lot for each in dock.standing()] == ["A2"]


def test_what_waits_behind_a_missing_lot_is_freed_when_the_lot_comes() -> None:
    dock = Dock().receiving()
    dock.label(replace(STARCH, expiry_required=True), pack="bag")
    dock.press("confirm")
    dock.noise()
    dock.types("A1")  # the expiry is still wanted, but nothing is asked any more
    assert not dock.work.waiting
    assert dock.refused() == [Reason.BARCODE_INVALID]


def test_waiting_scans_are_limited_and_the_rest_refused() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, lot="A1")
    for number in range(MOST_WAITING):
        dock.whole(f"B{number}")
    assert told(dock.whole("C")) == (Verdict.REJECTED, Reason.NOT_EXPECTED_HERE, Ask.QUANTITY)


def test_a_wrong_card_leaves_the_question_open() -> None:
    dock = Dock().receiving()
    dock.whole(amount="211")
    step = dock.noise(Reason.COMMAND_UNKNOWN)
    assert (step.said.ask, [choice.id for choice in step.said.choices]) == (Ask.DECIDE, ["confirm", "quantity", "hold", "cancel"])
