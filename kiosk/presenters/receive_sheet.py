"""Receive on the screens: the delivery's own ones, its lists and its summary."""

from __future__ import annotations

from kiosk.presenters import choices
from kiosk.presenters.approval_view import approval_view
from kiosk.presenters.receive_view import document_header, empty_view, receive_view
from kiosk.presenters.sheet import Pad, Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.type_lot_view import type_lot_view
from kiosk.presenters.views import Button, DocumentHeader, Look, Mark, SummaryRow, View
from kiosk.presenters.work_summary import work_summary_view
from traceability.orders import OrderLine
from traceability.workflows.receiving import AwaitVendor, Question, Receiving
from traceability.workflows.step import Ask


def own(state: object, sight: Sight) -> View:
    """Return the screen of receiving in any of its states."""
    match state:
        case AwaitVendor():
            return choices.vendor_view(sight)
        case Receiving():
            return _open(state, sight)
        case _ if sight.overlay == "papers":
            return choices.orders_view(sight)
        case _:
            return empty_view(sight)


def _open(work: Receiving, sight: Sight) -> View:
    asked = work.question
    if asked is not None and asked.overriding is not None and (second := approval_view(asked, asked.overriding, sight)) is not None:
        return second
    if asked is not None and asked.ask in (Ask.CHOOSE_ITEM, Ask.CHOOSE_UNIT, Ask.CHOOSE_REASON):
        return choices.question_view(asked, sight)
    if sight.overlay == "type_lot":
        begun = work.active()
        return type_lot_view(sight, begun.item if begun else None, asks_expiry=asked is not None and asked.ask is Ask.SCAN_EXPIRY)
    return work_summary_view(SHEET, work, sight) if sight.overlay == "summary" else receive_view(work, sight)


def header(state: Receiving, sight: Sight) -> DocumentHeader:
    """Return the delivery and how far it is."""
    return document_header(state, sight.language)


def finish(_state: Receiving, sight: Sight) -> Button:
    """Return the button that closes the delivery, on its summary."""
    return Button("finish", sight.language.say("button.finish"), "done_all", look=Look.PRIMARY)


def pad(_state: Receiving, asked: Question, sight: Sight) -> Pad | None:
    """Return the item whose quantity is asked."""
    item = asked.draft.item if asked.draft else None
    return Pad(item, sight.language.say("title.quantity")) if item else None


def rows(state: Receiving, sight: Sight) -> tuple[SummaryRow, ...]:
    """Return a row a line; one for a delivery without an order."""
    return tuple(_row(line, state, sight) for line in state.order.lines) or (_blind(state, sight),)


def _row(line: OrderLine, work: Receiving, sight: Sight) -> SummaryRow:
    language, unit = sight.language, sight.unit(line.item)
    held = any(taken.receipt.line == line.line and taken.receipt.disposition.value == "hold" for taken in work.taken)
    mark, words = _against_order(line, unit, sight)
    if held:
        mark, words = Mark.HOLD, language.say("document.some_held", what=words)
    return SummaryRow(
        mark=mark,
        item=sight.item_name(line.item),
        detail=language.say("document.line_item", line=str(line.line), item=line.item),
        received=language.say("document.of", received=language.amount(line.received), ordered=language.amount(line.ordered), unit=unit),
        words=words,
    )


def _against_order(line: OrderLine, unit: str, sight: Sight) -> tuple[Mark, str]:
    language = sight.language
    if line.to_go > 0:
        return Mark.CHECK, language.say("document.short", quantity=language.amount(line.to_go), unit=unit)
    if line.received > line.ordered:
        return Mark.CHECK, language.say("document.over", quantity=language.amount(line.received - line.ordered), unit=unit)
    return Mark.OK, language.say("document.complete")


def _blind(work: Receiving, sight: Sight) -> SummaryRow:
    say, vendor = sight.language.say, work.order.vendor_name or work.order.vendor
    count = sight.language.say_of("document.counted", len(work.taken))
    return SummaryRow(Mark.OK, say("document.no_order"), vendor, count, say("document.all_counted"))


def warnings(state: Receiving) -> dict[str, int]:
    """Return what is to be seen before the delivery is closed."""
    return {"document.lines_short": sum(line.to_go > 0 for line in state.order.lines), "document.refused": len(state.refused)}


def still_open(state: object, sight: Sight) -> str:
    """Return what whoever signs in goes on with."""
    if not isinstance(state, Receiving):
        return ""
    number, say = state.order.number, sight.language.say
    return say("document.still_open", order=number) if number else say("document.blind_open")


SHEET = Sheet(
    icon="move_to_inbox",
    header=header,
    finish=finish,
    pad=pad,
    rows=rows,
    warnings=warnings,
    closing="title.finish",
    own=own,
    still_open=still_open,
)
