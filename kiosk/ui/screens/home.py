"""Home: what work? Large tiles, two columns; what lies open stands on its tile, what was refused here above them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import HomeView
from kiosk.ui.captions import Caption, CaptionPanel
from kiosk.ui.pressable import Touch
from kiosk.ui.screens.foot_row import FootRow
from kiosk.ui.screens.screen import Screen
from kiosk.ui.screens.tile_grid import TileGrid
from kiosk.ui.style import Style
from kiosk.ui.verdict_line import VerdictLinePanel


class HomeScreen(Screen):
    """Tiles fill the screen; signing out is at the bottom left, what helps in any work beside it."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, touch, parent)
        self._caption = CaptionPanel(style, self)
        self._refused = VerdictLinePanel(style, self)
        self._tiles = TileGrid(style, touch, self)
        self._foot = FootRow(style, touch, self, wide=300, fills=True)

    def show_view(self, view: HomeView) -> None:
        """Show the modes of this station."""
        self.show_top(view.top)
        self._caption.show_part(Caption(view.title, view.hint))
        self._caption.setVisible(view.hero is None)
        if view.hero is not None:
            self._refused.show_part(view.hero)
        self._refused.setVisible(view.hero is not None)
        self._tiles.show_tiles(view.tiles)
        self._foot.show_buttons(view.sign_out, view.others)

    @override
    def place(self) -> None:
        style, body = self.look, self.body()
        head = style.px(92, 70)
        for panel in (self._caption, self._refused):
            panel.setGeometry(body.left(), body.top(), body.width(), head)
        foot = body.bottom() + 1 - style.row_height
        self._foot.setGeometry(body.left(), foot, body.width(), style.row_height)
        top = body.top() + head + style.gap
        self._tiles.setGeometry(body.left(), top, body.width(), foot - style.gap - top)
