"""What the last lot counted for; a touch changes it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from typing_extensions import override

from kiosk.presenters.views import QuantityTile
from kiosk.ui.faces import sans
from kiosk.ui.icons import draw_icon
from kiosk.ui.painting import RIGHT, draw_line, fitting
from kiosk.ui.panel import sentence
from kiosk.ui.pressable import Pressable


class QuantityTilePanel(Pressable[QuantityTile]):
    """The tile at the top of the context column."""

    @override
    def action(self, value: QuantityTile) -> str:
        return value.action

    @override
    def spoken(self, value: QuantityTile) -> str:
        return sentence(value.title, f"{value.number} {value.unit}".strip() or value.nothing, value.source, value.change)

    @override
    def paint(self, painter: QPainter, value: QuantityTile, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        live = bool(value.action)
        fill = palette.accent_soft if self.isDown() else palette.surface if live else palette.sunken
        self.draw_box(painter, box, fill, palette.line_strong if live else palette.line, style.fine(2, 1.5), None if live else 0)
        left, right = box.left() + style.px(18, 13), box.right() - style.px(18, 13)
        top, middle = box.top() + style.px(25, 18), box.top() + style.px(70, 54)
        source = draw_line(painter, QPointF(right, top), value.source, sans(style.px(20, 18)), palette.ink3, align=RIGHT)
        title = fitting(lambda size: sans(size, 500), value.title, style.px(20, 18), right - left - source - 12, style.px(17, 15))
        draw_line(painter, QPointF(left, top), value.title, title, palette.ink2, width=right - left - source - 12)
        if not value.number:
            nothing = fitting(lambda size: sans(size, 600), value.nothing, style.px(24, 19), right - left, style.px(18, 16))
            draw_line(painter, QPointF(left, middle), value.nothing, nothing, palette.ink2, width=right - left)
            return
        room = right - left - self._paint_change(painter, value.change, QPointF(right, middle - style.px(1, 1)))
        self._paint_number(painter, value, QPointF(left, middle), room)

    def _paint_change(self, painter: QPainter, words: str, at: QPointF) -> float:
        if not words:
            return 0
        style, palette = self.look, self.look.palette
        wide = draw_line(painter, at, words, sans(style.px(22, 18), 600), palette.accent, align=RIGHT)
        draw_icon(painter, "dialpad", QPointF(at.x() - wide - style.px(22, 17), at.y()), style.px(30, 25), palette.accent)
        return wide + style.px(52, 42)

    def _paint_number(self, painter: QPainter, value: QuantityTile, at: QPointF, room: float) -> None:
        style, palette = self.look, self.look.palette
        unit = sans(style.px(34, 26), 500)
        space = style.px(13, 10)
        most = room - unit.width(value.unit) - space
        number = fitting(lambda size: sans(size, 700), value.number, style.px(56, 42), most, style.px(26, 20))
        wide = draw_line(painter, at, value.number, number, palette.ink, width=most)
        baseline_shift = (number.cap_height - unit.cap_height) / 2
        draw_line(painter, QPointF(at.x() + wide + space, at.y() + baseline_shift), value.unit, unit, palette.ink2)
