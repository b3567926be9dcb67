"""Things to press: act on release inside, ignore the bounce of a gloved finger, never take the focus from a scan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from kiosk.ui.painting import painter_on, pressable_box
from kiosk.ui.style import Style

BOUNCE_MS: Final = 250
Press = Callable[[str], None]
Shown = TypeVar("Shown")


@dataclass(slots=True)
class TapGuard:
    """Remembers the last tap taken, so that its bounce on the same thing, or on what has come up under the finger, is ignored."""

    source: object = None
    at_ms: int = -BOUNCE_MS
    screen_is_new: bool = False

    def takes(self, source: object, at_ms: int) -> bool:
        """Tell whether a tap counts; `at_ms` is the event's own time."""
        soon = 0 <= at_ms - self.at_ms < BOUNCE_MS
        if soon and (source is self.source or self.screen_is_new):
            return False
        self.source, self.at_ms, self.screen_is_new = source, at_ms, False
        return True


@dataclass(frozen=True, slots=True)
class Touch:
    """Where presses go, and what keeps bounces out."""

    press: Press
    guard: TapGuard


class Pressable(QAbstractButton, Generic[Shown]):
    """Subclasses say how a value paints (`paint`), reads (`spoken`) and which `action` it sends; an empty action can't be pressed."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = style
        self.shown: Shown | None = None
        self._touch = touch
        self._bounce = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._send)

    def show_part(self, value: Shown) -> None:
        """Show `value`."""
        if value != self.shown:
            if self.shown is not None and self._means(value) != self._means(self.shown):
                self.setDown(False)  # the finger that is still down meant the other thing
            self.shown = value
            self.setAccessibleName(self.spoken(value))
            self.setEnabled(bool(self.action(value)))
            self.update()
        self.show()

    def action(self, value: Shown) -> str:
        """Return what is sent when pressed; empty while it can't be."""
        raise NotImplementedError

    def spoken(self, value: Shown) -> str:
        """Return what a screen reader says."""
        raise NotImplementedError

    def paint(self, painter: QPainter, value: Shown, box: QRectF) -> None:
        """Paint `value` inside `box`."""
        raise NotImplementedError

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.shown is None:
            return
        with painter_on(self) as painter:
            self.paint(painter, self.shown, QRectF(self.rect()))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.setDown(False)
        super().hideEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._bounce = not self._touch.guard.takes(self, event.timestamp())
        if self._bounce:
            event.accept()
            return
        super().mousePressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two quick taps are two taps; the guard decides

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._bounce:
            self._bounce = False
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def draw_box(
        self, painter: QPainter, box: QRectF, fill: str, border: str, stroke: float | None = None, lip: float | None = None
    ) -> None:
        """Draw the box and its lip, pressed or not."""
        style = self.look
        lip = 0.0 if self.isDown() else style.px(4, 3) if lip is None else lip
        pressable_box(painter, box, fill, border, style.px(10, 8), style.fine(2, 1.5) if stroke is None else stroke, lip)

    def _means(self, value: Shown) -> tuple[str, str]:
        """What a press would do, and what the worker reads that it does: "Undo 25 kg" is not "Undo 10 kg"."""
        return self.action(value), self.spoken(value)

    def _send(self) -> None:
        if self.shown is not None and (action := self.action(self.shown)):
            self._touch.press(action)
