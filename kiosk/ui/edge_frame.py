"""The frame that lights up round the screen for 400 ms with each verdict: seen from the corner of an eye."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.ui.painting import painter_on
from kiosk.ui.style import Style

SHOWN_MS: Final = 400


class EdgeFrame(QWidget):
    """Lies over everything and lets every touch through."""

    def __init__(self, style: Style, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = style
        self._colour = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def flash(self, colour: str) -> None:
        """Light up in `colour`."""
        self._colour = colour
        self.raise_()
        self.show()
        self.update()
        self._timer.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Only the edge belongs to the frame: what lies under its middle need not be painted again."""
        thick = self.look.px(16, 12)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(self.rect().adjusted(thick, thick, -thick, -thick))))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painter_on(self) as painter:
            painter.fillRect(event.rect(), QColor(self._colour))
