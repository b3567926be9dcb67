"""The row at the bottom: Back at the left, always there; other ways out beside it; pages at the right."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Button, Pages
from kiosk.ui.buttons import PressButton
from kiosk.ui.captions import WordsPanel
from kiosk.ui.pressable import Touch
from kiosk.ui.screens.screen import in_row
from kiosk.ui.style import Style


class FootRow(QWidget):
    """Buttons are made when they are needed first. `wide`: of the way back, at 1280 px; `fills`: all share the row with it."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget, *, wide: int = 220, fills: bool = False) -> None:
        super().__init__(parent)
        self.look = style
        self._wide = wide
        self._fills = fills
        self._touch = touch
        self._back = self._button()
        self._others: list[PressButton] = []
        self._previous = PressButton(style, touch, self, size=(20, 18))
        self._words = WordsPanel(style, self)
        self._following = PressButton(style, touch, self, size=(20, 18))
        self._count = 0
        self._paged = False

    def show_buttons(self, back: Button, others: tuple[Button, ...] = (), pages: Pages | None = None) -> None:
        """Show the ways out of a screen."""
        self._back.show_part(back)
        while len(self._others) < len(others):
            self._others.append(self._button())
        for panel, button in zip(self._others, others, strict=False):
            panel.show_part(button)
        for panel in self._others[len(others) :]:
            panel.hide()
        if pages is not None:
            self._previous.show_part(pages.previous)
            self._words.show_part(pages.words)
            self._following.show_part(pages.following)
        for part in (self._previous, self._words, self._following):
            part.setVisible(pages is not None)
        self._count, self._paged = len(others), pages is not None
        self._place()

    def _button(self) -> PressButton:
        return PressButton(self.look, self._touch, self, beside=True, size=(24, 19))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        style, tall, gap = self.look, self.height(), max(self.look.gap, self.look.mm(1.5))
        if self._fills and self._count:
            for panel, box in zip((self._back, *self._others), in_row(self.rect(), self._count + 1, gap), strict=False):
                panel.setGeometry(box)
            return
        wide = min(style.touchable(self._wide, self._wide * 0.77, 20), max(style.mm(15), (self.width() - gap * 5) // 5))
        if not self._paged:
            wide = min(style.touchable(self._wide, self._wide * 0.77, 20), (self.width() - gap * self._count) // (self._count + 1))
        self._back.setGeometry(0, 0, wide, tall)
        right = self.width()
        if self._paged:
            arrow, words = max(style.px(130, 104), style.mm(15)), style.px(110, 90)
            self._following.setGeometry(right - arrow, 0, arrow, tall)
            self._words.setGeometry(right - arrow - gap - words, 0, words, tall)
            self._previous.setGeometry(right - 2 * arrow - 2 * gap - words, 0, arrow, tall)
            right -= 2 * arrow + 2 * gap + words + gap
        left = wide + gap
        each = min(style.px(300, 230), (right - left - gap * (self._count - 1)) // max(self._count, 1))
        for position, panel in enumerate(self._others):
            panel.setGeometry(left + position * (each + gap), 0, each, tall)
