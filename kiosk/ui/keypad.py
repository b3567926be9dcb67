"""The number pad: what is typed, how much is still to come, twelve keys, Cancel and Set."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Button, Keypad
from kiosk.ui.buttons import PressButton
from kiosk.ui.faces import sans
from kiosk.ui.keys import Key, KeyCap
from kiosk.ui.painting import RIGHT, card, draw_line, fitting
from kiosk.ui.panel import Panel, sentence
from kiosk.ui.pressable import Touch
from kiosk.ui.style import Style

ROWS: Final = ("789", "456", "123")
LEAST_KEY_MM: Final = 18.5

LEAST_BESIDE = 60  # px: in a lower box, as under a seat band, what is left would touch the figure


class TypedQuantityPanel(Panel[Keypad]):
    """The amount as it is being typed, with a caret."""

    @override
    def spoken(self, value: Keypad) -> str:
        return sentence(value.title, f"{value.buffer} {value.unit}".strip(), value.problem or value.to_go)

    @override
    def paint(self, painter: QPainter, value: Keypad, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        stroke = style.px(3, 3)
        card(painter, box, palette.surface, palette.bad_text if value.problem else palette.accent, style.px(10, 8), stroke)
        left, right = box.left() + style.px(18, 13), box.right() - style.px(18, 13)
        top, bottom = box.top() + min(style.px(25, 18), box.height() * 0.26), box.top() + box.height() * 0.65
        note, least, gap = value.problem or value.to_go, style.px(16, 14), 10
        colour, weight = (palette.bad_text, 600) if value.problem else (palette.ink2, 400)
        both = sans(least, weight).width(note) + gap + sans(least, 500).width(value.title)
        # Where both don't fit into one line, or would touch the figure, the note stands under the title, beside the figure.
        beside = both <= right - left and box.height() >= LEAST_BESIDE
        share = 0.62 if beside else 0.45 if value.buffer else 0.8
        face = fitting(lambda size: sans(size, weight), note, style.px(20, 18), (right - left) * share, least)
        at, align = (QPointF(right, top), RIGHT) if beside else (QPointF(left, bottom), 0)
        taken = draw_line(painter, at, note, face, colour, align=align, width=(right - left) * share) + gap if note else 0
        room = right - left - (taken if beside else 0)
        title = fitting(lambda size: sans(size, 500), value.title, style.px(20, 18), room, least)
        draw_line(painter, QPointF(left, top), value.title, title, palette.ink2, width=room)
        self._paint_amount(painter, value, left + (0 if beside else taken), right, bottom, box.height())

    def _paint_amount(self, painter: QPainter, value: Keypad, left: float, right: float, y: float, height: float) -> None:
        """Paint figure, caret and unit; in a low box they are smaller, so that they stay clear of the title."""
        style, palette = self.look, self.look.palette
        right -= draw_line(
            painter, QPointF(right, y + style.px(2, 1)), value.unit, sans(style.px(34, 26), 500), palette.ink2, align=RIGHT
        ) + style.px(7, 5)
        tall = min(style.px(40, 32), height * 0.5)
        painter.fillRect(QRectF(right - style.px(4, 3), y - tall / 2, style.px(4, 3), tall), QColor(palette.accent))
        right -= style.px(12, 9)
        largest = min(style.px(56, 36), round(height * 0.55))
        number = fitting(lambda size: sans(size, 700), value.buffer, largest, right - left, style.px(22, 18))
        draw_line(painter, QPointF(right, y), value.buffer, number, palette.ink, align=RIGHT, width=right - left, middle=True)


class KeypadPanel(QWidget):
    """The pad in the context column."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = style
        self._amount = TypedQuantityPanel(style, self)
        self._keys = [KeyCap(style, touch, self, size=(44, 36)) for _ in range(12)]
        self._cancel = PressButton(style, touch, self, size=(24, 19))
        self._set = PressButton(style, touch, self, beside=True, size=(28, 22))

    def show_part(self, value: Keypad) -> None:
        """Show the pad as it stands."""
        self.setAccessibleName(value.title)
        self._amount.show_part(value)
        labels = [*"".join(ROWS), value.decimal, "0", "⌫"]
        for key, label in zip(self._keys, labels, strict=True):
            key.show_part(_key(label, value))
            key.setVisible(bool(label))  # a PIN has no decimal sign
        self._cancel.show_part(value.cancel_button)
        self._set.show_part(value.set_button)
        self.show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        style, gap = self.look, max(self.look.px(10, 7), self.look.mm(1.5))
        foot = self.height() - style.row_height
        tall = self._key_height(foot, gap)
        top = foot - style.gap - 4 * tall - 3 * gap
        self._amount.setGeometry(0, 0, self.width(), top - gap)
        wide = (self.width() - 2 * gap) / 3
        for position, key in enumerate(self._keys):
            row, column = divmod(position, 3)
            left, right = round(column * (wide + gap)), round(column * (wide + gap) + wide)
            key.setGeometry(left, top + row * (tall + gap), right - left, tall)
        cancel = max(round(wide + style.px(4, 3)), style.mm(15))
        self._cancel.setGeometry(0, foot, cancel, style.row_height)
        self._set.setGeometry(cancel + gap, foot, self.width() - cancel - gap, style.row_height)

    def _key_height(self, foot: int, gap: int) -> int:
        """Keys get what a gloved finger needs first; the amount above them takes the rest."""
        style = self.look
        left_over = foot - style.gap - style.px(120, 92) - 3 * gap
        most = (foot - style.gap - style.px(80, 60) - 4 * gap) // 4  # a panel too small for such keys still shows all of them
        return min(max(left_over // 4, style.mm(LEAST_KEY_MM)), most)


def _key(label: str, pad: Keypad) -> Key:
    if label == "⌫":
        return Key(Button("key:back", pad.erase, "backspace"), sunken=True)
    return Key(Button("key:." if label == pad.decimal else f"key:{label}", label), sunken=label == pad.decimal)
