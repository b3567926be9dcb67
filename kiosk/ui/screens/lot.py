"""Look up: the lot's card, where it came from at the left, where it went at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import LotView
from kiosk.ui.captions import WordsPanel
from kiosk.ui.lot_card import LotCardPanel
from kiosk.ui.outline_panel import OutlinePanel
from kiosk.ui.pressable import Touch
from kiosk.ui.screens.foot_row import FootRow
from kiosk.ui.screens.screen import Screen, in_row
from kiosk.ui.style import Style


class LotScreen(Screen):
    """Card, two lists, and the row at the bottom with what to scan next."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, touch, parent)
        self._card = LotCardPanel(style, self)
        self._sources = OutlinePanel(style, self)
        self._uses = OutlinePanel(style, self)
        self._foot = FootRow(style, touch, self)
        self._hint = WordsPanel(style, self)
        self._count = 0

    def show_view(self, view: LotView) -> None:
        """Show a lot and its nearest kin."""
        self.show_top(view.top)
        self._card.show_part(view.card)
        self._sources.show_part(view.sources)
        self._uses.show_part(view.uses)
        self._foot.show_buttons(view.back, view.actions)
        self._hint.show_part(view.hint)
        self._hint.setVisible(bool(view.hint))
        if len(view.actions) != self._count:
            self._count = len(view.actions)
            self.place()

    @override
    def place(self) -> None:
        style, body = self.look, self.body()
        gap = style.gap
        head = style.px(132, 102)
        self._card.setGeometry(body.left(), body.top(), body.width(), head)
        foot = body.bottom() + 1 - style.row_height
        top = body.top() + head + gap
        row = QRect(body.left(), top, body.width(), foot - gap - top)
        for panel, box in zip((self._sources, self._uses), in_row(row, 2, gap), strict=True):
            panel.setGeometry(box)
        wide = round(body.width() * (0.3, 0.45, 0.65, 0.8)[self._count])
        self._foot.setGeometry(body.left(), foot, wide, style.row_height)
        self._hint.setGeometry(body.left() + wide + gap, foot, body.width() - wide - gap, style.row_height)
