"""A barcode on goods at a work order: a double read, our own label, a vendor's, a part of one, or a lot code alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from traceability.barcodes.assembly import Conflict, Parts, join
from traceability.barcodes.reading import Facts, Format, Reading
from traceability.events import ScanRefused
from traceability.items import ItemCode
from traceability.refusals import Reason, Refusal, Verdict
from traceability.workflows.bursts import burst_began, is_double_read, with_scan
from traceability.workflows.consume_rules import about
from traceability.workflows.consume_settle import abandoned, correction, settle, undone, with_refused
from traceability.workflows.consuming import Asked, ConsumeState, Consuming, Load, TurnedDown
from traceability.workflows.inputs import Circumstances, LabelScanned
from traceability.workflows.receive_labels import meaning
from traceability.workflows.receiving import MOST_WAITING
from traceability.workflows.step import Ask, Choice, Record, Said, ScanRef, Step
from traceability.workflows.verdicts import refused_verdict, verdict_of

NAME = "consume"


def take_label(state: Consuming, label: LabelScanned, now: Circumstances) -> Step[ConsumeState]:
    """Take one barcode: nothing of it is lost, whatever the answer."""
    if label.freed:
        return _taken(state, label, now)
    double, state = is_double_read(state.seen, label.scan), replace(state, seen=with_scan(state.seen, label.scan))
    if double:
        return duplicate(state, label.scan, {"double_read": "yes"})
    if state.question is None and (since := burst_began(state.seen, label.scan)):
        return _ask_burst(state, label.scan, since)
    return _taken(state, label, now)


def load_with(state: Consuming, label: LabelScanned) -> Load | None:
    """Return the load as it will be once `label` is taken, for looking its lot up."""
    understood = _understood(state, label)
    return None if isinstance(understood, Refusal) or len(understood.codes) > 1 else _joined(state, understood)


def _taken(state: Consuming, label: LabelScanned, now: Circumstances) -> Step[ConsumeState]:
    if state.question is not None:
        return wait(state, label.scan, now)
    if label.container is not None and label.container.quantity <= 0:
        return duplicate(state, label.scan, {"lot": label.container.lot.code, "used_up": "yes"})
    understood = _understood(state, label)
    if isinstance(understood, Refusal):
        return refuse(state, label.scan, understood.reason, understood.about, now)
    load = _joined(state, understood)
    left = _left_behind(state, load, label)
    before = replace(state, begun=state.without(load)) if left else state
    step = _ask_which(before, understood, load) if len(understood.codes) > 1 else settle(before, load, now)
    return replace(step, records=(*left, *step.records))


def _left_behind(state: Consuming, load: Load, label: LabelScanned) -> tuple[Record, ...]:
    """Name the scans of a half-read label that this barcode does not belong to: nothing was counted of it."""
    had = state.begun_on(label.scan.device)
    if had is None or set(had.parts.scans) <= set(load.parts.scans):
        return ()
    return abandoned(state, "replaced", had.unnamed)


def _joined(state: Consuming, label: LabelScanned) -> Load:
    """Join the barcode to the label that this scanner is in the middle of, or begin a new one where it does not belong to it."""
    scan, code = label.scan, label.codes[0] if len(label.codes) == 1 else None
    fresh = Load(Parts(label.facts, (scan.id,), scan.device, scan.at), code, label.container, measures=label.measures)
    had = state.begun_on(scan.device)
    if had is None or label.container is not None or (had.item and code and had.item.code != code.item.code):
        return fresh
    parts = join(had.parts, Reading("", Format.PLAIN, (), label.facts), scan.id, scan.device, scan.at)
    if isinstance(parts, Conflict):
        return fresh
    return replace(had, parts=parts, code=code or had.code, measures=(*had.measures, *label.measures))


def _understood(state: Consuming, label: LabelScanned) -> LabelScanned | Refusal:
    """Say what the fields are: a lot that is known first, and never a guess."""
    wanted = {each.item for each in state.order.components}
    if label.plain:
        return _plain(state, label, wanted)
    if len(label.codes) > 1:
        return replace(label, codes=_wanted_of(label.codes, wanted))
    code = label.facts.gtin or label.facts.content_gtin or label.facts.item
    if code is not None and not label.codes:
        return Refusal(Reason.ITEM_UNKNOWN, {"text": label.scan.text, "code": code, "lot": label.facts.lot or ""})
    if label.facts == Facts() and not label.codes:
        return Refusal(Reason.BARCODE_UNREADABLE, {"text": label.scan.text})
    return label


def _wanted_of(codes: tuple[ItemCode, ...], wanted: set[str]) -> tuple[ItemCode, ...]:
    return tuple(code for code in codes if code.item.code in wanted) or codes


def _plain(state: Consuming, label: LabelScanned, wanted: set[str]) -> LabelScanned | Refusal:
    text, had = label.scan.text, state.begun_on(label.scan.device)
    as_lot = replace(label, facts=Facts(lot=text), plain=False)
    if had is not None and had.item is not None and had.lot is None:
        return as_lot
    return lot_alone(as_lot, text, label.lot_items, wanted)


def lot_alone(label: LabelScanned, text: str, items: tuple[ItemCode, ...], wanted: set[str]) -> LabelScanned | Refusal:
    """Take a lot code without an item for a lot of the order's components, where one of them has such a lot."""
    fitting = tuple(code for code in items if code.item.code in wanted)
    if fitting:
        return replace(label, codes=fitting)
    if items:
        return Refusal(Reason.LOT_WRONG_ITEM, {"text": text, "lot": text, "belongs_to": ", ".join(code.item.code for code in items)})
    return Refusal(Reason.LOT_UNKNOWN, {"text": text, "lot": text})


