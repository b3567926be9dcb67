"""Receive, and every other scanning workflow: document, hero and actions at work; quantity, last scans and Finish beside them."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Button, Keypad, QuantityTile, ReceiveView
from kiosk.ui.buttons import PressButton
from kiosk.ui.document_header import DocumentHeaderPanel
from kiosk.ui.hero_area import HeroArea
from kiosk.ui.keypad import KeypadPanel
from kiosk.ui.outline_panel import OutlinePanel
from kiosk.ui.pressable import Touch
from kiosk.ui.quantity import QuantityTilePanel
from kiosk.ui.scan_list import ScanListPanel
from kiosk.ui.screens.screen import Screen, in_row
from kiosk.ui.style import Style


class ReceiveScreen(Screen):
    """The screen that a dock worker looks at all day."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, touch, parent)
        self._document = DocumentHeaderPanel(style, self)
        self._hero = HeroArea(style, touch, self)
        self._actions = [PressButton(style, touch, self) for _ in range(4)]
        self._quantity = QuantityTilePanel(style, touch, self)
        self._scans = ScanListPanel(style, self)
        self._outline: OutlinePanel | None = None
        self._finish = PressButton(style, touch, self, beside=True, size=(26, 20))
        self._keypad: KeypadPanel | None = None
        self._shown_actions: tuple[Button, ...] = ()

    def show_view(self, view: ReceiveView) -> None:
        """Show the state of the work."""
        self.show_top(view.top)
        self._document.show_part(view.document)
        self._hero.show_part(view.hero)
        self._show_side(view, view.side)
        self._show_actions(_actions(view))

    def _show_side(self, view: ReceiveView, side: QuantityTile | Keypad) -> None:
        if isinstance(side, Keypad):
            self._open_keypad().show_part(side)
        elif self._keypad is not None:
            self._keypad.hide()
        for part in (self._quantity, self._finish):
            part.setVisible(not isinstance(side, Keypad))
        if not isinstance(side, Keypad):
            self._quantity.show_part(side)
            self._finish.show_part(view.finish)
        self._show_list(view, not isinstance(side, Keypad))

    def _show_list(self, view: ReceiveView, visible: bool) -> None:
        """The last scans, or what is in what where the work has that."""
        self._scans.setVisible(visible and view.outline is None)
        if view.outline is not None:
            self._open_outline().show_part(view.outline)
        elif visible:
            self._scans.show_part(view.scans)
        if self._outline is not None:
            self._outline.setVisible(visible and view.outline is not None)

    def _open_outline(self) -> OutlinePanel:
        if self._outline is None:
            self._outline = OutlinePanel(self.look, self)
            self._outline.setGeometry(self._scans.geometry())
        return self._outline

    def _open_keypad(self) -> KeypadPanel:
        """The pad is made when it is needed first: most receipts bring their quantity on the label."""
        if self._keypad is None:
            self._keypad = KeypadPanel(self.look, self.touch, self)
            self._keypad.setGeometry(self.columns().side)
        return self._keypad

    def _show_actions(self, actions: tuple[Button, ...]) -> None:
        for panel, action in zip(self._actions, actions, strict=False):
            panel.show_part(action)
        for panel in self._actions[len(actions) :]:
            panel.hide()
        if len(actions) != len(self._shown_actions):
            self._shown_actions = actions
            self._place_actions()

    @override
    def place(self) -> None:
        style, grid = self.look, self.columns()
        work, side = grid.work, grid.side
        head = style.px(92, 70)
        self._document.setGeometry(work.left(), work.top(), work.width(), head)
        top = work.top() + head + style.px(12, 8)
        self._hero.setGeometry(work.left(), top, work.width(), grid.foot - style.px(12, 8) - top)
        self._place_actions()
        tall = style.touchable(108, 84, 12)
        self._quantity.setGeometry(side.left(), side.top(), side.width(), tall)
        top = side.top() + tall + style.px(12, 8)
        self._scans.setGeometry(side.left(), top, side.width(), grid.foot - style.px(12, 8) - top)
        if self._outline is not None:
            self._outline.setGeometry(self._scans.geometry())
        self._finish.setGeometry(side.left(), grid.foot, side.width(), style.row_height)
        if self._keypad is not None:
            self._keypad.setGeometry(side)

    def _place_actions(self) -> None:
        grid = self.columns()
        row = QRect(grid.work.left(), grid.foot, grid.work.width(), self.look.row_height)
        gap = max(self.look.gap, self.look.mm(1.5))
        for panel, box in zip(self._actions, in_row(row, max(len(self._shown_actions), 1), gap), strict=False):
            panel.setGeometry(box)


def _actions(view: ReceiveView) -> tuple[Button, ...]:
    """While a quantity is typed, the one-touch amounts stand where the actions stand otherwise."""
    side = view.side
    if not isinstance(side, Keypad) or not (side.packs or side.unit_button):
        return view.actions
    return (*side.packs, *((side.unit_button,) if side.unit_button else ()))
