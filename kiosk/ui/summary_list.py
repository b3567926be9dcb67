"""The document's lines at the end: ordered, received, and what that means."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import SummaryRow, SummaryView
from kiosk.ui.faces import sans
from kiosk.ui.marks import draw_badge
from kiosk.ui.painting import RIGHT, card, draw_line, fitting, rule
from kiosk.ui.panel import Panel, sentence
from kiosk.ui.scan_list import note_colour
from kiosk.ui.style import Style


class SummaryRowPanel(Panel[SummaryRow]):
    """One line."""

    @override
    def spoken(self, value: SummaryRow) -> str:
        return sentence(value.item, value.detail, value.received, value.words)

    @override
    def paint(self, painter: QPainter, value: SummaryRow, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        left, right = box.left() + style.px(84, 62), box.right() - style.px(20, 14)
        upper, lower = box.top() + style.px(28, 21), box.top() + style.px(61, 48)
        draw_badge(painter, value.mark, QPointF(box.left() + style.px(44, 32), box.top() + box.height() / 2), style.px(42, 33), style)
        received = draw_line(painter, QPointF(right, upper), value.received, sans(style.px(24, 19), 700), palette.ink, align=RIGHT)
        room = right - left - received - style.px(16, 12)
        item = fitting(lambda size: sans(size, 600), value.item, style.px(24, 19), room, style.px(20, 16))
        draw_line(painter, QPointF(left, upper), value.item, item, palette.ink, width=room)
        colour = note_colour(value.mark, palette)
        face = sans(style.px(21, 18), 600 if colour else 400)
        words = draw_line(
            painter, QPointF(right, lower), value.words, face, colour or palette.ink2, align=RIGHT, width=(right - left) * 0.6
        )
        room = right - left - words - style.px(16, 12)
        draw_line(painter, QPointF(left, lower), value.detail, sans(style.px(21, 18)), palette.ink2, width=room)
        rule(painter, style.px(20, 14), right, box.bottom() - 1, palette.line)


class SummaryListPanel(Panel[SummaryView]):
    """The card with its rows; a warning stands beside its title."""

    def __init__(self, style: Style, parent: QWidget) -> None:
        super().__init__(style, parent)
        self._rows: list[SummaryRowPanel] = []

    @override
    def spoken(self, value: SummaryView) -> str:
        return sentence(value.title, value.warning)

    @override
    def changed(self, value: SummaryView) -> None:
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        style, rows = self.look, self.shown.rows if self.shown else ()
        top, tall = style.px(58, 44), style.px(84, 66)
        fit = min(len(rows), max(0, self.height() - top) // tall)
        while len(self._rows) < fit:
            self._rows.append(SummaryRowPanel(style, self))
        for position, (panel, row) in enumerate(zip(self._rows[:fit], rows, strict=False)):
            panel.setGeometry(2, top + position * tall, self.width() - 4, tall)
            panel.show_part(row)
        for panel in self._rows[fit:]:
            panel.hide()

    @override
    def paint(self, painter: QPainter, value: SummaryView, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        card(painter, box, palette.surface, palette.line, style.px(12, 10))
        left, right, middle = style.px(20, 14), box.right() - style.px(20, 14), style.px(31, 24)
        title = fitting(lambda size: sans(size, 600), value.title, style.px(22, 18), (right - left) * 0.5, style.px(18, 15))
        wide = draw_line(painter, QPointF(left, middle), value.title, title, palette.ink, width=(right - left) * 0.5)
        room = right - left - wide - style.px(16, 12)
        warning = fitting(lambda size: sans(size, 600), value.warning, style.px(22, 18), room, style.px(17, 14))
        draw_line(painter, QPointF(right, middle), value.warning, warning, palette.warn_text, align=RIGHT, width=room)
        rule(painter, 1, box.right() - 1, style.px(57, 43), palette.line)
