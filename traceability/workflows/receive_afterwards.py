"""What a person does with the last receipt or the last refusal: undo, hold, count anew, print again, set aside."""

from __future__ import annotations

from typing import Final

from traceability.events import LabelReprinted, LotHeld, ScanRefused
from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.approvals import Approval
from traceability.workflows.inputs import Circumstances
from traceability.workflows.overriding import CALL, CANCEL, approvers_for
from traceability.workflows.receive_prints import hold_tag
from traceability.workflows.receive_rules import HOLDABLE
from traceability.workflows.receive_settle import correction, receipt_about, settle, undone
from traceability.workflows.receiving import MOST_REFUSED, Draft, Question, ReceiveState, Receiving, Refused, Taken
from traceability.workflows.step import Ask, Choice, Record, Said, Step
from traceability.workflows.undoing import reasons, wants_reason
from traceability.workflows.verdicts import refused_verdict, verdict_of

NAME = "receive"
#: Facts of a question that name the receipt which it takes back, or counts anew.
UNDOING: Final = "undoing"
CHANGING: Final = "changing"
#: Why a label may be printed again, with the words on the tile.
REPRINT_REASONS: Final = (("damaged", "Label damaged"), ("lost", "Label lost"), ("not_printed", "Did not come out"))


def again(state: Receiving, **more: str) -> Step[ReceiveState]:
    """Ask the open question once more."""
    asked = state.question
    assert asked is not None
    verdict = verdict_of(asked.reason, NAME) if asked.reason else Verdict.ASK
    return Step(state, Said(verdict, asked.ask, asked.reason, {**asked.about, **more}, asked.choices, len(state.waiting)))


def not_expected(state: Receiving, what: str) -> Step[ReceiveState]:
    """Say that there is nothing to do that with now; what is asked is asked once more."""
    if state.question is not None:
        return again(state)
    said = Said(verdict_of(Reason.NOT_EXPECTED_HERE, NAME), Ask.SCAN_LABEL, Reason.NOT_EXPECTED_HERE, {"what": what})
    return Step(state, said, (Record(ScanRefused(NAME, Reason.NOT_EXPECTED_HERE, {"what": what}), how="typed"),))


def undo(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    """Take back the last receipt: the original stays, and a correction reverses what it did. After a while the reason is asked."""
    if not state.taken:
        return not_expected(state, "undo")
    return _begun(state, UNDOING, now)


def _begun(state: Receiving, what: str, now: Circumstances) -> Step[ReceiveState]:
    last = state.taken[-1]
    return _went_on(state, what, last, now) if now.made.downstream else with_reason(state, what, last, None, now)


def _went_on(state: Receiving, what: str, last: Taken, now: Circumstances) -> Step[ReceiveState]:
    """What was used further on is named, and goes back where a second person says so."""
    reason = Reason.DOWNSTREAM_EXISTS
    facts = {**receipt_about(last.receipt, state), "went_to": ", ".join(now.made.downstream)}
    if not approvers_for(reason, NAME, now.policies):
        return refuse_undo(state, facts, now)
    asked = Question(Ask.DECIDE, reason, about={**facts, what: last.event_id}, choices=(CALL, CANCEL))
    return Step(replace(state, question=asked), Said(verdict_of(reason, NAME), asked.ask, reason, asked.about, asked.choices))


def refuse_undo(state: Receiving, facts: dict[str, str], now: Circumstances) -> Step[ReceiveState]:
    """Leave what went on as it is; somebody has to deal with it."""
    reason = Reason.DOWNSTREAM_EXISTS
    record = Record(ScanRefused(NAME, reason, facts), how="typed", documents=state.document(), id=now.event_id)
    refused = (*state.refused, Refused(now.event_id, reason, now.at, facts))[-MOST_REFUSED:]
    said = Said(refused_verdict(reason, NAME), Ask.SCAN_LABEL, reason, facts)
    return Step(replace(state, question=None, refused=refused), said, (record,))


def with_reason(state: Receiving, what: str, last: Taken, approval: Approval | None, now: Circumstances) -> Step[ReceiveState]:
    """Take a receipt back, or count it anew; after a while the reason is asked, also where a second person let it through."""
    state = replace(state, question=None)
    if not wants_reason(last.at, now):
        return _agreed(state, what, last, None, approval)
    facts = {**receipt_about(last.receipt, state), what: last.event_id}
    asked = Question(Ask.CHOOSE_REASON, about=facts, choices=reasons(now), approved=approval)
    return Step(replace(state, question=asked), Said(Verdict.ASK, asked.ask, about=facts, choices=asked.choices))


def reason_given(state: Receiving, asked: Question, code: str) -> Step[ReceiveState]:
    """Take the reason why something is taken back, or printed again."""
    what, taken = being_undone(state, asked)
    if not what:
        return reprint(state, code)
    offered = any(choice.id == code for choice in asked.choices)
    return _agreed(replace(state, question=None), what, taken, code, asked.approved) if taken and offered else again(state)


def being_undone(state: Receiving, asked: Question) -> tuple[str, Taken | None]:
    """Return what is asked, to take a receipt back or to count it anew, and which; nothing where it is another question."""
    what = next((each for each in (UNDOING, CHANGING) if each in asked.about), "")
    return what, next((each for each in state.taken if what and each.event_id == asked.about[what]), None)


def _agreed(state: Receiving, what: str, taken: Taken, code: str | None, approval: Approval | None) -> Step[ReceiveState]:
    """Everybody who was to be asked said yes."""
    if what == UNDOING:
        return take_back(state, taken, code, approval)
    # What was let through when it was counted first says nothing of what went on since.
    approved = tuple(each for each in taken.draft.approved if each.reason is not Reason.DOWNSTREAM_EXISTS)
    draft = replace(
        taken.draft, replaces=taken.event_id, changed_for=code, approved=(*approved, approval) if approval is not None else approved
    )
    facts = {**receipt_about(taken.receipt, state), "change": "yes"}
    asked = Question(Ask.QUANTITY, Reason.QUANTITY_MISSING, draft, about=facts)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.QUANTITY, about=facts))


