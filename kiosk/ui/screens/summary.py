"""Finish a delivery: what came, what is short, over or held, before it is closed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import SummaryView
from kiosk.ui.buttons import PressButton
from kiosk.ui.document_header import DocumentHeaderPanel
from kiosk.ui.pressable import Touch
from kiosk.ui.screens.foot_row import FootRow
from kiosk.ui.screens.screen import Screen
from kiosk.ui.style import Style
from kiosk.ui.summary_list import SummaryListPanel


class SummaryScreen(Screen):
    """The header, the lines, Back and Finish."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, touch, parent)
        self._document = DocumentHeaderPanel(style, self)
        self._lines = SummaryListPanel(style, self)
        self._foot = FootRow(style, touch, self)
        self._finish = PressButton(style, touch, self, beside=True, size=(26, 20))

    def show_view(self, view: SummaryView) -> None:
        """Show how the delivery ends."""
        self.show_top(view.top)
        self._document.show_part(view.document)
        self._lines.show_part(view)
        self._foot.show_buttons(view.back, (), view.pages)
        self._finish.show_part(view.finish)

    @override
    def place(self) -> None:
        style, body = self.look, self.body()
        head = style.px(92, 70)
        self._document.setGeometry(body.left(), body.top(), body.width(), head)
        foot = body.bottom() + 1 - style.row_height
        top = body.top() + head + style.gap
        self._lines.setGeometry(body.left(), top, body.width(), foot - style.gap - top)
        finish = style.side_width
        self._foot.setGeometry(body.left(), foot, body.width() - finish - style.gap, style.row_height)
        self._finish.setGeometry(body.right() + 1 - finish, foot, finish, style.row_height)
