"""A barcode on goods during a delivery: a double read, a part of a label, a whole label, or one that can't be joined."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from traceability.barcodes.assembly import Apart, Conflict, Parts, join
from traceability.barcodes.reading import Facts, Format, Reading
from traceability.events import ScanRefused, ScansAbandoned
from traceability.items import ItemCode
from traceability.refusals import Reason, Refusal, Verdict
from traceability.workflows.inputs import Circumstances, LabelScanned
from traceability.workflows.receive_rules import about
from traceability.workflows.receive_settle import settle
from traceability.workflows.receiving import DOUBLE_READ, MOST_WAITING, Draft, Question, ReceiveState, Receiving, Refused, Seen
from traceability.workflows.step import Ask, Choice, Record, Said, ScanRef, Step
from traceability.workflows.verdicts import verdict_of

NAME = "receive"
#: While these are asked a further barcode of the same label is the answer, not the next box.
_ANSWERED_BY_SCANS = (Reason.LOT_MISSING, Reason.EXPIRY_MISSING)


def take_label(state: Receiving, label: LabelScanned, now: Circumstances) -> Step[ReceiveState]:
    """Take one barcode: nothing of it is lost, whatever the answer."""
    if not label.freed:
        double = _double_read(state, label.scan)
        state = _saw(state, label.scan)
        if double:
            return _duplicate(state, label, {"double_read": "yes"})
    state = _reopened(state)
    if state.question is not None:
        return wait(state, label.scan)
    if label.counted_at is not None:
        return _duplicate(state, label, {"counted_at": label.counted_at.isoformat()})
    understood = _understood(state, label)
    if isinstance(understood, Refusal):
        return _refuse(state, label.scan, understood.reason, understood.about, now)
    if len(understood.codes) > 1:
        return _ask_which(state, understood)
    joined = _joined(state, understood)
    if isinstance(joined, Conflict):
        return _apart(state, understood, joined, now)
    return settle(state, joined, now)


def draft_with(state: Receiving, label: LabelScanned) -> Draft | None:
    """Return the label in the making as it will be once `label` is taken, for looking its lot up."""
    understood = _understood(_reopened(state), label)
    if isinstance(understood, Refusal) or len(understood.codes) > 1:
        return None
    joined = _joined(_reopened(state), understood)
    if isinstance(joined, Conflict):
        joined = _joined(replace(state, drafts=()), understood)
    return joined if isinstance(joined, Draft) else None


def take_noise(state: Receiving, scan: ScanRef, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[ReceiveState]:
    """Refuse a barcode that can't be understood; a damaged one still waits its turn behind a question."""
    if state.question is not None and reason is not Reason.COMMAND_UNKNOWN:
        return wait(state, scan)
    return _refuse(state, scan, reason, facts, now)


def wait(state: Receiving, scan: ScanRef) -> Step[ReceiveState]:
    """Put a scan behind the open question; it is taken when that is answered."""
    assert state.question is not None
    if len(state.waiting) >= MOST_WAITING:
        refused = Record(ScanRefused(NAME, Reason.ACKNOWLEDGE_FIRST, {"text": scan.text}), (scan.id,))
        return Step(state, Said(verdict_of(Reason.QUANTITY_MISSING, NAME), state.question.ask, Reason.ACKNOWLEDGE_FIRST), (refused,))
    waiting = (*state.waiting, scan)
    said = Said(Verdict.ASK, state.question.ask, about=state.question.about, choices=state.question.choices, waiting=len(waiting))
    return Step(replace(state, waiting=waiting), said)


def abandoned(
    state: Receiving, why: Literal["cancelled", "too_late", "replaced", "signed_out", "finished"], only: Draft | None = None
) -> tuple[Record, ...]:
    """Return the record that names the scans of labels that never came to be: of all that is open, or `only` of one."""
    question = state.question
    drafts = (only,) if only else (*state.drafts, *((question.draft,) if question and question.draft else ()))
    scans = [scan for draft in drafts if not (draft.follows or draft.replaces) for scan in draft.parts.scans]
    if only is None:
        scans += [question.newcomer.id] if question and question.newcomer else []
        scans += [scan.id for scan in state.waiting]
    return (Record(ScansAbandoned(NAME, why), tuple(dict.fromkeys(scans))),) if scans else ()


def _double_read(state: Receiving, scan: ScanRef) -> bool:
    return any(seen.device == scan.device and seen.text == scan.text and abs(scan.at - seen.at) < DOUBLE_READ for seen in state.seen)


def _saw(state: Receiving, scan: ScanRef) -> Receiving:
    others = tuple(seen for seen in state.seen if seen.device != scan.device)
    return replace(state, seen=(*others, Seen(scan.device, scan.text, scan.at)))


def _reopened(state: Receiving) -> Receiving:
    asked = state.question
    if asked is None or asked.draft is None or asked.reason not in _ANSWERED_BY_SCANS:
        return state
    return replace(state, question=None, drafts=(*state.without(asked.draft), asked.draft))


def _duplicate(state: Receiving, label: LabelScanned, facts: dict[str, str]) -> Step[ReceiveState]:
    said = {**_label_about(label), **facts}
    record = Record(ScanRefused(NAME, Reason.ALREADY_COUNTED, said), (label.scan.id,), documents=state.document())
    ask = state.question.ask if state.question else Ask.SCAN_LABEL
    return Step(state, Said(Verdict.DUPLICATE, ask, Reason.ALREADY_COUNTED, said), (record,))


