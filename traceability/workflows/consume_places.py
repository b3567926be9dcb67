"""Where at the line a lot is loaded: a position's or a vessel's own label says so; a touch says that it is empty, or cleaned out."""

from __future__ import annotations

from traceability.events import CleanedOut, DocumentOpened, LineCleared, LineLoaded, LotConsumed
from traceability.places import Place
from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.consuming import Consuming
from traceability.workflows.inputs import Chosen, Circumstances, Scanned
from traceability.workflows.step import Ask, Choice, Record, Said, Step
from traceability.workflows.task import Task
from traceability.workflows.work_settle import asks_again, not_expected, refuse_scan, refuse_typed
from traceability.workflows.working import Asked

TOPIC = "clean_out"


def load_at(task: Task[Consuming], state: Consuming, given: Scanned, now: Circumstances) -> Step[Consuming]:
    """Take the place that was scanned: what is used from now on is loaded there."""
    place, scan = given.thing, given.scan
    if state.question is not None and scan is None:
        return asks_again(state, task.name)
    if not isinstance(place, Place) or not (place.is_position or place.is_vessel):
        facts = {"text": given.name, "what": given.name}
        if scan is not None:
            return refuse_scan(task, state, scan, Reason.NOT_EXPECTED_HERE, facts, now)
        return refuse_typed(task, state, Reason.NOT_EXPECTED_HERE, facts, now)
    record = Record(DocumentOpened(task.name, place.name, "position"), (scan.id,) if scan else (), documents=state.document())
    after = replace(state, position=place)
    return Step(after, Said(Verdict.ASK, task.wants(after), about={**state.facts(), "placed": place.name}), (record,))


def loaded(used: LotConsumed, state: Consuming, now: Circumstances) -> tuple[Record, ...]:
    """Return the record that the lot was put to the position that is worked at; none where nobody said which."""
    place = state.position
    if place is None:
        return ()
    event = LineLoaded(
        place=place.name,
        order=used.order,
        item=used.item,
        lot=used.lot,
        assigned_by=used.assigned_by,
        unit=used.base_unit,
        container=used.container,
        description=used.description,
        vessel=place.is_vessel,
        used_by=now.event_id,
    )
    return (Record(event, documents=state.document()),)


def empty(task: Task[Consuming], state: Consuming) -> Step[Consuming]:
    """Say that nothing is left at the position; of a vessel it is asked first, because it ends a trace."""
    place = state.position
    if place is None or state.question is not None:
        return not_expected(task, state, "empty")
    if place.is_vessel:
        about, choices = {**state.facts(), "cleaning": place.name}, (Choice(TOPIC, "It is clean"), Choice("cancel", "Cancel"))
        asked = Asked(Ask.DECIDE, topic=TOPIC, about=about, choices=choices)
        return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.DECIDE, about=about, choices=choices))
    record = Record(LineCleared(place.name, state.order.number), how="typed", documents=state.document())
    return Step(state, Said(Verdict.ACCEPTED, task.wants(state), about={**state.facts(), "emptied": place.name}), (record,))


def cleaned(task: Task[Consuming], state: Consuming, asked: Asked, given: Chosen) -> Step[Consuming] | None:
    """Take the answer that a vessel is clean; None where that is not asked."""
    place = state.position
    if asked.topic != TOPIC or given.id != TOPIC or place is None:
        return None
    record = Record(CleanedOut(place.name, state.order.number), how="typed", documents=state.document())
    after = replace(state, question=None)
    return Step(after, Said(Verdict.ACCEPTED, task.wants(after), about={**state.facts(), "cleaned": place.name}), (record,))
