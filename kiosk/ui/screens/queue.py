"""The send queue: is anything stuck, since when, and what settles it."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import QueueView
from kiosk.ui.banner import BannerPanel
from kiosk.ui.pressable import Touch
from kiosk.ui.queue_detail import QueueDetailPanel
from kiosk.ui.queue_list import QueueListPanel, QueueRows
from kiosk.ui.screens.foot_row import FootRow
from kiosk.ui.screens.screen import Screen, in_row
from kiosk.ui.state_tiles import StateTilePanel
from kiosk.ui.style import Style


class QueueScreen(Screen):
    """Banner, states, list and detail."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, touch, parent)
        self._banner = BannerPanel(style, touch, self)
        self._states = [StateTilePanel(style, touch, self) for _ in range(5)]
        self._list = QueueListPanel(style, touch, self)
        self._detail = QueueDetailPanel(style, touch, self)
        self._foot = FootRow(style, touch, self)
        self._shape: tuple[int, bool, bool] = (5, False, False)

    def show_view(self, view: QueueView) -> None:
        """Show the queue as it stands."""
        self.show_top(view.top)
        if view.banner is not None:
            self._banner.show_part(view.banner)
        self._banner.setVisible(view.banner is not None)
        for panel, state in zip(self._states, view.states, strict=False):
            panel.show_part(state)
        for panel in self._states[len(view.states) :]:
            panel.hide()
        self._list.show_part(QueueRows(view.title, view.order, view.rows, view.empty))
        if view.detail is not None:
            self._detail.show_part(view.detail)
        self._detail.setVisible(view.detail is not None)
        self._foot.show_buttons(view.back, (), view.pages)
        shape = (len(view.states), view.banner is not None, view.detail is not None)
        if shape != self._shape:
            self._shape = shape
            self.place()

    @override
    def place(self) -> None:
        style, body = self.look, self.body()
        states, banner, detail = self._shape
        top = body.top()
        if banner:
            tall = style.px(100, 78)
            self._banner.setGeometry(body.left(), top, body.width(), tall)
            top += tall + style.px(12, 8)
        tall = style.px(134, 102)
        for panel, box in zip(self._states, in_row(QRect(body.left(), top, body.width(), tall), states, style.gap), strict=False):
            panel.setGeometry(box)
        top += tall + style.px(12, 8)
        self._place_lists(QRect(body.left(), top, body.width(), body.bottom() + 1 - top), detail)

    def _place_lists(self, box: QRect, detail: bool) -> None:
        style = self.look
        side = style.px(460, 370) if detail else 0
        wide = box.width() - side - (style.gap if detail else 0)
        left, right = box.left(), box.left() + wide + style.gap
        if style.left_handed and detail:
            left, right = box.left() + side + style.gap, box.left()
        foot = box.bottom() + 1 - style.row_height
        self._list.setGeometry(left, box.top(), wide, foot - style.px(12, 8) - box.top())
        self._foot.setGeometry(left, foot, wide, style.row_height)
        self._detail.setGeometry(right, box.top(), side, box.height())