def _label_about(label: LabelScanned) -> dict[str, str]:
    draft = Draft(Parts(label.facts), label.codes[0] if len(label.codes) == 1 else None)
    return {"text": label.scan.text, **about(draft)}


def _understood(state: Receiving, label: LabelScanned) -> LabelScanned | Refusal:
    """Say what the fields are: an exact match with something known first, a lot where one is expected, never a guess."""
    on_order = {line.item for line in state.order.lines}
    if len(label.codes) > 1:
        expected = tuple(code for code in label.codes if code.item.code in on_order)
        return replace(label, codes=expected) if len(expected) == 1 else label
    if label.codes:
        return label
    if label.plain:
        return _plain(state, label, on_order)
    facts = label.facts
    code = facts.gtin or facts.content_gtin or facts.item
    if code is not None:
        return Refusal(Reason.ITEM_UNKNOWN, {"text": label.scan.text, "code": code, **_label_about(label)})
    if facts == Facts():
        return Refusal(Reason.BARCODE_UNREADABLE, {"text": label.scan.text})
    return label


def _plain(state: Receiving, label: LabelScanned, on_order: set[str]) -> LabelScanned | Refusal:
    as_lot = replace(label.facts, lot=label.scan.text)
    known = tuple(code for code in label.lot_items if code.item.code in on_order or not on_order)
    draft = state.draft_of(label.scan.device)
    if draft is not None and draft.item is not None and draft.parts.facts.lot is None:
        return replace(label, facts=as_lot)
    if known:
        return replace(label, facts=as_lot, codes=known)
    return Refusal(Reason.ITEM_UNKNOWN, {"text": label.scan.text, "code": label.scan.text})


def _joined(state: Receiving, label: LabelScanned) -> Draft | Conflict:
    draft = state.draft_of(label.scan.device) or Draft(Parts())
    code = label.codes[0] if label.codes else None
    if code and draft.item and code.item.code != draft.item.code:
        facts = {"cause": Apart.CONTRADICTION.value, "fact": "item", "had": draft.item.code, "got": code.item.code}
        return Conflict(Apart.CONTRADICTION, Refusal(Reason.FACTS_CONFLICT, facts))
    reading = Reading(label.scan.text, Format.PLAIN, facts=label.facts)
    parts = join(draft.parts, reading, label.scan.id, label.scan.device, label.scan.at)
    if isinstance(parts, Conflict):
        return parts
    return replace(draft, parts=parts, code=_closer(draft.code, code), measures=(*draft.measures, *label.measures))


def _closer(had: ItemCode | None, got: ItemCode | None) -> ItemCode | None:
    # A code that says the pack ("a bag") tells more than one that doesn't.
    return got if got is not None and (had is None or had.unit is None) else had


def _apart(state: Receiving, label: LabelScanned, conflict: Conflict, now: Circumstances) -> Step[ReceiveState]:
    draft = state.draft_of(label.scan.device)
    whole = bool(label.codes) and label.facts.lot is not None
    if conflict.cause is Apart.TOO_LATE and whole:
        fresh = replace(state, drafts=state.without(draft))
        step = take_label(fresh, replace(label, freed=True), now)
        return replace(step, records=(*abandoned(state, "too_late", draft), *step.records))
    choices = (Choice("new", "Start with the new one"), Choice("cancel", "Keep the first one"))
    facts = {**conflict.refusal.about, **(about(draft) if draft else {}), "text": label.scan.text}
    asked = Question(Ask.DECIDE, Reason.FACTS_CONFLICT, draft, label.scan, facts, choices)
    said = Said(verdict_of(Reason.FACTS_CONFLICT, NAME), Ask.DECIDE, Reason.FACTS_CONFLICT, facts, choices)
    return Step(replace(state, question=asked, drafts=state.without(draft)), said)


def _ask_which(state: Receiving, label: LabelScanned) -> Step[ReceiveState]:
    choices = tuple(Choice(code.item.code, code.item.description, code.unit or code.item.unit) for code in label.codes)
    bare = _joined(state, replace(label, codes=()))
    if isinstance(bare, Conflict):
        bare = Draft(Parts(label.facts, (label.scan.id,), label.scan.device, label.scan.at), measures=label.measures)
    facts = {"text": label.scan.text, **about(bare)}
    asked = Question(Ask.CHOOSE_ITEM, Reason.AMBIGUOUS, bare, about=facts, choices=choices, codes=label.codes)
    after = replace(state, question=asked, drafts=state.without(bare))
    return Step(after, Said(Verdict.ASK, Ask.CHOOSE_ITEM, Reason.AMBIGUOUS, facts, choices))


def _refuse(state: Receiving, scan: ScanRef, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[ReceiveState]:
    record = Record(ScanRefused(NAME, reason, facts), (scan.id,), documents=state.document(), id=now.event_id)
    kept = (*state.refused, Refused(now.event_id, reason, now.at, facts)) if reason is not Reason.COMMAND_UNKNOWN else state.refused
    return Step(replace(state, refused=kept), Said(verdict_of(reason, NAME), Ask.SCAN_LABEL, reason, facts), (record,))
