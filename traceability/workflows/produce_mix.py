"""Mix lots of one item into one new lot, or repack one under a new number: both are transformations (21 CFR 1.1320, 1.1350)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from traceability.barcodes.assembly import Parts
from traceability.barcodes.reading import Facts
from traceability.events import Event, LotInput, LotProduced
from traceability.events.made import Transformation
from traceability.genealogy import Grade
from traceability.items import ItemCode
from traceability.lots import Disposition, LotKey
from traceability.refusals import Reason, Verdict
from traceability.units import Converted, plain, to_base
from traceability.values import replace
from traceability.workflows.consuming import AwaitWorkOrder
from traceability.workflows.counting import amount_fault
from traceability.workflows.inputs import Circumstances, QuantityGiven
from traceability.workflows.judgement import Doubt, Judgement, Kept, No, Wanted, Yes
from traceability.workflows.lot_rules import about, counted, in_a_carton, judged_lot, short, source_of_lot
from traceability.workflows.produce_rules import output
from traceability.workflows.producing import MixedIn, Mixing, ProduceState
from traceability.workflows.step import Ask, Record, Said, ScanRef, Step
from traceability.workflows.task import Task
from traceability.workflows.work_answers import cancel, quantity_of
from traceability.workflows.work_settle import abandoned, ask, not_expected, refuse_typed, with_done
from traceability.workflows.work_undo import undo_last
from traceability.workflows.working import Asked, Done, Load

NAME: Final = "produce"
TOPIC: Final = "mix"
RULES: Final = ("one_item", "disposition", "expiry", "on_hand")


def judge(load: Load, state: Mixing, now: Circumstances) -> Judgement:
    """Judge one lot that is to go into the new one: of the same item, free to use, and there."""
    item = load.item
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    if state.item is not None and item.code != state.item.code:
        return No(Reason.LOT_WRONG_ITEM, about(load, state, belongs_to=item.code))
    if item.serial_tracked:  # each piece keeps its number: there is nothing to mix
        return No(Reason.NOT_EXPECTED_HERE, about(load, state, what=item.description or item.code))
    if load.lot is None:
        return Wanted(Ask.SCAN_LOT)
    if load.container is not None and any(each.input.container == load.container.serial for each in state.inputs):
        return No(Reason.ALREADY_COUNTED, about(load, state))
    if verdict := judged_lot(item, load, state, now) or in_a_carton(load, state, now):
        return verdict
    amount = counted(item, load, state)
    if not isinstance(amount, Converted):
        return amount
    assigned_by = source_of_lot(load, now.lot.known)
    mixed = sum((each.input.quantity for each in state.inputs if _key(each) == LotKey(item.code, load.lot, assigned_by)), Decimal(0))
    known = replace(now.lot.known, on_hand=now.lot.known.on_hand - mixed) if now.lot.known else None
    if doubt := short(load, state, amount.base.amount, known):
        return doubt
    return _with(state, load, LotKey(item.code, load.lot, assigned_by), amount, now)


def _key(mixed: MixedIn) -> LotKey:
    return LotKey(mixed.input.item, mixed.input.lot, mixed.input.assigned_by)


def _with(state: Mixing, load: Load, key: LotKey, amount: Converted, now: Circumstances) -> Kept:
    place = load.container.place if load.container else now.place
    serial, base = load.container.serial if load.container else None, amount.base
    went_in = LotInput(key.item, key.code, key.assigned_by, base.amount, base.unit, Grade.SCANNED, place, serial)
    expires_on = (now.lot.known.expires_on if now.lot.known else None) or load.parts.facts.expires_on
    after = replace(state, inputs=(*state.inputs, MixedIn(load, went_in, expires_on)))
    facts = about(load, after, quantity=plain(base.amount), unit=base.unit, total=plain(after.total))
    return Kept(after, facts)


def ask_how_much(state: Mixing, _now: Circumstances) -> Step[Mixing]:
    """All lots are scanned: ask how much the new one is."""
    if state.question is not None or state.begun or state.item is None:
        return not_expected(TASK, state, "make")
    facts = {**state.facts(), **_about_mix(state)}
    return ask(TASK, state, Asked(Ask.QUANTITY, None, topic=TOPIC, about=facts))


def make(state: Mixing, asked: Asked, given: QuantityGiven, now: Circumstances) -> Step[Mixing] | None:
    """Make the new lot of what was scanned; no more can come out than went in. None where that is not asked."""
    item = state.item
    if asked.topic != TOPIC or item is None or given.amount is None:
        return None
    quantity = quantity_of(item, given)
    converted = to_base(quantity, item.unit, item.packs)
    if converted is None:
        facts = {"quantity": plain(quantity.amount), "given_unit": quantity.unit, "unit": item.unit}
        return _again(state, Reason.UNIT_UNKNOWN, facts)
    fault = amount_fault(converted, item)
    if fault is None and converted.base.amount > state.total:
        fault = f"at most {plain(state.total)} {item.unit} went in"
    if fault is not None:
        return _again(state, Reason.QUANTITY_INVALID, {"got": str(quantity), "unit": item.unit, "message": fault})
    return _new_lot(state, ItemCode(item), converted, now)


def _again(state: Mixing, reason: Reason, facts: dict[str, str]) -> Step[Mixing]:
    return ask(TASK, state, Asked(Ask.QUANTITY, reason, topic=TOPIC, about={**state.facts(), **_about_mix(state), **facts}))


def _about_mix(state: Mixing) -> dict[str, str]:
    item = state.item
    return {"item": item.code, "description": item.description, "unit": item.unit, "most": plain(state.total)} if item else {}


def _new_lot(state: Mixing, code: ItemCode, amount: Converted, now: Circumstances) -> Step[Mixing]:
    scans = tuple(scan for each in state.inputs for scan in each.load.unnamed)
    load = Load(Parts(Facts(), scans), code, typed=all(each.load.typed for each in state.inputs))
    several = len({_key(each) for each in state.inputs}) > 1
    # What is mixed keeps no longer than the first of it does.
    expires_on = min((each.expires_on for each in state.inputs if each.expires_on), default=None)
    inputs, item = tuple(each.input for each in state.inputs), code.item
    kind: Transformation = "commingled" if several else "repacked"
    judged = output(item, amount, load, state, now, kind, None, None, inputs, expires_on, Disposition.AVAILABLE)
    match judged:
        case Yes(LotProduced() as made) as yes:
            return _recorded(state, load, made, yes, now)
        case No(reason, facts):
            return refuse_typed(TASK, replace(state, question=None), reason, facts, now)
        case Doubt(Reason() as reason, _, facts):
            return _again(state, reason, facts)
        case _:
            return not_expected(TASK, state, "make")


def _recorded(state: Mixing, load: Load, made: LotProduced, yes: Yes, now: Circumstances) -> Step[Mixing]:
    record = Record(made, load.unnamed, "typed" if load.typed else "scanned", (), yes.labels, RULES, now.event_id)
    emptied = replace(state, inputs=(), question=None)
    after = with_done(TASK, emptied, Done(now.event_id, now.at, made, replace(load, replaces=None), made.expires_on))
    facts = {**said_of(made, after), **yes.about, "mix": "yes", "workflow": NAME}
    said = Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=facts)
    return Step(after, said, (record,), yes.prints, yes.serials_used, yes.numbers_used)


def undo(state: Mixing, now: Circumstances) -> Step[ProduceState]:
    """Take back what is asked or half read, else the lot scanned last, else the new lot that was made last."""
    if state.question or state.begun:
        return cancel(TASK, state, now)
    if state.inputs:
        last = state.inputs[-1]
        left = abandoned(TASK, state, "cancelled", last.load.unnamed)
        after = replace(state, inputs=state.inputs[:-1])
        return Step(after, Said(Verdict.ASK, Ask.SCAN_LABEL, about=after.facts()), left)
    if not state.done:
        return not_expected(TASK, state, "undo")
    return undo_last(TASK, state, now)


def finish(state: Mixing, scan: ScanRef | None, _now: Circumstances) -> Step[ProduceState]:
    """Leave: what was scanned and not made into a lot never went anywhere."""
    left = abandoned(TASK, state, "finished", state.open_scans())
    if scan is not None and left:
        left = (replace(left[0], scans=(*left[0].scans, scan.id)),)
    return Step(AwaitWorkOrder(), Said(Verdict.ASK, Ask.SCAN_WORK_ORDER, about={"mix": "yes"}), left)


def said_of(event: Event, _state: object) -> dict[str, str]:
    """The facts of the new lot that words need."""
    assert isinstance(event, LotProduced)
    return {
        "item": event.item,
        "description": event.description,
        "lot": event.lot,
        "quantity": plain(event.base_quantity),
        "unit": event.base_unit,
        "lots_in": str(len({(each.item, each.lot, each.assigned_by) for each in event.inputs})),
        "labels": str(len(event.containers) or len(event.serials)),
        "disposition": event.disposition.value,
        **({"expires_on": event.expires_on.isoformat()} if event.expires_on else {}),
    }


TASK: Final[Task[Mixing]] = Task(
    name=NAME,
    judge=judge,
    finish=finish,
    said_of=said_of,
    changeable=lambda _done: False,
    items=lambda state: frozenset({state.item.code}) if state.item else None,
    touches={"make": ask_how_much, "undo": undo},
    quantity=make,
    rules=RULES,
)
