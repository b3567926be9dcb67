"""Take back the last thing done at any work: at once, later with a reason, and where it went on by a second person's word."""

from __future__ import annotations

from typing import Any

from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.approvals import Approval
from traceability.workflows.inputs import Circumstances
from traceability.workflows.overriding import CALL, CANCEL, approvers_for
from traceability.workflows.step import Ask, Said, Step
from traceability.workflows.task import Task, W
from traceability.workflows.undoing import TOPIC, reasons, wants_reason
from traceability.workflows.work_settle import ask, correction, refuse_typed, undone
from traceability.workflows.working import Asked, Done, Load


def undo_last(task: Task[W], state: W, now: Circumstances) -> Step[Any]:
    """Take back what was done last. What was used further on is named, and goes back where a second person says so."""
    last = state.done[-1]
    if now.made.downstream:
        return _went_on(task, state, last, now)
    return _with_reason(task, state, last, replace(last.load, replaces=last.event_id, approved=()), now)


def let_through(task: Task[W], state: W, asked: Asked, approval: Approval, now: Circumstances) -> Step[Any]:
    """Take it back though it went on: a second person said so. What is late wants its reason all the same."""
    done, load = state.done_as(asked.event), asked.load
    assert done is not None and load is not None  # noqa: PT018 - the question was asked about both
    return _with_reason(task, state, done, replace(load, approved=(approval,)), now)


def reason_given(task: Task[W], state: W, asked: Asked, code: str) -> Step[Any] | None:
    """Take the reason why something is taken back; None where that is not asked."""
    done = state.done_as(asked.event) if asked.topic == TOPIC and asked.ask is Ask.CHOOSE_REASON else None
    return _take_back(task, state, done, asked.load, code) if done is not None else None


def _went_on(task: Task[W], state: W, last: Done, now: Circumstances) -> Step[Any]:
    facts = {**state.facts(), "workflow": task.name, **task.said_of(last.event, state), "went_to": ", ".join(now.made.downstream)}
    if not approvers_for(Reason.DOWNSTREAM_EXISTS, task.name, now.policies):
        return refuse_typed(task, state, Reason.DOWNSTREAM_EXISTS, facts, now)
    # Its scans are named by the event that it undoes.
    load = replace(last.load, replaces=last.event_id, approved=())
    return ask(task, state, Asked(Ask.DECIDE, Reason.DOWNSTREAM_EXISTS, load, TOPIC, last.event_id, about=facts, choices=(CALL, CANCEL)))


def _with_reason(task: Task[W], state: W, done: Done, load: Load, now: Circumstances) -> Step[Any]:
    if not wants_reason(done.at, now):
        return _take_back(task, state, done, load)
    facts = {**state.facts(), **task.said_of(done.event, state)}
    return ask(task, state, Asked(Ask.CHOOSE_REASON, None, load, TOPIC, done.event_id, about=facts, choices=reasons(now)))


def _take_back(task: Task[W], state: W, done: Done, load: Load | None, code: str | None = None) -> Step[Any]:
    after = undone(task, replace(state, question=None), done)
    facts = {**state.facts(), **task.said_of(done.event, after), "undone": "yes"}
    record = correction(state, done, "undo", code)
    if load is not None and load.approved:
        record = replace(record, approver=load.approved[-1].approver, override_reason=load.approved[-1].code)
    return Step(after, Said(Verdict.ACCEPTED, task.wants(after), about=facts), (record,))
