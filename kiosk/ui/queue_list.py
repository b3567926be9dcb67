"""What has not been sent yet, worst first; a touch opens an event's detail."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import QueueRow
from kiosk.ui.faces import mono, sans
from kiosk.ui.marks import draw_badge
from kiosk.ui.painting import CENTRE, RIGHT, card, draw_line, fitting, rule, wrapped
from kiosk.ui.panel import Panel, sentence
from kiosk.ui.pressable import Pressable, Touch
from kiosk.ui.scan_list import note_colour
from kiosk.ui.style import Style


@dataclass(frozen=True, slots=True)
class QueueRows:
    """The list's heading, how it is sorted, its rows, and what stands there when it is empty."""

    title: str
    order: str
    rows: tuple[QueueRow, ...]
    empty: str


class QueueRowPanel(Pressable[QueueRow]):
    """One event."""

    @override
    def action(self, value: QueueRow) -> str:
        return value.action

    @override
    def spoken(self, value: QueueRow) -> str:
        return sentence(value.kind, value.lot, value.quantity, value.words, value.age, value.place)

    @override
    def paint(self, painter: QPainter, value: QueueRow, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        if value.selected or self.isDown():
            painter.fillRect(box, QColor(palette.accent_soft))
            painter.fillRect(QRectF(box.left(), box.top(), style.px(6, 5), box.height()), QColor(palette.accent))
        left, right = box.left() + style.px(84, 62), box.right() - style.px(20, 14)
        upper, lower = box.top() + style.px(29, 21), box.top() + style.px(62, 48)
        draw_badge(painter, value.mark, QPointF(box.left() + style.px(44, 32), box.top() + box.height() / 2), style.px(42, 33), style)
        age = draw_line(painter, QPointF(right, upper), value.age, sans(style.px(24, 18), 600), palette.ink, align=RIGHT)
        place = draw_line(painter, QPointF(right, lower), value.place, sans(style.px(20, 18)), palette.ink2, align=RIGHT)
        self._paint_names(painter, value, QPointF(left, upper), right - age - style.px(14, 10))
        colour = note_colour(value.mark, palette)
        room = right - place - style.px(14, 10) - left
        words = fitting(lambda size: sans(size, 600 if colour else 400), value.words, style.px(21, 18), room, style.px(18, 15))
        draw_line(painter, QPointF(left, lower), value.words, words, colour or palette.ink2, width=room)
        if not value.selected:
            rule(painter, style.px(20, 14), right, box.bottom() - 1, palette.line)

    def _paint_names(self, painter: QPainter, value: QueueRow, at: QPointF, right: float) -> None:
        style, palette = self.look, self.look.palette
        kind = sans(style.px(24, 19), 600)
        wide = draw_line(painter, at, value.kind, kind, palette.ink, width=(right - at.x()) * 0.4)
        x = at.x() + max(wide + style.px(14, 10), style.px(123, 91))
        x += draw_line(painter, QPointF(x, at.y()), value.lot, mono(style.px(24, 19)), palette.ink, width=right - x, middle=True)
        x += style.px(17, 12)
        quantity = sans(style.px(22, 18))
        if x + quantity.width(value.quantity) <= right:
            draw_line(painter, QPointF(x, at.y()), value.quantity, quantity, palette.ink2)


class QueueListPanel(Panel[QueueRows]):
    """The card with its rows."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, parent)
        self._touch = touch
        self._rows: list[QueueRowPanel] = []

    @override
    def spoken(self, value: QueueRows) -> str:
        return sentence(value.title, value.order, "" if value.rows else value.empty)

    @override
    def changed(self, value: QueueRows) -> None:
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        """Only whole rows can be pressed, so only whole rows are shown; the presenter pages by what always fits."""
        style, rows = self.look, self.shown.rows if self.shown else ()
        top, tall = style.px(54, 40), style.px(86, 66)
        fit = min(len(rows), max(0, self.height() - top) // tall)
        while len(self._rows) < fit:
            self._rows.append(QueueRowPanel(style, self._touch, self))
        for position, (panel, row) in enumerate(zip(self._rows[:fit], rows, strict=False)):
            panel.setGeometry(2, top + position * tall, self.width() - 4, tall)
            panel.show_part(row)
        for panel in self._rows[fit:]:
            panel.hide()

    @override
    def paint(self, painter: QPainter, value: QueueRows, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        card(painter, box, palette.surface, palette.line, style.px(12, 10))
        left, right, middle = style.px(20, 14), box.right() - style.px(20, 14), style.px(28, 21)
        title = sans(style.px(22, 18), 600)
        wide = draw_line(painter, QPointF(left, middle), value.title, title, palette.ink, width=(right - left) * 0.6)
        order = fitting(sans, value.order, style.px(20, 18), right - left - wide - 12, style.px(16, 14))
        draw_line(painter, QPointF(right, middle), value.order, order, palette.ink2, align=RIGHT, width=right - left - wide - 12)
        rule(painter, 1, box.right() - 1, style.px(53, 39), palette.line)
        if not value.rows:
            face = sans(style.px(24, 19))
            for position, line in enumerate(wrapped(face, value.empty, box.width() - style.px(80, 50), 3)):
                y = box.center().y() + position * face.line_height
                draw_line(painter, QPointF(box.center().x(), y), line, face, palette.ink2, align=CENTRE)
