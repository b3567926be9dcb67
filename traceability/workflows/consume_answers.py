"""What a person touches, types or chooses at a work order: answers to a question, undo, another quantity, a remnant's return."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from traceability.barcodes.assembly import Parts
from traceability.barcodes.reading import Facts
from traceability.events import ScanRefused
from traceability.items import Item, ItemCode
from traceability.lots import LONGEST_CODE, lot_code_fault
from traceability.refusals import Reason, Verdict
from traceability.units import Quantity, unit_named
from traceability.workflows import consume_labels as labels
from traceability.workflows import consume_returns as returns
from traceability.workflows.consume_rules import ASKED_ONCE, about, agreement
from traceability.workflows.consume_settle import abandoned, correction, done_about, settle, undone, with_refused
from traceability.workflows.consuming import Asked, ConsumeState, Consuming, Done, Load, TurnedDown
from traceability.workflows.inputs import Chosen, Circumstances, Pressed, QuantityGiven, Typed
from traceability.workflows.step import Ask, Record, Said, ScanRef, Step
from traceability.workflows.verdicts import refused_verdict, verdict_of

NAME = "consume"
_BY_YES: Final = (Reason.LOT_UNKNOWN, Reason.OLDER_LOT_FIRST, Reason.LOT_SHORT, Reason.OVER_PLAN)
_BY_QUANTITY: Final = (Reason.QUANTITY_MISSING, Reason.QUANTITY_INVALID, Reason.UNIT_UNKNOWN, Reason.LOT_SHORT, Reason.OVER_PLAN)
#: How much too much is another question for another quantity.
_OF_QUANTITY: Final = (Reason.LOT_SHORT, Reason.OVER_PLAN)


def answer(state: Consuming, given: Pressed | QuantityGiven | Typed | Chosen, now: Circumstances) -> Step[ConsumeState]:
    """Answer a touch, a typed text or a choice."""
    match given:
        case QuantityGiven():
            return _quantity(state, given, now)
        case Typed():
            return _typed(state, given, now)
        case Chosen(id=("confirm" | "cancel" | "to_go" | "quantity") as verb) | Pressed(verb):
            touch = _TOUCHES.get(verb)
            return touch(state, now) if touch else not_expected(state, verb)
        case Chosen():
            return _chosen(state, given, now)


def again(state: Consuming, **more: str) -> Step[ConsumeState]:
    """Ask the open question once more."""
    asked = state.question
    assert asked is not None
    verdict = verdict_of(asked.reason, NAME) if asked.reason else Verdict.ASK
    return Step(state, Said(verdict, asked.ask, asked.reason, {**asked.about, **more}, asked.choices, len(state.waiting)))


def not_expected(state: Consuming, what: str) -> Step[ConsumeState]:
    """Say that there is nothing to do that with now."""
    if state.question is not None:
        return again(state)
    said = Said(verdict_of(Reason.NOT_EXPECTED_HERE, NAME), Ask.SCAN_LABEL, Reason.NOT_EXPECTED_HERE, {"what": what})
    return Step(state, said, (Record(ScanRefused(NAME, Reason.NOT_EXPECTED_HERE, {"what": what}), how="typed"),))


def load_typed(state: Consuming, given: Typed) -> Load | None:
    """Return the load as it will be with a typed lot code; None where nothing says which item it is of."""
    text, had = given.text.strip(), state.begun_on(None)
    if had is not None and had.item is not None and had.lot is None:
        return replace(had, parts=replace(had.parts, facts=replace(had.parts.facts, lot=text)), typed=True)
    items = _on_order(state, given.lot_items)
    return Load(Parts(Facts(lot=text)), items[0], typed=True) if len(items) == 1 else None


def load_chosen(state: Consuming, chosen: str) -> Load | None:
    """Return the load that is asked about as it will be with one of the offered answers."""
    asked = state.question
    if asked is None or asked.load is None:
        return None
    code = next((code for code, choice in zip(asked.codes, asked.choices, strict=False) if choice.id == chosen), None)
    if code is not None:
        return replace(asked.load, code=code)
    by_lot = asked.ask is Ask.CHOOSE_LOT and any(choice.id == chosen for choice in asked.choices)
    return replace(asked.load, assigned_by=chosen) if by_lot else asked.load


def _on_order(state: Consuming, items: tuple[ItemCode, ...]) -> tuple[ItemCode, ...]:
    return tuple(code for code in items if state.order.component(code.item.code) is not None)


def _confirm(state: Consuming, now: Circumstances) -> Step[ConsumeState]:
    match state.question:
        case None:
            return Step(state, Said(None, Ask.SCAN_LABEL))
        case Asked(newcomer=ScanRef() as newcomer):
            return labels.count_burst(state, newcomer)
        case Asked(reason=Reason() as reason, load=Load() as load) if reason in _BY_YES:
            remembered = (agreement(reason, load),) if reason in ASKED_ONCE else ()
            agreed = replace(state, agreed=tuple(dict.fromkeys((*state.agreed, *remembered))))
            return settle(agreed, replace(load, agreed=(*load.agreed, reason)), now)
        case _:
            return again(state)


def _only_what_is_planned(state: Consuming, now: Circumstances) -> Step[ConsumeState]:
    """Use as much as the order still wants."""
    load = state.active()
    if state.question is None or state.question.reason is not Reason.OVER_PLAN or load is None or load.item is None:
        return not_expected(state, "to_go")
    base = undone(state, load.replaces)
    component = base.order.component(load.item.code)
    if component is None or component.to_go == 0:
        return again(state)
    return settle(state, replace(load, given=Quantity(component.to_go, load.item.unit)), now)


def _ask_quantity(state: Consuming, _now: Circumstances) -> Step[ConsumeState]:
    """Ask for another quantity of what is asked about."""
    load = state.active()
    if state.question is None or state.question.reason not in _BY_QUANTITY or load is None:
        return not_expected(state, "quantity")
    return _asked_for_quantity(state, load)


def _asked_for_quantity(state: Consuming, load: Load, **more: str) -> Step[ConsumeState]:
    facts = about(load, state, **more)
    asked = Asked(Ask.QUANTITY, Reason.QUANTITY_MISSING, load, about=facts)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.QUANTITY, about=facts))


def _change(state: Consuming, _now: Circumstances) -> Step[ConsumeState]:
    """Ask for another quantity of what was used last."""
    last = state.done[-1] if state.done else None
    if last is None or state.question is not None or last.used < 0:
        return not_expected(state, "change")
    return _asked_for_quantity(state, replace(last.load, replaces=last.event_id), change="yes")


def _cancel(state: Consuming, _now: Circumstances) -> Step[ConsumeState]:
    match state.question:
        case Asked(newcomer=ScanRef() as newcomer, since=datetime() as since):
            return labels.leave_burst_out(state, newcomer, since)
        case asked:
            load = state.active()
            left = abandoned(state, "cancelled", load.unnamed) if load else ()
            after = replace(state, question=None, begun=state.without(load) if load else state.begun)
            return Step(after, Said(Verdict.ASK if asked or load else None, Ask.SCAN_LABEL), left)


def _undo(state: Consuming, now: Circumstances) -> Step[ConsumeState]:
    """Take back the label in the making, else the last thing done: the original stays, a correction reverses what it did."""
    if state.question or state.begun:
        return _cancel(state, now)
    if not state.done:
        return not_expected(state, "undo")
    last = state.done[-1]
    after = undone(state, last.event_id)
    facts = {**done_about(last.event, after), "undone": "yes"}
    return Step(after, Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=facts), (correction(state, last, "undo"),))


def _return(state: Consuming, _now: Circumstances) -> Step[ConsumeState]:
    if state.question is not None or not returns.returnable(state):
        return not_expected(state, "return")
    return returns.ask_return(state)


def _set_aside(state: Consuming, _now: Circumstances) -> Step[ConsumeState]:
    """A person has dealt with the last refusal: it leaves the list."""
    if state.question is not None or not state.refused:
        return not_expected(state, "set_aside")
    return Step(replace(state, refused=state.refused[:-1]), Said(None, Ask.SCAN_LABEL))


def _quantity(state: Consuming, given: QuantityGiven, now: Circumstances) -> Step[ConsumeState]:
    asked = state.question
    returned = _done(state, asked.returns) if asked else None
    load = state.active()
    item = load.item if load else returned.load.item if returned else None
    if asked is None or item is None or asked.reason not in _BY_QUANTITY:
        return not_expected(state, "quantity")
    if given.amount is None:
        facts = {**asked.about, "got": given.text, "message": "a number is expected, like 25 or 12.5"}
        invalid = replace(asked, ask=Ask.QUANTITY, reason=Reason.QUANTITY_INVALID, about=facts, choices=())
        return again(replace(state, question=invalid))
    quantity = Quantity(given.amount, _unit(item, given.unit))
    if returned is not None:
        return returns.take_back(state, returned, quantity, now)
    assert load is not None
    agreed = tuple(reason for reason in load.agreed if reason not in _OF_QUANTITY)
    return settle(state, replace(load, given=quantity, agreed=agreed), now)


def _unit(item: Item, unit: str | None) -> str:
    if not unit:
        return item.unit
    return unit if unit in item.packs else unit_named(unit)


def _done(state: Consuming, event_id: str | None) -> Done | None:
    return next((each for each in state.done if each.event_id == event_id), None)


def _typed(state: Consuming, given: Typed, now: Circumstances) -> Step[ConsumeState]:
    text = given.text.strip()
    if state.question is not None:
        return again(state)
    if fault := lot_code_fault(text):
        return _refuse_typed(state, Reason.BARCODE_INVALID, {"text": text[:LONGEST_CODE], "message": fault}, now)
    load = load_typed(state, given)
    if load is not None:
        return settle(state, load, now)
    items = _on_order(state, given.lot_items)
    if not items:
        reason = Reason.LOT_WRONG_ITEM if given.lot_items else Reason.LOT_UNKNOWN
        return _refuse_typed(state, reason, {"text": text, "lot": text}, now)
    asked = labels.which_item(state, Load(Parts(Facts(lot=text)), typed=True), items)
    said = Said(Verdict.ASK, asked.ask, asked.reason, asked.about, asked.choices)
    return Step(replace(state, question=asked), said)


def _refuse_typed(state: Consuming, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[ConsumeState]:
    facts = {"work_order": state.order.number, **facts}
    record = Record(ScanRefused(NAME, reason, facts), how="typed", documents=state.document(), id=now.event_id)
    after = with_refused(state, TurnedDown(now.event_id, reason, now.at, facts))
    return Step(after, Said(refused_verdict(reason, NAME), Ask.SCAN_LABEL, reason, facts), (record,))


def _chosen(state: Consuming, given: Chosen, now: Circumstances) -> Step[ConsumeState]:
    asked = state.question
    if asked is None or not any(choice.id == given.id for choice in asked.choices):
        return not_expected(state, given.id)
    if asked.newcomer is not None:
        return labels.count_burst(state, asked.newcomer)
    load = load_chosen(state, given.id)
    if load is not None:
        return settle(state, load, now)
    done = returns.lot_chosen(state, given.id)
    return returns.ask_how_much(state, done) if done else again(state)


_TOUCHES: Final[dict[str, Callable[[Consuming, Circumstances], Step[ConsumeState]]]] = {
    "confirm": _confirm,
    "cancel": _cancel,
    "back": _cancel,
    "undo": _undo,
    "to_go": _only_what_is_planned,
    "quantity": _ask_quantity,
    "change": _change,
    "return": _return,
    "set_aside": _set_aside,
}
