"""What packing does with whole units: open, take up again, close, take out of, take back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from traceability.barcodes.assembly import Parts
from traceability.barcodes.reading import Facts
from traceability.cartons import CartonState, CartonTree, KnownCarton, Level, Packed, Unit
from traceability.events import CartonClosed, CartonLoaded, CartonOpened, DocumentOpened, Event, LotPacked, Unpacked
from traceability.events.shipping import TakenOut
from traceability.lots import LotKey
from traceability.orders import ShipOrder
from traceability.refusals import Reason, Verdict
from traceability.units import plain
from traceability.values import replace
from traceability.workflows.carton_labels import contents_label, empty_label
from traceability.workflows.inputs import Chosen, Circumstances, Scanned
from traceability.workflows.packing import Packing
from traceability.workflows.step import Ask, Choice, How, PrintOrder, Record, Said, ScanRef, Step
from traceability.workflows.task import Task
from traceability.workflows.undoing import TOPIC as UNDO
from traceability.workflows.work_answers import undo as take_back_last
from traceability.workflows.work_settle import ask, not_expected, refuse_scan, refuse_typed, settle, with_done
from traceability.workflows.working import Asked, Done, Load

UNPACK: Final = "unpack"
PackTask = Task[Packing]
PackStep = Step[Any]


def unit_of(event: Event) -> str | None:
    """Return the unit that an event was about; of a loading the carton."""
    match event:
        case CartonOpened() | CartonClosed() | LotPacked() | Unpacked() | CartonLoaded():
            return event.sscc
        case _:
            return None


def undone_unit(event: Event) -> str | None:
    """Return the unit whose state says whether an event may be undone: of cartons taken off a pallet the carton."""
    return event.cartons[0] if isinstance(event, Unpacked) and event.cartons else unit_of(event)


def things(task: PackTask, state: Packing, given: Scanned, now: Circumstances) -> PackStep:
    """Answer a carton's label, or a ship order's paper."""
    match given.thing:
        case ShipOrder() as order:
            return _for_order(task, state, order, given.scan, now)
        case Unit(sscc=sscc):
            return _unit(task, state, sscc, given.scan, now)
        case _:
            return _no(task, state, Reason.NOT_EXPECTED_HERE, {"text": given.name, "what": given.name}, given.scan, now)


def _for_order(task: PackTask, state: Packing, order: ShipOrder, scan: ScanRef | None, now: Circumstances) -> PackStep:
    """Pack for this order from now on; the unit in hand stays whose it is, so it is put out of hand."""
    if order.closed:
        return _no(task, state, Reason.ORDER_CLOSED, {"order": order.number}, scan, now)
    same = state.order is not None and state.order.number == order.number
    after = replace(state, order=order, at=state.at if same else None)
    record = Record(DocumentOpened(task.name, order.number, "ship_order"), _ids(scan), documents=after.document())
    return Step(after, Said(Verdict.ASK, task.wants(after), about=after.facts()), (record,))


def _unit(task: PackTask, state: Packing, sscc: str, scan: ScanRef | None, now: Circumstances) -> PackStep:
    """A carton for the pallet in hand, or one to go on with: an open one is taken in hand, a closed one is opened again."""
    tree, hand = now.unit.tree, state.unit
    if tree is None or (hand is not None and hand.level is Level.PALLET and tree.unit.level is Level.CARTON):
        return _settled(task, state, sscc, scan, now)
    unit = tree.unit
    if unit.state is CartonState.OPEN and not unit.elsewhere:
        return _in_hand(task, state, tree, scan)
    if unit.state is CartonState.CLOSED and unit.elsewhere:
        return _no(task, state, Reason.CARTON_ELSEWHERE, {"sscc": sscc, "station": "yes"}, scan, now)
    if unit.state is CartonState.CLOSED and hand is None:
        if unit.parent is not None:
            return _no(task, state, Reason.CARTON_ELSEWHERE, {"sscc": sscc, "pallet": unit.parent}, scan, now)
        return _opened_again(task, state, tree, scan, now)
    return _settled(task, state, sscc, scan, now)


def _settled(task: PackTask, state: Packing, sscc: str, scan: ScanRef | None, now: Circumstances) -> PackStep:
    device = scan.device if scan else None
    return settle(task, state, Load(Parts(Facts(sscc=sscc), _ids(scan), device, now.at), typed=scan is None), now)


def _in_hand(task: PackTask, state: Packing, tree: CartonTree, scan: ScanRef | None) -> PackStep:
    after = state.with_tree(tree)
    record = Record(DocumentOpened(task.name, tree.unit.sscc, tree.unit.level.value), _ids(scan), documents=after.document())
    return Step(after, Said(Verdict.ASK, task.wants(after), about={**after.facts(), "did": "in_hand"}), (record,))


def _opened_again(task: PackTask, state: Packing, tree: CartonTree, scan: ScanRef | None, now: Circumstances) -> PackStep:
    unit = tree.unit
    event = CartonOpened(unit.sscc, unit.level, unit.order, unit.customer, now.place, again=True)
    return _did(task, state.with_tree(tree), event, now, scan)


def open_carton(task: PackTask, state: Packing, now: Circumstances) -> PackStep:
    """Open a new carton."""
    return _open(task, state, Level.CARTON, now)


def open_pallet(task: PackTask, state: Packing, now: Circumstances) -> PackStep:
    """Open a new pallet."""
    return _open(task, state, Level.PALLET, now)


def _open(task: PackTask, state: Packing, level: Level, now: Circumstances) -> PackStep:
    if state.question is not None or state.begun:
        return not_expected(task, state, f"new_{level}")
    if now.next_sscc is None:
        facts = {"what": level.value}
        if now.no_sscc:
            facts[now.no_sscc] = "yes"
        return refuse_typed(task, state, Reason.NUMBERS_USED_UP, facts, now)
    order = state.order
    event = CartonOpened(now.next_sscc, level, order.number if order else None, order.customer if order else None, now.place)
    step = _did(task, state, event, now, None)
    unit = step.state.unit
    return replace(step, prints=(empty_label(unit, order),), ssccs_used=1)


def close(task: PackTask, state: Packing, now: Circumstances) -> PackStep:
    """Close the unit in hand and print what is inside."""
    tree = now.unit.tree
    if state.question is not None or state.begun or state.at is None or tree is None or tree.unit.state is not CartonState.OPEN:
        return not_expected(task, state.put_down(), "close")
    if tree.is_empty:
        return refuse_typed(task, state, Reason.NOT_EXPECTED_HERE, {"what": "close", "empty": "yes"}, now)
    event = CartonClosed(tree.unit.sscc, tree.unit.level)
    return _did(task, state, event, now, None, prints=(contents_label(tree, state.order, now.unit),))


def ask_what_comes_out(task: PackTask, state: Packing, now: Circumstances) -> PackStep:
    """Ask which lot comes out of the unit in hand, or which carton off it."""
    tree = now.unit.tree
    is_open = tree is not None and tree.unit.state is CartonState.OPEN
    if state.question is not None or state.begun or tree is None or not is_open or not (tree.unit.contents or tree.cartons):
        return not_expected(task, state, UNPACK)
    asked = Asked(Ask.CHOOSE_LOT, topic=UNPACK, about={**state.facts(), UNPACK: "yes"}, choices=tuple(_choices(tree)))
    return ask(task, state, asked)


def _choices(tree: CartonTree) -> list[Choice]:
    inside = [(each, f"{each.lot.item} · {plain(each.quantity)} {each.unit}") for each in tree.unit.contents]
    lots = [Choice(_name(each, tree.unit), each.lot.code, detail) for each, detail in inside]
    return [*lots, *(Choice(each.sscc, each.sscc, "") for each in tree.cartons)]


def _name(packed: Packed, unit: KnownCarton) -> str:
    # A lot's own code, so that a script can say it; where it lies there twice, its container, else its place in the list.
    alone = sum(each.lot.code == packed.lot.code for each in unit.contents) == 1
    return packed.lot.code if alone else packed.container or f"{packed.lot.code}#{unit.contents.index(packed) + 1}"


def take_out(task: PackTask, state: Packing, asked: Asked, given: Chosen, now: Circumstances) -> PackStep | None:
    """Take the chosen lot, or carton, out; None where that is not asked."""
    tree = now.unit.tree
    if asked.topic != UNPACK or tree is None:
        return None
    unit, cartons = tree.unit, [each.sscc for each in tree.cartons]
    if unit.state is not CartonState.OPEN:
        return refuse_typed(task, replace(state, question=None), Reason.NOT_EXPECTED_HERE, {"what": UNPACK, "no_carton": "yes"}, now)
    packed = next((each for each in unit.contents if _name(each, unit) == given.id), None)
    if packed is None and given.id not in cartons:
        return None
    contents = (_taken(packed),) if packed is not None else ()
    event = Unpacked(unit.sscc, unit.level, contents, () if contents else (given.id,))
    return _did(task, replace(state, question=None), event, now, None)


def _taken(packed: Packed) -> TakenOut:
    lot = packed.lot
    return TakenOut(lot.item, lot.code, lot.assigned_by, packed.quantity, packed.unit, packed.container, packed.place)


def undo(task: PackTask, state: Packing, now: Circumstances) -> PackStep:
    """Take the last thing done back, unless the unit went on since: then what came after is taken back first."""
    last = state.done[-1] if state.done else None
    if last is not None and state.question is None and not state.begun and (blocker := _went_on(last.event, state, now.unit.tree)):
        return refuse_typed(task, state, Reason.DOWNSTREAM_EXISTS, {**task.said_of(last.event, state), **blocker}, now)
    return take_back_last(task, state, now)


def undo_asked(task: PackTask, state: Packing, asked: Asked, now: Circumstances) -> PackStep | None:
    """While the reason was asked somebody else may have gone on with the unit: then it is not taken back; None: nobody did."""
    done = state.done_as(asked.event) if asked.topic == UNDO else None
    blocker = _went_on(done.event, state, now.unit.tree) if done is not None else None
    if done is None or blocker is None:
        return None
    facts = {**task.said_of(done.event, state), **blocker}
    return refuse_typed(task, replace(state, question=None), Reason.DOWNSTREAM_EXISTS, facts, now)


def _went_on(event: Event, state: Packing, tree: CartonTree | None) -> dict[str, str] | None:
    """Say what happened to the unit since that an undo can't reach past; None: nothing."""
    if tree is None:
        return None
    unit = tree.unit
    if unit.state is CartonState.SHIPPED:
        return {"left": "yes"}
    match event:
        case CartonClosed() if unit.state is not CartonState.CLOSED:
            return {"again": "yes"}
        case CartonClosed() | CartonOpened() if unit.parent is not None:
            return {"pallet": unit.parent}
        case CartonOpened(again=again):
            return (
                {"closed": "yes"} if unit.state is not CartonState.OPEN else {"filled": "yes"} if not again and not tree.is_empty else None
            )
        case LotPacked() | Unpacked(cartons=()) if unit.state is not CartonState.OPEN:
            return {"closed": "yes"}
        case LotPacked() if not _is_in(event, unit):
            return {"taken_out": "yes"}
        case CartonLoaded(pallet=pallet) if unit.parent != pallet:
            return {"pallet": unit.parent} if unit.parent is not None else {"taken_out": "yes"}
        case Unpacked(sscc=pallet, cartons=(_, *_)):
            return _went_elsewhere(unit, state.named(pallet))
        case _:
            return None


