"""The label of one container of one lot: the lot code largest, and everything that a scan must give back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from labels import wording
from labels.goods import Goods, missing, read_goods
from labels.identity import lot_payload, lot_payloads_split
from labels.label import Align, Label, Mark, Symbol
from labels.layout import Sheet, bars, code, fact, human_readable, mark_reprint, matrix, rule, sheet, words
from labels.media import Media
from labels.refused import LabelRefused

MEDIA: Final = "100x50"


def lay_out(data: Mapping[str, object], media: Media) -> Label | LabelRefused:
    """Lay out a lot label; it needs a lot, and an item or a GTIN."""
    goods = read_goods(data)
    if isinstance(goods, LabelRefused):
        return goods
    if refused := missing(goods, "lot"):
        return refused
    if goods.item is None and goods.gtin is None:
        return LabelRefused("This label needs an item or a gtin; neither was given.")
    on = sheet(media)
    marks = _tall(on, goods) if on.tall else _wide(on, goods)
    return marks if isinstance(marks, LabelRefused) else Label(media, on.height_mm, tuple(marks))


def _wide(on: Sheet, goods: Goods) -> list[Mark] | LabelRefused:
    symbol = matrix(on.media, on.box(71, 3, 26, 25), payload := lot_payload(goods))
    if isinstance(symbol, LabelRefused):
        return symbol
    return [
        *words(on, on.box(4, 3, 65, 9), _title(goods), 3.2, lines=2),
        *words(on, on.box(4, 13, 42 if goods.reprint else 65, 2.9), _item(goods), 2.1, bold=False),
        *(mark_reprint(on.box(47, 12.2, 22, 4.2)) if goods.reprint else []),
        *words(on, on.box(4, 17.4, 20, 2.4), "LOT", 1.7, bold=False),
        *code(on, on.box(4, 19.6, 65, 12), goods.lot, 9.5),
        symbol,
        *human_readable(on, on.box(71, 28.4, 26, 3), goods.serial, 2, align=Align.CENTRE),
        rule(on, 32),
        *fact(on, on.box(4, 33.4, 32, 8), "QUANTITY", wording.quantity(goods.quantity, goods.unit)),
        *fact(on, on.box(38, 33.4, 31, 8), "EXPIRES", wording.day(goods.expires_on)),
        *fact(on, on.box(71, 33.4, 26, 8), "PLACE", goods.place),
        rule(on, 42),
        *human_readable(on, on.box(4, 43.4, 92, 5.4), payload.human_readable, 1.7, lines=2),
    ]


def _tall(on: Sheet, goods: Goods) -> list[Mark] | LabelRefused:
    payload = lot_payload(goods)
    strips = _strips(on, goods)
    foot: list[Mark] = []
    for strip, y in zip(strips, (123, 136.5), strict=False):
        foot += [strip, *human_readable(on, on.box(4, y + 10, 92, 2.9), strip.payload.human_readable, 2, align=Align.CENTRE)]
    side = 28 if strips else 46
    symbol = matrix(on.media, on.box(4, 94, side, side), payload)
    if isinstance(symbol, LabelRefused):
        return symbol
    return [
        *words(on, on.box(4, 4, 92, 14.5), _title(goods), 5.2, lines=2),
        *words(on, on.box(4, 20.3, 60 if goods.reprint else 92, 4.4), _item(goods), 3.2, bold=False),
        *(mark_reprint(on.box(68, 19, 28, 6.5)) if goods.reprint else []),
        rule(on, 27),
        *words(on, on.box(4, 29.2, 30, 3.4), "LOT", 2.4, bold=False),
        *code(on, on.box(4, 33.5, 92, 23), goods.lot, 15),
        rule(on, 57.5),
        *fact(on, on.box(4, 59.5, 48, 15), "QUANTITY", wording.quantity(goods.quantity, goods.unit)),
        *fact(on, on.box(54, 59.5, 42, 15), "EXPIRES", wording.day(goods.expires_on)),
        rule(on, 77),
        *fact(on, on.box(4, 79, 48, 11), "PLACE", goods.place),
        *fact(on, on.box(54, 79, 42, 11), "SERIAL", goods.serial),
        rule(on, 92),
        symbol,
        *human_readable(on, on.box(side + 7, 95.5, 89 - side, 17), payload.human_readable, 2.3, lines=5),
        *words(on, on.box(side + 7, 114, 89 - side, 8), _origin(goods), 2.6, lines=2, bold=False),
        *foot,
    ]


def _strips(on: Sheet, goods: Goods) -> list[Symbol]:
    """Return the GS1-128 symbols that a scanner without a camera reads: one if it fits, else two, else none."""
    whole = lot_payload(goods)
    upper, lower = on.box(4, 123, 92, 9), on.box(4, 136.5, 92, 9)
    if whole.gs1 and (one := bars(on.media, upper, whole)):
        return [one]
    split = lot_payloads_split(goods)
    if split is None:
        return []
    first, second = bars(on.media, upper, split[0]), bars(on.media, lower, split[1])
    return [first, second] if first and second else []


def _title(goods: Goods) -> str | None:
    return goods.description or goods.item or goods.gtin


def _item(goods: Goods) -> str | None:
    return " / ".join(part for part in (goods.item and f"ITEM {goods.item}", goods.gtin and f"GTIN {goods.gtin}") if part)


def _origin(goods: Goods) -> str | None:
    return " / ".join(part for part in (goods.vendor, goods.order and f"Order {goods.order}") if part)
