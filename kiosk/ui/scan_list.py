"""The last scans: what came of each, newest on top, with a count of every outcome."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Mark, ScanList, ScanRow
from kiosk.ui.faces import mono, sans
from kiosk.ui.marks import draw_badge
from kiosk.ui.painting import CENTRE, RIGHT, card, draw_line, fitting, rule, wrapped
from kiosk.ui.panel import Panel, sentence
from kiosk.ui.style import Style
from kiosk.ui.tokens import Palette


def note_colour(mark: Mark, palette: Palette) -> str | None:
    """Return the colour of a note that needs to be seen; None when it is only information."""
    if mark is Mark.BAD:
        return palette.bad_text
    return palette.warn_text if mark in (Mark.HOLD, Mark.CHECK) else None


class ScanRowPanel(Panel[ScanRow]):
    """One scan."""

    @override
    def spoken(self, value: ScanRow) -> str:
        return sentence(value.lot, value.quantity, value.note, value.time)

    @override
    def paint(self, painter: QPainter, value: ScanRow, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        left, right = style.px(72, 54), box.right() - style.px(18, 12)
        upper, lower = box.top() + style.px(27, 20), box.top() + style.px(59, 47)
        draw_badge(painter, value.mark, QPointF(style.px(38, 28), box.top() + style.px(41, 33)), style.px(38, 31), style)
        quantity = draw_line(painter, QPointF(right, upper), value.quantity, sans(style.px(24, 19), 700), palette.ink, align=RIGHT)
        room = right - left - quantity - style.px(12, 8)
        draw_line(painter, QPointF(left, upper), value.lot, mono(style.px(24, 19)), palette.ink, width=room, middle=True)
        time = draw_line(painter, QPointF(right, lower), value.time, sans(style.px(20, 18)), palette.ink3, align=RIGHT)
        colour = note_colour(value.mark, palette)
        room = right - left - time - style.px(12, 8)
        draw_line(
            painter, QPointF(left, lower), value.note, sans(style.px(20, 18), 600 if colour else 400), colour or palette.ink2, width=room
        )
        if box.height() >= style.px(84, 66):  # a row that is cut shows that there is more; a line would close the list
            rule(painter, style.px(18, 13), right, box.bottom() - 1, palette.line)


class ScanListPanel(Panel[ScanList]):
    """The card with its rows; rows that do not fit are cut at the card's edge, which shows that there is more."""

    def __init__(self, style: Style, parent: QWidget) -> None:
        super().__init__(style, parent)
        self._rows: list[ScanRowPanel] = []

    @override
    def spoken(self, value: ScanList) -> str:
        return sentence(value.title, *(f"{tally.name} {tally.count}" for tally in value.tallies), "" if value.rows else value.empty)

    @override
    def changed(self, value: ScanList) -> None:
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        style, rows = self.look, self.shown.rows if self.shown else ()
        top, tall = style.px(59, 45), style.px(84, 66)
        inset = 2
        room = max(0, self.height() - top - inset)
        fit = min(len(rows), -(-room // tall))
        while len(self._rows) < fit:
            self._rows.append(ScanRowPanel(style, self))
        for position, (panel, row) in enumerate(zip(self._rows, rows, strict=False)):
            height = min(tall, room - position * tall)
            if height > 0:
                panel.setGeometry(inset, top + position * tall, self.width() - 2 * inset, height)
                panel.show_part(row)
        for panel in self._rows[fit:]:
            panel.hide()

    @override
    def paint(self, painter: QPainter, value: ScanList, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        card(painter, box, palette.surface, palette.line, style.px(12, 10))
        left, right, middle = style.px(18, 12), box.right() - style.px(18, 12), style.px(31, 24)
        for tally in reversed(value.tallies):
            wide = draw_line(painter, QPointF(right, middle), str(tally.count), sans(style.px(22, 18), 600), palette.ink, align=RIGHT)
            right -= wide + style.px(19, 14)
            draw_badge(painter, tally.mark, QPointF(right, middle), style.px(24, 19), style)
            right -= style.px(29, 22)
        title = fitting(lambda size: sans(size, 600), value.title, style.px(22, 18), right - left, style.px(18, 15))
        draw_line(painter, QPointF(left, middle), value.title, title, palette.ink, width=right - left)
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
