"""Where the hero stands: ready or verdict, in one and the same place."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Hero, ReadyHero
from kiosk.ui.hero import VerdictPanel
from kiosk.ui.pressable import Touch
from kiosk.ui.ready import ReadyPanel
from kiosk.ui.style import Style


class HeroArea(QWidget):
    """Shows the one and hides the other."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(parent)
        self._ready = ReadyPanel(style, self)
        self._verdict = VerdictPanel(style, touch, self)

    def show_part(self, hero: Hero) -> None:
        """Show what there is to say."""
        if isinstance(hero, ReadyHero):
            self._ready.show_part(hero)
            self._verdict.hide()
        else:
            self._verdict.show_part(hero)
            self._ready.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ready.setGeometry(self.rect())
        self._verdict.setGeometry(self.rect())
