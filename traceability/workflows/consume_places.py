"""Where at the line a lot is loaded: a position's or a vessel's own label says so."""

from __future__ import annotations

from traceability.events import DocumentOpened, LineLoaded, LotConsumed
from traceability.places import Place
from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.consuming import Consuming
from traceability.workflows.inputs import Circumstances, Scanned
from traceability.workflows.step import Record, Said, Step
from traceability.workflows.task import Task
from traceability.workflows.work_settle import asks_again, refuse_scan, refuse_typed


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
