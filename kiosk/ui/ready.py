"""The hero while nothing has been scanned yet: what to scan, for what, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from typing_extensions import override

from kiosk.presenters.views import ReadyHero
from kiosk.ui.faces import sans
from kiosk.ui.hero import MARK_HEIGHT
from kiosk.ui.icons import draw_icon
from kiosk.ui.label_parts import draw_parts
from kiosk.ui.painting import RIGHT, card, draw_line, fits_wrapped, fitting, rounded, wrapped
from kiosk.ui.panel import Panel, sentence


class ReadyPanel(Panel[ReadyHero]):
    """Waits, framed in the accent."""

    @override
    def spoken(self, value: ReadyHero) -> str:
        parts = (sentence(f"{part.name} {part.value or '?'}") for part in value.parts)
        return sentence(value.prompt, value.item, value.line, value.received, value.to_go, *parts, value.hint)

    @override
    def paint(self, painter: QPainter, value: ReadyHero, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        stroke, radius = style.px(3, 2), style.px(14, 12)
        card(painter, box, palette.surface, palette.accent, radius, stroke)
        inner = box.adjusted(stroke, stroke, -stroke, -stroke)
        tall = style.px(96, 74)
        if value.hint or value.tally:
            self._paint_hint(painter, value, QRectF(inner.left(), inner.bottom() - tall, inner.width(), tall), inner, radius - stroke)
        above = QRectF(box.left(), box.top(), box.width(), box.height() - tall)
        self._paint_prompt(painter, value, above)
        self._paint_progress(painter, value, above)

    def _paint_hint(self, painter: QPainter, value: ReadyHero, strip: QRectF, clip: QRectF, radius: float) -> None:
        style, palette, middle = self.look, self.look.palette, strip.center().y()
        painter.save()
        painter.setClipPath(rounded(clip, radius))
        painter.fillRect(strip, QColor(palette.accent_soft))
        painter.restore()
        draw_icon(painter, value.hint_icon, QPointF(strip.left() + style.px(54, 40), middle), style.px(48, 38), palette.accent)
        tally = draw_line(
            painter, QPointF(strip.right() - style.px(30, 20), middle), value.tally, sans(style.px(26, 20), 600), palette.ink, align=RIGHT
        )
        left = strip.left() + style.px(96, 73)
        room = strip.right() - style.px(44, 30) - tally - left
        face = fitting(lambda size: sans(size, 600), value.hint, style.px(32, 24), room, style.px(22, 18))
        draw_line(painter, QPointF(left, middle + 1), value.hint, face, palette.ink, width=room)

    def _paint_prompt(self, painter: QPainter, value: ReadyHero, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        side, middle = style.px(196, 138), box.top() + box.height() * MARK_HEIGHT
        tile = QRectF(box.left() + style.px(40, 26), middle - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent_soft))
        painter.drawRoundedRect(tile, style.px(24, 17), style.px(24, 17))
        draw_icon(painter, value.icon, tile.center(), side * 0.7, palette.accent)
        left = tile.right() + style.px(38, 26)
        room = box.right() - left - style.px(30, 20)
        alone = not value.item and not value.line
        raised = (0, 0) if alone else (style.px(37, 26), style.px(26, 18))
        self._paint_words(painter, value.prompt, QPointF(left, middle - raised[0]), room, raised[1])
        item = fitting(lambda size: sans(size, 600), value.item, style.px(34, 27), room, style.px(24, 19))
        draw_line(painter, QPointF(left, middle + style.px(44, 32)), value.item, item, palette.ink, width=room)
        line = fitting(sans, value.line, style.px(24, 19), room, style.px(18, 15))
        draw_line(painter, QPointF(left, middle + style.px(82, 61)), value.line, line, palette.ink2, width=room)

    def _paint_words(self, painter: QPainter, prompt: str, at: QPointF, room: float, above: float) -> None:
        """One line as large as it gets; two, `above` higher, when that would make it small."""
        style = self.look
        size, least = style.px(90, 64), style.px(58, 42)
        face = fitting(lambda wanted: sans(wanted, 700), prompt, size, room, least)
        if face.width(prompt) <= room:
            draw_line(painter, at, prompt, face, style.palette.ink)
            return
        while least > style.px(30, 22) and not fits_wrapped(sans(least, 700), prompt, room):
            least -= 1
        gap = least * 1.12
        at = QPointF(at.x(), at.y() - above)
        for position, line in enumerate(wrapped(sans(least, 700), prompt, room)):
            draw_line(painter, QPointF(at.x(), at.y() - gap / 2 + position * gap), line, sans(least, 700), style.palette.ink)

    def _paint_progress(self, painter: QPainter, value: ReadyHero, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        left, right = box.left() + style.px(40, 26), box.right() - style.px(40, 26)
        if value.parts:
            area = QRectF(left, box.top() + box.height() * 0.68, right - left, box.height() * 0.3)
            draw_parts(painter, style, value.parts, area, palette.accent, palette.on_accent)
            return
        if value.fraction is None:
            return
        y = box.top() + style.px(300, 218)
        to_go = draw_line(painter, QPointF(right, y), value.to_go, sans(style.px(26, 20)), palette.ink2, align=RIGHT)
        room = right - left - to_go - style.px(16, 12)
        received = fitting(lambda size: sans(size, 600), value.received, style.px(26, 20), room, style.px(20, 16))
        draw_line(painter, QPointF(left, y), value.received, received, palette.ink, width=room)
        bar = QRectF(left, box.top() + style.px(327, 238), right - left, style.px(20, 15))
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(palette.track))
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        bar.setWidth(max(bar.width() * min(value.fraction, 1.0), bar.height()))
        if value.fraction > 0:
            painter.setBrush(QColor(palette.accent))
            painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
