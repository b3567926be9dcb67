"""A judged label becomes an answer: still in the making, asked about, refused, or taken in."""

from __future__ import annotations

from typing import Final, Literal

from traceability.events import EventCorrected, LotReceived, ScanRefused, ScansAbandoned
from traceability.lots import Disposition
from traceability.refusals import Reason, Verdict
from traceability.units import plain
from traceability.values import replace
from traceability.workflows.approvals import Approval
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, No, Wanted
from traceability.workflows.overriding import CALL, stopped
from traceability.workflows.receive_prints import prints_of
from traceability.workflows.receive_rules import Yes, about, agreement, decide, judge
from traceability.workflows.receiving import MOST_REFUSED, MOST_REMEMBERED, Draft, Question, ReceiveState, Receiving, Refused, Taken
from traceability.workflows.step import Ask, How, Record, Said, Step
from traceability.workflows.verdicts import refused_verdict, verdict_of

NAME = "receive"
_BY_A_SECOND: Final = frozenset({Reason.OVER_RECEIPT, Reason.LOT_NEAR_EXPIRY})
RULES = ("item_on_order", "disposition", "expiry", "look_alike", "quantity", "over_receipt")


def settle(state: Receiving, draft: Draft, now: Circumstances) -> Step[ReceiveState]:
    """Judge `draft` and answer. One that is counted anew is judged as if its first receipt were undone already."""
    others = state.without(draft)
    before = state if others == state.drafts and state.question is None else replace(state, drafts=others, question=None)
    base = undone(before, draft.replaces) if draft.replaces else before
    judged = judge(draft, base, now)
    match _guarded(judged, draft, now) if isinstance(judged, Doubt | No) else judged:
        case Wanted(ask):
            kept = replace(before, drafts=(*before.drafts, draft))
            return Step(kept, Said(Verdict.ASK, ask, about=about(draft)))
        case Doubt(reason, ask, facts, choices):
            asked = Question(ask, reason, draft, about=facts, choices=choices)
            return Step(
                replace(before, question=asked), Said(verdict_of(reason, NAME) if reason else Verdict.ASK, ask, reason, facts, choices)
            )
        case No(reason, facts):
            return refuse(before, draft, reason, facts, now)
        case Yes() as yes:
            return _receive(base, draft, yes, now)


def _guarded(judged: Doubt | No, draft: Draft, now: Circumstances) -> Doubt | No:
    """Ask for a second person where the plant says that a worker's own yes does not do, or that somebody may let it through."""
    if judged.reason not in _BY_A_SECOND:
        return judged
    match stopped(judged, NAME, now.policies, draft.agreed):
        case Doubt() as doubt if isinstance(judged, No):
            return replace(doubt, choices=(CALL, *decide()[1:]))  # it may stay here, on hold
        case other:
            return other


def undone(state: Receiving, event_id: str | None) -> Receiving:
    """Return the delivery as it is without one receipt."""
    gone = next((taken for taken in state.taken if taken.event_id == event_id), None)
    if gone is None:
        return state
    order = state.order.with_received(gone.receipt.line, -gone.receipt.base_quantity)
    return replace(state, order=order, taken=tuple(taken for taken in state.taken if taken is not gone))


def correction(state: Receiving, event_id: str, why: str, code: str | None = None) -> Record:
    """Return the record that undoes a receipt; the original stays in the journal."""
    return Record(EventCorrected(event_id, LotReceived.kind, why, code), how="typed", documents=state.document())


def _read(draft: Draft) -> dict[str, str]:
    said = draft.parts.facts.in_words()
    return {**said, "weighed": draft.weighed} if draft.weighed else said


