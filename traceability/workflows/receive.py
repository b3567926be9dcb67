"""Receive against a purchase order, or blind: what every state answers to every input."""

from __future__ import annotations

from typing import assert_never

from traceability.events import DocumentFinished, DocumentOpened, ScanRefused
from traceability.orders import PurchaseOrder
from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows import receive_afterwards, receive_answers, receive_labels, receive_settle
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
from traceability.workflows.receive_approvals import second_person
from traceability.workflows.receiving import AwaitOrder, AwaitVendor, Draft, ReceiveState, Receiving
from traceability.workflows.step import Ask, Record, Said, ScanRef, Step
from traceability.workflows.undoing import CHANGE, TAKES_BACK
from traceability.workflows.verdicts import verdict_of

NAME = "receive"
ReceiveStep = Step[ReceiveState]


def question(state: ReceiveState, given: Input) -> LotQuestion | MadeQuestion | None:
    """Return what the answer to `given` depends on (which lot, or where what is undone went), so that it is looked up before `advance`."""
    if not isinstance(state, Receiving):
        return None
    if isinstance(given, Pressed) and given.verb in TAKES_BACK and state.taken and _is_about_the_last(state, given.verb):
        return MadeQuestion(None, state.taken[-1].event_id)
    draft = _draft_for(state, given)
    if draft is None or draft.item is None or draft.parts.facts.lot is None:
        return None
    return LotQuestion(draft.item.code, draft.parts.facts.lot, state.order.vendor)


def _is_about_the_last(state: Receiving, verb: str) -> bool:
    """Whether a touch speaks of the last receipt: with a label in the making, undo speaks of that."""
    return state.question is None if verb == CHANGE else is_idle(state)


def _draft_for(state: Receiving, given: Input) -> Draft | None:
    active = state.active()
    match given:
        case LabelScanned():
            return receive_labels.draft_with(state, given)
        case Typed(text) if active is not None:
            return receive_answers.with_typed(state, active, text)
        case Chosen(id=chosen) if active is not None and state.question and state.question.reason is Reason.LOT_LOOKS_LIKE:
            return receive_answers.with_typed_lot(active, chosen)
        case Chosen(id="join") if state.question and state.question.joined:
            return state.question.joined
        case Chosen(id=chosen) if active is not None and state.question:
            code = receive_labels.code_chosen(state.question, chosen)
            return replace(active, code=code) if code else active
        case Pressed("hold") if state.question is None:
            return receive_afterwards.holdable(state)
        case Pressed() | QuantityGiven():
            return active
        case _:
            return None


def advance(state: ReceiveState, given: Input, now: Circumstances) -> ReceiveStep:
    """Answer one input. Everything that it changes is in the step; nothing is done here."""
    match state:
        case AwaitOrder():
            return _await_order(state, given)
        case AwaitVendor():
            return _await_vendor(state, given)
        case Receiving():
            return _with_freed(_receiving(state, given, now))
    assert_never(state)


def next_ask(state: ReceiveState) -> Ask:
    """Return what is wanted next when nothing special is asked."""
    match state:
        case Receiving(question=asked):
            return asked.ask if asked is not None else Ask.SCAN_LABEL
        case AwaitVendor():
            return Ask.CHOOSE_VENDOR
        case AwaitOrder():
            return Ask.SCAN_ORDER
    assert_never(state)


def is_idle(state: ReceiveState) -> bool:
    """Whether nothing is half done: a worker may go elsewhere and loses nothing."""
    return not isinstance(state, Receiving) or (state.question is None and not state.drafts)


def _with_freed(step: ReceiveStep) -> ReceiveStep:
    """Scans wait for a question; where none is open any more they are taken now."""
    match step.state:
        case Receiving(question=None, waiting=waiting) as state if waiting:
            return replace(step, state=replace(state, waiting=()), freed=waiting)
        case _:
            return step


def _await_order(state: AwaitOrder, given: Input) -> ReceiveStep:
    match given:
        case OrderScanned(order, scan):
            return _open(state, order, scan)
        case Chosen(order=PurchaseOrder() as order):
            return _open(state, order, None)
        case Pressed("blind"):
            return Step(AwaitVendor(), Said(Verdict.ASK, Ask.CHOOSE_VENDOR))
        case NotUnderstood(scan, Reason.COMMAND_UNKNOWN as reason, about):
            return _refuse(state, reason, about, scan, Ask.SCAN_ORDER)
        case LabelScanned(scan=scan) | NotUnderstood(scan=scan):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": scan.text}, scan, Ask.SCAN_ORDER)
        case Typed(text) | Chosen(id=text):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": text}, None, Ask.SCAN_ORDER)
        case _:
            return _nothing(state, Ask.SCAN_ORDER)


