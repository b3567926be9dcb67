"""The dark that lies over a screen which nobody used for a while. A touch on it only wakes the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.ui.painting import painter_on

DARKNESS = 150  # of 255: what stands under it can still be read


class DimCover(QWidget):
    """Lies over everything while it is shown; `woken` says that somebody is there."""

    woken = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what lies under it is not pressed

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.woken.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painter_on(self) as painter:
            painter.fillRect(event.rect(), QColor(0, 0, 0, DARKNESS))
