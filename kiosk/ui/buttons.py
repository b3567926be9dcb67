"""Buttons: icon above or beside the word, plain, primary or dangerous; when disabled, why stands under the label."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Button, Look
from kiosk.ui.faces import Face, sans
from kiosk.ui.icons import draw_icon
from kiosk.ui.painting import CENTRE, LEFT, darker, draw_line, fits_wrapped, fitting, wrapped
from kiosk.ui.panel import sentence
from kiosk.ui.pressable import Pressable, Touch
from kiosk.ui.style import Style

PRIMARY_LIP: Final = 1.4  # times darker than the accent


class PressButton(Pressable[Button]):
    """A button. `beside` puts the icon left of the word (one line); otherwise it stands above."""

    def __init__(
        self, style: Style, touch: Touch, parent: QWidget, *, beside: bool = False, size: tuple[int, int] = (22, 18), weight: int = 600
    ) -> None:
        super().__init__(style, touch, parent)
        self._beside = beside
        self._size = size
        self._weight = weight

    @override
    def action(self, value: Button) -> str:
        return value.action if value.enabled else ""

    @override
    def spoken(self, value: Button) -> str:
        return sentence(value.words, "" if value.enabled else value.why_disabled)

    @override
    def paint(self, painter: QPainter, value: Button, box: QRectF) -> None:
        ink = self._paint_box(painter, value, box)
        lip = self.look.px(4, 3)
        inner = box.adjusted(0, 0, 0, -lip / 2)
        if self._beside or not value.icon:
            self._paint_beside(painter, value, inner, ink)
        else:
            self._paint_above(painter, value, inner, ink)

    def _paint_box(self, painter: QPainter, value: Button, box: QRectF) -> str:
        palette = self.look.palette
        if not value.enabled:
            self.draw_box(painter, box, palette.sunken, palette.line, lip=0)
            return palette.ink3
        if value.look is Look.PRIMARY:
            self.draw_box(painter, box, palette.accent, darker(palette.accent, PRIMARY_LIP), stroke=0)
            return palette.on_accent
        ink, border = (palette.bad_text, palette.bad_text) if value.look is Look.DANGER else (palette.ink, palette.line_strong)
        self.draw_box(painter, box, palette.accent_soft if self.isDown() else palette.surface, border)
        return ink

    def _paint_above(self, painter: QPainter, value: Button, box: QRectF, ink: str) -> None:
        style, centre, middle = self.look, box.center().x(), box.center().y()
        second = "" if value.enabled else value.why_disabled
        room = box.width() - style.px(16, 10)
        face = self._face(value.words, room, 1 if second else 2)
        lines = wrapped(face, value.words, room, 1 if second else 2)
        gap = face.line_height * 0.88
        rise = gap / 2 * (len(lines) + bool(second) - 1) * 0.9
        small = rise > 0  # more than one line: the icon gives way
        draw_icon(
            painter, value.icon, QPointF(centre, middle - style.px(18, 14) - rise), style.px(28, 23) if small else style.px(34, 28), ink
        )
        y = middle + style.px(18, 14) - rise - (style.px(4, 3) if small else 0)
        for line in lines:
            draw_line(painter, QPointF(centre, y), line, face, ink, align=CENTRE)
            y += gap
        if second:
            self._paint_reason(painter, second, QPointF(centre, y), box.width() - style.px(16, 10), CENTRE)

    def _paint_beside(self, painter: QPainter, value: Button, box: QRectF, ink: str) -> None:
        style = self.look
        icon = style.px(34, 28) if value.icon else 0
        space = style.px(13, 11) if value.icon else 0
        room = box.width() - icon - space - style.px(28, 18)
        face = self._face(value.words, room)
        lines = wrapped(face, value.words, room)
        second = "" if value.enabled else value.why_disabled
        wide = min(room, max(*(face.width(line) for line in lines), sans(style.px(20, 18)).width(second)))
        left = box.center().x() - (icon + space + wide) / 2
        gap = face.line_height * 0.9
        y = box.center().y() - gap * (len(lines) - 1 + bool(second)) / 2
        if value.icon:
            draw_icon(painter, value.icon, QPointF(left + icon / 2, box.center().y()), icon, ink)
        for line in lines:
            draw_line(painter, QPointF(left + icon + space, y), line, face, ink)
            y += gap
        if second:
            self._paint_reason(painter, second, QPointF(left + icon + space, y), room, LEFT)

    def _paint_reason(self, painter: QPainter, words: str, at: QPointF, room: float, align: float) -> None:
        style = self.look
        face = fitting(sans, words, style.px(20, 18), room, style.px(15, 13))
        draw_line(painter, at, words, face, style.palette.ink3, align=align, width=room)

    def _face(self, words: str, room: float, most: int = 2) -> Face:
        """The word stays whole: first two lines, then smaller letters, then an ellipsis."""
        style, least = self.look, self.look.px(16, 14)
        size = style.px(*self._size)
        while size > least and not fits_wrapped(sans(size, self._weight), words, room, most):
            size -= 1
        return sans(size, self._weight)
