"""Take back the last thing done at any work, or do it anew with another quantity: at once, later with a reason, and where it went on by a
second person's word.
"""

from __future__ import annotations

from typing import Any

from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.approvals import Approval
from traceability.workflows.inputs import Circumstances
from traceability.workflows.overriding import CALL, CANCEL, approvers_for
from traceability.workflows.step import Ask, Said, Step
from traceability.workflows.task import Task, W
from traceability.workflows.undoing import CHANGE, TAKES_BACK, TOPIC, reasons, wants_reason
from traceability.workflows.work_settle import ask, asked_for_quantity, correction, refuse_typed, undone
from traceability.workflows.working import Asked, Done, Load

_WENT_ON = Reason.DOWNSTREAM_EXISTS


def undo_last(task: Task[W], state: W, now: Circumstances) -> Step[Any]:
    """Take back what was done last. What was used further on is named, and goes back where a second person says so."""
    return _begun(task, state, TOPIC, state.done[-1], state.done[-1].load, now)


def change_last(task: Task[W], state: W, done: Done, load: Load, now: Circumstances) -> Step[Any]:
    """Ask for another quantity of what was done last; `load` is what it will be counted anew as."""
    return _begun(task, state, CHANGE, done, load, now)


def let_through(task: Task[W], state: W, asked: Asked, approval: Approval, now: Circumstances) -> Step[Any]:
    """Take it back though it went on: a second person said so. What is late wants its reason all the same."""
    done, load = state.done_as(asked.event), asked.load
    assert done is not None and load is not None  # noqa: PT018 - the question was asked about both
    through = replace(load, agreed=(*load.agreed, _WENT_ON), approved=(*load.approved, approval))
    return _with_reason(task, state, asked.topic, done, through, now)


def reason_given(task: Task[W], state: W, asked: Asked, code: str) -> Step[Any] | None:
    """Take the reason why something is taken back; None where that is not asked."""
    done = state.done_as(asked.event) if asked.topic in TAKES_BACK and asked.ask is Ask.CHOOSE_REASON else None
    return _agreed(task, state, asked.topic, done, asked.load, code) if done is not None and asked.load is not None else None


def _begun(task: Task[W], state: W, topic: str, done: Done, load: Load, now: Circumstances) -> Step[Any]:
    # Its scans are named by the event that is taken back; what was let through then is not let through now.
    agreed = tuple(each for each in load.agreed if each is not _WENT_ON)
    approved = tuple(each for each in load.approved if each.reason is not _WENT_ON) if topic == CHANGE else ()
    load = replace(load, replaces=done.event_id, agreed=agreed, approved=approved)
    if not now.made.downstream:
        return _with_reason(task, state, topic, done, load, now)
    facts = {**state.facts(), "workflow": task.name, **task.said_of(done.event, state), "went_to": ", ".join(now.made.downstream)}
    if not approvers_for(_WENT_ON, task.name, now.policies):
        return refuse_typed(task, state, _WENT_ON, facts, now)
    return ask(task, state, Asked(Ask.DECIDE, _WENT_ON, load, topic, done.event_id, about=facts, choices=(CALL, CANCEL)))


def _with_reason(task: Task[W], state: W, topic: str, done: Done, load: Load, now: Circumstances) -> Step[Any]:
    if not wants_reason(done.at, now):
        return _agreed(task, state, topic, done, load)
    facts = {**state.facts(), **task.said_of(done.event, state)}
    return ask(task, state, Asked(Ask.CHOOSE_REASON, None, load, topic, done.event_id, about=facts, choices=reasons(now)))


def _agreed(task: Task[W], state: W, topic: str, done: Done, load: Load, code: str | None = None) -> Step[Any]:
    """Everybody who was to be asked said yes."""
    if topic == TOPIC:
        return _take_back(task, state, done, load, code)
    named = {"lot": done.key.code} if done.key is not None else {}
    return asked_for_quantity(state, replace(load, chosen=(*load.chosen, (CHANGE, code))) if code else load, change="yes", **named)


def _take_back(task: Task[W], state: W, done: Done, load: Load, code: str | None) -> Step[Any]:
    after = undone(task, replace(state, question=None), done)
    facts = {**state.facts(), **task.said_of(done.event, after), "undone": "yes"}
    record = correction(state, done, "undo", code)
    if load.approved:
        record = replace(record, approver=load.approved[-1].approver, override_reason=load.approved[-1].code)
    return Step(after, Said(Verdict.ACCEPTED, task.wants(after), about=facts), (record,))
