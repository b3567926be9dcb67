"""Screens that offer a choice: a vendor, an order, an item, a unit, a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.presenters.language import Language
from kiosk.presenters.paging import turned
from kiosk.presenters.views import MOST_TILES, Button, ChoiceView, Tile, TopBar
from kiosk.presenters.words import choice_in_words
from kiosk.services.ports import LotBook
from traceability.orders import PurchaseOrder, WorkOrder
from traceability.workflows.receiving import Question
from traceability.workflows.step import Ask
from traceability.workflows.working import Asked

MOST_OFFERED: Final = 200


def vendor_view(top: TopBar, vendors: tuple[tuple[str, str], ...], page: int, language: Language) -> ChoiceView:
    """Whose goods are these?"""
    tiles = tuple(Tile(f"choose:{vendor}", name or vendor, vendor if name else "", "local_shipping") for vendor, name in vendors)
    context = language.say("hint.no_order")
    return _paged(top, language.say("prompt.vendor"), context, tiles, page, language.say("empty.vendors"), language)


def orders_view(top: TopBar, orders: tuple[PurchaseOrder, ...], page: int, language: Language) -> ChoiceView:
    """Which delivery is it?"""
    tiles = tuple(
        Tile(f"choose:{order.number}", language.say("document.order", order=order.number or ""), _expects(order, language), "move_to_inbox")
        for order in orders
    )
    context = language.say("hint.scan_paper")
    return _paged(top, language.say("prompt.document"), context, tiles, page, language.say("empty.orders"), language)


def _expects(order: PurchaseOrder, language: Language) -> str:
    waiting = sum(line.to_go > 0 for line in order.lines)
    return f"{order.vendor_name or order.vendor} · {language.say_of('document.lines_open', waiting)}"


def work_orders_view(top: TopBar, orders: tuple[WorkOrder, ...], book: LotBook, page: int, language: Language) -> ChoiceView:
    """Which work order is it?"""
    tiles = tuple(
        Tile(
            f"choose:{order.number}",
            language.say("document.work_order", order=order.number),
            _makes(order, book, language),
            "precision_manufacturing",
        )
        for order in orders
    )
    context = language.say("hint.scan_its_paper")
    return _paged(top, language.say("prompt.which_work_order"), context, tiles, page, language.say("empty.work_orders"), language)


def _makes(order: WorkOrder, book: LotBook, language: Language) -> str:
    item = book.item(order.item)
    name = item.description or order.item if item else order.item
    return language.say("document.makes", quantity=language.amount(order.quantity), unit=order.unit, item=name)


def lot_question_view(top: TopBar, asked: Asked, book: LotBook, page: int, language: Language) -> ChoiceView:
    """Return the choices of a question about a lot: which item's it is, who assigned it, or which one something is left of."""
    tiles = tuple(Tile(f"choose:{choice.id}", choice.words, choice.detail) for choice in asked.choices)
    question = "prompt.whose_lot" if asked.load is not None else "prompt.left_lot"
    if asked.ask is Ask.CHOOSE_ITEM:
        question = "prompt.CHOOSE_ITEM"
        tiles = tuple(
            replace(tile, words=item.description or item.code) if (item := book.item(tile.action.partition(":")[2])) else tile
            for tile in tiles
        )
    return _paged(top, language.say(question), asked.about.get("lot", ""), tiles, page, language.say("empty.choices"), language)


def question_view(top: TopBar, asked: Question, book: LotBook, page: int, language: Language) -> ChoiceView:
    """Return the choices of an open question."""
    tiles = []
    for choice in asked.choices:
        item = book.item(choice.id) if asked.ask is Ask.CHOOSE_ITEM else None
        words = item.description or item.code if item else choice_in_words(choice, asked.about, language)
        tiles.append(Tile(f"choose:{choice.id}", words, choice.id if item else _unit_note(asked, choice.id, language)))
    context = asked.about.get("code") or asked.about.get("lot") or asked.about.get("text", "")
    return _paged(top, language.say(f"prompt.{asked.ask}"), context, tuple(tiles), page, language.say("empty.choices"), language)


def _unit_note(asked: Question, unit: str, language: Language) -> str:
    if asked.ask is not Ask.CHOOSE_UNIT or not asked.codes:
        return ""
    item = asked.codes[0].item
    return f"{language.amount(item.packs[unit])} {item.unit}" if unit in item.packs else language.say("document.no_pack")


def _paged(top: TopBar, question: str, context: str, tiles: tuple[Tile, ...], page: int, empty: str, language: Language) -> ChoiceView:
    pages = max(1, -(-len(tiles) // MOST_TILES))
    page = min(page, pages - 1)
    back = Button("cancel", language.say("button.back"), "arrow_back")
    shown = tiles[page * MOST_TILES :][:MOST_TILES]
    return ChoiceView(top, question, context, shown, back, turned(page, pages, language), "" if tiles else empty)
