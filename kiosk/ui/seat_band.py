"""The band at the foot of the screen: what was said last at another seat of this station; a touch turns the screen to it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from typing_extensions import override

from kiosk.presenters.views import SeatBand
from kiosk.ui.faces import Face, mono, sans
from kiosk.ui.hero import colours_of
from kiosk.ui.marks import draw_verdict
from kiosk.ui.painting import draw_line
from kiosk.ui.panel import sentence
from kiosk.ui.pressable import Pressable
from kiosk.ui.style import Style


def band_height(style: Style) -> int:
    """Return how tall the band is: a glove has to find it, and the work has to keep its room."""
    return style.touchable(52, 44, 10.2)


class SeatBandPanel(Pressable[SeatBand]):
    """One line: whose seat, the verdict in its colour and shape, which lot. A STOP colours all of it."""

    @override
    def action(self, value: SeatBand) -> str:
        return value.action

    @override
    def spoken(self, value: SeatBand) -> str:
        return sentence(value.name, value.user, value.word, value.lot, value.words)

    @override
    def paint(self, painter: QPainter, value: SeatBand, box: QRectF) -> None:
        palette = self.look.palette
        ground = palette.chrome_hi if self.isDown() else palette.chrome
        ink = palette.on_chrome
        if value.stopped and value.tone is not None:
            colours = colours_of(value.tone, palette)
            ground, ink = colours.fill, colours.on
        painter.fillRect(box, QColor(ground))
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), self.look.fine(2, 2)), QColor(palette.line_strong))
        self._draw_words(painter, value, box, ink)

    def _draw_words(self, painter: QPainter, value: SeatBand, box: QRectF, ink: str) -> None:
        style, middle = self.look, box.center().y() + 1
        x = box.left() + style.px(18, 12)
        end = box.right() - style.px(14, 10)
        small = sans(style.px(20, 17))
        x += draw_line(painter, QPointF(x, middle), value.name, sans(style.px(22, 18), 700), ink, width=end - x) + style.px(14, 10)
        if value.user and end - x > style.px(520, 420):
            x += draw_line(painter, QPointF(x, middle), value.user, small, ink, width=style.px(220, 170)) + style.px(18, 12)
        if value.tone is not None:
            x = self._draw_verdict(painter, value, QPointF(x, middle), box) + style.px(16, 12)
        lot: Face = mono(style.px(22, 18))
        if value.lot:
            x += draw_line(painter, QPointF(x, middle), value.lot, lot, ink, width=max(end - x, 0), middle=True) + style.px(16, 12)
        if value.words and end - x > style.px(90, 70):
            draw_line(painter, QPointF(x, middle), value.words, small, ink, width=end - x)

    def _draw_verdict(self, painter: QPainter, value: SeatBand, at: QPointF, box: QRectF) -> float:
        """Draw the pill with shape and word; return where it ends."""
        style = self.look
        assert value.tone is not None
        colours = colours_of(value.tone, style.palette)
        face = sans(style.px(22, 18), 700)
        across, inset = style.px(26, 22), style.px(12, 9)
        tall = box.height() - style.px(12, 10)
        pill = QRectF(at.x(), box.center().y() - tall / 2 + 1, across + 2.6 * inset + face.width(value.word), tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.fill))
        painter.drawRoundedRect(pill, style.px(8, 6), style.px(8, 6))
        draw_verdict(painter, value.tone, QPointF(pill.left() + inset + across / 2, at.y()), across, colours.on, colours.fill)
        draw_line(painter, QPointF(pill.left() + 1.6 * inset + across, at.y()), value.word, face, colours.on)
        return pill.right()
