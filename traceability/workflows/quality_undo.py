"""The way back of what one yes did to many lots: each of its events is taken back."""

from __future__ import annotations

from typing import Any, Final

from traceability.events import EventCorrected, LotHeld, LotReleased, ScopeHeld, ScopeReleased
from traceability.refusals import Verdict
from traceability.values import replace
from traceability.workflows.inputs import Circumstances
from traceability.workflows.inspecting import Inspecting
from traceability.workflows.step import Ask, Record, Said, Step
from traceability.workflows.task import Task
from traceability.workflows.undoing import TOPIC as UNDO
from traceability.workflows.undoing import reasons, wants_reason
from traceability.workflows.work_settle import ask, undone
from traceability.workflows.working import Asked, Done

#: The answers of a load that are events of one yes, and of which kind; the state of an older version says "id" of holds.
_KINDS: Final = {"id": LotHeld.kind, **{each.kind: each.kind for each in (LotHeld, LotReleased, ScopeHeld, ScopeReleased)}}


def named_in(records: tuple[Record, ...]) -> tuple[tuple[str, str], ...]:
    """Return (kind, id) of what one yes did, to be kept with it."""
    return tuple((each.event.kind, each.id or "") for each in records)


def are_many(done: Done) -> bool:
    """Whether one yes held, or released, several lots."""
    return any(topic in _KINDS for topic, _ in done.load.chosen)


def undo_all(task: Task[Any], state: Inspecting, last: Done, now: Circumstances, code: str | None = None) -> Step[Inspecting]:
    """Take back all that one yes did; later than a few minutes after it only with a reason (`code`)."""
    if code is None and wants_reason(last.at, now):
        facts = {**state.facts(), **task.said_of(last.event, state)}
        return ask(task, state, Asked(Ask.CHOOSE_REASON, topic=UNDO, event=last.event_id, about=facts, choices=reasons(now)))
    state = replace(state, question=None)
    did = [EventCorrected(id_, _KINDS[topic], "undo", code) for topic, id_ in last.load.chosen if topic in _KINDS]
    after = undone(task, state, last)
    facts = {**state.facts(), **task.said_of(last.event, after), "undone": "yes"}
    records = tuple(Record(each, how="typed", documents=state.document()) for each in did)
    return Step(after, Said(Verdict.ACCEPTED, task.wants(after), about=facts), records)
