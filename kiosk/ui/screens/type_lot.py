"""Type lot: for a label that can't be scanned. Ten columns of keys, what matches while one types, and how such a lot should look."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Button, TypeLotView
from kiosk.ui.buttons import PressButton
from kiosk.ui.faces import mono, sans
from kiosk.ui.keys import Key, KeyCap
from kiosk.ui.painting import RIGHT, card, draw_line, fitting
from kiosk.ui.panel import Panel, sentence
from kiosk.ui.pressable import Touch
from kiosk.ui.screens.screen import Screen, in_row
from kiosk.ui.screens.tile_grid import TileGrid
from kiosk.ui.style import Style

KEYS: Final = ("1234567890", "ABCDEFGHIJ", "KLMNOPQRST", "UVWXYZ-./⌫")
COLUMNS: Final = 10


class TypedTextPanel(Panel[TypeLotView]):
    """The text as it is being typed, with a caret, and what is wrong with it or how it should look."""

    @override
    def spoken(self, value: TypeLotView) -> str:
        return sentence(value.title, value.buffer, value.problem or value.hint)

    @override
    def paint(self, painter: QPainter, value: TypeLotView, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        colour = palette.bad_text if value.problem else palette.accent
        card(painter, box, palette.surface, colour, style.px(10, 8), style.px(3, 3))
        left, right = box.left() + style.px(22, 15), box.right() - style.px(22, 15)
        top = box.top() + style.px(25, 18)
        note = value.problem or value.hint
        face = fitting(
            lambda size: sans(size, 600 if value.problem else 400), note, style.px(21, 18), (right - left) * 0.64, style.px(16, 14)
        )
        ink = palette.bad_text if value.problem else palette.ink2
        taken = draw_line(painter, QPointF(right, top), note, face, ink, align=RIGHT, width=(right - left) * 0.64)
        title = fitting(lambda size: sans(size, 600), value.title, style.px(21, 18), right - left - taken - 12, style.px(17, 15))
        draw_line(painter, QPointF(left, top), value.title, title, palette.ink2, width=right - left - taken - 12)
        y, most = box.top() + style.px(72, 55), right - left - style.px(12, 9)
        text = fitting(mono, value.buffer, style.px(48, 36), most, style.px(20, 16))
        wide = draw_line(painter, QPointF(left, y), value.buffer, text, palette.ink, width=most, middle=True)
        caret = QRectF(left + wide + style.px(6, 4), y - style.px(22, 17), style.px(4, 3), style.px(44, 34))
        painter.fillRect(caret, QColor(palette.accent))


class TypeLotScreen(Screen):
    """Text and matches above, keys below, Back and Use at the bottom."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, touch, parent)
        self._text = TypedTextPanel(style, self)
        self._matches = TileGrid(style, touch, self, columns=4, least_rows=1, verbatim=True)
        self._keys = [KeyCap(style, touch, self, size=(34, 27)) for _ in range(len(KEYS) * COLUMNS)]
        self._back = PressButton(style, touch, self, beside=True, size=(24, 19))
        self._use = PressButton(style, touch, self, beside=True, size=(28, 22))

    def show_view(self, view: TypeLotView) -> None:
        """Show the text as it stands and what it may mean."""
        self.show_top(view.top)
        self._text.show_part(view)
        for key, label in zip(self._keys, "".join(KEYS), strict=True):
            key.show_part(_key(label, view.erase))
        self._matches.show_tiles(view.matches)
        self._back.show_part(view.back)
        self._use.show_part(view.use)

    @override
    def place(self) -> None:
        style, body = self.look, self.body()
        gap = max(style.px(10, 7), style.mm(1.5))
        foot = body.bottom() + 1 - style.row_height
        wide = max(style.px(220, 170), style.mm(20))
        self._back.setGeometry(body.left(), foot, wide, style.row_height)
        use = max(style.px(400, 318), style.mm(30))
        self._use.setGeometry(body.right() + 1 - use, foot, use, style.row_height)
        tall = style.px(108, 82)
        self._text.setGeometry(body.left(), body.top(), body.width(), tall)
        key = self._key_height(foot - gap - body.top() - tall - gap, gap)
        keys = foot - gap - 4 * key - 3 * gap
        matches = body.top() + tall + gap
        self._matches.setGeometry(body.left(), matches, body.width(), keys - gap - matches)
        for number in range(len(KEYS)):
            row = QRect(body.left(), keys + number * (key + gap), body.width(), key)
            for cap, box in zip(self._keys[number * COLUMNS :], in_row(row, COLUMNS, gap), strict=False):
                cap.setGeometry(box)

    def _key_height(self, room: int, gap: int) -> int:
        """Keys are at least 15 mm where the panel is large enough; the matches need 10 mm."""
        wanted = max(self.look.px(92, 70), self.look.mm(15))
        return min(wanted, (room - self.look.mm(10) - 4 * gap) // 4)


def _key(label: str, erase: str) -> Key:
    if label == "⌫":
        return Key(Button("key:back", erase, "backspace"), sunken=True)
    return Key(Button(f"key:{label}", label), sunken=not label.isalnum())
