"""The station's one window: shows a view, says what was pressed. Nothing in it can hold the focus, so nothing can swallow a scan."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Final, Protocol, cast

from PySide6.QtCore import QRect, Qt, Signal
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
    SeatBand,
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
from kiosk.ui.screens.screen import in_row
from kiosk.ui.seat_band import SeatBandPanel, band_height
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
        self._left_handed = self.look.left_handed  # as the station is set up
        self._guard = TapGuard()
        self._touch = Touch(self.pressed.emit, self._guard)
        self._screens: dict[type, QWidget] = {}
        self._view: View | None = None
        self._bands: list[SeatBandPanel] = []
        self._beside: tuple[SeatBand, ...] = ()
        self._flashed = 0
        self._frame = EdgeFrame(self.look, self)
        self._dim = DimCover(self)
        self._dim.woken.connect(lambda: self.pressed.emit(WAKE))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setWindowTitle("Lotline")
        self.resize(self.look.width, self.look.height)

    def show_view(self, view: View, beside: tuple[SeatBand, ...] = ()) -> None:
        """Show `view`, and what was said at the other seats; a verdict with a new number lights the edge frame."""
        self._take_hand(view)
        self._show_beside(beside)
        last, self._view = self._view, view
        screen = self._screen_of(type(view))
        cast(ViewScreen, screen).show_view(view)
        if type(last) is not type(view) or screen.isHidden():
            self._bring_up(screen)
        self._dim_or_wake(view)
        self._flash_if_new(view)

    def _take_hand(self, view: View) -> None:
        """Mirror the columns for whoever works with the other hand; screens without a bar have nothing to mirror."""
        top = getattr(view, "top", None)
        if top is None:
            return
        left = self._left_handed if top.left_handed is None else top.left_handed
        if left != self.look.left_handed:
            self.look, self._view = replace(self.look, left_handed=left), None
            self._put_away()

    def _dim_or_wake(self, view: View) -> None:
        top = getattr(view, "top", None)
        if top is not None and top.dimmed:
            self._dim.raise_()
            self._dim.show()
        else:
            self._dim.hide()

    def restyle(self, style: Style) -> None:
        """Change theme, hand or size; what is shown stays the same."""
        self._left_handed = style.left_handed
        self._made_anew(style)

    def _made_anew(self, style: Style) -> None:
        self.look = replace(style, width=max(self.width(), 1), height=max(self.height(), 1))
        self._put_away()
        self._frame.look = self.look
        if self._view is not None:
            view, self._view = self._view, None
            self.show_view(view, self._beside)

    def _put_away(self) -> None:
        for part in (*self._screens.values(), *self._bands):
            part.hide()
            part.deleteLater()
        self._screens.clear()
        self._bands.clear()

    def _show_beside(self, beside: tuple[SeatBand, ...]) -> None:
        """The bands stand side by side at the foot; the screens are made anew for the room that they leave."""
        self._beside = beside
        if len(beside) != len(self._bands):
            self._put_away()
            self._bands = [SeatBandPanel(self.look, self._touch, self) for _ in beside]
        row = QRect(0, self._inner().height, self.width(), band_height(self.look))
        for panel, box, band in zip(self._bands, in_row(row, len(beside), 2), beside, strict=True):
            panel.setGeometry(box)
            panel.show_part(band)

    def _inner(self) -> Style:
        """How large the screens are: all of the window, less the bands."""
        return replace(self.look, height=max(self.look.height - band_height(self.look), 1)) if self._beside else self.look

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._frame.setGeometry(self.rect())
        self._dim.setGeometry(self.rect())
        if (self.width(), self.height()) != (self.look.width, self.look.height):
            self._made_anew(self.look)

    def _bring_up(self, screen: QWidget) -> None:
        self._guard.screen_is_new = True
        for other in self._screens.values():
            other.setVisible(other is screen)

    def _screen_of(self, kind: type) -> QWidget:
        if kind not in self._screens:
            module, name = SCREENS[kind]
            make = getattr(importlib.import_module(f"kiosk.ui.screens.{module}"), name)
            inner = self._inner()
            screen = cast(QWidget, make(inner, self._touch, self))
            screen.setGeometry(QRect(0, 0, inner.width, inner.height))
            self._screens[kind] = screen
        return self._screens[kind]

    def _flash_if_new(self, view: View) -> None:
        hero = getattr(view, "hero", None)
        if not isinstance(hero, VerdictHero) or hero.number <= self._flashed:
            return
        self._flashed = hero.number
        if not self.look.reduce_motion:
            self._frame.flash(colours_of(hero.tone, self.look.palette).fill)