def _ask_which(state: Consuming, label: LabelScanned, load: Load) -> Step[ConsumeState]:
    asked = which_item(state, load, label.codes)
    said = Said(Verdict.ASK, asked.ask, asked.reason, asked.about, asked.choices)
    return Step(replace(state, question=asked, begun=state.without(load)), said)


def which_item(state: Consuming, load: Load, codes: tuple[ItemCode, ...]) -> Asked:
    """Return the question which of several items it is."""
    choices = tuple(meaning(code, codes) for code in codes)
    return Asked(Ask.CHOOSE_ITEM, Reason.AMBIGUOUS, load, about=about(load, state), choices=choices, codes=codes)


def wait(state: Consuming, scan: ScanRef, now: Circumstances) -> Step[ConsumeState]:
    """Put a scan behind the open question; it is taken when that is answered."""
    assert state.question is not None
    if len(state.waiting) >= MOST_WAITING:
        return refuse(state, scan, Reason.NOT_EXPECTED_HERE, {"text": scan.text}, now)
    waiting = (*state.waiting, scan)
    said = Said(Verdict.ASK, state.question.ask, about=state.question.about, choices=state.question.choices, waiting=len(waiting))
    return Step(replace(state, waiting=waiting), said)


def take_noise(state: Consuming, scan: ScanRef, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[ConsumeState]:
    """Refuse a barcode that can't be understood; a damaged one still waits its turn behind a question."""
    if state.question is not None and reason is not Reason.COMMAND_UNKNOWN:
        return wait(state, scan, now)
    return refuse(state, scan, reason, facts, now)


def refuse(state: Consuming, scan: ScanRef, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[ConsumeState]:
    """Say no to one scan; it stays in the list until somebody deals with it."""
    facts = {"work_order": state.order.number, **facts}
    record = Record(ScanRefused(NAME, reason, facts), (scan.id,), documents=state.document(), id=now.event_id)
    kept = state if reason is Reason.COMMAND_UNKNOWN else with_refused(state, TurnedDown(now.event_id, reason, now.at, facts))
    said = replace(_while_open(kept, reason, facts), verdict=refused_verdict(reason, NAME))
    return Step(kept, said, (record,))


def duplicate(state: Consuming, scan: ScanRef, facts: dict[str, str]) -> Step[ConsumeState]:
    """Say that nothing is counted for this scan: it was read twice, or its container is used up."""
    facts = {"text": scan.text, "work_order": state.order.number, **facts}
    record = Record(ScanRefused(NAME, Reason.ALREADY_COUNTED, facts), (scan.id,), documents=state.document())
    return Step(state, _while_open(state, Reason.ALREADY_COUNTED, facts), (record,))


def _while_open(state: Consuming, reason: Reason, facts: dict[str, str]) -> Said:
    """Say no; where a question is open it stays open, and its answers stay on offer."""
    asked = state.question
    ask, choices = (asked.ask, asked.choices) if asked else (Ask.SCAN_LABEL, ())
    return Said(verdict_of(reason, NAME), ask, reason, facts, choices, len(state.waiting))


def _ask_burst(state: Consuming, scan: ScanRef, since: datetime) -> Step[ConsumeState]:
    choices = (Choice("new", "Count them"), Choice("cancel", "Leave them out"))
    facts = {"cause": "old_scans", "text": scan.text}
    asked = Asked(Ask.DECIDE, Reason.FACTS_CONFLICT, newcomer=scan, since=since, about=facts, choices=choices)
    said = Said(verdict_of(Reason.FACTS_CONFLICT, NAME), Ask.DECIDE, Reason.FACTS_CONFLICT, facts, choices)
    return Step(replace(state, question=asked), said)


def count_burst(state: Consuming, newcomer: ScanRef) -> Step[ConsumeState]:
    """Take the old scans as they come."""
    return Step(replace(state, question=None, waiting=(newcomer, *state.waiting)), Said(Verdict.ASK, Ask.SCAN_LABEL))


def leave_burst_out(state: Consuming, newcomer: ScanRef, since: datetime) -> Step[ConsumeState]:
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
        after = undone(after, each.event_id)
    left = (*(scan for load in begun for scan in load.unnamed), *old)
    corrections = tuple(correction(state, each, "old_scans") for each in booked)
    return Step(after, Said(Verdict.ASK, Ask.SCAN_LABEL), (*corrections, *abandoned(state, "old_scans", left)))
