"""The expiry of what was made, where the item needs one and no rule of its own gives it: asked before the lot is recorded."""

from __future__ import annotations

from datetime import date
from typing import Final

from traceability.items import Item
from traceability.refusals import Reason
from traceability.values import replace
from traceability.workflows.inputs import Circumstances, Input, LabelScanned, Typed
from traceability.workflows.judgement import Doubt
from traceability.workflows.lot_rules import about
from traceability.workflows.producing import Producing
from traceability.workflows.step import Ask, Step
from traceability.workflows.task import Task
from traceability.workflows.work_settle import asks_again, settle
from traceability.workflows.working import Load

TOPIC: Final = "expiry"


def missing(item: Item, load: Load, state: Producing, expires_on: date | None) -> Doubt | None:
    """Ask for the last good day where the item needs one and nothing says it."""
    if expires_on is not None or not item.expiry_required:
        return None
    return Doubt(Reason.EXPIRY_MISSING, Ask.SCAN_EXPIRY, about(load, state), topic=TOPIC)


def answered(task: Task[Producing], state: Producing, given: Input, now: Circumstances) -> Step[Producing] | None:
    """Take the day that was typed or scanned; None where it is not asked, or this is no answer to that."""
    asked = state.question
    if asked is None or asked.topic != TOPIC or asked.load is None:
        return None
    match given:
        case Typed(text):
            return _dated(task, state, asked.load, _day(text), now, text)
        case LabelScanned(scan=scan, facts=facts) if facts.expires_on is not None and facts.lot is None:
            load = replace(asked.load, parts=replace(asked.load.parts, scans=(*asked.load.parts.scans, scan.id)))
            return _dated(task, state, load, facts.expires_on, now, scan.text)
        case _:
            return None


def _dated(task: Task[Producing], state: Producing, load: Load, day: date | None, now: Circumstances, text: str) -> Step[Producing]:
    if day is None or day < now.today:
        again = asks_again(state, task.name, text=text.strip(), message="a date like 2027-11-30 is expected, today's or a later one")
        if state.question is not None and load is not state.question.load:  # the scan is part of the answer all the same
            again = replace(again, state=replace(again.state, question=replace(state.question, load=load)))
        return again
    dated = replace(load.parts, facts=replace(load.parts.facts, expires_on=day))
    return settle(task, state, replace(load, parts=dated), now)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
