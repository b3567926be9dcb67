"""The open document: its number, from whom, and how far it is, one segment a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from typing_extensions import override

from kiosk.presenters.views import DocumentHeader
from kiosk.ui.faces import sans
from kiosk.ui.painting import RIGHT, card, draw_line, fitting
from kiosk.ui.panel import Panel, sentence

MOST_SEGMENTS: Final = 24  # more would be hairs: one bar then shows the whole


class DocumentHeaderPanel(Panel[DocumentHeader]):
    """The header above the hero."""

    @override
    def spoken(self, value: DocumentHeader) -> str:
        return sentence(value.number, value.note, value.progress, value.count)

    @override
    def paint(self, painter: QPainter, value: DocumentHeader, box: QRectF) -> None:
        style = self.look
        card(painter, box, style.palette.surface, style.palette.line, style.px(12, 10))
        left, right = style.px(22, 16), box.right() - style.px(22, 16)
        block = self._block(value, right - left) if value.progress or value.segments else 0
        self._paint_names(painter, value, left, right - block - left - style.px(20, 14), box)
        if block:
            self._paint_progress(painter, value, QRectF(right - block, box.top(), block, box.height()))

    def _paint_names(self, painter: QPainter, value: DocumentHeader, left: float, room: float, box: QRectF) -> None:
        style = self.look
        number = fitting(lambda size: sans(size, 700), value.number, style.px(32, 25), room, style.px(22, 18))
        # Without a second line the first stands in the middle.
        upper = box.top() + box.height() * (0.335 if value.note else 0.5)
        draw_line(painter, QPointF(left, upper), value.number, number, style.palette.ink, width=room, middle=True)
        draw_line(
            painter, QPointF(left, box.top() + box.height() * 0.74), value.note, sans(style.px(21, 18)), style.palette.ink2, width=room
        )

    def _block(self, value: DocumentHeader, room: float) -> float:
        """How wide the progress is: as drawn, and as much more as its words take."""
        style = self.look
        words = sans(style.px(18, 15), 600).width(value.progress) + sans(style.px(21, 18)).width(value.count) + style.px(14, 10)
        return min(max(style.px(300, 240), words), room * 0.55)

    def _paint_progress(self, painter: QPainter, value: DocumentHeader, block: QRectF) -> None:
        style, y = self.look, block.top() + block.height() * 0.34
        count = draw_line(painter, QPointF(block.right(), y), value.count, sans(style.px(21, 18)), style.palette.ink2, align=RIGHT)
        room = block.width() - count - style.px(12, 8)
        face = fitting(lambda size: sans(size, 600), value.progress, style.px(22, 18), room, style.px(18, 15))
        draw_line(painter, QPointF(block.left(), y), value.progress, face, style.palette.ink, width=room)
        bar = QRectF(block.left(), block.top() + style.px(59, 45), block.width(), style.px(14, 12))
        for share, segment in _segments(value, bar, style.px(6, 6)):
            self._paint_segment(painter, share, segment)

    def _paint_segment(self, painter: QPainter, share: float, segment: QRectF) -> None:
        palette, radius = self.look.palette, self.look.px(3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.ink2 if share >= 1 else palette.track))
        painter.drawRoundedRect(segment, radius, radius)
        if 0 < share < 1:
            painter.setBrush(QColor(palette.accent))
            part = QRectF(segment.topLeft(), segment.size())
            part.setWidth(max(segment.width() * share, 2 * radius))
            painter.drawRoundedRect(part, radius, radius)


def _segments(value: DocumentHeader, bar: QRectF, gap: float) -> Iterator[tuple[float, QRectF]]:
    shares = value.segments
    if len(shares) > MOST_SEGMENTS:
        shares = (sum(shares) / len(shares),)
    gap = min(gap, bar.width() / 4 / max(len(shares), 1))
    wide = (bar.width() - gap * (len(shares) - 1)) / max(len(shares), 1)
    for position, share in enumerate(shares):
        yield share, QRectF(bar.left() + position * (wide + gap), bar.top(), wide, bar.height())
