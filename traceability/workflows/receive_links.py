"""An unknown barcode is linked to an item, by who may."""

from __future__ import annotations

from traceability.events import BarcodeLinked, ScanRefused
from traceability.items import ItemCode
from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.inputs import Chosen, Circumstances
from traceability.workflows.receive_afterwards import again, not_expected
from traceability.workflows.receiving import Question, ReceiveState, Receiving
from traceability.workflows.step import Ask, Choice, Record, Said, Step
from traceability.workflows.verdicts import verdict_of

NAME = "receive"


def ask_link(state: Receiving, now: Circumstances) -> Step[ReceiveState]:
    """Ask which item the unknown barcode that was refused last stands for."""
    last = state.refused[-1] if state.refused else None
    if state.question is not None or last is None or last.reason is not Reason.ITEM_UNKNOWN:
        return again(state) if state.question else not_expected(state, "link")
    if now.operator is None or not now.operator.may_link_barcodes():
        facts = {"what": "link", **last.about}
        record = Record(ScanRefused(NAME, Reason.NOT_ALLOWED, facts), id=now.event_id)
        return Step(state, Said(verdict_of(Reason.NOT_ALLOWED, NAME), Ask.SCAN_LABEL, Reason.NOT_ALLOWED, facts), (record,))
    choices = tuple(Choice(item, item) for item in dict.fromkeys(line.item for line in state.order.lines))
    asked = Question(Ask.CHOOSE_ITEM, Reason.ITEM_UNKNOWN, about=last.about, choices=choices)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.CHOOSE_ITEM, about=last.about, choices=choices))


def link(state: Receiving, given: Chosen) -> Step[ReceiveState]:
    """Take the chosen item; where it comes in packs, ask which of them the barcode is on."""
    asked = state.question
    assert asked is not None
    if given.item is None:
        return again(state, got=given.id)
    if not given.item.packs:
        return _linked(state, given.item.code, None)
    code = ItemCode(given.item)
    choices = tuple(Choice(unit, unit) for unit in _units(code))
    units = replace(asked, ask=Ask.CHOOSE_UNIT, codes=(code,), choices=choices)
    return Step(replace(state, question=units), Said(Verdict.ASK, Ask.CHOOSE_UNIT, about=asked.about, choices=choices))


def _units(code: ItemCode) -> tuple[str, ...]:
    return (code.item.unit, *code.item.packs)


def link_unit(state: Receiving, unit: str) -> Step[ReceiveState]:
    """Take the chosen unit."""
    code = state.question.codes[0] if state.question and state.question.codes else None
    return _linked(state, code.item.code, unit) if code and unit in _units(code) else again(state)


def _linked(state: Receiving, item: str, unit: str | None) -> Step[ReceiveState]:
    asked = state.question
    assert asked is not None
    # The base unit's own code says nothing about a pack: one scan of it is not one kilogram.
    pack = unit if unit in (asked.codes[0].item.packs if asked.codes else {}) else None
    linked = BarcodeLinked(asked.about["code"], item, pack, state.order.vendor)
    after = replace(state, question=None, refused=state.refused[:-1])
    facts = {**asked.about, "item": item, "linked": "yes"}
    record = Record(linked, how="typed", documents=state.document())
    return Step(after, Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=facts), (record,))
