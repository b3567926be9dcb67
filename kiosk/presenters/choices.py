"""Screens that offer a choice: a vendor, an order, an item, a unit, a reason."""

from __future__ import annotations

from typing import Final

from kiosk.presenters.views import MOST_TILES, Button, ChoiceView, Pages, Tile, TopBar
from kiosk.services.ports import LotBook
from traceability.orders import PurchaseOrder
from traceability.units import plain
from traceability.workflows.receiving import Question
from traceability.workflows.step import Ask

MOST_OFFERED: Final = 200
_BACK: Final = Button("cancel", "Back", "arrow_back")
_QUESTIONS: Final = {
    Ask.CHOOSE_ITEM: "Which item is it?",
    Ask.CHOOSE_UNIT: "What is one of these?",
    Ask.CHOOSE_REASON: "Why is it printed again?",
}


def vendor_view(top: TopBar, vendors: tuple[tuple[str, str], ...], page: int) -> ChoiceView:
    """Whose goods are these?"""
    tiles = tuple(Tile(f"choose:{vendor}", name or vendor, vendor if name else "", "local_shipping") for vendor, name in vendors)
    return _paged(top, "Who delivered?", "A receipt without an order", tiles, page, "No vendors are known here yet.")


def orders_view(top: TopBar, orders: tuple[PurchaseOrder, ...], page: int) -> ChoiceView:
    """Which delivery is it?"""
    tiles = tuple(Tile(f"choose:{order.number}", f"PO {order.number}", _expects(order), "move_to_inbox") for order in orders)
    return _paged(
        top, "Which delivery is it?", "Or scan the PO on the papers", tiles, page, "No open deliveries. Scan the PO on the papers."
    )


def _expects(order: PurchaseOrder) -> str:
    waiting = sum(line.to_go > 0 for line in order.lines)
    return f"{order.vendor_name or order.vendor} · {waiting} line{'' if waiting == 1 else 's'} open"


def question_view(top: TopBar, asked: Question, book: LotBook, page: int) -> ChoiceView:
    """Return the choices of an open question."""
    tiles = []
    for choice in asked.choices:
        item = book.item(choice.id) if asked.ask is Ask.CHOOSE_ITEM else None
        words = item.description or item.code if item else choice.words
        tiles.append(Tile(f"choose:{choice.id}", words, choice.id if item else _unit_note(asked, choice.id)))
    context = asked.about.get("code") or asked.about.get("lot") or asked.about.get("text", "")
    return _paged(top, _QUESTIONS[asked.ask], context, tuple(tiles), page, "Nothing to choose from here.")


def _unit_note(asked: Question, unit: str) -> str:
    if asked.ask is not Ask.CHOOSE_UNIT or not asked.codes:
        return ""
    item = asked.codes[0].item
    return f"{plain(item.packs[unit])} {item.unit}" if unit in item.packs else "no pack: the quantity is asked"


def _paged(top: TopBar, question: str, context: str, tiles: tuple[Tile, ...], page: int, empty: str) -> ChoiceView:
    pages = max(1, -(-len(tiles) // MOST_TILES))
    page = min(page, pages - 1)
    turned = None
    if pages > 1:
        turned = Pages(
            f"{page + 1} of {pages}",
            Button("page:previous", "Earlier", "chevron_left", page > 0),
            Button("page:next", "More", "chevron_right", page + 1 < pages),
        )
    return ChoiceView(top, question, context, tiles[page * MOST_TILES :][:MOST_TILES], _BACK, turned, "" if tiles else empty)
