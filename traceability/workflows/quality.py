"""Hold, release and test lots: what every state answers to every input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from traceability.events import Event, LotHeld, LotReleased, LotTested, ScopeHeld, ScopeReleased
from traceability.lots import Disposition
from traceability.refusals import Reason, Verdict
from traceability.units import parsed_value, plain, unit_named
from traceability.values import replace
from traceability.workflows import quality_groups as groups
from traceability.workflows import quality_releases as releases
from traceability.workflows import quality_undo as many
from traceability.workflows import work
from traceability.workflows.bursts import is_double_read, with_scan
from traceability.workflows.inputs import (
    Chosen,
    Circumstances,
    Input,
    LotQuestion,
    LotsQuestion,
    OrderScanned,
    Pressed,
    QuantityGiven,
    Question,
    Typed,
    WorkOrderScanned,
)
from traceability.workflows.inspecting import NAME, TIMES, WINDOWS, Inspecting
from traceability.workflows.quality_rules import AFTER, DO, OUTCOME, RULES, WHY, is_measured, judge
from traceability.workflows.step import Ask, Said, ScanRef, Step
from traceability.workflows.task import Task, of_lots
from traceability.workflows.undoing import TOPIC as UNDO
from traceability.workflows.work_answers import cancel, touch
from traceability.workflows.work_labels import wait
from traceability.workflows.work_settle import abandoned, asks_again, duplicate, not_expected, settle
from traceability.workflows.working import Asked

QualityStep = Step[Inspecting]


def question(state: Inspecting, given: Input) -> Question | None:
    """Return which lot, or which lots, the answer to `given` depends on."""
    if several := _lots_asked(state, given):
        return several
    asked = work.question(TASK, state, given)
    return replace(asked, quality=True) if isinstance(asked, LotQuestion) else asked


def next_ask(state: Inspecting) -> Ask:
    """Return what is wanted next."""
    return work.next_ask(TASK, state)


def _lots_asked(state: Inspecting, given: Input) -> LotsQuestion | None:
    asked = state.question
    match given:
        case OrderScanned(order) if order.number is not None and asked is None:
            return LotsQuestion("receipt", order.number)
        case WorkOrderScanned(order) if asked is None:
            return LotsQuestion("work_order", order.number)
        case Chosen(id=name) if asked is not None and asked.topic == groups.WINDOW and name in WINDOWS:
            return LotsQuestion("time_window", name)
        case Pressed("several") if asked is None:
            return LotsQuestion("in_force", "")
        case Chosen(id=releases.LIST) if asked is not None and asked.topic == groups.WINDOW:
            return LotsQuestion("in_force", "")
        case Chosen(id=name) if asked is not None and asked.topic == releases.WHICH and name != "cancel":
            return LotsQuestion("scope", name)
        case Typed(text) if TIMES.fullmatch(text.strip()) and (asked is None or asked.topic == groups.WINDOW):
            return LotsQuestion("time_window", text.strip())
        case _:
            return None


def advance(state: Inspecting, given: Input, now: Circumstances) -> QualityStep:
    """Answer one input. Everything that it changes is in the step; nothing is done here."""
    several = _lots_asked(state, given)
    match given:
        case OrderScanned(scan=scan) | WorkOrderScanned(scan=scan):
            return _paper(state, several, scan, now)
        case Typed() if several is not None:
            return _freeing(groups.found(TASK, state, several, None, now))
        case Chosen(scan=None) if several is not None:
            return _freeing(_several_chosen(state, several, now))
        case QuantityGiven(amount=None, text=text) if is_measured(state.question):
            return work.advance(TASK, state, replace(given, amount=parsed_value(text)), now)
        case _:
            return work.advance(TASK, state, given, now)


def _several_chosen(state: Inspecting, several: LotsQuestion, now: Circumstances) -> QualityStep:
    """A time was chosen, or what is to be released of what is held together."""
    match several.basis:
        case "in_force":
            return releases.ask_which(TASK, state, now)
        case "scope":
            return releases.ask_held(TASK, state, now) if now.lots.scopes else asks_again(state, NAME)
        case _:
            return groups.found(TASK, state, several, None, now)


def _paper(state: Inspecting, several: LotsQuestion | None, scan: ScanRef | None, now: Circumstances) -> QualityStep:
    """An order's paper stands for all lots of it."""
    if scan is None:
        return not_expected(TASK, state, "order") if several is None else groups.found(TASK, state, several, None, now)
    double, state = is_double_read(state.seen, scan), replace(state, seen=with_scan(state.seen, scan))
    if double:
        return duplicate(TASK, state, scan, {"double_read": "yes"})
    if several is None:
        return wait(TASK, state, scan, now)
    return groups.found(TASK, state, several, scan, now)


def _freeing(step: QualityStep) -> QualityStep:
    """Scans that waited for the question are taken where none is open any more."""
    after = step.state
    return replace(step, state=replace(after, waiting=()), freed=after.waiting) if after.question is None and after.waiting else step


