"""The five states of the send queue: how many, how old; a touch filters the list."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from typing_extensions import override

from kiosk.presenters.views import StateTile
from kiosk.ui.faces import sans
from kiosk.ui.marks import draw_badge
from kiosk.ui.painting import draw_line, fitting
from kiosk.ui.panel import sentence
from kiosk.ui.pressable import Pressable


class StateTilePanel(Pressable[StateTile]):
    """One state; the chosen one is framed in the accent."""

    @override
    def action(self, value: StateTile) -> str:
        return value.action

    @override
    def spoken(self, value: StateTile) -> str:
        return sentence(f"{value.name} {value.count}", value.age)

    @override
    def paint(self, painter: QPainter, value: StateTile, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        if value.selected:
            self.draw_box(painter, box, palette.surface, palette.accent, style.px(4, 3), 0)
        else:
            self.draw_box(painter, box, palette.accent_soft if self.isDown() else palette.surface, palette.line_strong)
        left, room = box.left() + style.px(18, 13), box.width() - style.px(30, 22)
        upper = box.top() + box.height() * 0.315
        draw_badge(painter, value.mark, QPointF(left + style.px(19, 15), upper), style.px(40, 31), style)
        number_left = left + style.px(54, 41)
        number = fitting(
            lambda size: sans(size, 700), value.count, style.px(52, 39), box.right() - number_left - style.px(12, 8), style.px(24, 18)
        )
        ink = palette.ink3 if value.empty else palette.ink
        draw_line(painter, QPointF(number_left, upper + 1), value.count, number, ink)
        name = fitting(lambda size: sans(size, 600), value.name, style.px(22, 18), room, style.px(16, 13))
        draw_line(painter, QPointF(left, box.top() + box.height() * 0.62), value.name, name, palette.ink, width=room)
        age = fitting(sans, value.age, style.px(20, 18), room, style.px(15, 13))
        colour = palette.bad_text if value.urgent else palette.ink2
        draw_line(painter, QPointF(left, box.top() + box.height() * 0.835), value.age, age, colour, width=room)
