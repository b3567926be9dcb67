"""A barcode on goods at any work: a double read, our own label, a vendor's, a part of one, or a lot code alone."""

from __future__ import annotations

from datetime import datetime

from traceability.barcodes.assembly import Conflict, Parts, join
from traceability.barcodes.reading import Facts
from traceability.items import ItemCode
from traceability.refusals import Reason, Refusal, Verdict
from traceability.values import replace
from traceability.workflows.bursts import burst_began, is_double_read, with_scan
from traceability.workflows.inputs import Circumstances, LabelScanned
from traceability.workflows.lot_rules import about
from traceability.workflows.receive_labels import meaning
from traceability.workflows.step import Ask, Choice, Record, Said, ScanRef, Step
from traceability.workflows.task import Task, W
from traceability.workflows.work_settle import abandoned, ask, correction, duplicate, refuse_scan, settle, undone
from traceability.workflows.working import MOST_WAITING, Asked, Load


def take_label(task: Task[W], state: W, label: LabelScanned, now: Circumstances) -> Step[W]:
    """Take one barcode: nothing of it is lost, whatever the answer."""
    if label.freed:
        return _taken(task, state, label, now)
    double, state = is_double_read(state.seen, label.scan), replace(state, seen=with_scan(state.seen, label.scan))
    if double:
        return duplicate(task, state, label.scan, {"double_read": "yes"})
    if state.question is None and (since := burst_began(state.seen, label.scan)):
        return _ask_burst(task, state, label.scan, since)
    return _taken(task, state, label, now)


def load_with(task: Task[W], state: W, label: LabelScanned) -> Load | None:
    """Return the load as it will be once `label` is taken, for looking its lot up."""
    understood = _understood(task, state, label)
    return None if isinstance(understood, Refusal) or len(understood.codes) > 1 else _joined(state, understood)


def _taken(task: Task[W], state: W, label: LabelScanned, now: Circumstances) -> Step[W]:
    if state.question is not None:
        if label.plain and not label.lot_items and wants_place(task, state):  # a place was asked for, and this is none
            return refuse_scan(task, state, label.scan, Reason.PLACE_UNKNOWN, {"text": label.scan.text}, now)
        return wait(task, state, label.scan, now)
    if label.void:
        return refuse_scan(task, state, label.scan, Reason.LABEL_VOID, {"text": label.scan.text, "lot": label.facts.lot or ""}, now)
    if task.used_up_answers and label.container is not None and label.container.quantity <= 0:
        told = {"counted_at": now.emptied.at.isoformat(), "went": now.emptied.into} if now.emptied is not None else {}
        return duplicate(task, state, label.scan, {"lot": label.container.lot.code, "used_up": "yes", **told})
    understood = _understood(task, state, label)
    if isinstance(understood, Refusal):
        return refuse_scan(task, state, label.scan, understood.reason, understood.about, now)
    load = _joined(state, understood)
    left = _left_behind(task, state, load, label)
    before = replace(state, begun=state.without(load)) if left else state
    step = _ask_which(task, before, understood, load) if len(understood.codes) > 1 else settle(task, before, load, now)
    return replace(step, records=(*left, *step.records)) if left else step


def _left_behind(task: Task[W], state: W, load: Load, label: LabelScanned) -> tuple[Record, ...]:
    """Name the scans of a half-read label that this barcode does not belong to: nothing was counted of it."""
    had = state.begun_on(label.scan.device)
    if had is None or set(had.parts.scans) <= set(load.parts.scans):
        return ()
    return abandoned(task, state, "replaced", had.unnamed)


def _joined(state: W, label: LabelScanned) -> Load:
    """Join the barcode to the label that this scanner is in the middle of, or begin a new one where it does not belong to it."""
    scan, code = label.scan, label.codes[0] if len(label.codes) == 1 else None
    fresh = Load(Parts(label.facts, (scan.id,), scan.device, scan.at), code, label.container, measures=label.measures)
    had = state.begun_on(scan.device)
    if had is None or label.container is not None or (had.item and code and had.item.code != code.item.code):
        return fresh
    parts = join(had.parts, label.facts, scan.id, scan.device, scan.at)
    if isinstance(parts, Conflict):
        return fresh
    return replace(had, parts=parts, code=code or had.code, measures=(*had.measures, *label.measures))


def _understood(task: Task[W], state: W, label: LabelScanned) -> LabelScanned | Refusal:
    """Say what the fields are: a lot that is known first, and never a guess."""
    if len(label.codes) == 1 and not label.plain:
        return label
    if label.plain:
        return _plain(state, label, task.items(state), unknown_text(task, state))
    if label.codes:
        return replace(label, codes=of_items(label.codes, task.items(state)) or label.codes)
    code = label.facts.gtin or label.facts.content_gtin or label.facts.item
    if code is not None:
        return Refusal(Reason.ITEM_UNKNOWN, {"text": label.scan.text, "code": code, "lot": label.facts.lot or ""})
    if label.facts == Facts():
        return Refusal(Reason.BARCODE_UNREADABLE, {"text": label.scan.text})
    return label


