"""A second person at a delivery: called to a question, shown in by badge and PIN, and what they let through goes on."""

from __future__ import annotations

from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.approvals import Approval
from traceability.workflows.inputs import Circumstances, Input
from traceability.workflows.overriding import Subject, Turn, begun, is_offered, turned
from traceability.workflows.receive_afterwards import CHANGING, UNDOING, again, being_undone, not_expected, refuse_undo, with_reason
from traceability.workflows.receive_rules import agreement
from traceability.workflows.receive_settle import refuse, settle
from traceability.workflows.receiving import Draft, Question, ReceiveState, Receiving
from traceability.workflows.step import Said, Step
from traceability.workflows.verdicts import verdict_of

NAME = "receive"


def call(state: Receiving, _now: Circumstances) -> Step[ReceiveState]:
    """Call a second person to the open question, where one may settle it."""
    asked = state.question
    if asked is None:
        return not_expected(state, "override")
    return _at(state, asked, begun(asked.ask, asked.choices)) if is_offered(asked.choices) else again(state)


def second_person(state: Receiving, given: Input, now: Circumstances) -> Step[ReceiveState] | None:
    """Carry the dialogue with a second person on; None where there is none, or the input is none of its business."""
    asked = state.question
    if asked is None or asked.overriding is None or asked.reason is None:
        return None
    turn = turned(asked.overriding, Subject(NAME, asked.reason, asked.about, state.document()), given, now)
    if turn is None:
        return None
    if turn.approval is None:
        return _at(state, asked, turn)
    step = _approved(state, asked, asked.reason, turn.approval, now)
    return replace(step, records=(*turn.records, *step.records))


def not_let_through(state: Receiving, asked: Question, now: Circumstances) -> Step[ReceiveState]:
    """The rules said no and nobody let it through: so it is refused, and stays in the list."""
    after = replace(state, question=None, drafts=state.without(asked.draft) if asked.draft else state.drafts)
    if asked.draft is None or asked.reason is None:
        return refuse_undo(after, {name: fact for name, fact in asked.about.items() if name not in (UNDOING, CHANGING)}, now)
    return refuse(after, asked.draft, asked.reason, asked.about, now)


def not_allowed(state: Receiving) -> Step[ReceiveState]:
    """Say that a worker's own yes does not settle the open question; it stays open."""
    step = again(state)
    return replace(step, said=replace(step.said, verdict=verdict_of(Reason.NOT_ALLOWED, NAME), reason=Reason.NOT_ALLOWED))


def _at(state: Receiving, asked: Question, turn: Turn) -> Step[ReceiveState]:
    after = replace(state, question=replace(asked, ask=turn.ask, choices=turn.choices, overriding=turn.overriding))
    if turn.overriding is None:
        return replace(again(after), records=turn.records)
    verdict = verdict_of(turn.reason, NAME) if turn.reason else Verdict.ASK
    facts = {**asked.about, "approving": str(asked.reason), **turn.about}
    return Step(after, Said(verdict, turn.ask, turn.reason, facts, turn.choices, len(state.waiting)), turn.records)


def _approved(state: Receiving, asked: Question, reason: Reason, approval: Approval, now: Circumstances) -> Step[ReceiveState]:
    """Take the label in as agreed to, or the receipt back; for the next bag of a lot that is near its expiry nobody is called again."""
    what, taken = being_undone(state, asked)
    if taken is not None:
        return with_reason(state, what, taken, approval, now)
    draft = asked.draft
    assert isinstance(draft, Draft)  # every other question that a second person settles is about a label
    if reason is not Reason.OVER_RECEIPT:
        known = agreement(reason, draft)
        agreed = tuple(dict.fromkeys((*state.agreed, known)))
        state = replace(state, agreed=agreed, approved={**state.approved, known: approval})
    return settle(state, replace(draft, agreed=(*draft.agreed, reason), approved=(*draft.approved, approval)), now)