def _is_in(packed: LotPacked, unit: KnownCarton) -> bool:
    """Whether what was packed lies there still."""
    key = LotKey(packed.item, packed.lot, packed.assigned_by)
    inside = (each.quantity for each in unit.contents if each.lot == key and each.container == packed.container)
    return sum(inside, start=Decimal(0)) >= packed.base_quantity


def _went_elsewhere(carton: KnownCarton, pallet: KnownCarton | None) -> dict[str, str] | None:
    """A carton that was taken off goes back only as it was, onto the pallet as it was."""
    if carton.parent is not None:
        return {"pallet": carton.parent}
    if carton.state is not CartonState.CLOSED:
        return {"again": "yes"}
    return {"closed": "yes"} if pallet is not None and pallet.state is not CartonState.OPEN else None


def _did(
    task: PackTask, state: Packing, event: Event, now: Circumstances, scan: ScanRef | None, prints: tuple[PrintOrder, ...] = ()
) -> PackStep:
    load = Load(Parts(Facts(sscc=unit_of(event))), typed=scan is None)
    after = with_done(task, state, Done(now.event_id, now.at, event, load))
    labels = tuple(each.serial for each in prints)
    how: How = "scanned" if scan else "typed"
    record = Record(event, _ids(scan), how, after.document() or state.document(), labels, (), now.event_id)
    facts = {**state.facts(), **after.facts(), **task.said_of(event, after)}
    return Step(after, Said(Verdict.ACCEPTED, task.wants(after), about=facts), (record,), prints)


def _no(task: PackTask, state: Packing, reason: Reason, facts: dict[str, str], scan: ScanRef | None, now: Circumstances) -> PackStep:
    if scan is None:
        return refuse_typed(task, state, reason, facts, now)
    return refuse_scan(task, state, scan, reason, facts, now)


def _ids(scan: ScanRef | None) -> tuple[str, ...]:
    return (scan.id,) if scan is not None else ()