def _chosen(state: Inspecting, asked: Asked, given: Chosen, now: Circumstances) -> QualityStep | None:
    several = _lots_asked(state, given)
    if several is not None:  # by a command card
        return _several_chosen(state, several, now)
    if asked.topic == releases.IN_FORCE and given.id == "hold" and state.together is not None:
        return groups.ask_about(TASK, state, state.together, now)
    if (released := releases.chosen(TASK, state, asked, given.id, now)) is not None:
        return released
    if (step := groups.chosen(TASK, state, asked, given.id, now)) is not None:
        return step
    last = state.done_as(asked.event) if asked.topic == UNDO else None
    if last is not None and many.are_many(last) and any(each.id == given.id for each in asked.choices):
        return many.undo_all(TASK, state, last, now, given.id)
    load = asked.load
    if given.id == "cancel" or load is None or asked.topic not in (DO, WHY, AFTER, OUTCOME):
        return None
    if not any(each.id == given.id for each in asked.choices):
        return asks_again(state, NAME)
    if asked.topic == WHY:
        return settle(TASK, state, replace(load, why=given.id), now)
    return settle(TASK, state, replace(load, chosen=(*load.chosen, (asked.topic, given.id))), now)


def _value(state: Inspecting, asked: Asked, given: QuantityGiven, now: Circumstances) -> QualityStep | None:
    """A test's value was typed."""
    if not is_measured(asked) or asked.load is None or given.amount is None:
        return None
    unit, about = given.unit or "", asked.about
    if unit and unit_named(unit).casefold() != unit_named(about.get("test_unit", "")).casefold():
        facts = {**about, "given_unit": unit, "unit": about.get("test_unit", "")}
        return asks_again(replace(state, question=replace(asked, reason=Reason.UNIT_UNKNOWN, about=facts)), NAME)
    return settle(TASK, state, replace(asked.load, chosen=(*asked.load.chosen, (asked.topic, plain(given.amount)))), now)


def _answer(choice: str) -> Callable[[Inspecting, Circumstances], QualityStep]:
    """A touch, or its card, that is one of the answers on offer."""

    def touched(state: Inspecting, now: Circumstances) -> QualityStep:
        asked = state.question
        if asked is None or not any(each.id == choice for each in asked.choices):
            return not_expected(TASK, state, choice)
        return _chosen(state, asked, Chosen(choice), now) or not_expected(TASK, state, choice)

    return touched


def _confirm(state: Inspecting, now: Circumstances) -> QualityStep:
    """Yes, where one word is enough: all the lots that were counted."""
    asked = state.question
    if asked is not None and asked.topic == groups.ALL:
        return groups.chosen(TASK, state, asked, "hold_all", now) or asks_again(state, NAME)
    return asks_again(state, NAME) if asked is not None and asked.topic else _shared("confirm", state, now)


def _cancel(state: Inspecting, now: Circumstances) -> QualityStep:
    step = cancel(TASK, state, now)
    return replace(step, state=replace(step.state, together=None, releasing=None))


def _undo(state: Inspecting, now: Circumstances) -> QualityStep:
    last = state.done[-1] if state.done else None
    if state.question is not None or state.begun:
        return _cancel(state, now)
    return many.undo_all(TASK, state, last, now) if last is not None and many.are_many(last) else _shared("undo", state, now)


def _shared(verb: str, state: Inspecting, now: Circumstances) -> QualityStep:
    step: QualityStep = touch(_PLAIN, state, verb, now)
    return step


def _several(state: Inspecting, now: Circumstances) -> QualityStep:
    return groups.ask_window(TASK, state, now) if state.question is None else asks_again(state, NAME)


def _finish(state: Inspecting, scan: ScanRef | None, _now: Circumstances) -> QualityStep:
    left = abandoned(TASK, state, "finished", (*state.open_scans(), *((scan.id,) if scan else ())))
    return Step(Inspecting(), Said(Verdict.ASK, Ask.SCAN_LABEL), left)


def _said_of(event: Event, _state: Inspecting) -> dict[str, str]:
    if isinstance(event, ScopeHeld | ScopeReleased):
        return {}
    assert isinstance(event, LotHeld | LotReleased | LotTested)
    stands = Disposition.HOLD if isinstance(event, LotHeld) else event.disposition
    facts = {"item": event.item, "lot": event.lot, "stands": stands.value if stands else ""}
    return {name: text for name, text in facts.items() if text}


_PLAIN: Final[Task[Inspecting]] = Task(
    name=NAME,
    judge=judge,
    finish=_finish,
    said_of=_said_of,
    changeable=lambda _done: False,
    chosen=_chosen,
    quantity=_value,
    used_up_answers=False,
    pieces=of_lots,
    rules=RULES,
)
TASK: Final[Task[Inspecting]] = replace(
    _PLAIN,
    touches={
        "hold": _answer("hold"),
        "release": _answer("release"),
        "confirm": _confirm,
        "cancel": _cancel,
        "back": _cancel,
        "undo": _undo,
        "several": _several,
    },
)
