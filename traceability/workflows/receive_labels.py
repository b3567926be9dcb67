"""A barcode on goods during a delivery: a double read, a part of a label, a whole label, or one that can't be joined."""

from __future__ import annotations

from traceability.barcodes.assembly import Apart, Conflict, Parts, join
from traceability.barcodes.reading import Facts
from traceability.events import ScanRefused
from traceability.items import ItemCode
from traceability.refusals import Reason, Refusal, Verdict
from traceability.values import replace
from traceability.workflows.bursts import burst_began, is_double_read, with_scan
from traceability.workflows.inputs import Circumstances, LabelScanned
from traceability.workflows.receive_bursts import ask_burst
from traceability.workflows.receive_rules import about
from traceability.workflows.receive_settle import abandoned, settle
from traceability.workflows.receiving import (
    MOST_REFUSED,
    MOST_WAITING,
    Draft,
    Question,
    ReceiveState,
    Receiving,
    Refused,
)
from traceability.workflows.step import Ask, Choice, Record, Said, ScanRef, Step
from traceability.workflows.verdicts import verdict_of

NAME = "receive"
#: While these are asked a further barcode of the same label is the answer, not the next box.
_ANSWERED_BY_SCANS = (Reason.LOT_MISSING, Reason.EXPIRY_MISSING)


def take_label(state: Receiving, label: LabelScanned, now: Circumstances) -> Step[ReceiveState]:
    """Take one barcode: nothing of it is lost, whatever the answer."""
    if label.freed:
        return _taken(state, label, now)
    double, state = is_double_read(state.seen, label.scan), replace(state, seen=with_scan(state.seen, label.scan))
    if double:
        return duplicate(state, label.scan, {**_label_about(label), "double_read": "yes"})
    if state.question is None and (since := burst_began(state.seen, label.scan)):
        return ask_burst(state, label.scan, since)
    return _taken(state, label, now)


def _taken(state: Receiving, label: LabelScanned, now: Circumstances) -> Step[ReceiveState]:
    state = _reopened(state)
    if state.question is not None:
        return wait(state, label.scan, now)
    if label.counted_at is not None:
        return duplicate(state, label.scan, {**_label_about(label), "counted_at": label.counted_at.isoformat()})
    understood = _understood(state, label)
    if isinstance(understood, Refusal):
        return _refuse(state, label.scan, understood.reason, understood.about, now)
    joined = _joined(state, understood)
    if isinstance(joined, Conflict):
        return _apart(state, understood, joined, now)
    return _ask_which(state, understood, joined) if len(understood.codes) > 1 else settle(state, joined, now)


def draft_with(state: Receiving, label: LabelScanned) -> Draft | None:
    """Return the label in the making as it will be once `label` is taken, for looking its lot up."""
    state = _reopened(state)
    understood = _understood(state, label)
    if isinstance(understood, Refusal) or len(understood.codes) > 1:
        return None
    joined = _joined(state, understood)
    if isinstance(joined, Conflict):
        joined = _joined(replace(state, drafts=state.without(state.draft_of(label.scan.device))), understood)
    return joined if isinstance(joined, Draft) else None


