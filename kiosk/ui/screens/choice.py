"""Choose one: a line, a reason, a vendor, an item, an order. Eight at most at a time; pages instead of scrolling."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import ChoiceView
from kiosk.ui.captions import Caption, CaptionPanel, WordsPanel
from kiosk.ui.pressable import Touch
from kiosk.ui.screens.foot_row import FootRow
from kiosk.ui.screens.screen import Screen
from kiosk.ui.screens.tile_grid import TileGrid
from kiosk.ui.style import Style


class ChoiceScreen(Screen):
    """The question, the tiles, and the way back at the bottom left."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, touch, parent)
        self._question = CaptionPanel(style, self)
        self._tiles = TileGrid(style, touch, self, least_rows=4)
        self._empty = WordsPanel(style, self)
        self._foot = FootRow(style, touch, self)

    def show_view(self, view: ChoiceView) -> None:
        """Show what there is to choose from."""
        self.show_top(view.top)
        self._question.show_part(Caption(view.question, view.context))
        self._tiles.show_tiles(view.tiles)
        self._empty.show_part(view.empty)
        self._empty.setVisible(not view.tiles)
        self._foot.show_buttons(view.back, view.others, view.pages)

    @override
    def place(self) -> None:
        style, body = self.look, self.body()
        head = style.px(92, 70)
        self._question.setGeometry(body.left(), body.top(), body.width(), head)
        foot = body.bottom() + 1 - style.row_height
        self._foot.setGeometry(body.left(), foot, body.width(), style.row_height)
        top = body.top() + head + style.gap
        self._tiles.setGeometry(body.left(), top, body.width(), foot - style.gap - top)
        self._empty.setGeometry(self._tiles.geometry())
