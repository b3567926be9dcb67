"""What STOP and a broken kiosk share: the whole screen in red between hazard stripes, and one white button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Button, Tone
from kiosk.ui.faces import mono, sans
from kiosk.ui.icons import draw_icon
from kiosk.ui.marks import draw_verdict
from kiosk.ui.painting import CENTRE, darker, draw_line, fits_wrapped, fitting, painter_on, stripes, wrapped
from kiosk.ui.panel import sentence
from kiosk.ui.pressable import Pressable, Touch
from kiosk.ui.style import Style

STRIPE_DARKER: Final = 1.6


@dataclass(frozen=True, slots=True)
class Alarm:
    """What, why, which lot, what next; `hint` stands beside the button, `small` lines under it."""

    word: str
    reason: str
    lot: str
    detail: str
    next_icon: str
    next_step: str
    small: tuple[str, ...]
    button: Button | None
    hint: str


class WhiteButton(Pressable[Button]):
    """White on red: there is nothing else to press."""

    @override
    def action(self, value: Button) -> str:
        return value.action if value.enabled else ""

    @override
    def spoken(self, value: Button) -> str:
        return value.words

    @override
    def paint(self, painter: QPainter, value: Button, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FBE3E1" if self.isDown() else palette.on_bad))
        painter.drawRoundedRect(box, style.px(10, 8), style.px(10, 8))
        room = box.width() - style.px(32, 24)
        face = fitting(lambda size: sans(size, 700), value.words, style.px(34, 26), room, style.px(22, 18))
        draw_line(painter, QPointF(box.center().x(), box.center().y() + 1), value.words, face, palette.bad, align=CENTRE, width=room)


class AlarmScreen(QWidget):
    """Nothing but the alarm: no bar, no lists. The way out is at the bottom left."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = style
        self._alarm: Alarm | None = None
        self._button = WhiteButton(style, touch, self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_alarm(self, alarm: Alarm) -> None:
        """Show `alarm`."""
        self._alarm = alarm
        self.setAccessibleName(sentence(alarm.word, alarm.reason, alarm.lot, alarm.detail, alarm.next_step, *alarm.small))
        if alarm.button is not None:
            self._button.show_part(alarm.button)
        self._button.setVisible(alarm.button is not None)
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        style = self.look
        tall = style.touchable(118, 92, 18)
        self._button.setGeometry(style.px(64, 48), self.height() - style.px(56, 42) - tall, style.px(520, 416), tall)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._alarm is None:
            return
        with painter_on(self) as painter:
            self._paint_ground(painter, QRectF(self.rect()))
            self._paint_word(painter, self._alarm, QRectF(self.rect()))
            self._paint_lot(painter, self._alarm, QRectF(self.rect()))

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        style = self.look
        painter.fillRect(box, QColor(style.palette.bad))
        band, dark = style.px(40, 30), darker(style.palette.bad, STRIPE_DARKER)
        stripes(painter, QRectF(0, 0, box.width(), band), dark, style.px(36, 27))
        stripes(painter, QRectF(0, box.bottom() - band, box.width(), band), dark, style.px(36, 27))

    def _paint_word(self, painter: QPainter, alarm: Alarm, box: QRectF) -> None:
        style, on = self.look, self.look.palette.on_bad
        across = style.px(246, 186)
        centre = QPointF(style.px(189, 143), style.px(230, 172))
        draw_verdict(painter, Tone.BAD, centre, across, on, style.palette.bad)
        left = style.px(362, 274)
        room = box.right() - left - style.px(40, 30)
        word = fitting(lambda size: sans(size, 700), alarm.word, style.px(150, 112), room, style.px(60, 44))
        draw_line(painter, QPointF(left, centre.y() - style.px(40, 30)), alarm.word, word, on, width=room)
        one_line = fitting(lambda wanted: sans(wanted, 600), alarm.reason, style.px(46, 35), room, style.px(38, 29))
        size, least = one_line.font.pixelSize(), style.px(26, 20)
        while size > least and not fits_wrapped(sans(size, 600), alarm.reason, room):
            size -= 1
        lines = wrapped(sans(size, 600), alarm.reason, room)
        y = centre.y() + style.px(72 if len(lines) == 1 else 60, 54 if len(lines) == 1 else 44)
        for line in lines:
            draw_line(painter, QPointF(left, y), line, sans(size, 600), on)
            y += size * 1.2

    def _paint_lot(self, painter: QPainter, alarm: Alarm, box: QRectF) -> None:
        style, on = self.look, self.look.palette.on_bad
        left, right = style.px(64, 48), box.right() - style.px(48, 36)
        y = style.px(429, 322)
        lot = fitting(mono, alarm.lot, style.px(40, 30), (right - left) * 0.6, style.px(22, 18))
        wide = draw_line(painter, QPointF(left, y), alarm.lot, lot, on, width=(right - left) * 0.6, middle=True)
        x = left + wide + (style.px(29, 22) if alarm.lot else 0)
        detail = fitting(sans, alarm.detail, style.px(34, 26), right - x, style.px(22, 18))
        draw_line(painter, QPointF(x, y), alarm.detail, detail, on, width=right - x)
        self._paint_next(painter, alarm, QPointF(left, style.px(509, 382)), right)
        self._paint_beside_button(painter, alarm, right)

    def _paint_next(self, painter: QPainter, alarm: Alarm, at: QPointF, right: float) -> None:
        style, on = self.look, self.look.palette.on_bad
        draw_icon(painter, alarm.next_icon, QPointF(at.x() + style.px(27, 20), at.y()), style.px(56, 42), on)
        left = at.x() + style.px(76, 57)
        face = fitting(lambda size: sans(size, 600), alarm.next_step, style.px(42, 32), right - left, style.px(26, 20))
        draw_line(painter, QPointF(left, at.y()), alarm.next_step, face, on, width=right - left)

    def _paint_beside_button(self, painter: QPainter, alarm: Alarm, right: float) -> None:
        style, button = self.look, self._button.geometry()
        left = button.right() + style.px(36, 28) if alarm.button else button.left()
        lines = tuple(line for line in (alarm.hint, *alarm.small) if line)
        step = style.px(38, 29)
        y = button.center().y() + 1 - step * (len(lines) - 1) / 2
        for line in lines:
            face = fitting(sans, line, style.px(26, 20), right - left, style.px(18, 15))
            draw_line(painter, QPointF(left, y), line, face, style.palette.on_bad, width=right - left)
            y += step
