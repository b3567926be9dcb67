"""A touch says that a line position is empty, or that a vessel was cleaned out: in any work that such a place was scanned for."""

from __future__ import annotations

from typing import Any, Final

from traceability.barcodes.assembly import Parts
from traceability.events import CleanedOut, Event, LineCleared
from traceability.places import Place
from traceability.refusals import Verdict
from traceability.values import replace
from traceability.workflows.inputs import Chosen, Circumstances
from traceability.workflows.step import Ask, Choice, Record, Said, Step
from traceability.workflows.task import Task, W
from traceability.workflows.work_settle import not_expected, with_done
from traceability.workflows.working import Asked, Done, Load

TOPIC: Final = "clean_out"
_NO_LOAD: Final = Load(Parts())


def empty(task: Task[W], state: W, place: Place | None, order: str | None, now: Circumstances) -> Step[Any]:
    """Say that nothing is left at the place; of a vessel it is asked first, because it ends a trace."""
    if place is None or not (place.is_position or place.is_vessel) or state.question is not None or state.begun:
        return not_expected(task, state, "empty")
    if not place.is_vessel:
        return _ended(task, state, LineCleared(place.name, order), "emptied", now)
    about, choices = {**state.facts(), "cleaning": place.name}, (Choice(TOPIC, "It is clean"), Choice("cancel", "Cancel"))
    asked = Asked(Ask.DECIDE, topic=TOPIC, about=about, choices=choices)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.DECIDE, about=about, choices=choices))


def clean(task: Task[W], state: W, place: Place | None, order: str | None, now: Circumstances) -> Step[Any]:
    """Ask whether a vessel is clean; of what is no vessel nobody says so."""
    return empty(task, state, place, order, now) if place is not None and place.is_vessel else not_expected(task, state, TOPIC)


def cleaned(
    task: Task[W], state: W, asked: Asked, given: Chosen, place: Place | None, order: str | None, now: Circumstances
) -> Step[Any] | None:
    """Take the answer that a vessel is clean; None where that is not asked."""
    if asked.topic != TOPIC or given.id != TOPIC or place is None:
        return None
    return _ended(task, replace(state, question=None), CleanedOut(place.name, order), "cleaned", now)


def said_of_place(event: Event) -> dict[str, str]:
    """The facts of an end that is taken back: what was there may still come."""
    return {"not_empty": event.place} if isinstance(event, CleanedOut | LineCleared) else {}


def _ended(task: Task[W], state: W, event: CleanedOut | LineCleared, what: str, now: Circumstances) -> Step[Any]:
    record = Record(event, how="typed", documents=state.document(), id=now.event_id)
    after = with_done(task, state, Done(now.event_id, now.at, event, _NO_LOAD))
    return Step(after, Said(Verdict.ACCEPTED, task.wants(after), about={**state.facts(), what: event.place}), (record,))
