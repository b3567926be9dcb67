"""Old scans that a cordless scanner kept while it was out of range and sends all at once: asked about, not booked (rule 18)."""

from __future__ import annotations

from datetime import datetime

from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.receive_settle import abandoned, correction, undone
from traceability.workflows.receiving import Question, ReceiveState, Receiving
from traceability.workflows.step import Ask, Choice, Said, ScanRef, Step
from traceability.workflows.verdicts import verdict_of

NAME = "receive"


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