def take_noise(state: Receiving, scan: ScanRef, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[ReceiveState]:
    """Refuse a barcode that can't be understood; a damaged one still waits its turn behind a question."""
    if state.question is not None and reason is not Reason.COMMAND_UNKNOWN:
        return wait(state, scan, now)
    return _refuse(state, scan, reason, facts, now)


def wait(state: Receiving, scan: ScanRef, now: Circumstances) -> Step[ReceiveState]:
    """Put a scan behind the open question; it is taken when that is answered."""
    assert state.question is not None
    if len(state.waiting) >= MOST_WAITING:
        return _refuse(state, scan, Reason.NOT_EXPECTED_HERE, {"text": scan.text}, now)
    waiting = (*state.waiting, scan)
    said = Said(Verdict.ASK, state.question.ask, about=state.question.about, choices=state.question.choices, waiting=len(waiting))
    return Step(replace(state, waiting=waiting), said)


def code_chosen(asked: Question, chosen: str) -> ItemCode | None:
    """Return which of the offered meanings of a code was chosen."""
    return next((code for code, choice in zip(asked.codes, asked.choices, strict=False) if choice.id == chosen), None)


def _reopened(state: Receiving) -> Receiving:
    asked = state.question
    if asked is None or asked.draft is None or asked.reason not in _ANSWERED_BY_SCANS:
        return state
    return replace(state, question=None, drafts=(*state.without(asked.draft), asked.draft))


def duplicate(state: Receiving, scan: ScanRef, facts: dict[str, str]) -> Step[ReceiveState]:
    """Say that nothing is counted for this scan, because it was counted before or is one trigger pull read twice."""
    said = {"text": scan.text, **facts}
    record = Record(ScanRefused(NAME, Reason.ALREADY_COUNTED, said), (scan.id,), documents=state.document())
    return Step(state, _while_open(state, Reason.ALREADY_COUNTED, said), (record,))


def _while_open(state: Receiving, reason: Reason, facts: dict[str, str]) -> Said:
    """Say no; where a question is open it stays open, and its answers stay on offer."""
    asked = state.question
    ask, choices = (asked.ask, asked.choices) if asked else (Ask.SCAN_LABEL, ())
    return Said(verdict_of(reason, NAME), ask, reason, facts, choices, len(state.waiting))


def _label_about(label: LabelScanned) -> dict[str, str]:
    draft = Draft(Parts(label.facts), label.codes[0] if len(label.codes) == 1 else None)
    return {"text": label.scan.text, **about(draft)}


def _understood(state: Receiving, label: LabelScanned) -> LabelScanned | Refusal:
    """Say what the fields are: an exact match with something known first, a lot where one is expected, never a guess."""
    if len(label.codes) == 1:
        return label
    on_order = {line.item for line in state.order.lines}
    if label.codes:
        return replace(label, codes=_expected(label.codes, state.draft_of(label.scan.device), on_order))
    if label.plain:
        return _plain(state, label, on_order)
    facts = label.facts
    code = facts.gtin or facts.content_gtin or facts.item
    if code is not None:
        return Refusal(Reason.ITEM_UNKNOWN, {"text": label.scan.text, "code": code, **_label_about(label)})
    if facts == Facts():
        return Refusal(Reason.BARCODE_UNREADABLE, {"text": label.scan.text})
    return label


def _expected(codes: tuple[ItemCode, ...], draft: Draft | None, on_order: set[str]) -> tuple[ItemCode, ...]:
    """Narrow several meanings of a code to what this label's other barcode said, else to what the order wants."""
    if draft is not None and draft.item is not None:
        on_order = {draft.item.code}
    return tuple(code for code in codes if code.item.code in on_order) or codes


def _plain(state: Receiving, label: LabelScanned, on_order: set[str]) -> LabelScanned | Refusal:
    as_lot = replace(label.facts, lot=label.scan.text)
    draft = state.draft_of(label.scan.device)
    if draft is not None and draft.item is not None and draft.parts.facts.lot is None:
        return replace(label, facts=as_lot)
    if label.lot_items:
        return replace(label, facts=as_lot, codes=_expected(label.lot_items, draft, on_order))
    return Refusal(Reason.ITEM_UNKNOWN, {"text": label.scan.text, "code": label.scan.text})


def _joined(state: Receiving, label: LabelScanned) -> Draft | Conflict:
    draft = state.draft_of(label.scan.device)
    if draft is None:
        scan = label.scan
        alone = label.codes[0] if len(label.codes) == 1 else None
        return Draft(Parts(label.facts, (scan.id,), scan.device, scan.at), alone, label.measures)
    if label.codes and draft.item and label.codes[0].item.code != draft.item.code:
        facts = {"cause": Apart.CONTRADICTION.value, "fact": "item", "had": draft.item.code, "got": label.codes[0].item.code}
        return Conflict(Apart.CONTRADICTION, Refusal(Reason.FACTS_CONFLICT, facts))
    return _with_part(draft, label, draft.parts)


def _with_part(draft: Draft, label: LabelScanned, parts: Parts) -> Draft | Conflict:
    joined = join(parts, label.facts, label.scan.id, label.scan.device, label.scan.at)
    if isinstance(joined, Conflict):
        return joined
    code = label.codes[0] if len(label.codes) == 1 else None
    return replace(draft, parts=joined, code=_closer(draft.code, code), measures=(*draft.measures, *label.measures))


def _belonging(draft: Draft, label: LabelScanned) -> Draft | None:
    """Return the label with a late part, for a person to say that it is the same label; None where it contradicts."""
    joined = _with_part(draft, label, replace(draft.parts, last_at=None))
    return joined if isinstance(joined, Draft) and len(label.codes) < 2 else None


def _closer(had: ItemCode | None, got: ItemCode | None) -> ItemCode | None:
    # A code that says the pack ("a bag") tells more than one that doesn't.
    return got if got is not None and (had is None or had.unit is None) else had


def _apart(state: Receiving, label: LabelScanned, conflict: Conflict, now: Circumstances) -> Step[ReceiveState]:
    draft = state.draft_of(label.scan.device)
    assert draft is not None  # there is nothing else that it could contradict
    late = conflict.cause is Apart.TOO_LATE
    if late and label.codes and label.facts.lot is not None:
        fresh = replace(state, drafts=state.without(draft))
        step = _taken(fresh, label, now)
        return replace(step, records=(*abandoned(state, "too_late", draft.unnamed), *step.records))
    joined = _belonging(draft, label) if late else None
    together = (Choice("join", "It is one label"),) if joined else ()
    choices = (*together, Choice("new", "Start with the new one"), Choice("cancel", "Keep the first one"))
    facts = {**conflict.refusal.about, **about(draft), "text": label.scan.text}
    asked = Question(Ask.DECIDE, Reason.FACTS_CONFLICT, draft, label.scan, joined, about=facts, choices=choices)
    said = Said(verdict_of(Reason.FACTS_CONFLICT, NAME), Ask.DECIDE, Reason.FACTS_CONFLICT, facts, choices)
    return Step(replace(state, question=asked, drafts=state.without(draft)), said)


def _ask_which(state: Receiving, label: LabelScanned, bare: Draft) -> Step[ReceiveState]:
    choices = tuple(meaning(code, label.codes) for code in label.codes)
    facts = {"text": label.scan.text, **about(bare)}
    asked = Question(Ask.CHOOSE_ITEM, Reason.AMBIGUOUS, bare, about=facts, choices=choices, codes=label.codes)
    after = replace(state, question=asked, drafts=state.without(bare))
    return Step(after, Said(Verdict.ASK, Ask.CHOOSE_ITEM, Reason.AMBIGUOUS, facts, choices))


def meaning(code: ItemCode, among: tuple[ItemCode, ...]) -> Choice:
    """Return the tile of one meaning of a code."""
    # One item may stand there twice, as a bag and as a pallet: then the unit tells them apart.
    unit = code.unit or code.item.unit
    alone = sum(each.item.code == code.item.code for each in among) == 1
    return Choice(code.item.code if alone else f"{code.item.code} {unit}", code.item.description, unit)


def _refuse(state: Receiving, scan: ScanRef, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[ReceiveState]:
    record = Record(ScanRefused(NAME, reason, facts), (scan.id,), documents=state.document(), id=now.event_id)
    kept = state.refused if reason is Reason.COMMAND_UNKNOWN else (*state.refused, Refused(now.event_id, reason, now.at, facts))
    after = replace(state, refused=kept[-MOST_REFUSED:])
    return Step(after, _while_open(after, reason, facts), (record,))
