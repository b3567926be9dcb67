"""Screens that offer a choice: a vendor, an order, an item, a unit, a reason."""

from __future__ import annotations

from typing import Final

from kiosk.presenters.language import Language
from kiosk.presenters.paging import turned
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import MOST_TILES, Button, ChoiceView, Tile
from kiosk.presenters.words import choice_in_words, readable
from traceability.orders import PurchaseOrder
from traceability.workflows.receive_afterwards import CHANGING, UNDOING
from traceability.workflows.receiving import Question
from traceability.workflows.step import Ask, Choice
from traceability.workflows.working import Asked

MOST_OFFERED: Final = 200

#: A receipt is taken back, or counted anew.
_TAKEN_BACK: Final = {UNDOING: "undo", CHANGING: "change"}


def vendor_view(sight: Sight) -> ChoiceView:
    """Whose goods are these?"""
    vendors, language = sight.book.vendors(MOST_OFFERED), sight.language
    tiles = tuple(Tile(f"choose:{vendor}", name or vendor, vendor if name else "", "local_shipping") for vendor, name in vendors)
    context = language.say("hint.no_order")
    return paged(sight, language.say("prompt.vendor"), context, tiles, language.say("empty.vendors"))


def orders_view(sight: Sight) -> ChoiceView:
    """Which delivery is it?"""
    language = sight.language
    tiles = tuple(
        Tile(f"choose:{order.number}", language.say("document.order", order=order.number or ""), _expects(order, language), "move_to_inbox")
        for order in sight.book.open_purchase_orders(MOST_OFFERED)
    )
    return paged(sight, language.say("prompt.document"), language.say("hint.scan_paper"), tiles, language.say("empty.orders"))


def _expects(order: PurchaseOrder, language: Language) -> str:
    waiting = sum(line.to_go > 0 for line in order.lines)
    return f"{order.vendor_name or order.vendor} · {language.say_of('document.lines_open', waiting)}"


def asked_view(asked: Asked, question: str, sight: Sight) -> ChoiceView:
    """Return the choices of a question that a work asks: items by their names, others in the words that they have."""
    # Cancel is what Back does, at its own place.
    tiles = tuple(_tile(asked, choice, sight) for choice in asked.choices if choice.id != "cancel")
    about = readable(asked.about, sight.language)
    context = next((about[name] for name in ("lot", "code", "text") if about.get(name)), "")
    return paged(sight, question, context, tiles, sight.language.say("empty.choices"))


def _tile(asked: Asked, choice: Choice, sight: Sight) -> Tile:
    if asked.ask is Ask.CHOOSE_ITEM and sight.item(choice.id) is not None:
        return Tile(f"choose:{choice.id}", sight.item_name(choice.id), choice.detail)
    words = choice_in_words(choice, asked.about, sight.language)
    return Tile(f"choose:{choice.id}", words, choice.detail)


def question_view(asked: Question, sight: Sight) -> ChoiceView:
    """Return the choices of a question about a delivery."""
    language, tiles = sight.language, []
    for choice in asked.choices:
        item = sight.item(choice.id) if asked.ask is Ask.CHOOSE_ITEM else None
        words = item.description or item.code if item else choice_in_words(choice, asked.about, language)
        tiles.append(Tile(f"choose:{choice.id}", words, choice.id if item else _unit_note(asked, choice.id, language)))
    context = asked.about.get("code") or asked.about.get("lot") or asked.about.get("text", "")
    why = next((f"prompt.CHOOSE_REASON_{what}" for fact, what in _TAKEN_BACK.items() if fact in asked.about), "")
    return paged(sight, language.say(why or f"prompt.{asked.ask}"), context, tuple(tiles), language.say("empty.choices"))


def _unit_note(asked: Question, unit: str, language: Language) -> str:
    if asked.ask is not Ask.CHOOSE_UNIT or not asked.codes:
        return ""
    item = asked.codes[0].item
    return f"{language.amount(item.packs[unit])} {item.unit}" if unit in item.packs else language.say("document.no_pack")


def paged(sight: Sight, question: str, context: str, tiles: tuple[Tile, ...], empty: str) -> ChoiceView:
    """Return a page of the tiles; `empty` says what would stand there."""
    pages = max(1, -(-len(tiles) // MOST_TILES))
    page = min(sight.page, pages - 1)
    back = Button("cancel", sight.language.say("button.back"), "arrow_back")
    shown = tiles[page * MOST_TILES :][:MOST_TILES]
    return ChoiceView(sight.top, question, context, shown, back, turned(page, pages, sight.language), "" if tiles else empty)
