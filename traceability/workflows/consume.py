"""Use lots for a work order: what every state answers to every input."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from traceability.events import DocumentFinished, DocumentOpened, ScanRefused
from traceability.orders import WorkOrder
from traceability.refusals import Reason, Verdict
from traceability.workflows import consume_answers, consume_labels, consume_settle
from traceability.workflows.bursts import is_double_read, with_scan
from traceability.workflows.consuming import AwaitWorkOrder, ConsumeState, Consuming, Load
from traceability.workflows.inputs import (
    BadgeScanned,
    Chosen,
    Circumstances,
    Input,
    LabelScanned,
    LotQuestion,
    NotUnderstood,
    OrderScanned,
    Pressed,
    QuantityGiven,
    Scanned,
    Typed,
    WorkOrderScanned,
)
from traceability.workflows.step import Ask, Record, Said, ScanRef, Step
from traceability.workflows.verdicts import verdict_of

NAME = "consume"
ConsumeStep = Step[ConsumeState]


def question(state: ConsumeState, given: Input) -> LotQuestion | None:
    """Return which lot the answer to `given` depends on, so that it is looked up before `advance`."""
    if not isinstance(state, Consuming):
        return None
    load = _load_for(state, given)
    if load is None or load.item is None or load.lot is None:
        return None
    assigned_by = load.container.lot.assigned_by if load.container else load.assigned_by
    return LotQuestion(load.item.code, load.lot, assigned_by, to_use=True)


def _load_for(state: Consuming, given: Input) -> Load | None:
    match given:
        case LabelScanned():
            return consume_labels.load_with(state, given)
        case Typed():
            return consume_answers.load_typed(state, given)
        case Chosen(id=chosen):
            return consume_answers.load_chosen(state, chosen)
        case Pressed() | QuantityGiven():
            return state.active()
        case _:
            return None


def next_ask(state: ConsumeState) -> Ask:
    """Return what is wanted next when nothing special is asked."""
    match state:
        case Consuming(question=asked):
            return asked.ask if asked is not None else Ask.SCAN_LABEL
        case AwaitWorkOrder():
            return Ask.SCAN_WORK_ORDER
    assert_never(state)


def is_idle(state: ConsumeState) -> bool:
    """Whether nothing is half done: a worker may go elsewhere and loses nothing."""
    return not isinstance(state, Consuming) or (state.question is None and not state.begun)


def advance(state: ConsumeState, given: Input, now: Circumstances) -> ConsumeStep:
    """Answer one input. Everything that it changes is in the step; nothing is done here."""
    match state:
        case AwaitWorkOrder():
            return _await_order(state, given)
        case Consuming():
            return _with_freed(_consuming(state, given, now))
    assert_never(state)


def _with_freed(step: ConsumeStep) -> ConsumeStep:
    """Scans wait for a question; where none is open any more they are taken now."""
    match step.state:
        case Consuming(question=None, waiting=waiting) as state if waiting:
            return replace(step, state=replace(state, waiting=()), freed=waiting)
        case _:
            return step


def _await_order(state: AwaitWorkOrder, given: Input) -> ConsumeStep:
    match given:
        case WorkOrderScanned(order, scan):
            return _open(state, order, scan)
        case NotUnderstood(scan, Reason.COMMAND_UNKNOWN as reason, about):
            return _refuse(state, reason, about, scan)
        case LabelScanned(scan=scan) | NotUnderstood(scan=scan):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": scan.text, "workflow": NAME}, scan)
        case Typed(text) | Chosen(id=text):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": text, "workflow": NAME}, None)
        case _:
            return Step(state, Said(None, Ask.SCAN_WORK_ORDER))


def _consuming(state: Consuming, given: Input, now: Circumstances) -> ConsumeStep:
    match given:
        case LabelScanned():
            return consume_labels.take_label(state, given, now)
        case Pressed(scan=ScanRef() as scan) | QuantityGiven(scan=ScanRef() as scan) | Chosen(scan=ScanRef() as scan):
            return _card(state, given, scan, now)
        case NotUnderstood(scan, reason, about):
            return consume_labels.take_noise(state, scan, reason, about, now)
        case WorkOrderScanned(order, scan):
            return _other_order(state, order, scan, now)
        case Pressed() | QuantityGiven() | Typed() | Chosen():
            return _touch(state, given, now)
        case BadgeScanned() | OrderScanned() | Scanned():  # the seat answers these
            return Step(state, Said(None, Ask.SCAN_LABEL))
    assert_never(given)


def _card(state: Consuming, given: Pressed | QuantityGiven | Chosen, scan: ScanRef, now: Circumstances) -> ConsumeStep:
    """A command card does what a touch does; read twice by one pull of the trigger it does it once."""
    double, state = is_double_read(state.seen, scan), replace(state, seen=with_scan(state.seen, scan))
    if double:
        return consume_labels.duplicate(state, scan, {"double_read": "yes"})
    return _touch(state, given, now)


def _touch(state: Consuming, given: Pressed | QuantityGiven | Typed | Chosen, now: Circumstances) -> ConsumeStep:
    match given:
        case Pressed("finish", scan=scan):
            return _finish(state, scan)
        case _:
            return consume_answers.answer(state, given, now)


def _open(state: ConsumeState, order: WorkOrder, scan: ScanRef | None) -> ConsumeStep:
    if order.closed:
        return _refuse(state, Reason.ORDER_CLOSED, {"work_order": order.number}, scan)
    scans, about = (scan.id,) if scan else (), {"work_order": order.number, "item": order.item}
    record = Record(DocumentOpened(NAME, order.number, "work_order"), scans, documents=(("work_order", order.number),))
    return Step(Consuming(order), Said(Verdict.ASK, Ask.SCAN_LABEL, about=about), (record,))


def _other_order(state: Consuming, order: WorkOrder, scan: ScanRef | None, now: Circumstances) -> ConsumeStep:
    if scan is not None and state.question is not None:
        return consume_labels.wait(state, scan, now)
    if order.number == state.order.number:
        record = Record(DocumentOpened(NAME, order.number, "work_order"), (scan.id,) if scan else (), documents=state.document())
        return Step(state, Said(Verdict.ASK, next_ask(state), about={"work_order": order.number}), (record,))
    if order.closed:
        return _refuse(state, Reason.ORDER_CLOSED, {"work_order": order.number}, scan)
    finished = _finish(state, None)
    opened = _open(AwaitWorkOrder(), order, scan)
    return replace(opened, records=finished.records + opened.records)


def _finish(state: Consuming, scan: ScanRef | None) -> ConsumeStep:
    """Leave the order at this station; what it still wants stays open on it."""
    left = consume_settle.abandoned(state, "finished", state.open_scans())
    finished = DocumentFinished(NAME, state.order.number, "work_order")
    record = Record(finished, (scan.id,) if scan else (), documents=state.document())
    about = {"work_order": state.order.number, "lots": str(len({each.key for each in state.done}))}
    return Step(AwaitWorkOrder(), Said(Verdict.ASK, Ask.SCAN_WORK_ORDER, about=about), (*left, record))


def _refuse(state: ConsumeState, reason: Reason, about: dict[str, str], scan: ScanRef | None) -> ConsumeStep:
    record = Record(ScanRefused(NAME, reason, about), scans=(scan.id,) if scan else ())
    return Step(state, Said(verdict_of(reason, NAME), next_ask(state), reason, about), (record,))
