"""Old scans that a cordless scanner kept while it was out of range and sends all at once: asked about, not booked (rule 18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from traceability.refusals import Reason, Verdict
from traceability.workflows.receive_settle import abandoned, correction, undone
from traceability.workflows.receiving import BURST, BURST_WITHIN, DOUBLE_READ, SILENCE, Question, ReceiveState, Receiving, Seen
from traceability.workflows.step import Ask, Choice, Said, ScanRef, Step
from traceability.workflows.verdicts import verdict_of

NAME = "receive"


def double_read(state: Receiving, scan: ScanRef) -> bool:
    """Whether this is one trigger pull read twice (rule 17)."""
    return any(seen.device == scan.device and seen.text == scan.text and abs(scan.at - seen.at) < DOUBLE_READ for seen in state.seen)


def saw(state: Receiving, scan: ScanRef) -> Receiving:
    """Remember the scanner's last barcode, and whether it came in a burst after a silence."""
    last = next((seen for seen in state.seen if seen.device == scan.device), None)
    others = tuple(seen for seen in state.seen if seen is not last)
    fresh = Seen(scan.device, scan.text, scan.at)
    if last is not None and scan.at - last.at >= SILENCE:
        fresh = replace(fresh, burst_from=scan.at, burst=1)
    elif last is not None and last.burst_from is not None and abs(scan.at - last.burst_from) <= BURST_WITHIN:
        fresh = replace(fresh, burst_from=last.burst_from, burst=last.burst + 1)
    return replace(state, seen=(*others, fresh))


def burst_from(state: Receiving, scan: ScanRef) -> datetime | None:
    """Return when the burst that this scan belongs to began; None where it belongs to none."""
    last = next(seen for seen in state.seen if seen.device == scan.device)
    return last.burst_from if last.burst >= BURST else None


def ask_burst(state: Receiving, scan: ScanRef, since: datetime) -> Step[ReceiveState]:
    """Ask about scans that a cordless scanner kept while it was out of range; those after this one wait for the answer."""
    choices = (Choice("new", "Count them"), Choice("cancel", "Leave them out"))
    facts = {"cause": "old_scans", "text": scan.text}
    asked = Question(Ask.DECIDE, Reason.FACTS_CONFLICT, None, scan, about=facts, choices=choices, since=since)
    said = Said(verdict_of(Reason.FACTS_CONFLICT, NAME), Ask.DECIDE, Reason.FACTS_CONFLICT, facts, choices)
    return Step(replace(state, question=asked), said)


def leave_out(state: Receiving, newcomer: ScanRef, since: datetime) -> Step[ReceiveState]:
    """Take back what a burst of old scans did before it was noticed, and name the rest of it."""
    device = newcomer.device
    booked = [taken for taken in state.taken if taken.draft.device == device and taken.at >= since]
    begun = [draft for draft in state.drafts if draft.device == device and draft.parts.last_at is not None and draft.parts.last_at >= since]
    held = [scan for draft in begun for scan in draft.unnamed]
    old = [newcomer.id, *(scan.id for scan in state.waiting if scan.device == device)]
    after = replace(
        state,
        question=None,
        drafts=tuple(draft for draft in state.drafts if draft not in begun),
        waiting=tuple(scan for scan in state.waiting if scan.device != device),
    )
    for taken in booked:
        after = undone(after, taken.event_id)
    corrections = tuple(correction(state, taken.event_id, "old_scans") for taken in booked)
    return Step(after, Said(Verdict.ASK, Ask.SCAN_LABEL), (*corrections, *abandoned(state, "old_scans", (*held, *old))))
