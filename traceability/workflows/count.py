"""Count what stands in a place, blind: scan the place, scan what is there, finish. A count that is too far off is done again."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from traceability.events import DocumentFinished, DocumentOpened, Event, LotCounted
from traceability.lots import LotKey
from traceability.places import Place
from traceability.reasons import COUNT, UNKNOWN_CAUSE, reasons_for
from traceability.refusals import Reason, Verdict
from traceability.units import plain
from traceability.values import replace
from traceability.workflows import work
from traceability.workflows.count_labels import labelled
from traceability.workflows.count_results import as_found, lost, missing, results, too_far_off
from traceability.workflows.count_rules import PLACE, RULES, SOURCE, judge, source_chosen
from traceability.workflows.inputs import (
    Chosen,
    Circumstances,
    Input,
    LotQuestion,
    PlaceQuestion,
    Pressed,
    Question,
    Scanned,
    Standing,
    Thing,
    Typed,
)
from traceability.workflows.step import Ask, Choice, Record, Said, ScanRef, Step
from traceability.workflows.stocktaking import Cause, Stocktake
from traceability.workflows.task import Task
from traceability.workflows.verdicts import verdict_of
from traceability.workflows.work_answers import shared_touch
from traceability.workflows.work_settle import abandoned, ask, asked_for_quantity, not_expected, refuse_scan, refuse_typed, settle
from traceability.workflows.working import Asked

NAME: Final = "count"
MISSING, RECOUNT, CAUSE = "missing", "recount", "difference"
_MOST_NAMED: Final = 5


def advance(state: Stocktake, given: Input, now: Circumstances) -> Step[Stocktake]:
    """Answer one input. Everything that it changes is in the step; nothing is done here."""
    if isinstance(given, Typed) and (dated := _with_typed_expiry(state, given, now)) is not None:
        return dated
    return work.advance(TASK, state, given, now)


def question(state: Stocktake, given: Input) -> Question | None:
    """Return what must be looked up: the lot that was scanned, or at the end what the books have in the place."""
    ends = isinstance(given, Pressed) and given.verb == "finish"
    answers = isinstance(given, Pressed | Chosen) and state.question is not None and state.question.topic in (MISSING, CAUSE)
    if state.place is not None and (ends or answers):
        return PlaceQuestion(state.place.name, tuple(dict.fromkeys(each.key for each in state.tallies)))
    asked = work.question(TASK, state, given)
    return replace(asked, sources=True) if isinstance(asked, LotQuestion) else asked


def _wants(state: Stocktake) -> Ask:
    return Ask.SCAN_LABEL if state.place else Ask.SCAN_PLACE


def _finish(state: Stocktake, _scan: ScanRef | None, now: Circumstances) -> Step[Any]:
    """Compare with the books: ask about what was not found, ask for a second count where the first is too far off, else record."""
    if state.place is None or state.question is not None or state.begun:
        return not_expected(TASK, state, "finish")
    expected = as_found(state, now.standing)
    absent = () if state.none_left else missing(state, expected)
    if absent:
        choices = (Choice("none_left", "None are left"), Choice("cancel", "Go on counting"))
        facts = {**state.facts(), "lots": _named(tuple(_absent(state, key, expected[key]) for key in absent)), "count": str(len(absent))}
        return ask(TASK, state, Asked(Ask.DECIDE, Reason.LOT_MISSING, topic=MISSING, about=facts, choices=choices))
    off = too_far_off(state, expected) if state.round == 1 else ()
    if off:
        choices = (Choice(RECOUNT, "Count again"), Choice("cancel", "Go on counting"))
        facts = {**state.facts(), "cause": RECOUNT, "lots": _named(tuple(key.code for key in off)), "count": str(len(off))}
        asked = Asked(Ask.DECIDE, Reason.FACTS_CONFLICT, topic=RECOUNT, about=facts, choices=choices)
        return ask(TASK, replace(state, again=off), asked)
    unexplained = [key for key in too_far_off(state, expected) if state.cause_of(key) is None]
    return _ask_why(state, unexplained[0], now) if unexplained else _recorded(state, expected, now)


def _ask_why(state: Stocktake, key: LotKey, now: Circumstances) -> Step[Any]:
    """The second count is as far off: ask why. That nobody knows is an answer, and the difference stays unaccounted."""
    choices = tuple(Choice(each.code, each.said) for each in (*reasons_for(COUNT, now.reasons), UNKNOWN_CAUSE))
    facts = {**state.facts(), "item": key.item, "lot": key.code, "purpose": COUNT}
    return ask(TASK, replace(state, explaining=key), Asked(Ask.CHOOSE_REASON, topic=CAUSE, about=facts, choices=choices))


def _absent(state: Stocktake, key: LotKey, expected: Standing) -> str:
    """The lot, and the pieces of it that are missing where others were found."""
    pieces = lost(state, key, expected) if any(each.key == key for each in state.tallies) else ()
    return f"{key.code} ({_named(pieces)})" if pieces else key.code


def _named(codes: tuple[str, ...]) -> str:
    return ", ".join(codes[:_MOST_NAMED]) + (" …" if len(codes) > _MOST_NAMED else "")


def _recorded(state: Stocktake, expected: Any, now: Circumstances) -> Step[Any]:
    assert state.place is not None
    records, done = results(state, expected, now)
    records, prints = labelled(records, state, now)
    # What is undone here later is what was recorded, its labels included.
    events = {record.id: record.event for record in records}
    done = tuple(replace(each, event=events[each.event_id]) for each in done)
    finished = Record(DocumentFinished(NAME, state.place.name, "place"), documents=state.document())
    after = Stocktake(done=done, refused=state.refused, seen=state.seen, waiting=state.waiting)
    facts = {**state.facts(), "lots": str(sum(isinstance(each.event, LotCounted) for each in done)), "counted": "yes"}
    facts |= {"labels": str(len(prints))} if prints else {}
    return Step(after, Said(Verdict.ACCEPTED, Ask.SCAN_PLACE, about=facts), (*records, finished), prints, len(prints))


def _confirm(state: Stocktake, now: Circumstances) -> Step[Any]:
    """What was not found is not there."""
    if state.question is None or state.question.topic != MISSING:
        return shared_touch(TASK, state, "confirm", now)
    return _finish(replace(state, question=None, none_left=True), None, now)


def _chosen(state: Stocktake, asked: Asked, given: Chosen, now: Circumstances) -> Step[Any] | None:
    if asked.topic == MISSING and given.id == "none_left":
        return _confirm(state, now)
    offered = given.id != "cancel" and any(choice.id == given.id for choice in asked.choices)
    if asked.topic == CAUSE and state.explaining is not None and offered:
        causes = (*state.causes, Cause(state.explaining, given.id))
        return _finish(replace(state, question=None, causes=causes, explaining=None), None, now)
    if asked.topic == SOURCE and asked.load is not None and offered:
        return settle(TASK, state, source_chosen(asked.load, given.id, now), now)
    return _count_again(state) if asked.topic == RECOUNT and given.id == RECOUNT else None


def _count_again(state: Stocktake) -> Step[Any]:
    """Forget what was found of the lots that were off; the second count decides."""
    off = tuple(each for each in state.tallies if each.key in state.again)
    kept = tuple(each for each in state.tallies if each.key not in state.again)
    left = abandoned(TASK, state, "replaced", tuple(scan for each in off for scan in each.scans))
    after = replace(state, question=None, tallies=kept, round=2, none_left=False, causes=(), last=None)
    facts = {**state.facts(), "lots": _named(tuple(key.code for key in state.again)), "again": "yes"}
    return Step(after, Said(Verdict.ASK, Ask.SCAN_LABEL, about=facts), left)


def _undo(state: Stocktake, now: Circumstances) -> Step[Any]:
    """Take back the last thing found; where nothing is open, the last lot of the count before."""
    if state.question or state.begun or not state.tallies:
        return shared_touch(TASK, state, "undo", now)
    last = state.tallies[-1]
    after = replace(state, tallies=state.tallies[:-1], none_left=False, causes=(), last=None)
    facts = {**state.facts(), "lot": last.key.code, "quantity": plain(last.amount), "unit": last.unit, "undone": "yes"}
    return Step(after, Said(Verdict.ASK, Ask.SCAN_LABEL, about=facts), abandoned(TASK, state, "cancelled", last.scans))


def _change(state: Stocktake, _now: Circumstances) -> Step[Any]:
    """Ask for another quantity of what was found last."""
    if state.question is not None or state.begun or state.last is None or not state.tallies:
        return not_expected(TASK, state, "change")
    return asked_for_quantity(replace(state, tallies=state.tallies[:-1], none_left=False, causes=(), last=None), state.last, change="yes")


def _things(state: Stocktake, given: Scanned, now: Circumstances) -> Step[Any]:
    place, asked, scan = given.thing, state.question, given.scan
    if not isinstance(place, Place) or (asked is None and state.tallies):
        facts = {"text": given.name, "what": given.name}
        if scan is None:
            return refuse_typed(TASK, state, Reason.NOT_EXPECTED_HERE, facts, now)
        return refuse_scan(TASK, state, scan, Reason.NOT_EXPECTED_HERE, facts, now)
    opened = Record(DocumentOpened(NAME, place.name, "place"), (scan.id,) if scan else (), documents=(("place", place.name),))
    after = Stocktake(place=place, begun=state.begun, done=state.done, refused=state.refused, seen=state.seen, waiting=state.waiting)
    if asked is not None and asked.load is not None:
        step = settle(TASK, after, asked.load, now)
        return replace(step, records=(opened, *step.records))
    return Step(after, Said(Verdict.ASK, Ask.SCAN_LABEL, about=after.facts()), (opened,))


def _answers(asked: Asked, thing: Thing) -> bool:
    return isinstance(thing, Place) and asked.topic == PLACE


def _with_typed_expiry(state: Stocktake, given: Typed, now: Circumstances) -> Step[Any] | None:
    """A date that was typed for a lot that is walked in; None where no date is wanted."""
    load = state.begun_on(None)
    if state.question is not None or load is None or load.item is None or load.lot is None or load.parts.facts.expires_on is not None:
        return None
    try:
        expires_on = date.fromisoformat(given.text.strip())
    except ValueError:
        facts = {**state.facts(), "text": given.text.strip(), "lot": load.lot}
        return Step(state, Said(verdict_of(Reason.EXPIRY_MISSING, NAME), Ask.SCAN_EXPIRY, Reason.EXPIRY_MISSING, facts))
    facts_with = replace(load.parts.facts, expires_on=expires_on)
    return settle(TASK, state, replace(load, parts=replace(load.parts, facts=facts_with)), now)


def _said_of(event: Event, _state: Stocktake) -> dict[str, str]:
    names = {name: str(getattr(event, name, "")) for name in ("item", "description", "lot", "place")}
    # B009: the kinds that come here have it, the union of all does not.
    return {**names, "quantity": plain(getattr(event, "base_quantity")), "unit": str(getattr(event, "base_unit"))}  # noqa: B009


TASK: Final[Task[Stocktake]] = Task(
    name=NAME,
    judge=judge,
    finish=_finish,
    said_of=_said_of,
    changeable=lambda _done: False,
    wants=_wants,
    things=_things,
    answers=_answers,
    touches={"confirm": _confirm, "undo": _undo, "change": _change},
    chosen=_chosen,
    used_up_answers=False,
    rules=RULES,
)