def _await_vendor(state: AwaitVendor, given: Input) -> ReceiveStep:
    match given:
        case Chosen(id=vendor):
            return _open(state, PurchaseOrder(None, vendor), None)
        case OrderScanned(order, scan):
            return _open(state, order, scan)
        case Pressed("cancel" | "back"):
            return Step(AwaitOrder(), Said(Verdict.ASK, Ask.SCAN_ORDER))
        case LabelScanned(scan=scan) | NotUnderstood(scan=scan):
            return _refuse(state, Reason.NOT_EXPECTED_HERE, {"text": scan.text}, scan, Ask.CHOOSE_VENDOR)
        case Typed(text):
            return _refuse(state, Reason.NOT_EXPECTED_HERE, {"text": text}, None, Ask.CHOOSE_VENDOR)
        case _:
            return _nothing(state, Ask.CHOOSE_VENDOR)


def _receiving(state: Receiving, given: Input, now: Circumstances) -> ReceiveStep:
    match given:
        case LabelScanned():
            return receive_labels.take_label(state, given, now)
        case Pressed(scan=ScanRef() as scan) | QuantityGiven(scan=ScanRef() as scan) | Chosen(scan=ScanRef() as scan):
            return _card(state, given, scan, now)
        case NotUnderstood(scan, reason, about):
            return receive_labels.take_noise(state, scan, reason, about, now)
        case OrderScanned(order, scan):
            return _other_order(state, order, scan, now)
        case Pressed() | QuantityGiven() | Typed() | Chosen():
            return _touch(state, given, now)
        case BadgeScanned() | PinChecked():
            return second_person(state, given, now) or _nothing(state, next_ask(state))
        case WorkOrderScanned() | Scanned():  # the seat answers these
            return _nothing(state, Ask.SCAN_LABEL)
    assert_never(given)


def _card(state: Receiving, given: Pressed | QuantityGiven | Chosen, scan: ScanRef, now: Circumstances) -> ReceiveStep:
    """A command card does what a touch does; read twice by one pull of the trigger it does it once."""
    double, state = is_double_read(state.seen, scan), replace(state, seen=with_scan(state.seen, scan))
    if double:
        return receive_labels.duplicate(state, scan, {"double_read": "yes"})
    return _touch(state, given, now)


def _touch(state: Receiving, given: Pressed | QuantityGiven | Typed | Chosen, now: Circumstances) -> ReceiveStep:
    if called := second_person(state, given, now):
        return called
    match given:
        case Pressed("finish", scan=scan):
            return _finish(state, scan)
        case _:
            return receive_answers.answer(state, given, now)


def _open(state: ReceiveState, order: PurchaseOrder, scan: ScanRef | None) -> ReceiveStep:
    if order.closed:
        return _refuse(state, Reason.ORDER_CLOSED, {"order": order.number or ""}, scan, Ask.SCAN_ORDER)
    documents = (("purchase_order", order.number),) if order.number else ()
    opened = DocumentOpened(NAME, order.number, "purchase_order" if order.number else "blind")
    record = Record(opened, scans=(scan.id,) if scan else (), documents=documents)
    about = {"order": order.number or "", "vendor": order.vendor_name or order.vendor}
    return Step(Receiving(order), Said(Verdict.ASK, Ask.SCAN_LABEL, about=about), (record,))


def _other_order(state: Receiving, order: PurchaseOrder, scan: ScanRef | None, now: Circumstances) -> ReceiveStep:
    if scan is not None and state.question is not None:
        return receive_labels.wait(state, scan, now)
    if order.number == state.order.number:
        record = Record(DocumentOpened(NAME, order.number, "purchase_order"), (scan.id,) if scan else (), documents=state.document())
        return Step(state, Said(Verdict.ASK, Ask.SCAN_LABEL, about={"order": order.number or ""}), (record,))
    if order.closed:
        return _refuse(state, Reason.ORDER_CLOSED, {"order": order.number or ""}, scan, Ask.SCAN_LABEL)
    finished = _finish(state, None)
    opened = _open(AwaitOrder(), order, scan)
    return replace(opened, records=finished.records + opened.records)


def _finish(state: Receiving, scan: ScanRef | None) -> ReceiveStep:
    """Close the delivery on this station; what is short stays open on the order."""
    left = receive_settle.abandoned(state, "finished", state.open_scans())
    kind = "purchase_order" if state.order.number else "blind"
    finished = Record(DocumentFinished(NAME, state.order.number, kind), (scan.id,) if scan else (), documents=state.document())
    about = {"order": state.order.number or "", "lots": str(len(state.taken))}
    return Step(AwaitOrder(), Said(Verdict.ASK, Ask.SCAN_ORDER, about=about), (*left, finished))


def _refuse(state: ReceiveState, reason: Reason, about: dict[str, str], scan: ScanRef | None, ask: Ask) -> ReceiveStep:
    record = Record(ScanRefused(NAME, reason, about), scans=(scan.id,) if scan else ())
    return Step(state, Said(verdict_of(reason, NAME), ask, reason, about), (record,))


def _nothing(state: ReceiveState, ask: Ask) -> ReceiveStep:
    return Step(state, Said(None, ask))
