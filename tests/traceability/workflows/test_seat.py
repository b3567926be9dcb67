"""A worker's seat: who sits there, which work is open, and what a STOP lets through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.traceability.workflows.dock import CHIEF, ORDER, STARCH, SUGAR, WORKER, Dock
from traceability.events import CommandScanned, ScanRefused, SignedIn, SignedOut
from traceability.lots import Disposition
from traceability.records import from_json, to_json
from traceability.refusals import Reason, Verdict
from traceability.workflows.inputs import BadgeScanned, OrderScanned
from traceability.workflows.receiving import Receiving
from traceability.workflows.seat import LANGUAGE_CHANGED, LATCH_REJECTED, Seat, next_ask
from traceability.workflows.step import Ask


def stopped() -> Dock:
    dock = Dock().receiving().knows("A1", disposition=Disposition.RECALLED)
    dock.whole("A1")
    return dock


def test_a_badge_signs_in_and_a_single_mode_opens_itself() -> None:
    dock = Dock()
    step = dock.give(BadgeScanned(dock.ref("B-1"), WORKER))
    assert (step.said.verdict, step.said.ask, step.said.about) == (Verdict.ASK, Ask.SCAN_ORDER, {"name": "M. Alvarez"})
    assert dock.recorded(SignedIn)
    assert dock.seat.operator == WORKER


def test_several_modes_are_offered() -> None:
    dock = Dock(modes=("receive", "ship"))
    step = dock.give(BadgeScanned(dock.ref("B-1"), WORKER))
    assert step.said.ask is Ask.CHOOSE_MODE
    assert [choice.id for choice in step.said.choices] == ["mode:receive", "mode:ship"]
    assert dock.press("dance").said.reason is Reason.NOT_EXPECTED_HERE
    assert dock.plain("A1").said.reason is Reason.NOT_EXPECTED_HERE
    assert dock.press("mode", "bake").said.reason is Reason.NOT_EXPECTED_HERE
    assert dock.press("mode", "receive").said.ask is Ask.SCAN_ORDER
    assert dock.press("home").said.ask is Ask.CHOOSE_MODE
    assert dock.types("A1").said.verdict is None


def test_at_home_an_order_opens_receiving() -> None:
    dock = Dock(modes=("receive", "ship")).signed_in()
    assert dock.give(OrderScanned(ORDER, dock.ref("PO1"))).said.ask is Ask.SCAN_LABEL
    assert dock.seat.mode == "receive"


def test_back_leaves_the_work_only_where_nothing_is_in_the_making() -> None:
    dock = Dock(modes=("receive", "ship")).signed_in()
    dock.give(OrderScanned(ORDER))
    dock.label(STARCH)
    modes = []
    for _ in range(2):
        dock.press("back")
        modes.append(dock.seat.mode)
    assert modes == ["receive", None]
    assert isinstance(dock.seat.work, Receiving)  # it stays open for whoever comes next


@pytest.mark.parametrize("scanned", [True, False])
def test_signed_out_nothing_is_done(scanned: bool) -> None:
    dock = Dock()
    step = dock.plain("A1") if scanned else dock.press("undo")
    expected = Reason.BADGE_UNKNOWN if scanned else Reason.NOT_SIGNED_IN
    assert (step.said.verdict, step.said.reason, step.said.ask) == (Verdict.REJECTED, expected, Ask.SCAN_BADGE)
    assert "A1" not in str(step.said.about)  # it may be somebody's badge


def test_a_card_or_an_order_is_no_badge_either() -> None:
    dock = Dock()
    assert dock.press("undo", card=True).said.reason is Reason.BADGE_UNKNOWN
    assert dock.give(OrderScanned(ORDER, dock.ref("PO1"))).said.reason is Reason.BADGE_UNKNOWN
    assert sorted(dock.named()) == sorted(dock.labels)


def test_another_worker_takes_the_open_work_over() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, lot="A1")
    step = dock.give(BadgeScanned(dock.ref("B-2"), CHIEF))
    assert step.said.ask is Ask.QUANTITY  # the question is still open
    assert [each.why for each in dock.recorded(SignedOut)] == ["switched"]
    assert dock.seat.operator == CHIEF
    dock.quantity("25")
    assert len(dock.standing()) == 1


def test_the_same_badge_again_changes_nothing() -> None:
    dock = Dock().receiving()
    dock.give(BadgeScanned(dock.ref("B-1"), WORKER))
    assert not dock.recorded(SignedOut)
    assert isinstance(dock.seat.work, Receiving)


@pytest.mark.parametrize(("verb", "why"), [("sign_out", "touch"), ("idle", "idle")])
def test_leaving_keeps_the_work(verb: str, why: str) -> None:
    dock = Dock().receiving()
    dock.label(STARCH, pack="bag")
    dock.press(verb)
    assert [each.why for each in dock.recorded(SignedOut)] == [why]
    dock.signed_in()
    dock.label(None, lot="A1")
    assert [each.lot for each in dock.standing()] == ["A1"]


def test_a_stop_lets_nothing_through_but_the_acknowledgement() -> None:
    dock = stopped()
    for step in (dock.whole("A2"), dock.press("undo"), dock.press("sign_out"), dock.types("A2"), dock.press("mode", "receive")):
        assert (step.said.verdict, step.said.reason, step.said.ask) == (Verdict.STOP, Reason.ACKNOWLEDGE_FIRST, Ask.ACKNOWLEDGE)
    assert dock.seat.latched is not None
    assert dock.seat.latched.refused_meanwhile == 5
    assert dock.press("acknowledge").said.about["acknowledged"] == "yes"
    assert dock.seat.latched is None


def test_a_stop_stays_when_somebody_else_comes() -> None:
    dock = stopped()
    step = dock.give(BadgeScanned(dock.ref("B-2"), CHIEF))
    assert (step.said.verdict, step.said.reason, step.said.ask) == (Verdict.STOP, Reason.LOT_RECALLED, Ask.ACKNOWLEDGE)
    assert (dock.seat.operator, [each.why for each in dock.recorded(SignedOut)]) == (CHIEF, ["switched"])
    assert next_ask(dock.seat) is Ask.ACKNOWLEDGE


def test_scans_that_a_stop_sets_free_are_refused_not_lost() -> None:
    dock = Dock().receiving().knows("A1", disposition=Disposition.RECALLED)
    dock.label(STARCH, pack="bag")
    dock.press("confirm")
    dock.noise()
    dock.types("A1")
    assert dock.refused() == [Reason.LOT_RECALLED, Reason.ACKNOWLEDGE_FIRST]


def test_a_card_that_causes_nothing_is_named_by_itself() -> None:
    dock = Dock().receiving()
    dock.press("confirm", card=True)
    assert dock.recorded(CommandScanned) == [CommandScanned("confirm", None)]
    assert sorted(dock.named()) == sorted(dock.labels)


def test_a_seat_comes_back_from_disk_as_it_was() -> None:
    dock = Dock().receiving()
    dock.whole("A1")
    dock.whole("OLD", amount="500")
    dock.whole("A3")
    dock.noise()
    assert from_json(Seat, to_json(dock.seat), "seat") == dock.seat


@pytest.mark.parametrize("sits", ["nobody", "a worker", "a worker at a stop"])
def test_the_language_changes_wherever_the_worker_is_and_nothing_else_does(sits: str) -> None:
    dock = {"nobody": Dock, "a worker": lambda: Dock().receiving(), "a worker at a stop": stopped}[sits]()
    before = dock.seat
    step = dock.press("language", "pl")
    assert dock.seat == replace(before, language="pl")
    assert (step.said.verdict, step.said.ask, step.said.about) == (Verdict.ASK, next_ask(before), {LANGUAGE_CHANGED: "pl"})
    assert (step.records, step.prints) == ((), ())
    assert from_json(Seat, to_json(dock.seat), "seat").language == "pl"


def strict_dock() -> Dock:
    """Where the plant wants a REJECTED to be acknowledged, too."""
    return Dock(policies={LATCH_REJECTED: "true"}).receiving()


def test_where_the_plant_wants_it_a_rejected_is_acknowledged_like_a_stop() -> None:
    dock = strict_dock()
    step = dock.whole("A1", item=SUGAR)
    assert (step.said.verdict, step.said.reason, step.said.ask) == (Verdict.REJECTED, Reason.ITEM_NOT_ON_ORDER, Ask.ACKNOWLEDGE)
    for meanwhile in (dock.whole("A2"), dock.press("undo"), dock.types("A2")):
        assert (meanwhile.said.verdict, meanwhile.said.reason) == (Verdict.STOP, Reason.ACKNOWLEDGE_FIRST)
    assert [each.reason for each in dock.recorded(ScanRefused)] == [Reason.ITEM_NOT_ON_ORDER, *[Reason.ACKNOWLEDGE_FIRST] * 3]
    assert next_ask(dock.seat) is Ask.ACKNOWLEDGE
    step = dock.give(BadgeScanned(dock.ref("B-2"), CHIEF))
    assert (step.said.verdict, step.said.ask) == (Verdict.REJECTED, Ask.ACKNOWLEDGE)
    dock.press("confirm", card=True)
    assert dock.seat.latched is None
    assert dock.whole("A2").said.verdict is Verdict.ACCEPTED


def test_without_the_policy_a_rejected_holds_nobody_up() -> None:
    for policies in ({}, {LATCH_REJECTED: "false"}):
        dock = Dock(policies=policies).receiving()
        assert dock.whole("A1", item=SUGAR).said.verdict is Verdict.REJECTED
        assert dock.seat.latched is None
        assert dock.whole("A2").said.verdict is Verdict.ACCEPTED


def test_signed_out_nobody_has_to_acknowledge_a_badge_that_is_not_known() -> None:
    dock = strict_dock()
    dock.press("sign_out")
    assert dock.noise().said.verdict is Verdict.REJECTED
    assert dock.seat.latched is None