def take_back(state: Receiving, taken: Taken, code: str | None = None, approval: Approval | None = None) -> Step[ReceiveState]:
    """Undo a receipt."""
    after = undone(state, taken.event_id)
    facts = {**receipt_about(taken.receipt, after), "undone": "yes"}
    record = correction(state, taken.event_id, "undo", code)
    if approval is not None:
        record = replace(record, approver=approval.approver, override_reason=approval.code)
    return Step(after, Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=facts), (record,))


def hold(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    """Put on hold what is asked about, else what was refused last, else the last lot that came in."""
    asked = state.question
    if asked is not None:
        if asked.draft is None or asked.reason not in HOLDABLE:
            return again(state)
        return settle(state, replace(asked.draft, on_hold=asked.reason), now)
    draft = holdable(state)
    if draft is not None:
        return settle(state, draft, now)
    return not_expected(state, "hold") if _refused_last(state) else _hold_last(state)


def holdable(state: Receiving) -> Draft | None:
    """Return the label that was refused last, to be taken in on hold; None where something came in since, or it can't be."""
    last = state.refused[-1] if state.refused else None
    if last is None or last.draft is None or last.reason not in HOLDABLE or not _refused_last(state):
        return None
    return replace(last.draft, on_hold=last.reason)


def _refused_last(state: Receiving) -> bool:
    """Whether the worker's last label was refused: a touch on Hold speaks of what came last, never of what lies behind it."""
    return bool(state.refused) and (not state.taken or state.refused[-1].at >= state.taken[-1].at)


def _hold_last(state: Receiving) -> Step[ReceiveState]:
    if not state.taken:
        return not_expected(state, "hold")
    receipt, item = state.taken[-1].receipt, state.taken[-1].draft.item
    assert item is not None  # a receipt has one
    held = LotHeld(receipt.item, receipt.lot, receipt.assigned_by, "found_at_receiving")
    facts = {**receipt_about(receipt, state), "disposition": "hold"}
    record = Record(held, how="typed", documents=state.document())
    said = Said(Verdict.HOLD, Ask.SCAN_LABEL, Reason.LOT_ON_HOLD, facts)
    return Step(state, said, (record,), (hold_tag(receipt, item, Reason.LOT_ON_HOLD),))


def ask_change(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    """Ask for another quantity of the last receipt."""
    if not state.taken or state.question:
        return again(state) if state.question else not_expected(state, "change")
    return _begun(state, CHANGING, now)


def ask_reprint(state: Receiving, _now: Circumstances) -> Step[ReceiveState]:
    """Ask why the last receipt's labels are printed again."""
    if not state.taken or not state.taken[-1].prints or state.question:
        return again(state) if state.question else not_expected(state, "reprint")
    choices = tuple(Choice(reason, words) for reason, words in REPRINT_REASONS)
    asked = Question(Ask.CHOOSE_REASON, about=receipt_about(state.taken[-1].receipt, state), choices=choices)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.CHOOSE_REASON, about=asked.about, choices=choices))


def reprint(state: Receiving, why: str) -> Step[ReceiveState]:
    """Print the last receipt's labels again, and say why in the journal."""
    if why not in dict(REPRINT_REASONS) or not state.taken:
        return again(state)
    last = state.taken[-1]
    records = tuple(
        Record(LabelReprinted(each.serial, why), how="typed", documents=state.document(), labels=(each.serial,) if each.serial else ())
        for each in last.prints
    )
    prints = tuple(replace(each, reprint=True) for each in last.prints)
    facts = {**receipt_about(last.receipt, state), "reprinted": str(len(prints))}
    return Step(replace(state, question=None), Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=facts), records, prints)


def set_aside(state: Receiving, _now: Circumstances) -> Step[ReceiveState]:
    """A person has dealt with the last refusal: it leaves the list."""
    if state.question is not None:
        return again(state)
    if not state.refused:
        return not_expected(state, "set_aside")
    return Step(replace(state, refused=state.refused[:-1]), Said(None, Ask.SCAN_LABEL))
