"""Work on lots that is open, of any kind: what it answers to every input. A `Task` says what is special about it."""

from __future__ import annotations

from typing import Any, assert_never

from traceability.refusals import Reason
from traceability.values import replace
from traceability.workflows.bursts import is_double_read, with_scan
from traceability.workflows.inputs import (
    BadgeScanned,
    Chosen,
    Circumstances,
    Input,
    LabelScanned,
    LotQuestion,
    MadeQuestion,
    NotUnderstood,
    OrderScanned,
    PinChecked,
    Pressed,
    QuantityGiven,
    Scanned,
    Typed,
    WorkOrderScanned,
)
from traceability.workflows.pieces import serial_of
from traceability.workflows.step import Ask, Said, ScanRef, Step
from traceability.workflows.task import Task, W
from traceability.workflows.undoing import TAKES_BACK
from traceability.workflows.work_answers import answer, load_chosen, load_typed
from traceability.workflows.work_approvals import second_person
from traceability.workflows.work_labels import load_with, take_label, take_noise, wait
from traceability.workflows.work_settle import duplicate, refuse_scan, refuse_typed
from traceability.workflows.working import Load


def question(task: Task[W], state: W, given: Input) -> LotQuestion | MadeQuestion | None:
    """Return what the answer to `given` depends on (which lot, or where what is undone went), so that it is looked up before `advance`."""
    if isinstance(given, Pressed) and given.verb in TAKES_BACK and is_idle(state) and state.done:
        return MadeQuestion(None, state.done[-1].event_id)
    load = load_for(task, state, given)
    if load is None or load.item is None or load.lot is None:
        return None
    assigned_by = load.container.lot.assigned_by if load.container else load.assigned_by
    asked, label = LotQuestion(load.item.code, load.lot, assigned_by, to_use=task.to_use, serial=serial_of(load)), load.container
    return replace(asked, container=label.serial, stands=label.place, used_up=label.quantity <= 0) if label is not None else asked


def load_for(task: Task[W], state: W, given: Input) -> Load | None:
    """Return the load that an input speaks of, as it will be once that is taken; None where it speaks of none."""
    match given:
        case LabelScanned():
            return load_with(task, state, given)
        case Typed():
            return load_typed(task, state, given)
        case Chosen(id=chosen):
            return load_chosen(state, chosen)
        case Pressed() | QuantityGiven() | Scanned():
            return state.active()
        case _:
            return None


def next_ask(task: Task[W], state: W) -> Ask:
    """Return what is wanted next when nothing special is asked."""
    return state.question.ask if state.question is not None else task.wants(state)


def is_idle(state: W) -> bool:
    """Whether nothing is half done: a worker may go elsewhere and loses nothing."""
    return state.question is None and not state.begun


def advance(task: Task[W], state: W, given: Input, now: Circumstances) -> Step[Any]:
    """Answer one input. Everything that it changes is in the step; nothing is done here."""
    step = _answered(task, state, given, now)
    after = step.state
    # Scans wait for a question; where none is open any more they are taken now.
    waiting = getattr(after, "waiting", ())
    if waiting and after.question is None:
        return replace(step, state=replace(after, waiting=()), freed=waiting)
    return step


def _answered(task: Task[W], state: W, given: Input, now: Circumstances) -> Step[Any]:
    match given:
        case LabelScanned():
            return take_label(task, state, given, now)
        case Pressed(scan=ScanRef() as scan) | QuantityGiven(scan=ScanRef() as scan) | Chosen(scan=ScanRef() as scan):
            return _card(task, state, given, scan, now)
        case NotUnderstood(scan, reason, about):
            return take_noise(task, state, scan, reason, about, now)
        case Pressed() | QuantityGiven() | Typed() | Chosen():
            return _touch(task, state, given, now)
        case Scanned():
            return _thing(task, state, given, now)
        case BadgeScanned() | PinChecked():
            return second_person(task, state, given, now) or Step(state, Said(None, next_ask(task, state)))
        case OrderScanned() | WorkOrderScanned():  # the seat, or the workflow itself, answers these
            return Step(state, Said(None, next_ask(task, state)))
    assert_never(given)


def _card(task: Task[W], state: W, given: Pressed | QuantityGiven | Chosen, scan: ScanRef, now: Circumstances) -> Step[Any]:
    """A command card does what a touch does; read twice by one pull of the trigger it does it once."""
    double, state = is_double_read(state.seen, scan), replace(state, seen=with_scan(state.seen, scan))
    if double:
        return duplicate(task, state, scan, {"double_read": "yes"})
    return _touch(task, state, given, now)


def _touch(task: Task[W], state: W, given: Pressed | QuantityGiven | Typed | Chosen, now: Circumstances) -> Step[Any]:
    if called := second_person(task, state, given, now):
        return called
    match given:
        case Pressed("finish", scan=scan):
            return task.finish(state, scan, now)
        case _:
            return answer(task, state, given, now)


def _thing(task: Task[W], state: W, given: Scanned, now: Circumstances) -> Step[Any]:
    """A place, a paper, a carton: while something is asked it waits, unless it is the answer to that."""
    scan = given.scan
    if scan is not None and not given.freed:
        double, state = is_double_read(state.seen, scan), replace(state, seen=with_scan(state.seen, scan))
        if double:
            return duplicate(task, state, scan, {"double_read": "yes"})
    asked = state.question
    if scan is not None and asked is not None and not task.answers(asked, given.thing):
        return wait(task, state, scan, now)
    if task.things is not None:
        return task.things(state, given, now)
    facts = {"text": given.name, "what": given.name}
    if scan is not None:
        return refuse_scan(task, state, scan, Reason.NOT_EXPECTED_HERE, facts, now)
    return refuse_typed(task, state, Reason.NOT_EXPECTED_HERE, facts, now)
