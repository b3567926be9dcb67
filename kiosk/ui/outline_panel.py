"""What is in what: cartons with their lots, or the lots that a lot was made from and went into."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Outline, OutlineRow
from kiosk.ui.faces import mono, sans
from kiosk.ui.icons import draw_icon
from kiosk.ui.marks import draw_badge
from kiosk.ui.painting import CENTRE, RIGHT, card, draw_line, fitting, rule, wrapped
from kiosk.ui.panel import Panel, sentence
from kiosk.ui.scan_list import note_colour
from kiosk.ui.style import Style


class OutlineRowPanel(Panel[OutlineRow]):
    """One thing, as far from the left as it is deep inside; the one that is worked on has a bar at its left."""

    @override
    def spoken(self, value: OutlineRow) -> str:
        return sentence(value.words, value.quantity, value.note)

    @override
    def paint(self, painter: QPainter, value: OutlineRow, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        if value.current:
            painter.fillRect(box, QColor(palette.accent_soft))
            painter.fillRect(QRectF(box.left(), box.top(), style.px(6, 5), box.height()), QColor(palette.accent))
        left, right = style.px(18, 12) + value.depth * style.px(26, 19), box.right() - style.px(18, 12)
        icon = style.px(30, 24)
        middle = QPointF(left + icon / 2, box.top() + style.px(36, 28))
        if value.mark is not None:
            draw_badge(painter, value.mark, middle, icon, style)
        elif value.icon:
            draw_icon(painter, value.icon, middle, icon, palette.ink2)
        left += icon + style.px(12, 9)
        upper, lower = box.top() + style.px(22, 17), box.top() + style.px(51, 40)
        quantity = draw_line(painter, QPointF(right, upper), value.quantity, sans(style.px(22, 18), 700), palette.ink, align=RIGHT)
        room = right - left - quantity - style.px(12, 8)
        words = fitting(mono, value.words, style.px(22, 18), room, style.px(16, 14))
        draw_line(painter, QPointF(left, upper), value.words, words, palette.ink, width=room, middle=True)
        colour = note_colour(value.mark, palette) if value.mark is not None else None
        note = fitting(lambda size: sans(size, 600 if colour else 400), value.note, style.px(20, 18), right - left, style.px(18, 15))
        draw_line(painter, QPointF(left, lower), value.note, note, colour or palette.ink2, width=right - left)
        if box.height() >= style.px(72, 57) and not value.current:
            rule(painter, left, right, box.bottom() - 1, palette.line)


class OutlinePanel(Panel[Outline]):
    """The card with its rows; rows that do not fit are cut at the card's edge, which shows that there is more."""

    def __init__(self, style: Style, parent: QWidget) -> None:
        super().__init__(style, parent)
        self._rows: list[OutlineRowPanel] = []

    @override
    def spoken(self, value: Outline) -> str:
        return sentence(value.title, value.count, "" if value.rows else value.empty)

    @override
    def changed(self, value: Outline) -> None:
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        style, rows = self.look, self.shown.rows if self.shown else ()
        top, tall = style.px(59, 45), style.px(72, 57)
        inset = 2
        room = max(0, self.height() - top - inset)
        fit = min(len(rows), -(-room // tall))
        while len(self._rows) < fit:
            self._rows.append(OutlineRowPanel(style, self))
        for position, (panel, row) in enumerate(zip(self._rows, rows, strict=False)):
            height = min(tall, room - position * tall)
            if height > 0:
                panel.setGeometry(inset, top + position * tall, self.width() - 2 * inset, height)
                panel.show_part(row)
        for panel in self._rows[fit:]:
            panel.hide()

    @override
    def paint(self, painter: QPainter, value: Outline, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        card(painter, box, palette.surface, palette.line, style.px(12, 10))
        left, right, middle = style.px(18, 12), box.right() - style.px(18, 12), style.px(31, 24)
        count = fitting(sans, value.count, style.px(20, 18), (right - left) * 0.5, style.px(18, 15))
        right -= draw_line(painter, QPointF(right, middle), value.count, count, palette.ink2, align=RIGHT, width=(right - left) * 0.5)
        room = right - left - style.px(12, 8)
        title = fitting(lambda size: sans(size, 600), value.title, style.px(22, 18), room, style.px(18, 15))
        draw_line(painter, QPointF(left, middle), value.title, title, palette.ink, width=room)
        rule(painter, 1, box.right() - 1, style.px(57, 43), palette.line)
        if not value.rows:
            self._paint_empty(painter, value.empty, box)

    def _paint_empty(self, painter: QPainter, words: str, box: QRectF) -> None:
        style = self.look
        face = sans(style.px(21, 18))
        lines = wrapped(face, words, box.width() - style.px(60, 40), 4)
        y = box.center().y() - face.line_height * (len(lines) - 1) / 2
        for line in lines:
            draw_line(painter, QPointF(box.center().x(), y), line, face, style.palette.ink3, align=CENTRE)
            y += face.line_height
