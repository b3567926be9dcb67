"""Fetch lots for a ship order or a work order: what every state answers to every input."""

from __future__ import annotations

from typing import Any, Final, assert_never

from traceability.events import DocumentFinished, DocumentOpened, Event, LotPicked, LotsAllocated, ScanRefused
from traceability.orders import ShipOrder
from traceability.picking import PickOrder, missing, proposals, ship_pick, work_pick
from traceability.places import Place
from traceability.reasons import reasons_for
from traceability.refusals import Reason, Verdict
from traceability.units import Quantity, plain
from traceability.values import replace
from traceability.workflows import work
from traceability.workflows.inputs import (
    Chosen,
    Circumstances,
    Input,
    LabelScanned,
    NotUnderstood,
    PickQuestion,
    Question,
    Scanned,
    Typed,
    WorkOrderScanned,
)
from traceability.workflows.pick_rules import OTHER_LOT, RULES, judge
from traceability.workflows.picking import AwaitPickOrder, Picking, PickState
from traceability.workflows.step import Ask, Record, Said, ScanRef, Step
from traceability.workflows.task import Task
from traceability.workflows.verdicts import verdict_of
from traceability.workflows.work_labels import wait
from traceability.workflows.work_settle import abandoned, asks_again, not_expected, refuse_scan, refuse_typed, settle, undone
from traceability.workflows.working import Asked

NAME: Final = "pick"
PickStep = Step[PickState]


def question(state: PickState, given: Input) -> Question | None:
    """Return what the answer to `given` depends on: what may be fetched for an order, or one lot."""
    order = _order_of(given)
    if order is not None:
        return PickQuestion(order)
    return work.question(TASK, state, given) if isinstance(state, Picking) else None


def next_ask(state: PickState) -> Ask:
    """Return what is wanted next when nothing special is asked."""
    return work.next_ask(TASK, state) if isinstance(state, Picking) else Ask.SCAN_PICK_ORDER


def is_idle(state: PickState) -> bool:
    """Whether nothing is half done."""
    return not isinstance(state, Picking) or work.is_idle(state)


def advance(state: PickState, given: Input, now: Circumstances) -> PickStep:
    """Answer one input. Everything that it changes is in the step; nothing is done here."""
    order = _order_of(given)
    match state:
        case AwaitPickOrder():
            return _await_order(state, given, order, now)
        case Picking() if order is not None:
            return _other_order(state, order, _scan_of(given), now)
        case Picking():
            return work.advance(TASK, state, given, now)
    assert_never(state)


def _order_of(given: Input) -> PickOrder | None:
    match given:
        case WorkOrderScanned(order):
            return work_pick(order)
        case Scanned(ShipOrder() as order):
            return ship_pick(order)
        case _:
            return None


def _scan_of(given: Input) -> ScanRef | None:
    scan: ScanRef | None = getattr(given, "scan", None)
    return scan


def _await_order(state: AwaitPickOrder, given: Input, order: PickOrder | None, now: Circumstances) -> PickStep:
    if order is not None:
        return _open(order, _scan_of(given), now)
    match given:
        case NotUnderstood(scan, Reason.COMMAND_UNKNOWN as reason, about):
            return _refuse(state, reason, about, scan)
        case Scanned(Place() as place, scan):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": place.name, "workflow": NAME}, scan)
        case LabelScanned(scan=scan) | NotUnderstood(scan=scan):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": scan.text, "workflow": NAME}, scan)
        case Typed(text) | Chosen(id=text):
            return _refuse(state, Reason.ORDER_UNKNOWN, {"text": text, "workflow": NAME}, None)
        case _:
            return Step(state, Said(None, Ask.SCAN_PICK_ORDER))


def _open(order: PickOrder, scan: ScanRef | None, now: Circumstances) -> PickStep:
    """Open an order: the oldest lots that are free are set aside for what it still wants; what is short is said."""
    if order.closed:
        return _refuse(AwaitPickOrder(), Reason.ORDER_CLOSED, {"work_order": order.number}, scan)
    order = order.with_fetched(now.pick.picked)
    set_aside = proposals(order, now.pick.shelves, now.today, now.pick.units)
    state = Picking(order=order, set_aside=set_aside, to_place=now.pick.to_place or now.place, reasons=reasons_for(NAME, now.reasons))
    opened = Record(DocumentOpened(NAME, order.number, order.kind), (scan.id,) if scan else (), documents=state.document())
    allocated = Record(LotsAllocated(order.kind, order.number, set_aside), documents=state.document(), how="typed")
    short = missing(order, set_aside)
    about = {**state.facts(), **({"lines_short": str(len(short))} if short else {})}
    return Step(state, Said(Verdict.ASK, Ask.SCAN_LABEL, about=about), (opened, allocated))


