"""Pack lots into cartons and cartons onto pallets: what packing answers to every input."""

from __future__ import annotations

from typing import Any, Final

from traceability.cartons import Level, Unit
from traceability.events import CartonClosed, CartonLoaded, CartonOpened, DocumentFinished, Event, LotPacked, Unpacked
from traceability.refusals import Verdict
from traceability.units import plain
from traceability.values import replace
from traceability.workflows import work
from traceability.workflows.inputs import Chosen, Circumstances, Input, LabelScanned, LotQuestion, Pressed, Question, Scanned, UnitQuestion
from traceability.workflows.pack_rules import RULES, judge
from traceability.workflows.pack_units import (
    UNPACK,
    ask_what_comes_out,
    close,
    open_carton,
    open_pallet,
    take_out,
    things,
    undo,
    undo_asked,
    undone_unit,
)
from traceability.workflows.packing import Packing, after, before
from traceability.workflows.step import Ask, Record, Said, ScanRef, Step
from traceability.workflows.task import Task
from traceability.workflows.undoing import TOPIC as UNDO
from traceability.workflows.whereabouts import place_chosen
from traceability.workflows.work_settle import abandoned, settle
from traceability.workflows.working import Asked

NAME: Final = "pack"


def question(state: Packing, given: Input) -> Question | None:
    """Return which lot, or which carton, the answer to `given` depends on."""
    asked = state.question
    match given:
        case Scanned(thing=Unit(sscc=sscc)):
            return UnitQuestion(sscc)
        case Pressed("undo") if asked is None and not state.begun:
            last = undone_unit(state.done[-1].event) if state.done else None
            return UnitQuestion(last) if last is not None else None
        case Pressed("close" | "unpack"):
            return UnitQuestion(state.at) if state.at is not None else None
        case Chosen() if asked is not None and asked.topic == UNDO and (done := state.done_as(asked.event)) is not None:
            unit = undone_unit(done.event)
            return UnitQuestion(unit) if unit is not None else None
        case Chosen() if asked is not None and asked.topic == UNPACK:
            return UnitQuestion(state.at) if state.at is not None else None
        case _:
            return _of_lot(state, given, work.question(TASK, state, given))


def _of_lot(state: Packing, given: Input, asked: Question | None) -> Question | None:
    """What of the lot is packed already is asked too, and of its container."""
    if not isinstance(asked, LotQuestion):
        return asked
    load = state.active()
    container = given.container if isinstance(given, LabelScanned) else load.container if load else None
    serial = container.serial if container else None
    return replace(asked, to_pack=True, container=serial)


def advance(state: Packing, given: Input, now: Circumstances) -> Step[Any]:
    """Answer one input. Everything that it changes is in the step; nothing is done here."""
    return work.advance(TASK, state, given, now)


def _finish(state: Packing, scan: ScanRef | None, _now: Circumstances) -> Step[Any]:
    """Stop packing for now: an open carton stays open, and is taken up again by its label."""
    left = abandoned(TASK, state, "finished", state.open_scans())
    order = state.order.number if state.order else None
    record = Record(DocumentFinished(NAME, order, "packing"), (scan.id,) if scan else (), documents=state.document())
    return Step(Packing(), Said(Verdict.ASK, Ask.SCAN_CARTON, about=state.facts()), (*left, record))


def _chosen(state: Packing, asked: Asked, given: Chosen, now: Circumstances) -> Step[Any] | None:
    """Take an answer of the work's own questions; None where it is none."""
    if (load := place_chosen(asked, given.id)) is not None:
        return settle(TASK, state, load, now)
    return undo_asked(TASK, state, asked, now) or take_out(TASK, state, asked, given, now)


def _said_of(event: Event, state: Packing) -> dict[str, str]:
    """The facts of what was done that words need."""
    match event:
        case LotPacked():
            amount = {"quantity": plain(event.base_quantity), "unit": event.base_unit}
            return {"item": event.item, "description": event.description, "lot": event.lot, "sscc": event.sscc, **amount}
        case CartonLoaded(sscc=sscc, pallet=pallet):
            return {"did": "loaded", "sscc": sscc, "level": Level.CARTON.value, "pallet": pallet, "cartons": str(len(state.on(pallet)))}
        case CartonOpened(sscc=sscc, level=level, again=again):
            return {"did": "opened_again" if again else "opened", "sscc": sscc, "level": level.value}
        case CartonClosed(sscc=sscc, level=level):
            return {"did": "closed", "sscc": sscc, "level": level.value}
        case Unpacked(sscc=sscc, contents=contents, cartons=cartons):
            what = contents[0].lot if contents else cartons[0]
            return {"did": "unpacked", "sscc": sscc, "lot": what}
        case _:
            return {}


TASK: Final[Task[Packing]] = Task(
    name=NAME,
    judge=judge,
    finish=_finish,
    said_of=_said_of,
    with_done=lambda state, done: after(state, done.event),
    without_done=lambda state, done: before(state, done.event),
    took=lambda done: done.amount if isinstance(done.event, LotPacked) else done.amount * 0,
    changeable=lambda done: isinstance(done.event, LotPacked),
    wants=lambda state: Ask.SCAN_LABEL if state.at is not None else Ask.SCAN_CARTON,
    things=lambda state, given, now: things(TASK, state, given, now),
    touches={
        "new_carton": lambda state, now: open_carton(TASK, state, now),
        "new_pallet": lambda state, now: open_pallet(TASK, state, now),
        "close": lambda state, now: close(TASK, state, now),
        "unpack": lambda state, now: ask_what_comes_out(TASK, state, now),
        "undo": lambda state, now: undo(TASK, state, now),
    },
    chosen=_chosen,
    rules=RULES,
)
