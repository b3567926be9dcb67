"""Use lots for a work order: what every state answers to every input."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, assert_never

from traceability.events import DocumentFinished, DocumentOpened, Event, LotConsumed, LotMoved, LotReturned, ScanRefused
from traceability.orders import WorkOrder
from traceability.refusals import Reason, Verdict
from traceability.units import Quantity, plain
from traceability.values import replace
from traceability.workflows import work
from traceability.workflows.consume_places import load_at
from traceability.workflows.consume_returns import ask_return, lot_chosen, take_back
from traceability.workflows.consume_rules import RULES, judge
from traceability.workflows.consuming import AwaitWorkOrder, ConsumeState, Consuming, used_by
from traceability.workflows.emptying import clean, cleaned, empty, said_of_place
from traceability.workflows.inputs import (
    Chosen,
    Circumstances,
    Input,
    LabelScanned,
    LotQuestion,
    NotUnderstood,
    Question,
    Scanned,
    Typed,
    WorkOrderScanned,
)
from traceability.workflows.step import Ask, Record, Said, ScanRef, Step
from traceability.workflows.task import Task
from traceability.workflows.verdicts import verdict_of
from traceability.workflows.whereabouts import answers_place, place_chosen, placed
from traceability.workflows.work_labels import wait
from traceability.workflows.work_settle import abandoned, asks_again, not_expected, settle, undone
from traceability.workflows.working import Asked, Done

NAME = "consume"
ConsumeStep = Step[ConsumeState]


def advance(state: ConsumeState, given: Input, now: Circumstances) -> ConsumeStep:
    """Answer one input. Everything that it changes is in the step; nothing is done here."""
    match state, given:
        case AwaitWorkOrder(), _:
            return _await_order(state, given)
        case Consuming(), WorkOrderScanned(order, scan):
            return _other_order(state, order, scan, now)
        case Consuming(), _:
            return work.advance(TASK, state, given, now)
    assert_never(state)


def question(state: ConsumeState, given: Input) -> Question | None:
    """Return what the answer depends on; of loose goods also where they lie."""
    asked = work.question(TASK, state, given) if isinstance(state, Consuming) else None
    return replace(asked, where=True) if isinstance(asked, LotQuestion) and asked.container is None else asked


def _await_order(state: AwaitWorkOrder, given: Input) -> ConsumeStep:
    match given:
        case WorkOrderScanned(order, scan):
            return _open(state, order, scan)
        case NotUnderstood(scan, Reason.COMMAND_UNKNOWN as reason, about):
            return _refuse(state, reason, about, scan)
        case Scanned(scan=scan):
            return _refuse(state, Reason.NOT_EXPECTED_HERE, {"text": given.name, "what": given.name}, scan)
        case LabelScanned(scan=scan) | NotUnderstood(scan=scan):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": scan.text, "workflow": NAME}, scan)
        case Typed(text) | Chosen(id=text):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": text, "workflow": NAME}, None)
        case _:
            return Step(state, Said(None, Ask.SCAN_WORK_ORDER))


def _open(state: ConsumeState, order: WorkOrder, scan: ScanRef | None) -> ConsumeStep:
    if order.closed:
        return _refuse(state, Reason.ORDER_CLOSED, {"work_order": order.number}, scan)
    scans, about = (scan.id,) if scan else (), {"work_order": order.number, "item": order.item}
    record = Record(DocumentOpened(NAME, order.number, "work_order"), scans, documents=(("work_order", order.number),))
    return Step(Consuming(order), Said(Verdict.ASK, Ask.SCAN_LABEL, about=about), (record,))


def _other_order(state: Consuming, order: WorkOrder, scan: ScanRef | None, now: Circumstances) -> ConsumeStep:
    if scan is not None and state.question is not None:
        return wait(TASK, state, scan, now)
    if order.number == state.order.number:
        record = Record(DocumentOpened(NAME, order.number, "work_order"), (scan.id,) if scan else (), documents=state.document())
        return Step(state, Said(Verdict.ASK, work.next_ask(TASK, state), about={"work_order": order.number}), (record,))
    if order.closed:
        return _refuse(state, Reason.ORDER_CLOSED, {"work_order": order.number}, scan)
    finished = _finish(state, None, now)
    opened = _open(AwaitWorkOrder(), order, scan)
    return replace(opened, records=finished.records + opened.records)


def _finish(state: Consuming, scan: ScanRef | None, _now: Circumstances) -> ConsumeStep:
    """Leave the order at this station; what it still wants stays open on it."""
    left = abandoned(TASK, state, "finished", state.open_scans())
    finished = DocumentFinished(NAME, state.order.number, "work_order")
    record = Record(finished, (scan.id,) if scan else (), documents=state.document())
    about = {"work_order": state.order.number, "lots": str(len({each.key for each in state.done if each.key}))}
    return Step(AwaitWorkOrder(), Said(Verdict.ASK, Ask.SCAN_WORK_ORDER, about=about), (*left, record))


def _refuse(state: ConsumeState, reason: Reason, about: dict[str, str], scan: ScanRef | None) -> ConsumeStep:
    record = Record(ScanRefused(NAME, reason, about), scans=(scan.id,) if scan else ())
    wanted = work.next_ask(TASK, state) if isinstance(state, Consuming) else Ask.SCAN_WORK_ORDER
    return Step(state, Said(verdict_of(reason, NAME), wanted, reason, about), (record,))


def _only_what_is_planned(state: Consuming, now: Circumstances) -> Step[Consuming]:
    """Use as much as the order still wants."""
    load = state.active()
    if state.question is None or state.question.reason is not Reason.OVER_PLAN or load is None or load.item is None:
        return not_expected(TASK, state, "to_go")
    first = state.done_as(load.replaces)
    base = undone(TASK, state, first) if first else state
    component = base.order.component(load.item.code)
    if component is None or component.to_go == 0:
        return asks_again(state, NAME)
    return settle(TASK, state, replace(load, given=Quantity(component.to_go, load.item.unit)), now)


def _things(state: Consuming, given: Scanned, now: Circumstances) -> Step[Consuming]:
    """A place says where loose goods are taken from, where that is asked; else what is loaded from now on."""
    asked, place, scan = state.question, given.thing, given.scan
    if asked is None or asked.load is None or not answers_place(asked, place):
        return load_at(TASK, state, given, now)
    # Named at once: the scans of what is counted anew stand elsewhere.
    named = (Record(DocumentOpened(NAME, given.name, "place"), (scan.id,), documents=state.document()),) if scan else ()
    step = settle(TASK, state, placed(asked.load, given.name), now)
    return replace(step, records=(*named, *step.records))


def _chosen(state: Consuming, asked: Asked, given: Chosen, now: Circumstances) -> Step[Consuming] | None:
    """Take an answer of the work's own questions; None where it is none."""
    if (load := place_chosen(asked, given.id)) is not None:
        return settle(TASK, state, load, now)
    clean = cleaned(TASK, state, asked, given, state.position, state.order.number, now)
    return clean or lot_chosen(TASK, state, asked, given, now)


