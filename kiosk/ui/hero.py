"""The hero: what happened, why, what next, always in the same places."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from typing_extensions import override

from kiosk.presenters.views import Tone, VerdictHero
from kiosk.ui.faces import mono, sans
from kiosk.ui.icons import draw_icon
from kiosk.ui.label_parts import draw_parts
from kiosk.ui.marks import draw_verdict
from kiosk.ui.painting import RIGHT, darker, draw_line, fits_wrapped, fitting, rounded, rule, stripes, wrapped
from kiosk.ui.panel import sentence
from kiosk.ui.pressable import Pressable
from kiosk.ui.tokens import Palette

STRIP_DARKER = 1.32
STRIPE_DARKER = 1.6
MARK_HEIGHT = 0.36  # where the mark's centre is, of the height above the strip
RULE_HEIGHT = 0.692


@dataclass(frozen=True, slots=True)
class ToneColours:
    """A verdict's fill, what is written on it, its strip and what is written there, and its hazard stripes (None: solid)."""

    fill: str
    on: str
    strip: str
    on_strip: str
    stripe: str | None = None


def colours_of(tone: Tone, palette: Palette) -> ToneColours:
    """Return the colours of a verdict. Stripes are for REJECTED and real holds only, so that they keep their meaning."""
    match tone:
        case Tone.OK:
            return ToneColours(palette.ok, palette.on_ok, darker(palette.ok, STRIP_DARKER), palette.on_ok)
        case Tone.BAD:
            strip = darker(palette.bad, STRIP_DARKER)
            return ToneColours(palette.bad, palette.on_bad, strip, palette.on_bad, darker(palette.bad, STRIPE_DARKER))
        case Tone.CHECK:
            return ToneColours(palette.warn, palette.on_warn, palette.slate, palette.on_dup)
        case Tone.HOLD:
            return ToneColours(palette.warn, palette.on_warn, palette.slate, palette.on_dup, palette.slate)
        case Tone.DUPLICATE:
            return ToneColours(palette.dup, palette.on_dup, palette.slate, palette.on_dup)