def _other_order(state: Picking, order: PickOrder, scan: ScanRef | None, now: Circumstances) -> PickStep:
    if scan is not None and state.question is not None:
        return wait(TASK, state, scan, now)
    if (order.kind, order.number) == (state.order.kind, state.order.number):
        return _go_on(state, scan, {})
    if order.closed:
        return _refuse(state, Reason.ORDER_CLOSED, {"work_order": order.number}, scan)
    finished = _finish(state, None, now)
    opened = _open(order, scan, now)
    return replace(opened, records=finished.records + opened.records)


def _go_on(state: Picking, scan: ScanRef | None, read: dict[str, str]) -> Step[Picking]:
    scans = (scan.id,) if scan else ()
    record = Record(DocumentOpened(NAME, state.order.number, state.order.kind), scans, documents=state.document(), read=read)
    return Step(state, Said(Verdict.ASK, work.next_ask(TASK, state), about={**state.facts(), **read}), (record,))


def _things(state: Picking, given: Scanned, now: Circumstances) -> Step[Any]:
    """A place: the goods of this order wait there from now on."""
    if isinstance(given.thing, Place) and not given.thing.keeps_apart:
        return _go_on(replace(state, to_place=given.thing.name), given.scan, {"to_place": given.thing.name})
    facts = {"text": given.name, "what": given.name}
    if given.scan is not None:
        return refuse_scan(TASK, state, given.scan, Reason.NOT_EXPECTED_HERE, facts, now)
    return refuse_typed(TASK, state, Reason.NOT_EXPECTED_HERE, facts, now)


def _finish(state: Picking, scan: ScanRef | None, _now: Circumstances) -> PickStep:
    """Leave the order at this station: what is still set aside for it is free again, what it still wants stays open on it."""
    left = abandoned(TASK, state, "finished", state.open_scans())
    finished = DocumentFinished(NAME, state.order.number, state.order.kind)
    record = Record(finished, (scan.id,) if scan else (), documents=state.document())
    short = sum(each.to_go > 0 for each in state.order.lines)
    about = {**state.facts(), **({"lines_short": str(short)} if short else {})}
    return Step(AwaitPickOrder(), Said(Verdict.ASK, Ask.SCAN_PICK_ORDER, about=about), (*left, record))


def _refuse(state: PickState, reason: Reason, about: dict[str, str], scan: ScanRef | None) -> PickStep:
    record = Record(ScanRefused(NAME, reason, about), scans=(scan.id,) if scan else (), how="scanned" if scan else "typed")
    return Step(state, Said(verdict_of(reason, NAME), next_ask(state), reason, about), (record,))


def _only_what_is_wanted(state: Picking, now: Circumstances) -> Step[Any]:
    """Take as much as the line still wants."""
    load = state.active()
    if state.question is None or state.question.reason is not Reason.OVER_PLAN or load is None or load.item is None:
        return not_expected(TASK, state, "to_go")
    first = state.done_as(load.replaces)
    base = undone(TASK, state, first) if first else state
    line = base.order.line_for(load.item.code)
    if line is None or line.to_go == 0:
        return asks_again(state, NAME)
    return settle(TASK, state, replace(load, given=Quantity(line.to_go, load.item.unit)), now)


def _reason_given(state: Picking, asked: Asked, given: Chosen, now: Circumstances) -> Step[Any] | None:
    """Take the reason why another lot is fetched."""
    if asked.topic != OTHER_LOT or asked.load is None or given.id not in {each.code for each in state.reasons}:
        return None
    return settle(TASK, state, replace(asked.load, why=given.id), now)


def _said_of(event: Event, state: Picking) -> dict[str, str]:
    """The facts of a pick that words need, and how far its line is."""
    assert isinstance(event, LotPicked)
    line = next((each for each in state.order.lines if each.line == event.line), None)
    known = {
        "item": event.item,
        "description": event.description,
        "lot": event.lot,
        "quantity": plain(event.base_quantity),
        "unit": event.base_unit,
        "to_place": event.to_place,
        "used": plain(line.picked) if line else None,
        "planned": plain(line.wanted) if line else None,
        "to_go": plain(line.to_go) if line else None,
    }
    return {name: value for name, value in known.items() if value is not None}


TASK: Final[Task[Picking]] = Task(
    name=NAME,
    judge=judge,
    finish=_finish,
    said_of=_said_of,
    with_done=lambda state, done: state.counted(done, 1),
    without_done=lambda state, done: state.counted(done, -1),
    items=lambda state: frozenset(each.item for each in state.order.lines),
    things=_things,
    touches={"to_go": _only_what_is_wanted},
    chosen=_reason_given,
    rules=RULES,
)