def _count(state: Consuming, done: Done, sign: int) -> Consuming:
    event = done.event
    if not isinstance(event, LotConsumed | LotReturned):
        return state
    return replace(state, order=state.order.with_used(event.item, sign * used_by(done)))


def _said_of(event: Event, state: Consuming) -> dict[str, str]:
    """The facts of what was done that words need, and how far its component is."""
    if not isinstance(event, LotConsumed | LotReturned):
        named = {"item": event.item, "lot": event.lot, "place": event.to_place} if isinstance(event, LotMoved) else {}
        return {**said_of_place(event), **named}
    component = state.order.component(event.item)
    known = {
        "item": event.item,
        "description": event.description,
        "lot": event.lot,
        "quantity": plain(event.base_quantity),
        "unit": event.base_unit,
        "used": plain(component.used) if component else None,
        "planned": plain(component.planned) if component else None,
        "to_go": plain(component.to_go) if component else None,
    }
    return {name: value for name, value in known.items() if value is not None}


TASK: Final[Task[Consuming]] = Task(
    name=NAME,
    judge=judge,
    finish=_finish,
    said_of=_said_of,
    with_done=lambda state, done: _count(state, done, 1),
    without_done=lambda state, done: _count(state, done, -1),
    took=lambda done: max(used_by(done), Decimal(0)),
    changeable=lambda done: used_by(done) > 0,
    items=lambda state: frozenset(each.item for each in state.order.components),
    things=_things,
    answers=answers_place,
    touches={
        "to_go": _only_what_is_planned,
        "return": lambda state, now: ask_return(TASK, state, now),
        "empty": lambda state, now: empty(TASK, state, state.position, state.order.number, now),
        "clean_out": lambda state, now: clean(TASK, state, state.position, state.order.number, now),
    },
    chosen=_chosen,
    quantity=lambda state, asked, given, now: take_back(TASK, state, asked, given, now),
    rules=RULES,
)
