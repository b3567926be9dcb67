"""What cartons and pallets have in common: an SSCC in tall bars at the foot, and what is inside above it."""

from __future__ import annotations

from collections.abc import Mapping

from labels import wording
from labels.goods import Goods, missing, read_goods
from labels.identity import unit_payloads
from labels.label import Align, Label, Mark, Payload
from labels.layout import Sheet, bars, code, fact, human_readable, mark_reprint, matrix, rule, sheet, words
from labels.media import Media
from labels.refused import LabelRefused


def lay_out_unit(kind: str, data: Mapping[str, object], media: Media) -> Label | LabelRefused:
    """Lay out the label of a logistic unit called `kind`; an SSCC alone is enough."""
    goods = read_goods(data)
    if isinstance(goods, LabelRefused):
        return goods
    if refused := missing(goods, "sscc"):
        return refused
    on = sheet(media)
    symbols = _symbols(on, goods)
    if isinstance(symbols, LabelRefused):
        return symbols
    facts = _tall(on, kind, goods) if on.tall else _wide(on, kind, goods)
    return Label(media, on.height_mm, (*facts, *symbols))


def _tall(on: Sheet, kind: str, goods: Goods) -> list[Mark]:
    return [
        *words(on, on.box(4, 4, 60, 9), kind, 6.5),
        *(mark_reprint(on.box(68, 4.5, 28, 6.5)) if goods.reprint else []),
        *words(on, on.box(4, 13.5, 92, 6), _whither(goods), 4),
        rule(on, 20.5),
        *words(on, on.box(4, 22.5, 92, 13), goods.description or goods.item, 4.6, lines=2),
        *words(on, on.box(4, 36, 30, 3.4), goods.lot and "LOT", 2.4, bold=False),
        *code(on, on.box(4, 39.5, 92, 16), goods.lot, 12),
        rule(on, 56.5),
        *fact(on, on.box(4, 58, 36, 13), "QUANTITY", wording.quantity(goods.quantity, goods.unit)),
        *fact(on, on.box(42, 58, 16, 13), "COUNT", wording.count(goods.count)),
        *fact(on, on.box(60, 58, 36, 13), "EXPIRES", wording.day(goods.expires_on)),
        rule(on, 72),
    ]


def _wide(on: Sheet, kind: str, goods: Goods) -> list[Mark]:
    return [
        *words(on, on.box(4, 2.5, 30, 5.5), kind, 4),
        *(mark_reprint(on.box(47, 2.5, 22, 4.2)) if goods.reprint else []),
        *words(on, on.box(4, 8, 65, 3.6), goods.description or goods.item, 2.6),
        *code(on, on.box(4, 12.4, 65, 8.4), goods.lot, 6.5),
        *fact(on, on.box(4, 21, 22, 7.5), "QUANTITY", wording.quantity(goods.quantity, goods.unit)),
        *fact(on, on.box(28, 21, 14, 7.5), "COUNT", wording.count(goods.count)),
        *fact(on, on.box(44, 21, 25, 7.5), "EXPIRES", wording.day(goods.expires_on)),
        rule(on, 30),
    ]


def _symbols(on: Sheet, goods: Goods) -> list[Mark] | LabelRefused:
    *content, unit = unit_payloads(goods)
    foot = on.box(4, 106, 92, 36) if on.tall else on.box(4, 31.5, 92, 13.5)
    below = on.box(4, 143, 92, 4.5) if on.tall else on.box(4, 45.8, 92, 3.2)
    strip = bars(on.media, foot, unit)
    if strip is None:
        return LabelRefused(f"The SSCC's barcode does not fit on {on.media.name}; use a larger label.")
    inside = _content(on, content[0]) if content else []
    if isinstance(inside, LabelRefused):
        return inside
    return [*inside, strip, *human_readable(on, below, unit.human_readable, 3.2 if on.tall else 2.1, align=Align.CENTRE)]


def _content(on: Sheet, payload: Payload) -> list[Mark] | LabelRefused:
    """Return what is inside as bars where they fit, else as a DataMatrix."""
    strip = bars(on.media, on.box(4, 74.5, 92, 23), payload) if on.tall else None
    if strip:
        return [strip, *human_readable(on, on.box(4, 98.5, 92, 4), payload.human_readable, 2.6, align=Align.CENTRE)]
    square = matrix(on.media, on.box(4, 74, 30, 30) if on.tall else on.box(71, 2.5, 26, 26), payload)
    if isinstance(square, LabelRefused):
        return square
    beside = on.box(37, 77, 59, 24)
    return [square, *(human_readable(on, beside, payload.human_readable, 3, lines=5) if on.tall else [])]


def _whither(goods: Goods) -> str | None:
    return " / ".join(part for part in (goods.customer, goods.order and f"Order {goods.order}") if part) or None