def _receive(state: Receiving, draft: Draft, yes: Yes, now: Circumstances) -> Step[ReceiveState]:
    receipt, item = yes.receipt, draft.item
    assert item is not None
    prints = prints_of(receipt, item, yes.held_for)
    how: How = "typed" if draft.typed else "scanned"
    labels = tuple(each.serial for each in prints if each.template == "lot")
    record = Record(receipt, draft.unnamed, how, state.document(), labels, RULES, now.event_id, _read(draft))
    if approval := _approval(draft, state):
        record = replace(record, approver=approval.approver, override_reason=approval.code)
    corrected = (_counted_anew(state, draft, draft.replaces),) if draft.replaces else ()
    after = replace(
        state,
        order=state.order.with_received(receipt.line, receipt.base_quantity),
        taken=(*state.taken, Taken(now.event_id, now.at, receipt, _all_named(draft), prints))[-MOST_REMEMBERED:],
        refused=_without(state.refused, draft.follows) if draft.follows else state.refused,
    )
    verdict = Verdict.HOLD if receipt.disposition is Disposition.HOLD else Verdict.ACCEPTED
    said = Said(verdict, Ask.SCAN_LABEL, yes.held_for, receipt_about(receipt, after))
    return Step(after, said, (*corrected, record), prints, len(receipt.containers), int(yes.number_used))


def _approval(draft: Draft, state: Receiving) -> Approval | None:
    """Return the second person's word: given for this label, or for its lot earlier in this delivery."""
    remembered = state.approved.get(agreement(Reason.LOT_NEAR_EXPIRY, draft)) if state.approved else None
    # That the receipt before may be taken back, though it went on, says nothing of this one.
    return next((each for each in reversed(draft.approved) if each.reason is not Reason.DOWNSTREAM_EXISTS), remembered)


def _counted_anew(state: Receiving, draft: Draft, event_id: str) -> Record:
    record = correction(state, event_id, "counted_anew", draft.changed_for)
    by = next((each for each in draft.approved if each.reason is Reason.DOWNSTREAM_EXISTS), None)
    return replace(record, approver=by.approver, override_reason=by.code) if by is not None else record


def _all_named(draft: Draft) -> Draft:
    return replace(draft, named=len(draft.parts.scans), changed_for=None)


def receipt_about(receipt: LotReceived, state: Receiving) -> dict[str, str]:
    """The facts of a receipt that words need, and how far its line is."""
    line = next((each for each in state.order.lines if each.line == receipt.line), None)
    known = {
        "item": receipt.item,
        "description": receipt.description,
        "lot": receipt.lot,
        "expires_on": receipt.expires_on.isoformat() if receipt.expires_on else None,
        "quantity": plain(receipt.base_quantity),
        "unit": receipt.base_unit,
        "given": f"{plain(receipt.quantity)} {receipt.unit}" if receipt.unit != receipt.base_unit else None,
        "containers": str(len(receipt.containers)) if len(receipt.containers) > 1 else None,
        "disposition": receipt.disposition.value,
        "line": receipt.line,
        "received": plain(line.received) if line else None,
        "ordered": plain(line.ordered) if line else None,
        "to_go": plain(line.to_go) if line else None,
    }
    return {name: value for name, value in known.items() if value is not None}


def refuse(state: Receiving, draft: Draft, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[ReceiveState]:
    """Say no to a label; its scans are named, and it stays in the list until somebody deals with it."""
    how: How = "typed" if draft.typed else "scanned"
    event = ScanRefused(NAME, reason, facts)
    record = Record(event, draft.unnamed, how, state.document(), rules=RULES, id=now.event_id, read=draft.parts.facts.in_words())
    kept = Refused(now.event_id, reason, now.at, facts, replace(_all_named(draft), follows=now.event_id, replaces=None))
    # What is refused once more is the same goods on the same pallet: it stands in the list once.
    others = _without(state.refused, draft.follows)
    after = replace(state, refused=(*others, kept)[-MOST_REFUSED:])
    return Step(after, Said(refused_verdict(reason, NAME), Ask.SCAN_LABEL, reason, facts), (record,))


def _without(refused: tuple[Refused, ...], event_id: str | None) -> tuple[Refused, ...]:
    return tuple(each for each in refused if each.event_id != event_id)


def abandoned(
    state: Receiving, why: Literal["cancelled", "too_late", "replaced", "old_scans", "finished"], scans: tuple[str, ...]
) -> tuple[Record, ...]:
    """Return the record that names the scans of labels that never came to be; none where there are none."""
    return (Record(ScansAbandoned(NAME, why), scans, documents=state.document()),) if scans else ()