def of_items(codes: tuple[ItemCode, ...], wanted: frozenset[str] | None) -> tuple[ItemCode, ...]:
    """Return those of the codes whose item the work is about."""
    return codes if wanted is None else tuple(code for code in codes if code.item.code in wanted)


def _plain(state: W, label: LabelScanned, wanted: frozenset[str] | None, unknown: Reason) -> LabelScanned | Refusal:
    text, had = label.scan.text, state.begun_on(label.scan.device)
    as_lot = replace(label, facts=Facts(lot=text), plain=False)
    if had is not None and had.item is not None and had.lot is None:
        return as_lot
    if fitting := of_items(label.lot_items, wanted):
        return replace(as_lot, codes=fitting)
    if label.lot_items:
        belongs_to = ", ".join(code.item.code for code in label.lot_items)
        return Refusal(Reason.LOT_WRONG_ITEM, {"text": text, "lot": text, "belongs_to": belongs_to})
    return Refusal(unknown, {"text": text, "lot": text})


def wants_place(task: Task[W], state: W) -> bool:
    """Whether a place is wanted next: of a question, or by the work itself."""
    return (state.question.ask if state.question else task.wants(state)) in (Ask.SCAN_PLACE, Ask.CHOOSE_PLACE)


def unknown_text(task: Task[W], state: W) -> Reason:
    """Return what is wrong with a code that nobody knows: where a place is wanted it was meant for one."""
    return Reason.PLACE_UNKNOWN if wants_place(task, state) else Reason.LOT_UNKNOWN


def _ask_which(task: Task[W], state: W, label: LabelScanned, load: Load) -> Step[W]:
    asked = which_item(state, load, label.codes)
    return ask(task, replace(state, begun=state.without(load)), asked)


def which_item(state: W, load: Load, codes: tuple[ItemCode, ...]) -> Asked:
    """Return the question which of several items it is."""
    choices = tuple(meaning(code, codes) for code in codes)
    return Asked(Ask.CHOOSE_ITEM, Reason.AMBIGUOUS, load, about=about(load, state), choices=choices, codes=codes)


def wait(task: Task[W], state: W, scan: ScanRef, now: Circumstances) -> Step[W]:
    """Put a scan behind the open question; it is taken when that is answered."""
    assert state.question is not None
    if len(state.waiting) >= MOST_WAITING:
        return refuse_scan(task, state, scan, Reason.NOT_EXPECTED_HERE, {"text": scan.text}, now)
    waiting = (*state.waiting, scan)
    said = Said(Verdict.ASK, state.question.ask, about=state.question.about, choices=state.question.choices, waiting=len(waiting))
    return Step(replace(state, waiting=waiting), said)


def take_noise(task: Task[W], state: W, scan: ScanRef, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[W]:
    """Refuse a barcode that can't be understood; a damaged one still waits its turn behind a question."""
    if state.question is not None and reason is not Reason.COMMAND_UNKNOWN:
        return wait(task, state, scan, now)
    return refuse_scan(task, state, scan, reason, facts, now)


def _ask_burst(task: Task[W], state: W, scan: ScanRef, since: datetime) -> Step[W]:
    choices = (Choice("new", "Count them"), Choice("cancel", "Leave them out"))
    facts = {"cause": "old_scans", "text": scan.text}
    return ask(task, state, Asked(Ask.DECIDE, Reason.FACTS_CONFLICT, newcomer=scan, since=since, about=facts, choices=choices))


def count_burst(task: Task[W], state: W, newcomer: ScanRef) -> Step[W]:
    """Take the old scans as they come."""
    after = replace(state, question=None, waiting=(newcomer, *state.waiting))
    return Step(after, Said(Verdict.ASK, task.wants(after)))


def leave_burst_out(task: Task[W], state: W, newcomer: ScanRef, since: datetime) -> Step[W]:
    """Take back what a burst of old scans did before it was noticed, and name the rest of it."""
    device = newcomer.device
    booked = [each for each in state.done if each.load.parts.device == device and each.at >= since]
    begun = [load for load in state.begun if load.parts.device == device and load.parts.last_at is not None and load.parts.last_at >= since]
    old = [newcomer.id, *(scan.id for scan in state.waiting if scan.device == device)]
    after = replace(
        state,
        question=None,
        begun=tuple(load for load in state.begun if load not in begun),
        waiting=tuple(scan for scan in state.waiting if scan.device != device),
    )
    for each in booked:
        after = undone(task, after, each)
    left = (*(scan for load in begun for scan in load.unnamed), *old)
    corrections = tuple(correction(state, each, "old_scans") for each in booked)
    return Step(after, Said(Verdict.ASK, task.wants(after)), (*corrections, *abandoned(task, state, "old_scans", left)))
