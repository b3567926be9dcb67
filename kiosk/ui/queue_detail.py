"""The selected event: what is wrong, the facts, and what settles it; the step that can't be taken back stands apart."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Fact, QueueDetail
from kiosk.ui.buttons import PressButton
from kiosk.ui.faces import mono, sans
from kiosk.ui.marks import draw_badge
from kiosk.ui.painting import RIGHT, card, draw_line, fits_wrapped, fitting, wrapped
from kiosk.ui.panel import Panel, sentence
from kiosk.ui.pressable import Touch
from kiosk.ui.style import Style

APART_MM: Final = 4.1  # between what can be undone and what can't


class QueueDetailPanel(Panel[QueueDetail]):
    """The card beside the list."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, parent)
        self._best = PressButton(style, touch, self, beside=True, size=(24, 19))
        self._others = [PressButton(style, touch, self, size=(20, 18)) for _ in range(2)]
        self._last = PressButton(style, touch, self, size=(20, 18))
        self._alone = False  # the best fix is the only one: it stands at the foot, and the facts have the room

    @override
    def spoken(self, value: QueueDetail) -> str:
        return sentence(value.title, value.lot, value.quantity, value.words, *(f"{fact.name} {fact.value}" for fact in value.facts))

    @override
    def changed(self, value: QueueDetail) -> None:
        buttons = (value.best, *value.others, *(None,) * (2 - len(value.others)), value.last_resort)
        for panel, button in zip((self._best, *self._others, self._last), buttons, strict=True):
            if button is not None:
                panel.show_part(button)
            panel.setVisible(button is not None)
        alone = not value.others and value.last_resort is None
        if alone != self._alone:
            self._alone = alone
            self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        style, inset, gap = self.look, self.look.px(16, 11), self.look.px(10, 7)
        wide = self.width() - 2 * inset
        row = self._row_top()
        small = style.touchable(84, 66, 14)
        best = style.touchable(80, 62, 13)
        self._best.setGeometry(inset, row + small - best if self._alone else row - gap - best, wide, best)
        apart = max(style.px(28, 19), style.mm(APART_MM))
        each = (wide - gap - apart) // 3
        self._others[0].setGeometry(inset, row, each, small)
        self._others[1].setGeometry(inset + each + gap, row, each, small)
        self._last.setGeometry(inset + wide - each, row, each, small)

    def _row_top(self) -> int:
        return self.height() - self.look.px(16, 11) - self.look.touchable(84, 66, 14)

    @override
    def paint(self, painter: QPainter, value: QueueDetail, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        card(painter, box, palette.surface, palette.line, style.px(12, 10))
        left, right = box.left() + style.px(20, 14), box.right() - style.px(19, 14)
        y = box.top() + style.px(36, 28)
        draw_badge(painter, value.mark, QPointF(left + style.px(20, 15), y), style.px(39, 30), style)
        room = right - left - style.px(52, 40)
        title = fitting(lambda size: sans(size, 700), value.title, style.px(28, 21), room, style.px(18, 15))
        draw_line(painter, QPointF(left + style.px(52, 40), y), value.title, title, palette.ink, width=room)
        y = box.top() + style.px(86, 64)
        quantity = draw_line(painter, QPointF(right, y), value.quantity, sans(style.px(26, 20), 600), palette.ink, align=RIGHT)
        lot = fitting(mono, value.lot, style.px(26, 20), right - left - quantity - 14, style.px(18, 15))
        draw_line(painter, QPointF(left, y), value.lot, lot, palette.ink, width=right - left - quantity - 14, middle=True)
        # Where no goods are meant the words move up.
        self._paint_words(painter, value, left, right, box.top() + (style.px(123, 92) if value.lot or value.quantity else style.px(86, 64)))

    def _paint_words(self, painter: QPainter, value: QueueDetail, left: float, right: float, y: float) -> None:
        style = self.look
        size, least = style.px(22, 18), style.px(17, 14)
        while size > least and not fits_wrapped(sans(size), value.words, right - left):
            size -= 1
        step = style.px(28, 24)
        for line in wrapped(sans(size), value.words, right - left):
            draw_line(painter, QPointF(left, y), line, sans(size), style.palette.ink2)
            y += step
        y += style.px(11, 0)
        bottom = self._best.y() if not self._best.isHidden() else self._row_top()
        for fact in value.facts:
            if y + style.px(12, 9) > bottom:
                return
            self._paint_fact(painter, fact, left, right, y)
            y += style.px(32, 24)

    def _paint_fact(self, painter: QPainter, fact: Fact, left: float, right: float, y: float) -> None:
        style, palette = self.look, self.look.palette
        wide = draw_line(painter, QPointF(left, y), fact.name, sans(style.px(20, 18)), palette.ink3, width=(right - left) * 0.4)
        x = left + max(style.px(100, 74), wide + style.px(12, 8))
        face = mono(style.px(20, 18)) if fact.verbatim else sans(style.px(20, 18), 500)
        draw_line(painter, QPointF(x, y), fact.value, face, palette.ink, width=right - x)
