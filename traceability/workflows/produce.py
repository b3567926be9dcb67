"""Say what a work order made, or mix lots into a new one: what every state answers to every input."""

from __future__ import annotations

from typing import Final, assert_never

from traceability.barcodes.assembly import Parts
from traceability.barcodes.reading import Facts
from traceability.events import DocumentFinished, DocumentOpened, Event, LotProduced, LotScrapped, ScanRefused
from traceability.genealogy import Grade
from traceability.items import ItemCode
from traceability.orders import WorkOrder
from traceability.refusals import Reason, Verdict
from traceability.serials import Pieces
from traceability.units import Quantity, plain
from traceability.values import replace
from traceability.workflows import produce_expiry, produce_mix, produce_scrap, work
from traceability.workflows.bursts import is_double_read, with_scan
from traceability.workflows.consuming import AwaitWorkOrder
from traceability.workflows.counting import no_number
from traceability.workflows.inputs import (
    Chosen,
    Circumstances,
    Input,
    LabelScanned,
    LotQuestion,
    MadeQuestion,
    NotUnderstood,
    Pressed,
    QuantityGiven,
    Typed,
    WorkOrderScanned,
)
from traceability.workflows.pieces import serial_of
from traceability.workflows.produce_rules import LOT, RULES, judge
from traceability.workflows.producing import Mixing, ProduceState, Producing
from traceability.workflows.step import Ask, Record, Said, ScanRef, Step
from traceability.workflows.task import Task
from traceability.workflows.verdicts import verdict_of
from traceability.workflows.work_answers import quantity_of
from traceability.workflows.work_labels import wait
from traceability.workflows.work_settle import (
    abandoned,
    asked_for_quantity,
    asks_again,
    duplicate,
    not_expected,
    refuse_scan,
    refuse_typed,
    settle,
    undone,
)
from traceability.workflows.work_undo import change_last
from traceability.workflows.working import Asked, Done, Load

NAME: Final = "produce"
#: The question that stands open while nothing else does: how much was made.
MADE: Final = "made"
ProduceStep = Step[ProduceState]


def question(state: ProduceState, given: Input) -> LotQuestion | MadeQuestion | None:
    """Return what the answer to `given` depends on, so that it is looked up before `advance`."""
    match state:
        case Producing(order=order):
            load = work.load_for(TASK, _at_rest(state), given)
            piece = (load.item.code, serial) if load and load.item and (serial := serial_of(load)) else None
            return MadeQuestion(order.number, (load.replaces if load else None) or _undoing(state.done, given), piece)
        case Mixing(question=None | Asked(topic=produce_mix.TOPIC), begun=()) if isinstance(given, Pressed | QuantityGiven):
            return MadeQuestion(None, None if state.inputs else _undoing(state.done, given))
        case Mixing():
            return work.question(produce_mix.TASK, state, given)
        case AwaitWorkOrder():
            return None
    assert_never(state)


def _undoing(done: tuple[Done, ...], given: Input) -> str | None:
    touched = isinstance(given, Pressed) and given.verb in ("undo", "change")
    return done[-1].event_id if touched and done else None


def next_ask(state: ProduceState) -> Ask:
    """Return what is wanted next when nothing special is asked."""
    match state:
        case Producing():
            return work.next_ask(TASK, state)
        case Mixing():
            return work.next_ask(produce_mix.TASK, state)
        case AwaitWorkOrder():
            return Ask.SCAN_WORK_ORDER
    assert_never(state)


def is_idle(state: ProduceState) -> bool:
    """Whether nothing is half done: a worker may go elsewhere and loses nothing."""
    match state:
        case Producing():
            return work.is_idle(_at_rest(state))
        case Mixing():
            return work.is_idle(state) and not state.inputs
        case AwaitWorkOrder():
            return True
    assert_never(state)


def advance(state: ProduceState, given: Input, now: Circumstances) -> ProduceStep:
    """Answer one input. Everything that it changes is in the step; nothing is done here."""
    match state:
        case AwaitWorkOrder():
            return _await_order(state, given)
        case Mixing():
            return _mixing(state, given, now)
        case Producing():
            current = replace(state, order=now.made.order) if now.made.order is not None else state
            return _asking(_producing(_at_rest(current), given, now))
    assert_never(state)


def _await_order(state: AwaitWorkOrder, given: Input) -> ProduceStep:
    match given:
        case WorkOrderScanned(order, scan):
            return _open(state, order, scan)
        case Pressed("mix"):
            after = Mixing()
            return Step(after, Said(Verdict.ASK, Ask.SCAN_LABEL, about=after.facts()))
        case NotUnderstood(scan, Reason.COMMAND_UNKNOWN as reason, about):
            return _refuse(state, reason, about, scan)
        case LabelScanned(scan=scan) | NotUnderstood(scan=scan):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": scan.text, "workflow": NAME}, scan)
        case Typed(text) | Chosen(id=text):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": text, "workflow": NAME}, None)
        case _:
            return Step(state, Said(None, Ask.SCAN_WORK_ORDER))


