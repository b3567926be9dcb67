"""What a person touches, types or chooses during a delivery: answers to a question, undo, hold, reprint, link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from traceability.barcodes.assembly import Parts
from traceability.events import ScanRefused
from traceability.lots import LONGEST_CODE, lot_code_fault
from traceability.refusals import Reason, Verdict
from traceability.units import Quantity, unit_named
from traceability.values import replace
from traceability.workflows import receive_afterwards as afterwards
from traceability.workflows import receive_links as links
from traceability.workflows.counting import no_number
from traceability.workflows.inputs import Chosen, Circumstances, Pressed, QuantityGiven, Typed
from traceability.workflows.lot_rules import OTHER_AMOUNT
from traceability.workflows.overriding import is_offered
from traceability.workflows.receive_afterwards import again, not_expected
from traceability.workflows.receive_approvals import call, not_allowed, not_let_through
from traceability.workflows.receive_bursts import leave_out
from traceability.workflows.receive_labels import code_chosen
from traceability.workflows.receive_rules import about, agreement
from traceability.workflows.receive_settle import abandoned, settle
from traceability.workflows.receiving import Draft, Question, ReceiveState, Receiving
from traceability.workflows.step import Ask, Choice, Record, Said, ScanRef, Step
from traceability.workflows.verdicts import verdict_of

NAME = "receive"
_BY_QUANTITY: Final = (Reason.QUANTITY_MISSING, Reason.QUANTITY_INVALID, Reason.UNIT_UNKNOWN, Reason.OVER_RECEIPT)
_BY_YES: Final = (Reason.OVER_RECEIPT, Reason.LOT_NEAR_EXPIRY, Reason.LOT_LOOKS_LIKE, Reason.LOT_EXPIRY_DIFFERS)
_BY_TYPING: Final = (Reason.LOT_MISSING, Reason.LOT_LOOKS_LIKE, Reason.EXPIRY_MISSING)


def answer(state: Receiving, given: Pressed | QuantityGiven | Typed | Chosen, now: Circumstances) -> Step[ReceiveState]:
    """Answer a touch, a typed text or a choice."""
    match given:
        case QuantityGiven():
            return _quantity(state, given, now)
        case Typed(text):
            return _typed(state, text.strip(), now)
        case Chosen(id=("confirm" | "cancel" | "hold" | "no_lot" | "override" | "quantity") as verb):
            return _press(state, verb, now)
        case Chosen():
            return _chosen(state, given, now)
        case Pressed(verb):
            return _press(state, verb, now)


def with_typed_lot(draft: Draft, text: str) -> Draft:
    """Return the label with a typed lot code in place of a missing or mistaken one; what was agreed of another lot is not agreed of it."""
    return replace(_with_facts(draft, "lot", lot=text), own_lot=False, agreed=(), approved=())


def with_typed(state: Receiving, draft: Draft, text: str) -> Draft:
    """Return the label with what a person typed: the expiry where a date is wanted and the text is one, else the lot."""
    text = text.strip()
    expires_on = _date(text) if _wants_expiry(state, draft) else None
    if expires_on is not None:
        return _with_facts(draft, "expires_on", expires_on=expires_on)
    return draft if _asks_expiry(state) else with_typed_lot(draft, text)


def _with_facts(draft: Draft, typed: str, **facts: Any) -> Draft:
    parts = replace(draft.parts, facts=replace(draft.parts.facts, **facts))
    return replace(draft, parts=parts, typed=tuple(dict.fromkeys((*draft.typed, typed))))


def _asks_expiry(state: Receiving) -> bool:
    return state.question is not None and state.question.reason is Reason.EXPIRY_MISSING


def _wants_expiry(state: Receiving, draft: Draft) -> bool:
    facts, item = draft.parts.facts, draft.item
    wanted = item is not None and item.expiry_required and facts.expires_on is None
    return _asks_expiry(state) or (wanted and state.question is None and (facts.lot is not None or draft.own_lot))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _press(state: Receiving, verb: str, now: Circumstances) -> Step[ReceiveState]:
    touch = _TOUCHES.get(verb)
    return touch(state, now) if touch else not_expected(state, verb)


def _undo(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    return _cancel(state, now) if state.question or state.drafts else afterwards.undo(state, now)


def _confirm(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    asked, draft = state.question, state.active()
    if asked is None:
        return _ask_missing(state, draft) if draft else Step(state, Said(None, Ask.SCAN_LABEL))
    match asked:
        case Question(reason=Reason.FACTS_CONFLICT, newcomer=ScanRef() as newcomer):
            return _start_new(state, newcomer)
        case Question(choices=choices) if is_offered(choices):
            return not_allowed(state)
        case Question(ask=Ask.QUANTITY):
            return again(state)  # another amount is on its way: that first one is not meant any more
        case Question(reason=Reason() as reason, draft=Draft() as draft) if reason in _BY_YES:
            # How much too much is another question each time; the rest is asked once a lot.
            remembered = () if reason is Reason.OVER_RECEIPT else (agreement(reason, draft),)
            agreed = replace(state, agreed=tuple(dict.fromkeys((*state.agreed, *remembered))))
            return settle(agreed, replace(draft, agreed=(*draft.agreed, reason)), now)
        case _:
            return again(state)


def _other_amount(state: Receiving, _now: Circumstances) -> Step[ReceiveState]:
    """More came than was ordered, as it was counted: count it anew."""
    asked = state.question
    if asked is None or OTHER_AMOUNT not in asked.choices:
        return again(state) if asked else not_expected(state, "quantity")
    anew = replace(asked, ask=Ask.QUANTITY, choices=())
    return Step(replace(state, question=anew), Said(Verdict.ASK, Ask.QUANTITY, about=asked.about))


def _ask_missing(state: Receiving, draft: Draft) -> Step[ReceiveState]:
    """A person says that no further barcode will come: what is missing is asked by name."""
    if draft.item is None:
        return Step(state, Said(Verdict.ASK, Ask.SCAN_ITEM, about=about(draft)))
    no_lot = draft.parts.facts.lot is None and draft.item.lot_tracked and not draft.own_lot
    reason, ask = (Reason.LOT_MISSING, Ask.SCAN_LOT) if no_lot else (Reason.EXPIRY_MISSING, Ask.SCAN_EXPIRY)
    # A number of our own is only made on a person's word: the vendor's code may be on the other side of the box.
    choices = (Choice("no_lot", "No lot on it"), Choice("cancel", "Cancel")) if no_lot else ()
    asked = Question(ask, reason, draft, about=about(draft), choices=choices)
    after = replace(state, question=asked, drafts=state.without(draft))
    return Step(after, Said(verdict_of(reason, NAME), ask, reason, asked.about, choices))


def _start_new(state: Receiving, newcomer: ScanRef) -> Step[ReceiveState]:
    draft = state.active()
    left = abandoned(state, "replaced", draft.unnamed) if draft else ()
    after = replace(state, question=None, waiting=(newcomer, *state.waiting))
    return Step(after, Said(Verdict.ASK, Ask.SCAN_LABEL), left)


def _cancel(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    match state.question:
        case Question(choices=choices) as asked if is_offered(choices):
            return not_let_through(state, asked, now)
        case Question(newcomer=ScanRef() as newcomer, since=datetime() as since):
            return leave_out(state, newcomer, since)
        case Question(newcomer=ScanRef() as newcomer, draft=Draft() as draft) as asked:
            refused = ScanRefused(NAME, Reason.FACTS_CONFLICT, asked.about)
            record = Record(refused, (newcomer.id,), documents=state.document(), id=now.event_id)
            after = replace(state, question=None, drafts=(*state.drafts, draft))
            return Step(after, Said(Verdict.ASK, Ask.SCAN_LABEL, about=about(draft)), (record,))
        case asked:
            return _drop(state, asked)


def _drop(state: Receiving, asked: Question | None) -> Step[ReceiveState]:
    """Let go of the label that is asked about, else of the one in the making; a question about nothing in the making just ends."""
    draft = state.active()
    left = abandoned(state, "cancelled", draft.unnamed) if draft else ()
    after = replace(state, question=None, drafts=state.without(draft) if draft else state.drafts)
    said = Said(Verdict.ASK if asked or draft else None, Ask.SCAN_LABEL, about=about(draft) if draft else {})
    return Step(after, said, left)


def _no_lot(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    asked, draft = state.question, state.active()
    if asked is not None and asked.reason is not Reason.LOT_MISSING:
        return again(state)
    if draft is None or draft.item is None or draft.parts.facts.lot is not None:
        return not_expected(state, "no_lot")
    return settle(state, replace(draft, own_lot=True), now)


def _quantity(state: Receiving, given: QuantityGiven, now: Circumstances) -> Step[ReceiveState]:
    asked, draft = state.question, state.active()
    if draft is None or draft.item is None or (asked is not None and asked.reason not in _BY_QUANTITY):
        return again(state) if asked else not_expected(state, "quantity")
    if given.amount is None:
        facts = {**about(draft), "got": given.text, "message": no_number(given)}
        invalid = Question(Ask.QUANTITY, Reason.QUANTITY_INVALID, draft, about=facts)
        after = replace(state, question=invalid, drafts=state.without(draft))
        return Step(after, Said(verdict_of(Reason.QUANTITY_INVALID, NAME), Ask.QUANTITY, Reason.QUANTITY_INVALID, facts))
    unit = (given.unit or "").strip() or draft.item.unit
    quantity = Quantity(given.amount, unit if unit in draft.item.packs else unit_named(unit))
    # Another quantity is another over-receipt: what was agreed of the first is not agreed of it.
    agreed = tuple(reason for reason in draft.agreed if reason is not Reason.OVER_RECEIPT)
    approved = tuple(each for each in draft.approved if each.reason is not Reason.OVER_RECEIPT)
    weighed = f"{given.text} {unit}" if given.weighed else None
    return settle(state, replace(draft, given=quantity, agreed=agreed, approved=approved, weighed=weighed), now)


def _typed(state: Receiving, text: str, now: Circumstances) -> Step[ReceiveState]:
    asked, draft = state.question, state.active() or Draft(Parts())
    if asked is not None and asked.reason not in _BY_TYPING:
        return again(state)
    if _asks_expiry(state) and _date(text) is None:
        return again(state, got=text[:LONGEST_CODE], message="a date like 2027-11-30 is expected")
    if not _asks_expiry(state) and (fault := lot_code_fault(text)):
        return _bad_lot(state, text[:LONGEST_CODE], fault)
    return settle(state, with_typed(state, draft, text), now)


def _bad_lot(state: Receiving, text: str, fault: str) -> Step[ReceiveState]:
    """Refuse a typed lot code that can't be kept; the label in the making stays as it was."""
    if state.question is not None:
        return again(state, got=text, message=fault)
    facts = {"text": text, "message": fault}
    record = Record(ScanRefused(NAME, Reason.BARCODE_INVALID, facts), how="typed", documents=state.document())
    return Step(state, Said(verdict_of(Reason.BARCODE_INVALID, NAME), Ask.SCAN_LABEL, Reason.BARCODE_INVALID, facts), (record,))


