"""A second person at any work: called to a question, shown in by badge and PIN, and what they let through goes on."""

from __future__ import annotations

from typing import Any, TypeVar

from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.inputs import Circumstances, Input
from traceability.workflows.lot_rules import agreement
from traceability.workflows.overriding import Subject, Turn, begun, is_offered, turned
from traceability.workflows.receiving import Receiving
from traceability.workflows.step import Said, Step
from traceability.workflows.task import ASKED_ONCE, Task, W
from traceability.workflows.undoing import TAKES_BACK
from traceability.workflows.verdicts import verdict_of
from traceability.workflows.work_settle import ask, not_expected, settle
from traceability.workflows.work_undo import let_through
from traceability.workflows.working import Asked, Load, Working

Open = TypeVar("Open", bound=Receiving | Working)


def call(task: Task[W], state: W, _now: Circumstances) -> Step[Any]:
    """Call a second person to the open question, where one may settle it."""
    asked = state.question
    if asked is None or not is_offered(asked.choices):
        return not_expected(task, state, "override")
    return _at(task, state, asked, begun(asked.ask, asked.choices))


def second_person(task: Task[W], state: W, given: Input, now: Circumstances) -> Step[Any] | None:
    """Carry the dialogue with a second person on; None where there is none, or the input is none of its business."""
    asked = state.question
    if asked is None or asked.overriding is None or asked.reason is None or asked.load is None:
        return None
    subject = Subject(task.name, asked.reason, asked.about, state.document())
    turn = turned(asked.overriding, subject, given, now)
    if turn is None:
        return None
    if turn.approval is not None and asked.topic in TAKES_BACK:
        step = let_through(task, state, asked, turn.approval, now)
        return replace(step, records=(*turn.records, *step.records))
    if turn.approval is not None:
        return _approved(task, state, asked.load, asked.reason, turn, now)
    return _at(task, state, asked, turn)


def without_dialogue(state: Open) -> Open:
    """Return the work with nobody called: who leaves takes the second person's word along."""
    asked = state.question
    if asked is None or asked.overriding is None:
        return state
    back: Any = replace(asked, ask=asked.overriding.ask, choices=asked.overriding.choices, overriding=None)
    return replace(state, question=back)


def _at(task: Task[W], state: W, asked: Asked, turn: Turn) -> Step[Any]:
    after = replace(asked, ask=turn.ask, choices=turn.choices, overriding=turn.overriding)
    if turn.overriding is None:
        return replace(ask(task, state, after), records=turn.records)
    verdict = verdict_of(turn.reason, task.name) if turn.reason else Verdict.ASK
    facts = {**asked.about, "approving": str(asked.reason), **turn.about}
    said = Said(verdict, turn.ask, turn.reason, facts, turn.choices, len(state.waiting))
    return Step(replace(state, question=after), said, turn.records)


def _approved(task: Task[W], state: W, load: Load, reason: Reason, turn: Turn, now: Circumstances) -> Step[Any]:
    """Judge the load as agreed to; for the next container of the lot nobody is called again."""
    approval = turn.approval
    assert approval is not None
    if reason in ASKED_ONCE:
        known = agreement(reason, load)
        agreed = tuple(dict.fromkeys((*state.agreed, known)))
        state = replace(state, agreed=agreed, approved={**state.approved, known: approval})
    through = replace(load, agreed=(*load.agreed, reason), approved=(*load.approved, approval))
    step = settle(task, state, through, now)
    return replace(step, records=(*turn.records, *step.records))
