"""Hold many lots by one yes: all of a delivery, of a work order, of a time. How many they are is shown before."""

from __future__ import annotations

from typing import Any, Final

from traceability.barcodes.assembly import Parts
from traceability.events import DocumentOpened, Event, LotHeld, ScopeHeld
from traceability.ids import sibling
from traceability.lots import LotKey
from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows import quality_releases as releases
from traceability.workflows.inputs import Circumstances, LotsQuestion
from traceability.workflows.inspecting import NAME, WINDOWS, Inspecting, Together
from traceability.workflows.quality_rules import CANCEL, hold_tag, reason_choices, reason_in_words
from traceability.workflows.quality_undo import named_in
from traceability.workflows.step import Ask, Choice, Record, Said, ScanRef, Step
from traceability.workflows.task import Task
from traceability.workflows.work_settle import ask, asks_again, refuse_scan, refuse_typed, with_done
from traceability.workflows.working import Asked, Done, Load

#: Topics of the questions about several lots.
WINDOW, SCOPE, WHY_ALL, ALL = "window", "scope", "why_all", "all"
#: So many tags are printed at most: a roll is not to run out over one yes.
MOST_TAGS: Final = 20
_PAPERS: Final = {"receipt": "purchase_order", "work_order": "work_order"}


def ask_window(task: Task[Any], state: Inspecting, now: Circumstances) -> Step[Inspecting]:
    """Ask which time's lots are meant, or whether what is held together is to be released."""
    choices = tuple(Choice(each, each.capitalize()) for each in WINDOWS)
    release = (Choice(releases.LIST, "What is held together"),) if now.lots.scopes else ()
    return ask(task, state, Asked(Ask.CHOOSE_REASON, topic=WINDOW, about=state.facts(), choices=(*choices, *release)))


def found(task: Task[Any], state: Inspecting, asked: LotsQuestion, scan: ScanRef | None, now: Circumstances) -> Step[Inspecting]:
    """Take the lots that were looked up; where there are none, and no server could know more, that is said."""
    free, lots, basis = replace(state, question=None), now.lots, asked.basis
    assert basis in ("receipt", "work_order", "time_window")
    no_time = basis == "time_window" and lots.since is None
    if no_time or not (lots.made or lots.used or lots.scopes or now.has_server):
        facts = {"text": asked.name, "lot": asked.name, "basis": basis}
        if scan is not None:
            return refuse_scan(task, free, scan, Reason.LOT_UNKNOWN, facts, now)
        return refuse_typed(task, free, Reason.LOT_UNKNOWN, facts, now)
    several = Together(basis, asked.name, lots.made or lots.used, _beside(lots.made, lots.used), lots.since, lots.until)
    several = replace(several, with_used=bool(lots.used and not lots.made))
    after = replace(free, together=several)
    step = releases.ask_held(task, after, now) if lots.scopes else ask_about(task, after, several, now)
    opened = (Record(DocumentOpened(NAME, asked.name, _PAPERS.get(basis, basis)), (scan.id,)),) if scan is not None else ()
    return replace(step, records=(*opened, *step.records))


def ask_about(task: Task[Any], state: Inspecting, several: Together, now: Circumstances) -> Step[Inspecting]:
    """Ask what has to be known before several lots are held: of a work order, whether also what went in is meant; then why."""
    unknown_here = several.basis == "work_order" and not several.lots
    return _ask_scope(task, state, several) if several.used or unknown_here else _ask_why(task, state, several, now)


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
    meant = replace(several, lots=lots, used=(), with_used=several.with_used or choice == "made_and_used")
    return _ask_why(task, replace(state, together=meant), meant, now)


def _ask_scope(task: Task[Any], state: Inspecting, several: Together) -> Step[Inspecting]:
    choices = (Choice("made", "Only what was made"), Choice("made_and_used", "Also what went in"), CANCEL)
    return ask(task, state, Asked(Ask.DECIDE, topic=SCOPE, about=_facts(state, several), choices=choices))


def _ask_why(task: Task[Any], state: Inspecting, several: Together, now: Circumstances) -> Step[Inspecting]:
    return ask(task, state, Asked(Ask.CHOOSE_REASON, topic=WHY_ALL, about=_facts(state, several), choices=reason_choices(now)))


def _facts(state: Inspecting, several: Together) -> dict[str, str]:
    return {**state.facts(), "lots": str(len(several.lots)), "text": several.name, "basis": several.basis}


def _hold_all(task: Task[Any], state: Inspecting, several: Together, now: Circumstances) -> Step[Inspecting]:
    """Hold what is known of it here, each lot by its own event, then all of it, wherever it is."""
    events: tuple[Event, ...] = (*(_held(each, several, now.event_id) for each in several.lots), _scope(several))
    ids = (*(sibling(now.event_id, number) for number in range(1, len(events))), now.event_id)
    paper = ((_PAPERS[several.basis], several.name),) if several.basis in _PAPERS else ()
    records = tuple(Record(event, how="typed", documents=paper, rules=task.rules, id=id_) for event, id_ in zip(events, ids, strict=True))
    done = Done(now.event_id, now.at, events[0], Load(Parts(), chosen=named_in(records)))
    after = with_done(task, replace(state, question=None, together=None, releasing=None), done)
    words = reason_in_words(several.why or "", now)
    tags = tuple(hold_tag(each, words, now) for each in several.lots[:MOST_TAGS])
    facts = {**_facts(state, several), "held_everywhere" if now.has_server else "held_many": str(len(several.lots))}
    return Step(after, Said(Verdict.ACCEPTED, task.wants(after), about=facts), records, tags)


def _scope(several: Together) -> ScopeHeld:
    why, number = several.why or "", None if several.basis == "time_window" else several.name
    return ScopeHeld(why, several.basis, number, several.since, several.until, several.with_used, len(several.lots))


def _held(lot: LotKey, several: Together, group: str) -> LotHeld:
    why, named = several.why or "", None if several.basis == "time_window" else several.name
    return LotHeld(lot.item, lot.code, lot.assigned_by, why, several.basis, named, several.since, several.until, group)