def _mixing(state: Mixing, given: Input, now: Circumstances) -> ProduceStep:
    match given:
        case WorkOrderScanned(order, scan) if is_idle(state):
            return _open(state, order, scan)
        case WorkOrderScanned(scan=ScanRef() as scan) if state.question is not None:
            return wait(produce_mix.TASK, state, scan, now)
        case WorkOrderScanned(order, ScanRef() as scan):
            facts = {"text": scan.text, "what": order.number}
            return refuse_scan(produce_mix.TASK, state, scan, Reason.NOT_EXPECTED_HERE, facts, now)
        case _:
            return work.advance(produce_mix.TASK, state, given, now)


def _producing(state: Producing, given: Input, now: Circumstances) -> ProduceStep:
    if (dated := produce_expiry.answered(TASK, state, given, now)) is not None:
        return dated
    match given:
        case WorkOrderScanned(order, scan):
            return _other_order(state, order, scan, now)
        case QuantityGiven(scan=None) if state.question is None and not state.begun:
            return _made(state, given, now)
        case QuantityGiven(scan=ScanRef() as card) if state.question is None and not state.begun:
            return _made_by_card(state, given, card, now)
        case _:
            return work.advance(TASK, state, given, now)


def _made_by_card(state: Producing, given: QuantityGiven, card: ScanRef, now: Circumstances) -> ProduceStep:
    """A quantity card, or what lies on the scale, says how much was made: once, where one pull of the trigger read it twice."""
    double, state = is_double_read(state.seen, card), replace(state, seen=with_scan(state.seen, card))
    return duplicate(TASK, state, card, {"double_read": "yes"}) if double else _made(state, replace(given, scan=None), now)


def _at_rest(state: Producing) -> Producing:
    """Take the question away that is always there: how much was made is no reason for a scan to wait."""
    asked = state.question
    return replace(state, question=None) if asked is not None and asked.topic == MADE else state


def _asking(step: ProduceStep) -> ProduceStep:
    """While nothing else is asked and no label is begun, how much was made is."""
    after = step.state
    if not isinstance(after, Producing) or after.question is not None or after.begun:
        return step
    asked = Asked(Ask.QUANTITY, topic=MADE, about={**after.facts(), "item": after.order.item})
    said = replace(step.said, ask=Ask.QUANTITY) if step.said.ask is Ask.SCAN_LABEL else step.said
    return replace(step, state=replace(after, question=asked), said=said)


def _open(state: ProduceState, order: WorkOrder, scan: ScanRef | None) -> ProduceStep:
    if order.closed:
        return _refuse(state, Reason.ORDER_CLOSED, {"work_order": order.number}, scan)
    scans, about = (scan.id,) if scan else (), {"work_order": order.number, "item": order.item, "workflow": NAME}
    record = Record(DocumentOpened(NAME, order.number, "work_order"), scans, documents=(("work_order", order.number),))
    return _asking(Step(Producing(order=order), Said(Verdict.ASK, Ask.QUANTITY, about=about), (record,)))


def _other_order(state: Producing, order: WorkOrder, scan: ScanRef | None, now: Circumstances) -> ProduceStep:
    if scan is not None and state.question is not None:
        return wait(TASK, state, scan, now)
    if order.number == state.order.number:
        record = Record(DocumentOpened(NAME, order.number, "work_order"), (scan.id,) if scan else (), documents=state.document())
        # What it consumed or made meanwhile, at the station's other seat, counts.
        return Step(replace(state, order=order), Said(Verdict.ASK, Ask.QUANTITY, about={"work_order": order.number}), (record,))
    if order.closed:
        return _refuse(state, Reason.ORDER_CLOSED, {"work_order": order.number}, scan)
    finished = _finish(state, None, now)
    opened = _open(AwaitWorkOrder(), order, scan)
    return replace(opened, records=finished.records + opened.records)


def _finish(state: Producing, scan: ScanRef | None, _now: Circumstances) -> ProduceStep:
    """Leave the order at this station; what it still wants stays open on it."""
    left = abandoned(TASK, state, "finished", state.open_scans())
    finished = DocumentFinished(NAME, state.order.number, "work_order")
    record = Record(finished, (scan.id,) if scan else (), documents=state.document())
    about = {"work_order": state.order.number, "lots": str(len({each.key for each in state.done}))}
    return Step(AwaitWorkOrder(), Said(Verdict.ASK, Ask.SCAN_WORK_ORDER, about=about), (*left, record))


