"""Sign in: "Scan your badge", in the language that the worker picks."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import SignInView
from kiosk.ui.buttons import PressButton
from kiosk.ui.captions import WordsPanel
from kiosk.ui.hero_area import HeroArea
from kiosk.ui.pressable import Touch
from kiosk.ui.screens.screen import Screen, in_row
from kiosk.ui.style import Style


class SignInScreen(Screen):
    """The hero over the whole width, languages under it."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, touch, parent)
        self._hero = HeroArea(style, touch, self)
        self._resume = WordsPanel(style, self)
        self._languages: list[PressButton] = []
        self._shown: tuple[int, bool] = (0, False)

    def show_view(self, view: SignInView) -> None:
        """Show whom we wait for, or why the badge was refused."""
        self.show_top(view.top)
        self._hero.show_part(view.hero)
        while len(self._languages) < len(view.languages):
            self._languages.append(PressButton(self.look, self.touch, self, beside=True, size=(24, 19)))
        for panel, language in zip(self._languages, view.languages, strict=False):
            panel.show_part(language)
        for panel in self._languages[len(view.languages) :]:
            panel.hide()
        self._resume.setVisible(bool(view.resume))
        if view.resume:
            self._resume.show_part(view.resume)
        if self._shown != (len(view.languages), bool(view.resume)):
            self._shown = (len(view.languages), bool(view.resume))
            self.place()

    @override
    def place(self) -> None:
        style, body = self.look, self.body()
        count, resumes = self._shown
        bottom = body.bottom() + 1
        if count:
            row = QRect(body.left(), bottom - style.row_height, body.width(), style.row_height)
            for panel, box in zip(self._languages, in_row(row, count, max(style.gap, style.mm(1.5))), strict=False):
                panel.setGeometry(box)
            bottom = row.top() - style.gap
        if resumes:
            tall = style.px(56, 44)
            self._resume.setGeometry(body.left(), bottom - tall, body.width(), tall)
            bottom -= tall + style.px(4, 2)
        self._hero.setGeometry(body.left(), body.top(), body.width(), bottom - body.top())
