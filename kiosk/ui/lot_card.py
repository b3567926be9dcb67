"""A lot at a glance: its code, its item, how it stands, and a few facts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from typing_extensions import override

from kiosk.presenters.views import LotCard
from kiosk.ui.faces import mono, sans
from kiosk.ui.marks import draw_badge
from kiosk.ui.painting import card, draw_line, fitting, rule
from kiosk.ui.panel import Panel, sentence
from kiosk.ui.scan_list import note_colour


class LotCardPanel(Panel[LotCard]):
    """The card over the two columns: the lot at the left, facts in two columns at the right."""

    @override
    def spoken(self, value: LotCard) -> str:
        return sentence(value.lot, value.item, value.state, *(f"{fact.name} {fact.value}" for fact in value.facts))

    @override
    def paint(self, painter: QPainter, value: LotCard, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        card(painter, box, palette.surface, palette.line, style.px(12, 10))
        across = style.px(84, 64)
        centre = QPointF(box.left() + style.px(24, 18) + across / 2, box.center().y())
        draw_badge(painter, value.mark, centre, across, style)
        left = centre.x() + across / 2 + style.px(22, 16)
        split = box.left() + box.width() * (0.56 if value.facts else 1)
        room = split - left - style.px(20, 14)
        lot = fitting(mono, value.lot, style.px(38, 28), room, style.px(22, 18))
        draw_line(painter, QPointF(left, box.top() + box.height() * 0.25), value.lot, lot, palette.ink, width=room, middle=True)
        item = fitting(sans, value.item, style.px(24, 19), room, style.px(20, 18))
        draw_line(painter, QPointF(left, box.top() + box.height() * 0.52), value.item, item, palette.ink2, width=room)
        state = fitting(lambda size: sans(size, 600), value.state, style.px(24, 19), room, style.px(18, 15))
        ink = note_colour(value.mark, palette) or palette.ink
        draw_line(painter, QPointF(left, box.top() + box.height() * 0.78), value.state, state, ink, width=room)
        self._paint_facts(painter, value, QRectF(split, box.top(), box.right() - split - style.px(20, 14), box.height()))

    def _paint_facts(self, painter: QPainter, value: LotCard, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        wide, tall = box.width() / 2, box.height() / 2
        for position, fact in enumerate(value.facts):
            row, column = divmod(position, 2)
            x, y = box.left() + column * wide, box.top() + row * tall
            room = wide - style.px(16, 12)
            name = fitting(sans, fact.name, style.px(20, 18), room, style.px(17, 14))
            draw_line(painter, QPointF(x, y + tall * 0.31), fact.name, name, palette.ink2, width=room)
            face = fitting(mono if fact.verbatim else lambda size: sans(size, 600), fact.value, style.px(24, 19), room, style.px(18, 15))
            draw_line(painter, QPointF(x, y + tall * 0.68), fact.value, face, palette.ink, width=room, middle=fact.verbatim)
        if len(value.facts) > 2:
            rule(painter, box.left(), box.right(), box.center().y(), palette.line)
