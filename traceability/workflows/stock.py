"""Move, adjust, sample, scrap, split, return: small works with one shape. The table (`stock_works`) says what differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from traceability.events import DocumentOpened, Event, LotAdjusted, LotMoved
from traceability.places import Place
from traceability.refusals import Reason, Verdict
from traceability.serials import Pieces
from traceability.units import plain
from traceability.values import replace
from traceability.workflows import work
from traceability.workflows.emptying import clean, cleaned, empty, said_of_place
from traceability.workflows.inputs import Chosen, Circumstances, Input, LotQuestion, Question, Scanned, Thing
from traceability.workflows.step import Ask, Record, Said, ScanRef, Step
from traceability.workflows.stock_rules import COPIES, PLACES, REASON, RULES, TO, judge, work_of
from traceability.workflows.stock_works import MODES
from traceability.workflows.stocking import Stocking
from traceability.workflows.task import Task
from traceability.workflows.whereabouts import FROM, placed
from traceability.workflows.work_settle import abandoned, refuse_scan, refuse_typed, settle
from traceability.workflows.working import Asked, Load


def begin(mode: str) -> Callable[[], Stocking]:
    """Return what makes a work that is open at once: no paper opens it."""
    return lambda: Stocking(mode)


def advance(state: Stocking, given: Input, now: Circumstances) -> Step[Stocking]:
    """Answer one input. Everything that it changes is in the step; nothing is done here."""
    return work.advance(TASKS[state.work], state, given, now)


def question(state: Stocking, given: Input) -> Question | None:
    """Return which lot the answer depends on, and that it must be known where it stands and who had it."""
    asked = work.question(TASKS[state.work], state, given)
    return replace(asked, where=True, parties=state.work == "return") if isinstance(asked, LotQuestion) else asked


def _finish(state: Stocking, scan: ScanRef | None, _now: Circumstances) -> Step[Any]:
    """Begin anew: what was done stays done, and can no longer be undone here without a reason."""
    left = abandoned(TASKS[state.work], state, "finished", (*state.open_scans(), *((scan.id,) if scan else ())))
    return Step(Stocking(state.work), Said(Verdict.ASK, Ask.SCAN_LABEL, about=state.facts()), left)


def _things(state: Stocking, given: Scanned, now: Circumstances) -> Step[Any]:
    task, place, asked = TASKS[state.work], given.thing, state.question
    if not isinstance(place, Place):
        facts = {"text": given.name, "what": given.name}
        refuse = refuse_scan(task, state, given.scan, Reason.NOT_EXPECTED_HERE, facts, now) if given.scan else None
        return refuse or refuse_typed(task, state, Reason.NOT_EXPECTED_HERE, facts, now)
    if asked is not None and asked.load is not None:
        load = placed(asked.load, place.name, given.scan) if asked.topic == FROM else _sent_to(asked.load, place, given.scan)
        return settle(task, state, load, now)
    record = _named(state, place, given.scan)
    after = replace(state, place=place)
    return Step(after, Said(Verdict.ASK, work.next_ask(task, after), about={**after.facts(), "place_set": "yes"}), record)


def _named(state: Stocking, place: Place, scan: ScanRef | None) -> tuple[Record, ...]:
    return (Record(DocumentOpened(state.work, place.name, "place"), (scan.id,), documents=(("place", place.name),)),) if scan else ()


def _sent_to(load: Load, place: Place, scan: ScanRef | None) -> Load:
    """Return the load with where it goes; the place's scan is named by the event that comes of it."""
    parts = replace(load.parts, scans=(*load.parts.scans, scan.id)) if scan else load.parts
    return replace(load, parts=parts, chosen=(*load.chosen, (TO, place.name), ("kind", place.kind)))


def _answers(asked: Asked, thing: Thing) -> bool:
    return isinstance(thing, Place) and asked.topic in PLACES


def _chosen(state: Stocking, asked: Asked, given: Chosen, now: Circumstances) -> Step[Any] | None:
    """Take an answer of the work's own questions; None where it is none."""
    if (clean := cleaned(TASKS[state.work], state, asked, given, state.place, None, now)) is not None:
        return clean
    offered = any(choice.id == given.id for choice in asked.choices)
    many = asked.topic == COPIES and given.id.isdecimal() and 0 < int(given.id) <= int(asked.choices[-2].id)
    if not asked.topic or asked.load is None or given.id == "cancel" or not (offered or many):
        return None
    load = asked.load
    answered = replace(load, why=given.id) if asked.topic == REASON else replace(load, chosen=(*load.chosen, (asked.topic, given.id)))
    return settle(TASKS[state.work], state, answered, now)


def _said_of(event: Event, _state: Stocking) -> dict[str, str]:
    """The facts of what was done that words need."""
    if at_place := said_of_place(event):
        return at_place
    named = {name: getattr(event, name, None) for name in ("item", "description", "lot", "place", "to_place")}
    facts = {name: value for name, value in named.items() if value}
    # B009: the kinds that come here have it, the union of all does not.
    facts |= {"quantity": plain(getattr(event, "base_quantity")), "unit": getattr(event, "base_unit"), "done": event.kind}  # noqa: B009
    if isinstance(event, LotAdjusted):
        facts["difference"] = plain(event.difference)
    if isinstance(event, LotMoved):
        facts["place"] = event.to_place
    return facts


def _pieces(state: Stocking, load: Load) -> Pieces:
    work_ = work_of(state, load)
    return work_.pieces if work_ is not None else Pieces.LOTS  # which way it goes is asked first


_AT_A_PLACE: Final[Mapping[str, Callable[[Stocking, Circumstances], Step[Any]]]] = {
    "empty": lambda state, now: empty(TASKS["move"], state, state.place, None, now),
    "clean_out": lambda state, now: clean(TASKS["move"], state, state.place, None, now),
}


def _task(mode: str) -> Task[Stocking]:
    return Task(
        name=mode,
        judge=judge,
        finish=_finish,
        said_of=_said_of,
        changeable=lambda _done: False,
        things=_things,
        # Who moves goods to a line or a vessel says there that it is empty, or clean.
        touches=_AT_A_PLACE if mode == "move" else {},
        answers=_answers,
        chosen=_chosen,
        # An empty container may still be moved, found to hold something, or be what a customer sends back.
        used_up_answers=mode in ("sample", "scrap", "split"),
        pieces=_pieces,
        rules=RULES,
    )


TASKS: Final[dict[str, Task[Stocking]]] = {mode: _task(mode) for mode in MODES}