class VerdictPanel(Pressable[VerdictHero]):
    """A verdict over the whole hero area; a touch opens the lot where the presenter says so."""

    @override
    def action(self, value: VerdictHero) -> str:
        return value.action

    @override
    def spoken(self, value: VerdictHero) -> str:
        return sentence(value.word, value.reason or value.quantity, value.lot, value.detail, value.next_step, value.tally)

    @override
    def paint(self, painter: QPainter, value: VerdictHero, box: QRectF) -> None:
        style = self.look
        colours = colours_of(value.tone, style.palette)
        painter.save()
        painter.setClipPath(rounded(box, style.px(14, 12)))
        painter.fillRect(box.adjusted(0, 0, 0, -style.px(96, 74)), QColor(colours.fill))
        strip = QRectF(box.left(), box.bottom() - style.px(96, 74), box.width(), style.px(96, 74))
        above = QRectF(box.left(), box.top(), box.width(), box.height() - strip.height())
        band = style.px(40, 28) if colours.stripe else 0
        if colours.stripe:
            stripes(painter, QRectF(above.left(), above.top(), band, above.height()), colours.stripe, style.px(22, 16))
        inner = above.adjusted(band, 0, 0, 0)
        self._paint_verdict(painter, value, inner, colours)
        self._paint_lot(painter, value, inner, colours)
        self._paint_strip(painter, value, strip, colours_of(value.strip, style.palette) if value.strip else colours)
        painter.restore()

    def _paint_verdict(self, painter: QPainter, value: VerdictHero, box: QRectF, colours: ToneColours) -> None:
        style = self.look
        across = style.px(176, 124)
        centre = QPointF(box.left() + style.px(36, 22) + across / 2, box.top() + box.height() * MARK_HEIGHT)
        draw_verdict(painter, value.tone, centre, across, colours.on, colours.fill)
        left = centre.x() + across / 2 + style.px(34, 22)
        room = box.right() - left - style.px(20, 14)
        word = fitting(lambda size: sans(size, 700), value.word, style.px(102, 74), room, style.px(40, 30))
        draw_line(painter, QPointF(left, centre.y() - style.px(28, 20)), value.word, word, colours.on, width=room)
        if value.reason:
            self._paint_reason(painter, value.reason, QPointF(left, centre.y()), room, colours.on)
        elif value.quantity:
            face = fitting(lambda size: sans(size, 700), value.quantity, style.px(46, 35), room, style.px(30, 24))
            draw_line(painter, QPointF(left, centre.y() + style.px(55, 41)), value.quantity, face, colours.on, width=room)

    def _paint_reason(self, painter: QPainter, reason: str, at: QPointF, room: float, colour: str) -> None:
        """One line; else two smaller ones; else smaller still."""
        style = self.look
        one = fitting(lambda size: sans(size, 600), reason, style.px(36, 27), room, style.px(33, 25))
        if one.width(reason) <= room:
            draw_line(painter, QPointF(at.x(), at.y() + style.px(53, 38)), reason, one, colour)
            return
        size, least = style.px(31, 23), style.px(22, 18)
        while size > least and not fits_wrapped(sans(size, 600), reason, room):
            size -= 1
        for position, line in enumerate(wrapped(sans(size, 600), reason, room)):
            draw_line(painter, QPointF(at.x(), at.y() + style.px(49, 36) + position * style.px(41, 30)), line, sans(size, 600), colour)

    def _paint_lot(self, painter: QPainter, value: VerdictHero, box: QRectF, colours: ToneColours) -> None:
        style = self.look
        y = round(box.top() + box.height() * RULE_HEIGHT)
        left, right = box.left() + style.px(36, 22), box.right() - style.px(36, 22)
        faint = QColor(colours.on)
        faint.setAlphaF(0.3)
        if value.lot or value.detail or value.parts:
            rule(painter, left, right, y, faint, 2)
        if value.parts:
            draw_parts(painter, style, value.parts, QRectF(left, y, right - left, box.bottom() - y), colours.on, colours.fill)
            return
        if value.more:
            right -= self._paint_more(painter, value.more, QPointF(right, box.bottom() - style.px(62, 45)), colours) + style.px(20, 14)
        lot = fitting(mono, value.lot, style.px(38, 28), right - left, style.px(22, 18))
        draw_line(painter, QPointF(left, box.bottom() - style.px(84, 62)), value.lot, lot, colours.on, width=right - left, middle=True)
        detail = fitting(sans, value.detail, style.px(26, 20), right - left, style.px(20, 16))
        draw_line(painter, QPointF(left, box.bottom() - style.px(42, 30)), value.detail, detail, colours.on, width=right - left)

    def _paint_more(self, painter: QPainter, words: str, right: QPointF, colours: ToneColours) -> float:
        """Draw what a touch opens as an outlined pill that ends at `right`; return its width."""
        style, face = self.look, sans(self.look.px(24, 19), 600)
        wide, tall = face.width(words) + style.px(72, 54), style.px(56, 42)
        pill = QRectF(right.x() - wide, right.y() - tall / 2, wide, tall)
        painter.setPen(QPen(QColor(colours.on), style.fine(2, 1.5)))
        painter.setBrush(QColor(colours.strip) if self.isDown() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(pill, tall / 2, tall / 2)
        draw_icon(painter, "info", QPointF(pill.left() + style.px(30, 22), right.y()), style.px(30, 24), colours.on)
        draw_line(painter, QPointF(pill.left() + style.px(50, 38), right.y() + 1), words, face, colours.on)
        return wide

    def _paint_strip(self, painter: QPainter, value: VerdictHero, strip: QRectF, colours: ToneColours) -> None:
        style, middle = self.look, strip.center().y() + 1
        own = value.strip is not None
        fill, ink = (colours.fill, colours.on) if own else (colours.strip, colours.on_strip)
        painter.fillRect(strip, QColor(fill))
        draw_icon(painter, value.next_icon, QPointF(strip.left() + style.px(54, 39), middle), style.px(50, 39), ink)
        tally = draw_line(
            painter, QPointF(strip.right() - style.px(30, 20), middle), value.tally, sans(style.px(26, 20), 600), ink, align=RIGHT
        )
        left = strip.left() + style.px(96, 72)
        room = strip.right() - style.px(30, 20) - tally - style.px(20, 14) - left
        face = fitting(lambda size: sans(size, 600), value.next_step, style.px(32, 24), room, style.px(22, 18))
        # What is next is never cut: beside a tally it may take two lines.
        lines = (value.next_step,) if face.width(value.next_step) <= room else wrapped(face, value.next_step, room)
        apart = style.px(32, 26)
        for number, line in enumerate(lines):
            draw_line(painter, QPointF(left, middle + (number - (len(lines) - 1) / 2) * apart), line, face, ink, width=room)
