"""What a person touches, types or chooses at any work: answers to a question, undo, another quantity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from traceability.barcodes.assembly import Parts
from traceability.barcodes.reading import Facts
from traceability.items import Item
from traceability.lots import LONGEST_CODE, lot_code_fault
from traceability.refusals import Reason, Verdict
from traceability.units import Quantity, unit_named
from traceability.values import replace
from traceability.workflows.counting import no_number
from traceability.workflows.inputs import Chosen, Circumstances, Pressed, QuantityGiven, Typed
from traceability.workflows.lot_rules import agreement
from traceability.workflows.overriding import is_offered
from traceability.workflows.step import Ask, Said, ScanRef, Step
from traceability.workflows.task import ASKED_ONCE, BY_QUANTITY, BY_YES, OF_QUANTITY, Task, W
from traceability.workflows.work_approvals import call
from traceability.workflows.work_labels import count_burst, leave_burst_out, of_items, unknown_text, wants_place, which_item
from traceability.workflows.work_settle import (
    abandoned,
    ask,
    asked_for_quantity,
    asks_again,
    not_allowed,
    not_expected,
    refuse_load,
    refuse_typed,
    settle,
)
from traceability.workflows.work_undo import change_last, reason_given, undo_last
from traceability.workflows.working import Asked, Load


def answer(task: Task[W], state: W, given: Pressed | QuantityGiven | Typed | Chosen, now: Circumstances) -> Step[Any]:
    """Answer a touch, a typed text or a choice."""
    match given:
        case QuantityGiven():
            return _quantity(task, state, given, now)
        case Typed():
            return _typed(task, state, given, now)
        case Chosen(id=chosen):
            own = task.chosen(state, state.question, given, now) if state.question is not None else None
            if own is not None:
                return own
            return touch(task, state, chosen, now) if chosen in _BY_CHOICE or chosen in task.touches else _chosen(task, state, given, now)
        case Pressed(verb):
            return touch(task, state, verb, now)


def touch(task: Task[W], state: W, verb: str, now: Circumstances) -> Step[Any]:
    """Do what a touch says: the work's own first, then what all works know."""
    own = task.touches.get(verb)
    return own(state, now) if own else shared_touch(task, state, verb, now)


def shared_touch(task: Task[W], state: W, verb: str, now: Circumstances) -> Step[Any]:
    """Do what all works know."""
    shared = _TOUCHES.get(verb)
    return shared(task, state, now) if shared else not_expected(task, state, verb)


def load_typed(task: Task[W], state: W, given: Typed) -> Load | None:
    """Return the load as it will be with a typed lot code; None where nothing says which item it is of."""
    text, had = given.text.strip(), state.begun_on(None)
    if had is not None and had.item is not None and had.lot is None:
        return replace(had, parts=replace(had.parts, facts=replace(had.parts.facts, lot=text)), typed=True)
    items = of_items(given.lot_items, task.items(state))
    return Load(Parts(Facts(lot=text)), items[0], typed=True) if len(items) == 1 else None


def load_chosen(state: W, chosen: str) -> Load | None:
    """Return the load that is asked about as it will be with one of the offered answers."""
    asked = state.question
    if asked is None or asked.load is None:
        return None
    code = next((code for code, choice in zip(asked.codes, asked.choices, strict=False) if choice.id == chosen), None)
    if code is not None:
        return replace(asked.load, code=code)
    by_lot = asked.ask is Ask.CHOOSE_LOT and any(choice.id == chosen for choice in asked.choices)
    return replace(asked.load, assigned_by=chosen) if by_lot else asked.load


def quantity_of(item: Item, given: QuantityGiven) -> Quantity:
    """Return what was typed, in the unit that was said; without one in the item's."""
    assert given.amount is not None
    if not given.unit:
        return Quantity(given.amount, item.unit)
    return Quantity(given.amount, given.unit if given.unit in item.packs else unit_named(given.unit))


def cancel(task: Task[W], state: W, now: Circumstances) -> Step[W]:
    """Leave the question, or the label in the making; its scans are named."""
    match state.question:
        case Asked(newcomer=ScanRef() as newcomer, since=datetime() as since):
            return leave_burst_out(task, state, newcomer, since)
        case Asked(reason=Reason() as reason, load=Load() as stopped, choices=choices, about=facts) if is_offered(choices):
            # The rules said no and nobody let it through: so it is refused, and stays in the list.
            after = replace(state, question=None, begun=state.without(stopped))
            return refuse_load(task, after, stopped, reason, facts, now)
        case asked:
            load = state.active()
            left = abandoned(task, state, "cancelled", load.unnamed) if load else ()
            after = replace(state, question=None, begun=state.without(load) if load else state.begun)
            return Step(after, Said(Verdict.ASK if asked or load else None, task.wants(after)), left)


