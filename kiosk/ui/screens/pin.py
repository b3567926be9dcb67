"""A second person agrees: to what stands large at the work's side, the pad for the PIN at the other."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import PinView
from kiosk.ui.hero_area import HeroArea
from kiosk.ui.keypad import KeypadPanel
from kiosk.ui.pressable import Touch
from kiosk.ui.screens.screen import Screen
from kiosk.ui.style import Style


class PinScreen(Screen):
    """The hero and the pad; Cancel is on the pad."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, touch, parent)
        self._hero = HeroArea(style, touch, self)
        self._pad = KeypadPanel(style, touch, self)

    def show_view(self, view: PinView) -> None:
        """Show to what somebody agrees, and how many figures are typed."""
        self.show_top(view.top)
        self._hero.show_part(view.hero)
        self._pad.show_part(view.pad)

    @override
    def place(self) -> None:
        grid = self.columns()
        self._hero.setGeometry(grid.work)
        self._pad.setGeometry(grid.side)