def _refuse(state: ProduceState, reason: Reason, about: dict[str, str], scan: ScanRef | None) -> ProduceStep:
    record = Record(ScanRefused(NAME, reason, about), scans=(scan.id,) if scan else ())
    return Step(state, Said(verdict_of(reason, NAME), next_ask(state), reason, about), (record,))


def _made(state: Producing, given: QuantityGiven, now: Circumstances) -> ProduceStep:
    """So much of the order's own item was made."""
    item = now.made.item
    if item is None:
        return refuse_typed(TASK, state, Reason.ITEM_UNKNOWN, {"code": state.order.item, "item": state.order.item}, now)
    if given.amount is None:
        facts = {**state.facts(), "got": given.text, "message": no_number(given), "unit": item.unit}
        return Step(state, Said(verdict_of(Reason.QUANTITY_INVALID, NAME), Ask.QUANTITY, Reason.QUANTITY_INVALID, facts))
    load = Load(Parts(Facts()), ItemCode(item), given=quantity_of(item, given), typed=True)
    return settle(TASK, state, load, now)


def _more(state: Producing, _now: Circumstances) -> Step[Producing]:
    """Ask how much more was made of the order's lot that was made last."""
    made = (each for each in reversed(state.done) if isinstance(each.event, LotProduced) and each.event.item == state.order.item)
    last = next(made, None)
    if last is None or state.question is not None or state.begun or not isinstance(last.event, LotProduced):
        return not_expected(TASK, state, "more_lot")
    return asked_for_quantity(state, _named(last, replaces=None), more="yes", lot=last.event.lot)


def _change(state: Producing, now: Circumstances) -> Step[Producing]:
    """Ask for another quantity of what was made last; its lot keeps its number."""
    last = state.done[-1] if state.done else None
    if last is None or state.question is not None or state.begun or not isinstance(last.event, LotProduced):
        return not_expected(TASK, state, "change")
    return change_last(TASK, state, last, _named(last, replaces=last.event_id), now)


def _named(last: Done, replaces: str | None) -> Load:
    assert isinstance(last.event, LotProduced)
    # More of a lot keeps as long as the lot does.
    parts = last.load.parts if replaces else Parts(Facts(expires_on=last.event.expires_on))
    return replace(last.load, parts=parts, typed=True, replaces=replaces, chosen=((LOT, last.event.lot),), agreed=())


def _only_what_is_planned(state: Producing, now: Circumstances) -> Step[Producing]:
    """Record as much as the order still wants."""
    load = state.active()
    if state.question is None or state.question.reason is not Reason.OVER_PLAN or load is None or load.item is None:
        return not_expected(TASK, state, "to_go")
    first = state.done_as(load.replaces)
    order = (undone(TASK, state, first) if first else state).order
    if order.to_make == 0:
        return asks_again(state, NAME)
    return settle(TASK, state, replace(load, given=Quantity(order.to_make, load.item.unit)), now)


def _count(state: Producing, done: Done, sign: int) -> Producing:
    event = done.event
    mine = isinstance(event, LotProduced) and event.transformation == "made"
    return replace(state, order=state.order.with_made(sign * done.amount)) if mine else state


def _said_of(event: Event, state: Producing) -> dict[str, str]:
    """The facts of what was made that words need, and how far the order is; of what was scrapped, how much."""
    if isinstance(event, LotScrapped):
        return {name: str(getattr(event, name)) for name in ("item", "description", "lot")} | {
            "quantity": plain(event.base_quantity),
            "unit": event.base_unit,
        }
    facts = produce_mix.said_of(event, state)
    assert isinstance(event, LotProduced)
    order = state.order
    far = {"made": plain(order.made), "planned": plain(order.quantity), "to_go": plain(order.to_make)}
    booked = {"backflushed": "yes"} if any(each.grade is Grade.BACKFLUSHED for each in event.inputs) else {}
    return {**facts, **(far if event.item == order.item else {}), **booked}


TASK: Final[Task[Producing]] = Task(
    name=NAME,
    judge=judge,
    finish=_finish,
    said_of=_said_of,
    with_done=lambda state, done: _count(state, done, 1),
    without_done=lambda state, done: _count(state, done, -1),
    items=lambda state: frozenset({state.order.item, *state.order.by_products}),
    touches={
        "to_go": _only_what_is_planned,
        "more_lot": _more,
        "change": _change,
        "scrap": lambda state, _now: produce_scrap.ask_scrap(TASK, state),
    },
    chosen=lambda state, asked, given, now: (
        produce_scrap.which(TASK, state, asked, given, now) or produce_scrap.why(TASK, state, asked, given, now)
    ),
    quantity=lambda state, asked, given, now: produce_scrap.how_much(TASK, state, asked, given, now),
    used_up_answers=False,
    pieces=lambda _state, _load: Pieces.NEW,
    rules=RULES,
)
