"""Look up anything that stands on goods, and any place: nothing is counted, nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from traceability.events import DocumentOpened, Event
from traceability.lots import LotKey
from traceability.places import Place
from traceability.refusals import Reason, Verdict
from traceability.units import plain
from traceability.workflows import work
from traceability.workflows.inputs import Circumstances, Input, LotQuestion, Scanned
from traceability.workflows.judgement import Judgement, No, Wanted, Yes
from traceability.workflows.lot_rules import about, judged_lot
from traceability.workflows.step import Ask, Record, Said, ScanRef, Step
from traceability.workflows.task import Task, of_lots
from traceability.workflows.work_settle import abandoned, refuse_scan, refuse_typed
from traceability.workflows.working import Load, Working

NAME: Final = "lookup"


@dataclass(frozen=True, slots=True)
class LookingUp(Working):
    """The card that is shown: a lot's (of one container, where its label was scanned), or what stands in a place."""

    lot: LotKey | None = None
    container: str | None = None
    place: str | None = None

    def facts(self) -> dict[str, str]:
        """The work, for the words."""
        return {"workflow": NAME}


def advance(state: LookingUp, given: Input, now: Circumstances) -> Step[LookingUp]:
    """Answer one input. What was looked at is on record; there is nothing to undo."""
    step: Step[LookingUp] = work.advance(TASK, state, given, now)
    after, known = step.state, now.lot.known
    if not after.done or known is None:
        return step
    container = after.done[-1].load.container
    shown = replace(after, done=(), lot=known.key, container=container.serial if container else None, place=None)
    return replace(step, state=shown, said=replace(step.said, verdict=Verdict.ASK, about={**step.said.about, **_facts(now)}))


def question(state: LookingUp, given: Input) -> LotQuestion | None:
    """Return which lot is looked up, with all that is known of it."""
    asked = work.question(TASK, state, given)
    return replace(asked, where=True, parties=True) if asked is not None else None


def _facts(now: Circumstances) -> dict[str, str]:
    """The card in a few facts, for scripts and for the words."""
    known = now.lot.known
    assert known is not None
    facts = {
        "assigned_by": known.key.assigned_by,
        "disposition": known.disposition.value,
        "on_hand": plain(known.on_hand),
        "places": ", ".join(f"{place}: {plain(amount)}" for place, amount in now.lot.places),
        "vendors": ", ".join(now.lot.vendors),
        "customers": ", ".join(now.lot.customers),
        "cache_age_seconds": str(now.cache_age_seconds) if now.cache_age_seconds is not None else "",
    }
    return {name: value for name, value in facts.items() if value}


def _judge(load: Load, state: LookingUp, now: Circumstances) -> Judgement:
    item = load.item
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    if load.lot is None:
        return Wanted(Ask.SCAN_LOT)
    # Not known here is no question: the server, or another station, may know it.
    if now.lot.known is None and not now.lot.elsewhere and not now.lot.of_others:
        return No(Reason.LOT_UNKNOWN, about(load, state))
    plainly = replace(now, lot=replace(now.lot, older=None, ancestor=None))
    if verdict := judged_lot(item, load, state, plainly, {}, may_expire=True):
        return verdict
    return Yes(DocumentOpened(NAME, load.lot, "lot"))


def _things(state: LookingUp, given: Scanned, now: Circumstances) -> Step[Any]:
    place, scan = given.thing, given.scan
    if not isinstance(place, Place):
        facts = {"text": given.name, "what": given.name}
        if scan is None:
            return refuse_typed(TASK, state, Reason.NOT_EXPECTED_HERE, facts, now)
        return refuse_scan(TASK, state, scan, Reason.NOT_EXPECTED_HERE, facts, now)
    record = Record(DocumentOpened(NAME, place.name, "place"), (scan.id,) if scan else (), documents=(("place", place.name),))
    after = replace(state, lot=None, container=None, place=place.name)
    return Step(after, Said(Verdict.ASK, Ask.SCAN_LABEL, about={"workflow": NAME, "place": place.name}), (record,))


def _finish(state: LookingUp, scan: ScanRef | None, _now: Circumstances) -> Step[Any]:
    left = abandoned(TASK, state, "finished", (*state.open_scans(), *((scan.id,) if scan else ())))
    return Step(LookingUp(), Said(Verdict.ASK, Ask.SCAN_LABEL), left)


def _said_of(_event: Event, _state: LookingUp) -> dict[str, str]:
    return {}


TASK: Final[Task[LookingUp]] = Task(
    name=NAME,
    judge=_judge,
    finish=_finish,
    said_of=_said_of,
    changeable=lambda _done: False,
    things=_things,
    used_up_answers=False,
    pieces=of_lots,
)
