"""What all screens with a top bar share: the bar, the ground, the two columns and the row at the bottom."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import TopBar
from kiosk.ui.painting import painter_on
from kiosk.ui.pressable import Touch
from kiosk.ui.style import Style
from kiosk.ui.top_bar import TopBarPanel


@dataclass(frozen=True, slots=True)
class Columns:
    """Work column, context column (mirrored for the left hand), and where the row at the bottom begins."""

    work: QRect
    side: QRect
    foot: int


class Screen(QWidget):
    """Subclasses make their parts in the constructor, show them in `show_view` and put them in their places in `place`."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = style
        self.touch = touch
        self.top = TopBarPanel(style, touch, self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_top(self, top: TopBar) -> None:
        """Show the bar and name the screen after its mode."""
        self.top.show_part(top)
        self.setAccessibleName(top.mode)

    def place(self) -> None:
        """Put every part in its place; called when the size or the number of parts changes."""
        raise NotImplementedError

    def columns(self) -> Columns:
        """Return the grid below the bar."""
        style = self.look
        top, bottom = style.bar_height + style.px(12, 8), self.height() - style.margin
        side = style.side_width
        work = self.width() - 2 * style.margin - style.gap - side
        left, right = style.margin, self.width() - style.margin - side
        if style.left_handed:
            left, right = style.margin + side + style.gap, style.margin
        tall = bottom - top
        return Columns(QRect(left, top, work, tall), QRect(right, top, side, tall), bottom - style.row_height)

    def body(self) -> QRect:
        """Return everything below the bar, inside the margins."""
        style = self.look
        top = style.bar_height + style.px(12, 8)
        return QRect(style.margin, top, self.width() - 2 * style.margin, self.height() - style.margin - top)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.top.setGeometry(0, 0, self.width(), self.look.bar_height)
        self.place()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painter_on(self) as painter:
            painter.fillRect(event.rect(), QColor(self.look.palette.bg))


def in_row(row: QRect, count: int, gap: int) -> list[QRect]:
    """Return `count` equal boxes side by side, `gap` px apart, that fill `row` to the pixel."""
    wide = (row.width() - gap * (count - 1)) / max(count, 1)
    edges = [(round(n * (wide + gap)), round(n * (wide + gap) + wide)) for n in range(count)]
    return [QRect(row.left() + left, row.top(), right - left, row.height()) for left, right in edges]
