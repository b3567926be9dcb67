"""Ship cartons and pallets on a ship order: what every state answers to every input. Nothing that is held leaves."""

from __future__ import annotations

from typing import Any, Final, assert_never

from traceability.barcodes.assembly import Parts
from traceability.barcodes.reading import Facts
from traceability.cartons import Unit
from traceability.events import CartonShipped, DocumentFinished, DocumentOpened, Event, ScanRefused
from traceability.orders import ShipOrder
from traceability.refusals import Reason, Verdict
from traceability.units import plain
from traceability.values import replace
from traceability.workflows import work
from traceability.workflows.inputs import (
    Chosen,
    Circumstances,
    Input,
    LabelScanned,
    NotUnderstood,
    Question,
    Scanned,
    Typed,
    UnitQuestion,
)
from traceability.workflows.ship_rules import RULES, judge
from traceability.workflows.shipping import MOST_LISTED, AwaitShipOrder, Shipping, ShipState, counted, listed
from traceability.workflows.step import Ask, Choice, Record, Said, ScanRef, Step
from traceability.workflows.task import Task
from traceability.workflows.undoing import wants_reason
from traceability.workflows.verdicts import verdict_of
from traceability.workflows.work_answers import undo
from traceability.workflows.work_settle import abandoned, ask, refuse_typed, settle
from traceability.workflows.working import Asked, Done, Load

NAME = "ship"
ShipStep = Step[Any]
VOID: Final = "void"


def question(state: ShipState, given: Input) -> Question | None:
    """Return which carton the answer to `given` depends on."""
    if not isinstance(state, Shipping):
        return None
    match given:
        case Scanned(thing=Unit(sscc=sscc)):
            return UnitQuestion(sscc)
        case _ if state.question is not None and state.question.load is not None:
            asked = state.question.load.parts.facts.sscc
            return UnitQuestion(asked) if asked is not None else None
        case _:
            return None


def advance(state: ShipState, given: Input, now: Circumstances) -> ShipStep:
    """Answer one input. Everything that it changes is in the step; nothing is done here."""
    match state:
        case AwaitShipOrder():
            return _await_order(state, given)
        case Shipping():
            return work.advance(TASK, state, given, now)
    assert_never(state)


def _await_order(state: AwaitShipOrder, given: Input) -> ShipStep:
    match given:
        case Scanned(thing=ShipOrder() as order, scan=scan):
            return _open(state, order, scan)
        case NotUnderstood(scan, Reason.COMMAND_UNKNOWN as reason, about):
            return _refuse(state, reason, about, scan)
        case LabelScanned(scan=scan) | NotUnderstood(scan=scan):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": scan.text, "workflow": NAME}, scan)
        case Scanned(scan=scan):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": given.name, "workflow": NAME}, scan)
        case Typed(text) | Chosen(id=text):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": text, "workflow": NAME}, None)
        case _:
            return Step(state, Said(None, Ask.SCAN_SHIP_ORDER))


def _open(state: ShipState, order: ShipOrder, scan: ScanRef | None) -> ShipStep:
    if order.closed:
        return _refuse(state, Reason.ORDER_CLOSED, {"order": order.number, "workflow": NAME}, scan)
    opened = Shipping(order)
    record = Record(DocumentOpened(NAME, order.number, "ship_order"), (scan.id,) if scan else (), documents=opened.document())
    return Step(opened, Said(Verdict.ASK, Ask.SCAN_CARTON, about=opened.facts()), (record,))


def _refuse(state: ShipState, reason: Reason, about: dict[str, str], scan: ScanRef | None) -> ShipStep:
    record = Record(ScanRefused(NAME, reason, about), scans=(scan.id,) if scan else ())
    wanted = work.next_ask(TASK, state) if isinstance(state, Shipping) else Ask.SCAN_SHIP_ORDER
    return Step(state, Said(verdict_of(reason, NAME), wanted, reason, about), (record,))


def _things(state: Shipping, given: Scanned, now: Circumstances) -> ShipStep:
    scan = given.scan
    match given.thing:
        case ShipOrder() as order:
            return _other_order(state, order, scan, now)
        case Unit(sscc=sscc):
            ids, device = ((scan.id,), scan.device) if scan else ((), None)
            return settle(TASK, state, Load(Parts(Facts(sscc=sscc), ids, device, now.at), typed=scan is None), now)
        case _:
            return _refuse(state, Reason.NOT_EXPECTED_HERE, {"text": given.name, "what": given.name}, scan)


