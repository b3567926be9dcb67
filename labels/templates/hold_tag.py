"""The tag of goods on hold: striped, readable from the forklift, with why, by whom, and which lot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from labels import wording
from labels.goods import Goods, missing, read_goods
from labels.identity import lot_payload
from labels.label import Align, Label, Mark, Payload, Stripes, Symbol
from labels.layout import Sheet, code, fact, human_readable, mark_reprint, matrix, rule, sheet, words
from labels.media import Media
from labels.refused import LabelRefused

MEDIA: Final = "100x150"
_DO_NOT: Final = "Do not use, move or ship"


def lay_out(data: Mapping[str, object], media: Media) -> Label | LabelRefused:
    """Lay out a hold tag; it needs a lot and a reason, and an item or a GTIN."""
    goods = read_goods(data)
    if isinstance(goods, LabelRefused):
        return goods
    if refused := missing(goods, "lot", "reason"):
        return refused
    if goods.item is None and goods.gtin is None:
        return LabelRefused("This label needs an item or a gtin; neither was given.")
    on = sheet(media)
    payload = lot_payload(goods)
    symbol = matrix(media, on.box(4, 101, 34, 34) if on.tall else on.box(73, 4, 24, 24), payload)
    if isinstance(symbol, LabelRefused):
        return symbol
    marks = _tall(on, goods, symbol, payload) if on.tall else _wide(on, goods, symbol, payload)
    return Label(media, on.height_mm, tuple(marks))


def _tall(on: Sheet, goods: Goods, symbol: Symbol, payload: Payload) -> list[Mark]:
    return [
        Stripes(on.box(0, 0, 100, 11), on.size(7)),
        *words(on, on.box(4, 13.5, 92, 28), "HOLD", 20, align=Align.CENTRE),
        *words(on, on.box(4, 36.5, 92, 6), _DO_NOT, 4.2, align=Align.CENTRE),
        rule(on, 43.5),
        *words(on, on.box(4, 46, 92, 19), goods.reason, 5.6, lines=3),
        rule(on, 65.5),
        *words(on, on.box(4, 67.3, 30, 3.4), "LOT", 2.4, bold=False),
        *code(on, on.box(4, 70.5, 92, 14), goods.lot, 10.5),
        *words(on, on.box(4, 85.5, 92, 5.5), goods.description or goods.item or goods.gtin, 3.6),
        rule(on, 91.5),
        *fact(on, on.box(4, 93, 34, 8), "QUANTITY", wording.quantity(goods.quantity, goods.unit)),
        *fact(on, on.box(41, 93, 55, 8), "HELD BY", _by(goods)),
        symbol,
        *human_readable(on, on.box(41, 104, 55, 20), payload.human_readable, 2.3, lines=6),
        *(mark_reprint(on.box(41, 127, 28, 6.5)) if goods.reprint else []),
        Stripes(on.box(0, 139, 100, 11), on.size(7)),
    ]


def _wide(on: Sheet, goods: Goods, symbol: Symbol, payload: Payload) -> list[Mark]:
    return [
        Stripes(on.box(0, 0, 9, 50), on.size(5)),
        *words(on, on.box(12, 3.5, 36 if goods.reprint else 59, 15.5), "HOLD", 11.5),
        *(mark_reprint(on.box(50, 4, 20, 4.2)) if goods.reprint else []),
        *words(on, on.box(12, 19.4, 59, 9), goods.reason, 3.2, lines=2),
        symbol,
        rule(on, 29.5, x=12),
        *code(on, on.box(12, 30.4, 59, 9.6), goods.lot, 6.8),
        *fact(on, on.box(73, 31, 24, 8), "QUANTITY", wording.quantity(goods.quantity, goods.unit)),
        *words(on, on.box(12, 40, 84, 3.6), " / ".join(part for part in (goods.description or goods.item, _by(goods)) if part), 2.4),
        *human_readable(on, on.box(12, 44, 85, 5), payload.human_readable, 1.6, lines=2),
    ]


def _by(goods: Goods) -> str | None:
    return " ".join(part for part in (goods.held_by, wording.day(goods.held_on)) if part) or None
