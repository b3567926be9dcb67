"""Print a label again: one of the last, or the one that is scanned, with the reason why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from traceability.barcodes.assembly import Parts
from traceability.events import Event, LabelReprinted
from traceability.refusals import Reason, Verdict
from traceability.values import quick, replace
from traceability.workflows import work
from traceability.workflows.bursts import is_double_read, with_scan
from traceability.workflows.inputs import Chosen, Circumstances, Input, LabelScanned, Scanned, Typed
from traceability.workflows.judgement import No
from traceability.workflows.receive_afterwards import REPRINT_REASONS
from traceability.workflows.step import Ask, Choice, PrintedLabel, Record, Said, ScanRef, Step
from traceability.workflows.task import Task
from traceability.workflows.work_labels import wait
from traceability.workflows.work_settle import abandoned, ask, asks_again, duplicate, refuse_scan, refuse_typed
from traceability.workflows.working import Asked, Load, Working

NAME = "reprint"


@quick
@dataclass(frozen=True, slots=True)
class Reprinting(Working):
    """Labels are looked for; `label` is the one that is asked about."""

    label: PrintedLabel | None = None


def advance(state: Reprinting, given: Input, now: Circumstances) -> Step[Reprinting]:
    """Answer one input. What is scanned and is no label of ours is refused; it is never taken for goods."""
    match given:
        case LabelScanned(scan=scan):
            return _unknown(state, given, scan, now)
        case Typed(text) if state.question is None:
            return refuse_typed(TASK, state, Reason.LABEL_UNKNOWN, {"text": text}, now)
        case Chosen(id=chosen, scan=None) if state.question is None:
            return refuse_typed(TASK, state, Reason.LABEL_UNKNOWN, {"text": chosen}, now)
        case _:
            return work.advance(TASK, state, given, now)


def _unknown(state: Reprinting, given: LabelScanned, scan: ScanRef, now: Circumstances) -> Step[Reprinting]:
    if not given.freed:
        double, state = is_double_read(state.seen, scan), replace(state, seen=with_scan(state.seen, scan))
        if double:
            return duplicate(TASK, state, scan, {"double_read": "yes"})
    if state.question is not None:
        return wait(TASK, state, scan, now)
    return refuse_scan(TASK, state, scan, Reason.LABEL_UNKNOWN, {"text": scan.text}, now)


def _found(state: Reprinting, given: Scanned, now: Circumstances) -> Step[Reprinting]:
    """Ask why the label is printed again; one that is void never is."""
    label, scan = given.thing, given.scan
    assert isinstance(label, PrintedLabel)  # the seat hands on nothing else
    facts = said_of_label(label)
    if label.void:
        if scan is not None:
            return refuse_scan(TASK, state, scan, Reason.LABEL_VOID, facts, now)
        return refuse_typed(TASK, state, Reason.LABEL_VOID, facts, now)
    parts = Parts(device=scan.device, scans=(scan.id,), last_at=scan.at) if scan else Parts()
    choices = tuple(Choice(reason, words) for reason, words in REPRINT_REASONS)
    asked = Asked(Ask.CHOOSE_REASON, load=Load(parts), topic=NAME, about=facts, choices=choices)
    return ask(TASK, replace(state, label=label), asked)


def _printed_again(state: Reprinting, asked: Asked, given: Chosen, _now: Circumstances) -> Step[Reprinting] | None:
    """Print it, and say why in the journal."""
    label = state.label
    if asked.topic != NAME or label is None or given.id == "cancel":
        return None
    if given.id not in dict(REPRINT_REASONS):
        return asks_again(state, NAME)
    serial = label.order.serial
    scans = asked.load.unnamed if asked.load else ()
    event = LabelReprinted(serial, given.id)
    record = Record(event, scans, how="scanned" if scans else "typed", labels=(serial,) if serial else ())
    after = replace(state, label=None, question=None)
    facts = {**said_of_label(label), "reprinted": "1"}
    return Step(after, Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=facts), (record,), (replace(label.order, reprint=True),))


def said_of_label(label: PrintedLabel) -> dict[str, str]:
    """The facts of a label that words need."""
    data = label.order.data
    known = {name: data.get(name) for name in ("item", "description", "lot")}
    return {"text": label.order.serial, **{name: value for name, value in known.items() if value}}


def _finish(state: Reprinting, scan: ScanRef | None, _now: Circumstances) -> Step[Reprinting]:
    left = abandoned(TASK, state, "finished", (*state.open_scans(), *((scan.id,) if scan else ())))
    return Step(Reprinting(), Said(Verdict.ASK, Ask.SCAN_LABEL), left)


def _nothing_said(_event: Event, _state: Reprinting) -> dict[str, str]:
    return {}


TASK: Final[Task[Reprinting]] = Task(
    name=NAME,
    judge=lambda load, _state, _now: No(Reason.LABEL_UNKNOWN, {"text": load.lot or ""}),  # goods are never counted here
    finish=_finish,
    said_of=_nothing_said,
    changeable=lambda _done: False,
    things=_found,
    chosen=_printed_again,
    used_up_answers=False,
)
