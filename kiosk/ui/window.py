"""The station's one window: shows a view, says what was pressed. Nothing in it can hold the focus, so nothing can swallow a scan."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Final, Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import (
    ChoiceView,
    FaultView,
    HomeView,
    LotView,
    PinView,
    QueueView,
    ReceiveView,
    SignInView,
    StopView,
    SummaryView,
    TypeLotView,
    VerdictHero,
    View,
)
from kiosk.ui.dim_cover import DimCover
from kiosk.ui.edge_frame import EdgeFrame
from kiosk.ui.hero import colours_of
from kiosk.ui.pressable import TapGuard, Touch
from kiosk.ui.style import Style

SCREENS: Final[dict[type, tuple[str, str]]] = {
    SignInView: ("sign_in", "SignInScreen"),
    HomeView: ("home", "HomeScreen"),
    ReceiveView: ("receive", "ReceiveScreen"),
    ChoiceView: ("choice", "ChoiceScreen"),
    TypeLotView: ("type_lot", "TypeLotScreen"),
    LotView: ("lot", "LotScreen"),
    PinView: ("pin", "PinScreen"),
    QueueView: ("queue", "QueueScreen"),
    StopView: ("stop", "StopScreen"),
    FaultView: ("fault", "FaultScreen"),
    SummaryView: ("summary", "SummaryScreen"),
}


#: What a touch on the dimmed screen says; nothing else.
WAKE: Final = "wake"


class ViewScreen(Protocol):
    """A screen as the window sees it."""

    def show_view(self, view: View) -> None:
        """Show a view of its own kind."""
        ...


class Window(QWidget):
    """Screens are made when they are first needed and kept; a new size or style makes them anew."""

    pressed = Signal(str)

    def __init__(self, style: Style | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = style or Style()
        self._guard = TapGuard()
        self._touch = Touch(self.pressed.emit, self._guard)
        self._screens: dict[type, QWidget] = {}
        self._view: View | None = None
        self._flashed = 0
        self._frame = EdgeFrame(self.look, self)
        self._dim = DimCover(self)
        self._dim.woken.connect(lambda: self.pressed.emit(WAKE))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setWindowTitle("Lotline")
        self.resize(self.look.width, self.look.height)

    def show_view(self, view: View) -> None:
        """Show `view`; a verdict with a new number lights the edge frame."""
        last, self._view = self._view, view
        screen = self._screen_of(type(view))
        cast(ViewScreen, screen).show_view(view)
        if type(last) is not type(view) or screen.isHidden():
            self._bring_up(screen)
        self._dim_or_wake(view)
        self._flash_if_new(view)

    def _dim_or_wake(self, view: View) -> None:
        top = getattr(view, "top", None)
        if top is not None and top.dimmed:
            self._dim.raise_()
            self._dim.show()
        else:
            self._dim.hide()

    def restyle(self, style: Style) -> None:
        """Change theme, hand or size; what is shown stays the same."""
        self.look = replace(style, width=max(self.width(), 1), height=max(self.height(), 1))
        for screen in self._screens.values():
            screen.hide()
            screen.deleteLater()
        self._screens.clear()
        self._frame.look = self.look
        if self._view is not None:
            view, self._view = self._view, None
            self.show_view(view)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._frame.setGeometry(self.rect())
        self._dim.setGeometry(self.rect())
        if (self.width(), self.height()) != (self.look.width, self.look.height):
            self.restyle(self.look)

    def _bring_up(self, screen: QWidget) -> None:
        self._guard.screen_is_new = True
        for other in self._screens.values():
            other.setVisible(other is screen)

    def _screen_of(self, kind: type) -> QWidget:
        if kind not in self._screens:
            module, name = SCREENS[kind]
            make = getattr(importlib.import_module(f"kiosk.ui.screens.{module}"), name)
            screen = cast(QWidget, make(self.look, self._touch, self))
            screen.setGeometry(self.rect())
            self._screens[kind] = screen
        return self._screens[kind]

    def _flash_if_new(self, view: View) -> None:
        hero = getattr(view, "hero", None)
        if not isinstance(hero, VerdictHero) or hero.number == self._flashed:
            return
        self._flashed = hero.number
        if not self.look.reduce_motion:
            self._frame.flash(colours_of(hero.tone, self.look.palette).fill)
