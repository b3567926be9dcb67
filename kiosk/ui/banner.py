"""The banner on top of the send queue: offline since when, why, and the button that tries again."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Banner, ChipTone
from kiosk.ui.buttons import PressButton
from kiosk.ui.faces import sans
from kiosk.ui.icons import draw_icon
from kiosk.ui.painting import card, draw_line, fitting, rounded
from kiosk.ui.panel import Panel, sentence
from kiosk.ui.pressable import Touch
from kiosk.ui.style import Style


class BannerPanel(Panel[Banner]):
    """Coloured as its chip is."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, parent)
        self._button = PressButton(style, touch, self, beside=True, size=(24, 19))

    @override
    def spoken(self, value: Banner) -> str:
        return sentence(value.title, value.words)

    @override
    def changed(self, value: Banner) -> None:
        if value.button is not None:
            self._button.show_part(value.button)
        self._button.setVisible(value.button is not None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        style, inset = self.look, self.look.px(8, 6)
        wide = style.px(220, 170)
        self._button.setGeometry(self.width() - inset - wide - 1, inset, wide, self.height() - 2 * inset)

    @override
    def paint(self, painter: QPainter, value: Banner, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        strong, on, soft = self._colours(value.tone)
        radius, stroke = style.px(12, 10), style.px(2, 2)
        card(painter, box, soft, strong, radius, stroke)
        block = QRectF(box.left(), box.top(), style.px(92, 70), box.height())
        painter.save()
        painter.setClipPath(rounded(box, radius))
        painter.fillRect(block, QColor(strong))
        painter.restore()
        draw_icon(painter, value.icon, block.center(), style.px(56, 44), on)
        left = block.right() + style.px(22, 16)
        room = (self._button.x() if value.button else box.right()) - left - style.px(16, 12)
        title = fitting(lambda size: sans(size, 700), value.title, style.px(30, 23), room, style.px(22, 18))
        draw_line(painter, QPointF(left, box.top() + box.height() * 0.33), value.title, title, palette.ink, width=room)
        words = fitting(sans, value.words, style.px(22, 18), room, style.px(17, 14))
        draw_line(painter, QPointF(left, box.top() + box.height() * 0.69), value.words, words, palette.ink, width=room)

    def _colours(self, tone: ChipTone) -> tuple[str, str, str]:
        palette = self.look.palette
        match tone:
            case ChipTone.QUIET:
                return palette.line, palette.ink, palette.surface
            case ChipTone.WARN:
                return palette.warn, palette.on_warn, palette.warn_soft
            case ChipTone.BAD:
                return palette.bad, palette.on_bad, palette.bad_soft