def _other_order(state: Shipping, order: ShipOrder, scan: ScanRef | None, now: Circumstances) -> ShipStep:
    if order.number == state.order.number:
        record = Record(DocumentOpened(NAME, order.number, "ship_order"), (scan.id,) if scan else (), documents=state.document())
        return Step(state, Said(Verdict.ASK, work.next_ask(TASK, state), about=state.facts()), (record,))
    if order.closed:
        return _refuse(state, Reason.ORDER_CLOSED, {"order": order.number, "workflow": NAME}, scan)
    finished = _finish(state, None, now)
    opened = _open(AwaitShipOrder(), order, scan)
    return replace(opened, records=finished.records + opened.records)


def _finish(state: Shipping, scan: ScanRef | None, _now: Circumstances) -> ShipStep:
    """Leave the order at this station; what the customer still gets stays open on it."""
    left = abandoned(TASK, state, "finished", state.open_scans())
    record = Record(DocumentFinished(NAME, state.order.number, "ship_order"), (scan.id,) if scan else (), documents=state.document())
    return Step(AwaitShipOrder(), Said(Verdict.ASK, Ask.SCAN_SHIP_ORDER, about=state.facts()), (*left, record))


def _undo(state: Shipping, now: Circumstances) -> ShipStep:
    """Take the last shipment back: at once it is a slip of the hand; later it follows the goods, so that is asked first."""
    last = state.done[-1] if state.done else None
    if last is None or state.question is not None or state.begun or not wants_reason(last.at, now):
        return undo(TASK, state, now)
    facts = {**state.facts(), **_said_of(last.event, state)}
    choices = (Choice("here", "The goods are here"), Choice("left", "The goods left"), Choice("cancel", "Cancel"))
    asked = Asked(Ask.DECIDE, Reason.DOWNSTREAM_EXISTS, topic=VOID, event=last.event_id, about=facts, choices=choices)
    return ask(TASK, state, asked)


def _chosen(state: Shipping, asked: Asked, given: Chosen, now: Circumstances) -> ShipStep | None:
    done = state.done_as(asked.event) if asked.topic == VOID else None
    if done is None or given.id not in ("here", "left"):
        return None
    if given.id == "here":
        return undo(TASK, replace(state, question=None), now)  # it asks for the reason
    # What left can't be made not to have left: it comes back by a return, or the office puts the paper right.
    facts = {**_said_of(done.event, state), "left": "yes"}
    return refuse_typed(TASK, replace(state, question=None), Reason.DOWNSTREAM_EXISTS, facts, now)


def _said_of(event: Event, _state: Shipping) -> dict[str, str]:
    """The facts of what left that words need; a quantity where it was of one item."""
    assert isinstance(event, CartonShipped)
    facts = {"sscc": event.sscc, "level": event.level.value, "cartons": str(len(event.cartons))}
    lots = sorted({each.lot for each in event.contents})
    amounts = [(each.item, each.base_quantity, each.base_unit) for each in event.contents]
    items = dict.fromkeys(item for item, _, _ in amounts)
    if len(items) == 1:
        item, _, unit = amounts[0]
        facts |= {"item": item, "quantity": plain(sum((amount for _, amount, _ in amounts), start=amounts[0][1] * 0)), "unit": unit}
        facts["description"] = event.contents[0].description
    return {**facts, "lot": lots[0] if len(lots) == 1 else "", "lots": str(len(lots))}


def _with_done(state: Shipping, done: Done) -> Shipping:
    assert isinstance(done.event, CartonShipped)
    return replace(state, order=counted(state.order, done, 1), gone=(*state.gone, listed(done.event))[-MOST_LISTED:])


def _without_done(state: Shipping, done: Done) -> Shipping:
    assert isinstance(done.event, CartonShipped)
    gone = tuple(each for each in state.gone if each.sscc != done.event.sscc)
    return replace(state, order=counted(state.order, done, -1), gone=gone)


TASK: Final[Task[Shipping]] = Task(
    name=NAME,
    judge=judge,
    finish=_finish,
    said_of=_said_of,
    with_done=_with_done,
    without_done=_without_done,
    changeable=lambda _done: False,
    wants=lambda _state: Ask.SCAN_CARTON,
    things=_things,
    touches={"undo": _undo},
    chosen=_chosen,
    to_use=False,
    used_up_answers=False,
    rules=RULES,
)
