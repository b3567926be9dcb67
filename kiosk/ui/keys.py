"""One key of a pad: a digit, a letter, or an icon."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Button
from kiosk.ui.faces import sans
from kiosk.ui.icons import draw_icon
from kiosk.ui.painting import CENTRE, draw_line
from kiosk.ui.pressable import Pressable, Touch
from kiosk.ui.style import Style


@dataclass(frozen=True, slots=True)
class Key:
    """A key's button and whether it stands back from the digits."""

    button: Button
    sunken: bool = False


class KeyCap(Pressable[Key]):
    """A key; `size` is its letter's size in px, regular and compact."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget, *, size: tuple[int, int]) -> None:
        super().__init__(style, touch, parent)
        self._size = size

    @override
    def action(self, value: Key) -> str:
        return value.button.action if value.button.enabled else ""

    @override
    def spoken(self, value: Key) -> str:
        return value.button.words

    @override
    def paint(self, painter: QPainter, value: Key, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        fill = palette.accent_soft if self.isDown() else palette.sunken if value.sunken else palette.surface
        self.draw_box(painter, box, fill, palette.line_strong)
        ink = palette.ink if value.button.enabled else palette.disabled
        middle = QPointF(box.center().x(), box.center().y() - style.px(1, 1))
        if value.button.icon:
            draw_icon(painter, value.button.icon, middle, style.px(44, 36), ink)
        else:
            draw_line(painter, middle, value.button.words, sans(style.px(*self._size), 600), ink, align=CENTRE)
