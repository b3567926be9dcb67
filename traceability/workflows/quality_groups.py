"""Hold many lots by one yes: all of a delivery, of a work order, of a time. How many they are is shown before."""

from __future__ import annotations

from typing import Any, Final

from traceability.barcodes.assembly import Parts
from traceability.events import DocumentOpened, LotHeld
from traceability.ids import sibling
from traceability.lots import LotKey
from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.inputs import Circumstances, LotsQuestion
from traceability.workflows.inspecting import NAME, WINDOWS, Inspecting, Together
from traceability.workflows.quality_rules import CANCEL, hold_tag, reason_choices, reason_in_words
from traceability.workflows.step import Ask, Choice, Record, Said, ScanRef, Step
from traceability.workflows.task import Task
from traceability.workflows.undoing import TOPIC as UNDO
from traceability.workflows.undoing import reasons, wants_reason
from traceability.workflows.work_settle import ask, asks_again, correction, refuse_scan, refuse_typed, undone, with_done
from traceability.workflows.working import Asked, Done, Load

#: Topics of the questions about several lots.
WINDOW, SCOPE, WHY_ALL, ALL = "window", "scope", "why_all", "all"
#: So many tags are printed at most: a roll is not to run out over one yes.
MOST_TAGS: Final = 20
_PAPERS: Final = {"receipt": "purchase_order", "work_order": "work_order"}


def ask_window(task: Task[Any], state: Inspecting) -> Step[Inspecting]:
    """Ask which time's lots are meant."""
    choices = tuple(Choice(each, each.capitalize()) for each in WINDOWS)
    return ask(task, state, Asked(Ask.CHOOSE_REASON, topic=WINDOW, about=state.facts(), choices=choices))


def found(task: Task[Any], state: Inspecting, asked: LotsQuestion, scan: ScanRef | None, now: Circumstances) -> Step[Inspecting]:
    """Take the lots that were looked up; where there are none that is said."""
    free, lots = replace(state, question=None), now.lots
    if not lots.made and not lots.used:
        facts = {"text": asked.name, "lot": asked.name, "basis": asked.basis}
        if scan is not None:
            return refuse_scan(task, free, scan, Reason.LOT_UNKNOWN, facts, now)
        return refuse_typed(task, free, Reason.LOT_UNKNOWN, facts, now)
    several = Together(asked.basis, asked.name, lots.made or lots.used, _beside(lots.made, lots.used), lots.since, lots.until)
    after = replace(free, together=several)
    step = _ask_scope(task, after, several) if several.used else _ask_why(task, after, several, now)
    opened = (Record(DocumentOpened(NAME, asked.name, _PAPERS.get(asked.basis, asked.basis)), (scan.id,)),) if scan is not None else ()
    return replace(step, records=(*opened, *step.records))


def _beside(made: tuple[LotKey, ...], used: tuple[LotKey, ...]) -> tuple[LotKey, ...]:
    return tuple(each for each in used if each not in made) if made else ()


def chosen(task: Task[Any], state: Inspecting, asked: Asked, choice: str, now: Circumstances) -> Step[Inspecting] | None:
    """Answer a question about several lots; None where it is about one, or was cancelled."""
    several = state.together
    if several is None or choice == "cancel" or asked.topic not in (SCOPE, WHY_ALL, ALL):
        return None
    if not any(each.id == choice for each in asked.choices):
        return asks_again(state, NAME)
    if asked.topic == ALL:
        return _hold_all(task, state, several, now)
    if asked.topic == WHY_ALL:
        decided = replace(several, why=choice)
        choices = (Choice("hold_all", "Hold them all"), CANCEL)
        question = Asked(Ask.DECIDE, topic=ALL, about=_facts(state, decided), choices=choices)
        return ask(task, replace(state, together=decided), question)
    lots = (*several.lots, *several.used) if choice == "made_and_used" else several.lots
    meant = replace(several, lots=lots, used=())
    return _ask_why(task, replace(state, together=meant), meant, now)


def _ask_scope(task: Task[Any], state: Inspecting, several: Together) -> Step[Inspecting]:
    choices = (Choice("made", "Only what was made"), Choice("made_and_used", "Also what went in"), CANCEL)
    return ask(task, state, Asked(Ask.DECIDE, topic=SCOPE, about=_facts(state, several), choices=choices))


def _ask_why(task: Task[Any], state: Inspecting, several: Together, now: Circumstances) -> Step[Inspecting]:
    return ask(task, state, Asked(Ask.CHOOSE_REASON, topic=WHY_ALL, about=_facts(state, several), choices=reason_choices(now)))


def _facts(state: Inspecting, several: Together) -> dict[str, str]:
    return {**state.facts(), "lots": str(len(several.lots)), "text": several.name, "basis": several.basis}


def _hold_all(task: Task[Any], state: Inspecting, several: Together, now: Circumstances) -> Step[Inspecting]:
    ids = tuple(sibling(now.event_id, number) for number in range(len(several.lots)))
    events = tuple(_held(each, several, now.event_id) for each in several.lots)
    paper = ((_PAPERS[several.basis], several.name),) if several.basis in _PAPERS else ()
    records = tuple(Record(event, how="typed", documents=paper, rules=task.rules, id=id_) for event, id_ in zip(events, ids, strict=True))
    load = Load(Parts(), chosen=tuple(("id", each) for each in ids))
    after = with_done(task, replace(state, question=None, together=None), Done(now.event_id, now.at, events[0], load))
    words = reason_in_words(several.why or "", now)
    tags = tuple(hold_tag(each, words, now) for each in several.lots[:MOST_TAGS])
    facts = {**_facts(state, several), "held_many": str(len(ids))}
    return Step(after, Said(Verdict.ACCEPTED, task.wants(after), about=facts), records, tags)


def _held(lot: LotKey, several: Together, group: str) -> LotHeld:
    why, named = several.why or "", None if several.basis == "time_window" else several.name
    return LotHeld(lot.item, lot.code, lot.assigned_by, why, several.basis, named, several.since, several.until, group)


def are_many(done: Done) -> bool:
    """Whether one yes held several lots."""
    return any(topic == "id" for topic, _ in done.load.chosen)


def undo_all(task: Task[Any], state: Inspecting, last: Done, now: Circumstances, code: str | None = None) -> Step[Inspecting]:
    """Take every hold back that one yes made; later than a few minutes after it only with a reason (`code`)."""
    if code is None and wants_reason(last.at, now):
        facts = {**state.facts(), **task.said_of(last.event, state)}
        return ask(task, state, Asked(Ask.CHOOSE_REASON, topic=UNDO, event=last.event_id, about=facts, choices=reasons(now)))
    state = replace(state, question=None)
    ids = [id_ for topic, id_ in last.load.chosen if topic == "id"]
    corrections = tuple(correction(state, replace(last, event_id=id_), "undo", code) for id_ in ids)
    after = undone(task, state, last)
    facts = {**state.facts(), **task.said_of(last.event, after), "undone": "yes"}
    return Step(after, Said(Verdict.ACCEPTED, task.wants(after), about=facts), corrections)
