"""A painted part of a screen: shows one value, repaints only when that value changes, is named for those who can't see it."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.ui.painting import painter_on
from kiosk.ui.style import Style

Shown = TypeVar("Shown")


class Panel(QWidget, Generic[Shown]):
    """Subclasses say how to paint a value (`paint`) and what it reads as (`spoken`)."""

    def __init__(self, style: Style, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = style
        self.shown: Shown | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_part(self, value: Shown) -> None:
        """Show `value`."""
        if value != self.shown:
            self.shown = value
            self.setAccessibleName(self.spoken(value))
            self.changed(value)
            self.update()
        self.show()

    def spoken(self, value: Shown) -> str:
        """Return what a screen reader says."""
        raise NotImplementedError

    def paint(self, painter: QPainter, value: Shown, box: QRectF) -> None:
        """Paint `value` inside `box`."""
        raise NotImplementedError

    def changed(self, value: Shown) -> None:
        """Pass the value on to children, where there are any."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.shown is None:
            return
        with painter_on(self) as painter:
            self.paint(painter, self.shown, QRectF(self.rect()))


def sentence(*parts: str) -> str:
    """Return the parts that say something, as one spoken line."""
    return ", ".join(part for part in parts if part)