def _chosen(state: Receiving, given: Chosen, now: Circumstances) -> Step[ReceiveState]:
    asked = state.question
    match asked:
        case None:
            return not_expected(state, given.id)
        case Question(reason=Reason.FACTS_CONFLICT, newcomer=ScanRef() as newcomer) if given.id == "new":
            return _start_new(state, newcomer)
        case Question(joined=Draft() as joined) if given.id == "join":
            return settle(state, joined, now)
        case Question(reason=Reason.LOT_LOOKS_LIKE, draft=Draft() as draft):
            offered = any(choice.id == given.id for choice in asked.choices)
            return settle(state, with_typed_lot(draft, given.id), now) if offered else again(state)
        case Question(reason=Reason.AMBIGUOUS, draft=Draft() as draft):
            code = code_chosen(asked, given.id)
            return settle(state, replace(draft, code=code), now) if code else again(state)
        case Question(ask=Ask.CHOOSE_REASON):
            return afterwards.reason_given(state, asked, given.id)
        case Question(ask=Ask.CHOOSE_ITEM, reason=Reason.ITEM_UNKNOWN):
            return links.link(state, given)
        case Question(ask=Ask.CHOOSE_UNIT):
            return links.link_unit(state, given.id)
        case _:
            return again(state)


_TOUCHES: Final[dict[str, Callable[[Receiving, Circumstances], Step[ReceiveState]]]] = {
    "confirm": _confirm,
    "cancel": _cancel,
    "back": _cancel,
    "undo": _undo,
    "hold": afterwards.hold,
    "no_lot": _no_lot,
    "change": afterwards.ask_change,
    "quantity": _other_amount,
    "reprint": afterwards.ask_reprint,
    "set_aside": afterwards.set_aside,
    "link": links.ask_link,
    "override": call,
}