def _confirm(task: Task[W], state: W, now: Circumstances) -> Step[W]:
    match state.question:
        case None:
            return Step(state, Said(None, task.wants(state)))
        case Asked(newcomer=ScanRef() as newcomer):
            return count_burst(task, state, newcomer)
        case Asked(choices=choices) if is_offered(choices):
            return not_allowed(state, task.name)
        case Asked(reason=Reason() as reason, load=Load() as load, topic="") if reason in BY_YES:
            remembered = (agreement(reason, load),) if reason in ASKED_ONCE else ()
            agreed = replace(state, agreed=tuple(dict.fromkeys((*state.agreed, *remembered))))
            return settle(task, agreed, replace(load, agreed=(*load.agreed, reason)), now)
        case _:
            return asks_again(state, task.name)


def _ask_quantity(task: Task[W], state: W, _now: Circumstances) -> Step[W]:
    """Ask for another quantity of what is asked about."""
    load = state.active()
    if state.question is None or state.question.reason not in BY_QUANTITY or load is None:
        return not_expected(task, state, "quantity")
    return asked_for_quantity(state, load)


def _change(task: Task[W], state: W, now: Circumstances) -> Step[Any]:
    """Ask for another quantity of what was done last."""
    last = state.done[-1] if state.done else None
    if last is None or state.question is not None or state.begun or last.load.item is None or not task.changeable(last):
        return not_expected(task, state, "change")
    return change_last(task, state, last, last.load, now)


def undo(task: Task[W], state: W, now: Circumstances) -> Step[Any]:
    """Take back the label in the making, else the last thing done: the original stays, a correction reverses what it did."""
    if state.question or state.begun:
        return touch(task, state, "cancel", now)
    return undo_last(task, state, now) if state.done else not_expected(task, state, "undo")


def _set_aside(task: Task[W], state: W, _now: Circumstances) -> Step[W]:
    """A person has dealt with the last refusal: it leaves the list."""
    if state.question is not None or not state.refused:
        return not_expected(task, state, "set_aside")
    return Step(replace(state, refused=state.refused[:-1]), Said(None, task.wants(state)))


def _quantity(task: Task[W], state: W, given: QuantityGiven, now: Circumstances) -> Step[Any]:
    asked, load = state.question, state.active()
    if asked is None:
        return not_expected(task, state, "quantity")
    if given.amount is None and asked.ask is Ask.QUANTITY:
        return asks_again(replace(state, question=_no_number(asked, given)), task.name)
    if (own := task.quantity(state, asked, given, now)) is not None:
        return own
    if load is None or load.item is None or asked.reason not in BY_QUANTITY:
        return not_expected(task, state, "quantity")
    if given.amount is None:
        return asks_again(replace(state, question=_no_number(asked, given)), task.name)
    agreed = tuple(reason for reason in load.agreed if reason not in OF_QUANTITY)
    weighed = f"{given.text} {given.unit or load.item.unit}" if given.weighed else None
    return settle(task, state, replace(load, given=quantity_of(load.item, given), agreed=agreed, weighed=weighed), now)


def _no_number(asked: Asked, given: QuantityGiven) -> Asked:
    facts = {**asked.about, "got": given.text, "message": no_number(given)}
    return replace(asked, ask=Ask.QUANTITY, reason=Reason.QUANTITY_INVALID, about=facts, choices=())


def _typed(task: Task[W], state: W, given: Typed, now: Circumstances) -> Step[W]:
    text = given.text.strip()
    if state.question is not None:
        if not given.lot_items and wants_place(task, state):
            return refuse_typed(task, state, Reason.PLACE_UNKNOWN, {"text": text[:LONGEST_CODE]}, now)
        return asks_again(state, task.name)
    if fault := lot_code_fault(text):
        return refuse_typed(task, state, Reason.BARCODE_INVALID, {"text": text[:LONGEST_CODE], "message": fault}, now)
    load = load_typed(task, state, given)
    if load is not None:
        return settle(task, state, load, now)
    items = of_items(given.lot_items, task.items(state))
    if not items:
        reason = Reason.LOT_WRONG_ITEM if given.lot_items else unknown_text(task, state)
        return refuse_typed(task, state, reason, {"text": text, "lot": text}, now)
    return ask(task, state, which_item(state, Load(Parts(Facts(lot=text)), typed=True), items))


def _chosen(task: Task[W], state: W, given: Chosen, now: Circumstances) -> Step[W]:
    asked = state.question
    if asked is None or not any(choice.id == given.id for choice in asked.choices):
        return not_expected(task, state, given.id)
    if asked.newcomer is not None:
        return count_burst(task, state, asked.newcomer)
    if (taken_back := reason_given(task, state, asked, given.id)) is not None:
        return taken_back
    load = load_chosen(state, given.id)
    return settle(task, state, load, now) if load is not None else asks_again(state, task.name)


_TOUCHES: Final[dict[str, Callable[[Task[Any], Any, Circumstances], Step[Any]]]] = {
    "confirm": _confirm,
    "cancel": cancel,
    "back": cancel,
    "undo": undo,
    "quantity": _ask_quantity,
    "change": _change,
    "set_aside": _set_aside,
    "override": call,
}
#: Touches that stand among a question's answers too.
_BY_CHOICE: Final = frozenset({"confirm", "cancel", "quantity", "override"})
