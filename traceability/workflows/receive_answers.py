"""What a person touches, types or chooses during a delivery: answers to a question, undo, hold, reprint, link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from traceability.barcodes.assembly import Parts
from traceability.events import BarcodeLinked, LabelReprinted, LotHeld, ScanRefused
from traceability.items import ItemCode
from traceability.refusals import Reason, Verdict
from traceability.units import Quantity, unit_named
from traceability.workflows.inputs import Chosen, Circumstances, Pressed, QuantityGiven, Typed
from traceability.workflows.receive_labels import abandoned
from traceability.workflows.receive_rules import HOLDABLE, about, agreement
from traceability.workflows.receive_settle import correction, receipt_about, settle, undone
from traceability.workflows.receiving import Draft, Question, ReceiveState, Receiving
from traceability.workflows.step import Ask, Choice, Record, Said, Step
from traceability.workflows.verdicts import verdict_of

NAME = "receive"
_BY_QUANTITY = (Reason.QUANTITY_MISSING, Reason.QUANTITY_INVALID, Reason.UNIT_UNKNOWN, Reason.OVER_RECEIPT)
_BY_YES = (Reason.OVER_RECEIPT, Reason.LOT_NEAR_EXPIRY, Reason.LOT_LOOKS_LIKE, Reason.LOT_EXPIRY_DIFFERS)
_REPRINT_REASONS = (("damaged", "Label damaged"), ("lost", "Label lost"), ("not_printed", "Did not come out"))


def answer(state: Receiving, given: Pressed | QuantityGiven | Typed | Chosen, now: Circumstances) -> Step[ReceiveState]:
    """Answer a touch, a typed text or a choice."""
    match given:
        case QuantityGiven():
            return _quantity(state, given, now)
        case Typed(text):
            return _typed(state, text.strip(), now)
        case Chosen(id=("confirm" | "cancel" | "hold") as verb):
            return _press(state, verb, now)
        case Chosen():
            return _chosen(state, given, now)
        case Pressed(verb):
            return _press(state, verb, now)


def with_typed_lot(draft: Draft, text: str) -> Draft:
    """Return the label with a typed lot code in place of a missing or mistaken one."""
    return replace(draft, parts=replace(draft.parts, facts=replace(draft.parts.facts, lot=text.strip())), typed=True)


def _press(state: Receiving, verb: str, now: Circumstances) -> Step[ReceiveState]:
    match verb:
        case "confirm":
            return _confirm(state, now)
        case "cancel" | "back":
            return _cancel(state, now)
        case "undo":
            return _cancel(state, now) if state.question or state.drafts else _undo(state)
        case "hold":
            return _hold(state, now)
        case "no_lot":
            return _no_lot(state, now)
        case "reprint":
            return _ask_reprint(state)
        case "change":
            return _ask_change(state)
        case "link":
            return _ask_link(state, now)
        case "set_aside":
            return _set_aside(state)
        case _:
            return _not_expected(state, verb)


def _confirm(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    asked, draft = state.question, state.active()
    if asked is None:
        return _ask_missing(state, draft) if draft else Step(state, Said(None, Ask.SCAN_LABEL))
    if asked.reason is Reason.FACTS_CONFLICT:
        return _start_new(state)
    if asked.reason in _BY_YES and draft is not None and asked.reason is not None:
        remembered = (*state.agreed, agreement(asked.reason, draft)) if asked.reason is not Reason.OVER_RECEIPT else state.agreed
        return settle(replace(state, agreed=remembered), replace(draft, agreed=(*draft.agreed, asked.reason)), now)
    return _again(state)


def _ask_missing(state: Receiving, draft: Draft) -> Step[ReceiveState]:
    """A person says that no further barcode will come: what is missing is asked by name."""
    if draft.item is None:
        return Step(state, Said(Verdict.ASK, Ask.SCAN_ITEM, about=about(draft)))
    reason, ask = (Reason.LOT_MISSING, Ask.SCAN_LOT) if draft.parts.facts.lot is None else (Reason.EXPIRY_MISSING, Ask.SCAN_EXPIRY)
    asked = Question(ask, reason, draft, about=about(draft))
    after = replace(state, question=asked, drafts=state.without(draft))
    return Step(after, Said(verdict_of(reason, NAME), ask, reason, asked.about))


def _again(state: Receiving, **more: str) -> Step[ReceiveState]:
    """Ask the open question once more."""
    asked = state.question
    assert asked is not None
    verdict = verdict_of(asked.reason, NAME) if asked.reason else Verdict.ASK
    return Step(state, Said(verdict, asked.ask, asked.reason, {**asked.about, **more}, asked.choices, len(state.waiting)))


def _start_new(state: Receiving) -> Step[ReceiveState]:
    asked = state.question
    assert asked is not None
    assert asked.newcomer is not None
    left = abandoned(state, "replaced", asked.draft) if asked.draft else ()
    freed = (asked.newcomer, *state.waiting)
    return Step(replace(state, question=None, waiting=()), Said(Verdict.ASK, Ask.SCAN_LABEL), left, freed=freed)


def _cancel(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    asked = state.question
    if asked is not None and asked.reason is Reason.FACTS_CONFLICT and asked.newcomer and asked.draft:
        record = Record(ScanRefused(NAME, Reason.FACTS_CONFLICT, asked.about), (asked.newcomer.id,), id=now.event_id)
        after = replace(state, question=None, waiting=(), drafts=(*state.drafts, asked.draft))
        return Step(after, Said(Verdict.ASK, Ask.SCAN_LABEL, about=about(asked.draft)), (record,), freed=state.waiting)
    draft = state.active()
    left = abandoned(state, "cancelled", draft) if draft else ()
    after = replace(state, question=None, waiting=(), drafts=state.without(draft) if asked is None else state.drafts)
    said = Said(Verdict.ASK if asked or draft else None, Ask.SCAN_LABEL, about=about(draft) if draft else {})
    return Step(after, said, left, freed=state.waiting)


def _undo(state: Receiving) -> Step[ReceiveState]:
    if not state.taken:
        return _not_expected(state, "undo")
    last = state.taken[-1]
    after = undone(state, last.event_id)
    facts = {**receipt_about(last.receipt, after), "undone": "yes"}
    return Step(after, Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=facts), (correction(state, last.event_id, "undo"),))


def _hold(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    asked = state.question
    if asked is not None:
        if asked.draft is None or asked.reason not in HOLDABLE:
            return _again(state)
        return settle(state, replace(asked.draft, on_hold=asked.reason), now)
    last = state.refused[-1] if state.refused else None
    if last is not None and last.draft is not None and last.reason in HOLDABLE:
        return settle(state, replace(last.draft, on_hold=last.reason), now)
    return _hold_last(state)


def _hold_last(state: Receiving) -> Step[ReceiveState]:
    if not state.taken:
        return _not_expected(state, "hold")
    receipt = state.taken[-1].receipt
    held = LotHeld(receipt.item, receipt.lot, receipt.assigned_by, "found_at_receiving")
    facts = {**receipt_about(receipt, state), "disposition": "hold"}
    record = Record(held, how="typed", documents=state.document())
    return Step(state, Said(Verdict.HOLD, Ask.SCAN_LABEL, Reason.LOT_ON_HOLD, facts), (record,))


def _no_lot(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    draft = state.active()
    if draft is None or draft.item is None or draft.parts.facts.lot is not None:
        return _not_expected(state, "no_lot")
    return settle(state, replace(draft, own_lot=True), now)


def _ask_reprint(state: Receiving) -> Step[ReceiveState]:
    if not state.taken or not state.taken[-1].prints or state.question:
        return _again(state) if state.question else _not_expected(state, "reprint")
    choices = tuple(Choice(reason, words) for reason, words in _REPRINT_REASONS)
    asked = Question(Ask.CHOOSE_REASON, about=receipt_about(state.taken[-1].receipt, state), choices=choices)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.CHOOSE_REASON, about=asked.about, choices=choices))


def _ask_change(state: Receiving) -> Step[ReceiveState]:
    if not state.taken or state.question:
        return _again(state) if state.question else _not_expected(state, "change")
    last = state.taken[-1]
    draft = replace(last.draft, replaces=last.event_id)
    facts = {**receipt_about(last.receipt, state), "change": "yes"}
    asked = Question(Ask.QUANTITY, Reason.QUANTITY_MISSING, draft, about=facts)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.QUANTITY, about=facts))


def _ask_link(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    last = state.refused[-1] if state.refused else None
    if state.question is not None or last is None or last.reason is not Reason.ITEM_UNKNOWN:
        return _again(state) if state.question else _not_expected(state, "link")
    if now.operator is None or not now.operator.may_link_barcodes():
        facts = {"what": "link", **last.about}
        record = Record(ScanRefused(NAME, Reason.NOT_ALLOWED, facts), id=now.event_id)
        return Step(state, Said(verdict_of(Reason.NOT_ALLOWED, NAME), Ask.SCAN_LABEL, Reason.NOT_ALLOWED, facts), (record,))
    choices = tuple(Choice(item, item) for item in dict.fromkeys(line.item for line in state.order.lines))
    asked = Question(Ask.CHOOSE_ITEM, Reason.ITEM_UNKNOWN, about=last.about, choices=choices)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.CHOOSE_ITEM, about=last.about, choices=choices))


def _set_aside(state: Receiving) -> Step[ReceiveState]:
    if not state.refused:
        return _not_expected(state, "set_aside")
    return Step(replace(state, refused=state.refused[:-1]), Said(None, Ask.SCAN_LABEL))


def _quantity(state: Receiving, given: QuantityGiven, now: Circumstances) -> Step[ReceiveState]:
    asked, draft = state.question, state.active()
    if draft is None or draft.item is None or (asked is not None and asked.reason not in _BY_QUANTITY):
        return _again(state) if asked else _not_expected(state, "quantity")
    if given.amount is None:
        facts = {**about(draft), "got": given.text, "message": "a number is expected, like 25 or 12.5"}
        invalid = Question(Ask.QUANTITY, Reason.QUANTITY_INVALID, draft, about=facts)
        after = replace(state, question=invalid, drafts=state.without(draft))
        return Step(after, Said(verdict_of(Reason.QUANTITY_INVALID, NAME), Ask.QUANTITY, Reason.QUANTITY_INVALID, facts))
    unit = draft.item.unit if given.unit is None else given.unit if given.unit in draft.item.packs else unit_named(given.unit)
    return settle(state, replace(draft, given=Quantity(given.amount, unit)), now)


def _typed(state: Receiving, text: str, now: Circumstances) -> Step[ReceiveState]:
    asked, draft = state.question, state.active()
    if asked is not None and asked.reason is Reason.EXPIRY_MISSING and draft is not None:
        return _typed_expiry(state, draft, text, now)
    if asked is not None and asked.reason not in (Reason.LOT_MISSING, Reason.LOT_LOOKS_LIKE):
        return _again(state)
    return settle(state, with_typed_lot(draft or Draft(Parts()), text), now)


def _typed_expiry(state: Receiving, draft: Draft, text: str, now: Circumstances) -> Step[ReceiveState]:
    try:
        expires_on = date.fromisoformat(text)
    except ValueError:
        return _again(state, got=text, message="a date like 2027-11-30 is expected")
    facts = replace(draft.parts.facts, expires_on=expires_on)
    return settle(state, replace(draft, parts=replace(draft.parts, facts=facts), typed=True), now)


def _chosen(state: Receiving, given: Chosen, now: Circumstances) -> Step[ReceiveState]:
    asked = state.question
    match asked:
        case None:
            return _not_expected(state, given.id)
        case Question(reason=Reason.FACTS_CONFLICT):
            return _start_new(state) if given.id == "new" else _again(state)
        case Question(reason=Reason.LOT_LOOKS_LIKE, draft=Draft() as draft):
            offered = any(choice.id == given.id for choice in asked.choices)
            return settle(state, with_typed_lot(draft, given.id), now) if offered else _again(state)
        case Question(reason=Reason.AMBIGUOUS, draft=Draft() as draft):
            code = next((each for each in asked.codes if each.item.code == given.id), None)
            return settle(state, replace(draft, code=code), now) if code else _again(state)
        case Question(ask=Ask.CHOOSE_REASON):
            return _reprint(state, given.id) if given.id in dict(_REPRINT_REASONS) else _again(state)
        case Question(ask=Ask.CHOOSE_ITEM, reason=Reason.ITEM_UNKNOWN):
            return _link(state, given)
        case Question(ask=Ask.CHOOSE_UNIT):
            return _linked(state, asked.codes[0].item.code, given.id) if given.id in _units(asked.codes[0]) else _again(state)
        case _:
            return _again(state)


def _reprint(state: Receiving, why: str) -> Step[ReceiveState]:
    last = state.taken[-1]
    records = tuple(Record(LabelReprinted(each.serial, why), how="typed", labels=(each.serial,)) for each in last.prints)
    prints = tuple(replace(each, reprint=True) for each in last.prints)
    after = replace(state, question=None, waiting=())
    facts = {**receipt_about(last.receipt, state), "reprinted": str(len(prints))}
    return Step(after, Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=facts), records, prints, freed=state.waiting)


def _units(code: ItemCode) -> tuple[str, ...]:
    return (code.item.unit, *code.item.packs)


def _link(state: Receiving, given: Chosen) -> Step[ReceiveState]:
    asked = state.question
    assert asked is not None
    if given.item is None:
        return _again(state, got=given.id)
    if not given.item.packs:
        return _linked(state, given.item.code, None)
    code = ItemCode(given.item)
    choices = tuple(Choice(unit, unit) for unit in _units(code))
    units = replace(asked, ask=Ask.CHOOSE_UNIT, codes=(code,), choices=choices)
    return Step(replace(state, question=units), Said(Verdict.ASK, Ask.CHOOSE_UNIT, about=asked.about, choices=choices))


def _linked(state: Receiving, item: str, unit: str | None) -> Step[ReceiveState]:
    asked = state.question
    assert asked is not None
    # The base unit's own code says nothing about a pack: one scan of it is not one kilogram.
    pack = unit if unit in (asked.codes[0].item.packs if asked.codes else {}) else None
    linked = BarcodeLinked(asked.about["code"], item, pack, state.order.vendor)
    after = replace(state, question=None, waiting=(), refused=state.refused[:-1])
    facts = {**asked.about, "item": item, "linked": "yes"}
    record = Record(linked, how="typed", documents=state.document())
    return Step(after, Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=facts), (record,), freed=state.waiting)


def _not_expected(state: Receiving, what: str) -> Step[ReceiveState]:
    said = Said(verdict_of(Reason.NOT_EXPECTED_HERE, NAME), Ask.SCAN_LABEL, Reason.NOT_EXPECTED_HERE, {"what": what})
    return Step(state, said, (Record(ScanRefused(NAME, Reason.NOT_EXPECTED_HERE, {"what": what}), how="typed"),))
