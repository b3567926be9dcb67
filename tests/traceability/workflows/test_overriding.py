"""A second person lets through what the rules refuse: badge, PIN, reason; never the same person, and nobody talks a hold away."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import get_args

import pytest

from config.plant_parts import Overridable
from tests.traceability.workflows.dock import CHIEF, MORNING, STARCH, TODAY, WORKER
from tests.traceability.workflows.line import BLOCKED, Line
from traceability.events import ApprovalAsked, LotConsumed, OverrideApproved, ScanRefused, SignedIn
from traceability.lots import Disposition
from traceability.operators import Operator, Role
from traceability.records import from_json, to_json
from traceability.refusals import Reason, Verdict
from traceability.workflows.inputs import BadgeScanned, Pin, PinChecked
from traceability.workflows.overriding import BY_DEFAULT, OVERRIDABLE, approvers_for
from traceability.workflows.seat import Seat, SeatStep, dialogue_of
from traceability.workflows.step import Ask

LATER = date(2028, 1, 1)
QUALITY = Operator("op-3", "Q. Moss", frozenset({Role.QUALITY}))


def blocked(policies: dict[str, object] | None = None) -> Line:
    """A newer lot of an item whose oldest comes first was scanned: the question is open."""
    line = Line(policies={name: json.dumps(value) for name, value in (policies or {}).items()})
    line.knows("OLD", BLOCKED, expires_on=TODAY).knows("NEW", BLOCKED, expires_on=LATER).labelled("S1", "NEW", BLOCKED).at_work()
    line.container("S1")
    return line


def badge(line: Line, who: Operator) -> SeatStep:
    return line.give(BadgeScanned(line.ref(f"badge of {who.id}"), who))


def pin(line: Line, who: Operator = CHIEF, outcome: Pin = Pin.RIGHT, left: int = 0) -> SeatStep:
    until = MORNING + timedelta(minutes=15) if outcome is Pin.LOCKED else None
    return line.give(PinChecked(who.id, outcome, left, until))


def asked(step: SeatStep) -> tuple[Verdict | None, Reason | None, Ask | None]:
    return step.said.verdict, step.said.reason, step.said.ask


def proven(line: Line) -> Line:
    line.choose("override")
    badge(line, CHIEF)
    pin(line)
    return line


def test_a_second_person_lets_an_older_lot_be_passed_over() -> None:
    line = blocked()
    assert [each.id for each in line.question.choices] == ["override", "cancel"]
    assert asked(line.choose("override")) == (Verdict.ASK, None, Ask.OVERRIDE_BADGE)
    assert asked(badge(line, CHIEF)) == (Verdict.ASK, None, Ask.OVERRIDE_PIN)
    step = pin(line)
    assert asked(step) == (Verdict.ASK, None, Ask.CHOOSE_REASON)
    assert [each.id for each in step.said.choices] == ["URGENT", "CANT_BE_REACHED", "FIGURE_WRONG", "QUALITY_AGREED"]
    assert line.choose("URGENT").said.verdict is Verdict.ACCEPTED
    used = next(record for _, record in line.records if isinstance(record.event, LotConsumed))
    assert (used.approver, used.override_reason) == (CHIEF.id, "URGENT")
    assert used.event.accepted_reasons == (Reason.OLDER_LOT_FIRST,)
    approved = line.recorded(OverrideApproved)[0]
    assert (approved.approver, approved.code, approved.reason, approved.about["lot"]) == (CHIEF.id, "URGENT", Reason.OLDER_LOT_FIRST, "NEW")
    assert line.seat.operator == WORKER  # the approver's badge did not take the seat
    assert len(line.recorded(SignedIn)) == 1
    assert len(line.named()) == len(set(line.named())) == line.scans


def test_the_next_container_of_that_lot_calls_nobody_and_names_the_approver() -> None:
    line = proven(blocked()).labelled("S2", "NEW", BLOCKED)
    line.choose("URGENT")
    assert line.container("S2").said.verdict is Verdict.ACCEPTED
    consumed = [record for _, record in line.records if isinstance(record.event, LotConsumed)]
    assert [(each.approver, each.override_reason) for each in consumed] == [(CHIEF.id, "URGENT")] * 2


def test_the_same_person_is_refused_and_the_question_stays() -> None:
    line = blocked()
    line.choose("override")
    assert asked(badge(line, WORKER)) == (Verdict.REJECTED, Reason.SAME_PERSON, Ask.OVERRIDE_BADGE)
    assert line.refused()[-1] is Reason.SAME_PERSON
    assert asked(badge(line, CHIEF))[2] is Ask.OVERRIDE_PIN


def test_a_worker_or_quality_may_not_where_the_plant_says_supervisor() -> None:
    line = blocked()
    line.choose("override")
    assert asked(badge(line, QUALITY)) == (Verdict.REJECTED, Reason.NOT_ALLOWED, Ask.OVERRIDE_BADGE)
    line = blocked({"overrides": {"OLDER_LOT_FIRST": ["quality"]}})
    line.choose("override")
    assert asked(badge(line, CHIEF))[1] is Reason.NOT_ALLOWED
    assert asked(badge(line, QUALITY))[2] is Ask.OVERRIDE_PIN


@pytest.mark.parametrize("withdrawn", ["OLDER_LOT_FIRST", "URGENT"])
def test_what_was_withdrawn_from_a_person_they_can_not_give(withdrawn: str) -> None:
    person = Operator(CHIEF.id, CHIEF.name, CHIEF.roles, frozenset({withdrawn}))
    line = blocked()
    line.choose("override")
    step = badge(line, person)
    if withdrawn == "OLDER_LOT_FIRST":
        assert asked(step) == (Verdict.REJECTED, Reason.NOT_ALLOWED, Ask.OVERRIDE_BADGE)
        return
    step = pin(line, person)
    assert "URGENT" not in [each.id for each in step.said.choices]
    assert asked(line.choose("URGENT"))[:2] == (Verdict.REJECTED, Reason.NOT_ALLOWED)
    assert line.recorded(LotConsumed) == []
    assert line.choose("FIGURE_WRONG").said.verdict is Verdict.ACCEPTED


def test_a_wrong_pin_says_how_many_tries_are_left_and_too_many_end_it() -> None:
    line = blocked()
    line.choose("override")
    badge(line, CHIEF)
    step = pin(line, outcome=Pin.WRONG, left=4)
    assert (asked(step), step.said.about["tries"]) == ((Verdict.REJECTED, Reason.PIN_WRONG, Ask.OVERRIDE_PIN), "4")
    step = pin(line, outcome=Pin.LOCKED)
    assert asked(step) == (Verdict.REJECTED, Reason.LOCKED_OUT, Ask.OVERRIDE_BADGE)
    assert line.refused() == [Reason.PIN_WRONG, Reason.LOCKED_OUT]
    assert all(CHIEF.name not in str(to_json(each)) for each in line.recorded(ScanRefused))  # names can be erased, so none is written down
    assert asked(pin(line))[0] is None  # a PIN that nobody waits for opens nothing
    assert line.recorded(LotConsumed) == []


def test_without_an_approval_a_yes_is_not_enough_and_leaving_refuses_the_lot() -> None:
    line = blocked()
    assert asked(line.press("confirm")) == (Verdict.REJECTED, Reason.NOT_ALLOWED, Ask.DECIDE)
    assert line.recorded(LotConsumed) == []
    line.choose("override")
    assert asked(line.choose("cancel")) == (Verdict.CHECK, Reason.OLDER_LOT_FIRST, Ask.DECIDE)  # back at the question
    line.press("cancel")
    assert line.refused() == [Reason.OLDER_LOT_FIRST]
    assert [each.reason for each in line.work.refused] == [Reason.OLDER_LOT_FIRST]
    assert len(line.named()) == len(set(line.named())) == line.scans


def test_whoever_leaves_takes_the_second_persons_word_along() -> None:
    line = proven(blocked())
    line.press("sign_out")
    assert dialogue_of(line.seat) is None
    badge(line, QUALITY)
    assert line.seat.operator == QUALITY
    assert line.question.ask is Ask.DECIDE


def test_goods_wait_while_a_second_person_is_there() -> None:
    line = proven(blocked()).knows("A1", STARCH).labelled("S9", "A1")
    assert line.container("S9").said.waiting == 1
    line.choose("URGENT")
    assert [each.lot for each in line.recorded(LotConsumed)] == ["NEW", "A1"]


def test_the_dialogue_survives_a_restart() -> None:
    line = proven(blocked())
    line.seat = from_json(Seat, json.loads(json.dumps(to_json(line.seat))), "seat")
    assert line.choose("URGENT").said.verdict is Verdict.ACCEPTED


def test_a_doubt_needs_a_second_person_where_the_plant_says_so() -> None:
    line = Line(policies={"needs_override": '["OVER_PLAN"]'}).knows("A1", on_hand="1000").at_work()
    line.label(STARCH, lot="A1")
    line.quantity("101")
    assert [each.id for each in line.question.choices] == ["override", "to_go", "quantity", "cancel"]
    line.press("confirm")
    assert line.recorded(LotConsumed) == []
    proven(line).choose("FIGURE_WRONG")
    assert line.used() == 101


def test_an_expired_lot_is_refused_unless_the_plant_names_it() -> None:
    line = Line().knows("A1", expires_on=date(2020, 1, 1)).labelled("S1", "A1").at_work()
    assert asked(line.container("S1"))[:2] == (Verdict.REJECTED, Reason.LOT_EXPIRED)
    line = (
        Line(policies={"overrides": '{"LOT_EXPIRED": ["quality"]}'}).knows("A1", expires_on=date(2020, 1, 1)).labelled("S1", "A1").at_work()
    )
    assert asked(line.container("S1"))[:2] == (Verdict.CHECK, Reason.LOT_EXPIRED)
    line.choose("override")
    badge(line, QUALITY)
    pin(line, QUALITY)
    assert line.choose("QUALITY_AGREED").said.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("standing", [Disposition.HOLD, Disposition.RECALLED, Disposition.REJECTED, Disposition.QUARANTINE])
def test_what_is_held_is_never_let_through(standing: Disposition) -> None:
    reasons = ["LOT_ON_HOLD", "LOT_RECALLED", "LOT_REJECTED", "LOT_IN_QUARANTINE"]
    line = Line(policies={"overrides": json.dumps({each: ["supervisor"] for each in reasons})})
    line.knows("A1", disposition=standing).labelled("S1", "A1").at_work()
    line.container("S1")
    assert line.work.question is None
    assert line.recorded(LotConsumed) == []
    assert line.recorded(ApprovalAsked) == []


def test_nothing_expired_leaves_the_house_whatever_the_plant_says() -> None:
    policies = {"overrides": '{"LOT_EXPIRED": ["supervisor"]}'}
    assert approvers_for(Reason.LOT_EXPIRED, "consume", policies)
    assert all(not approvers_for(Reason.LOT_EXPIRED, mode, policies) for mode in ("pack", "pick", "ship"))


def test_the_plant_file_knows_what_may_be_overridden() -> None:
    assert set(get_args(Overridable)) == {each.value for each in OVERRIDABLE}
    assert BY_DEFAULT.keys() <= OVERRIDABLE
