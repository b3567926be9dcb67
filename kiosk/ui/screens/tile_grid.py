"""Up to eight tiles in two columns, as large as the room and their number allow."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Tile
from kiosk.ui.pressable import Touch
from kiosk.ui.screens.screen import in_row
from kiosk.ui.style import Style
from kiosk.ui.tiles import TilePanel

COLUMNS: Final = 2
LEAST_ROWS: Final = 3  # two tiles alone need not be posters


class TileGrid(QWidget):
    """The tiles, made as they are needed."""

    def __init__(
        self, style: Style, touch: Touch, parent: QWidget, *, columns: int = COLUMNS, least_rows: int = LEAST_ROWS, verbatim: bool = False
    ) -> None:
        super().__init__(parent)
        self.look = style
        self._touch = touch
        self._columns = columns
        self._least_rows = least_rows
        self._verbatim = verbatim
        self._panels: list[TilePanel] = []
        self._count = 0

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        """Show `tiles`, row by row."""
        while len(self._panels) < len(tiles):
            self._panels.append(TilePanel(self.look, self._touch, self, verbatim=self._verbatim))
        for panel, tile in zip(self._panels, tiles, strict=False):
            panel.show_part(tile)
        for panel in self._panels[len(tiles) :]:
            panel.hide()
        if len(tiles) != self._count:
            self._count = len(tiles)
            self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        gap = max(self.look.gap, self.look.mm(1.5))
        rows = max(-(-self._count // self._columns), self._least_rows)
        tall = (self.height() - gap * (rows - 1)) / rows
        for position, panel in enumerate(self._panels):
            row, column = divmod(position, self._columns)
            top, bottom = round(row * (tall + gap)), round(row * (tall + gap) + tall)
            panel.setGeometry(in_row(QRect(0, top, self.width(), bottom - top), self._columns, gap)[column])
