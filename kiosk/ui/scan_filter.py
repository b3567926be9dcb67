"""Takes every key press before any widget sees it: a wedge scanner types wherever the focus is, and nothing here may eat a scan."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

IDLE_MS: Final = 50
QUIET_AFTER_SECONDS: Final = 2.0  # nothing that began before can still be waiting: the timer rests
EVDEV_OFFSET: Final = 8  # X11, Wayland and Qt's own evdev handler report the kernel's key code plus 8
CLOCK_JUMP_SECONDS: Final = 5.0  # the window system's 32-bit milliseconds wrap after 49 days


class KeySink(Protocol):
    """What makes scans of key presses. Times are seconds, monotonic. Each call returns what a person typed, if anything."""

    def press(self, *, text: str, scan_code: int, at: float, shift: bool, control: bool, alt: bool, repeated: bool) -> str:
        """Take a key press; `scan_code` is the evdev code (0: unknown)."""
        ...

    def release_alt(self, at: float) -> str:
        """Take note that the Alt key went up."""
        ...

    def idle(self, at: float) -> str:
        """Take note that nothing has come until now."""
        ...


class ScanFilter(QObject):
    """Install on the application. `typed` says what a person typed on a keyboard."""

    typed = Signal(str)

    def __init__(self, sink: KeySink, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._sink = sink
        self._clock = clock
        self._offset: float | None = None
        self._last = float("-inf")
        self._timer = QTimer(self)
        self._timer.setInterval(IDLE_MS)
        self._timer.timeout.connect(self._tick)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Consume key presses and releases on their way to any window or widget."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not isinstance(event, QKeyEvent) or not (watched.isWindowType() or watched.isWidgetType()):
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._press(event)
        elif event.key() in (Qt.Key.Key_Alt, Qt.Key.Key_AltGr):
            self._pass_on(self._sink.release_alt(self._at(event)))
        return True

    def _press(self, event: QKeyEvent) -> None:
        held = event.modifiers()
        self._pass_on(
            self._sink.press(
                text=event.text(),
                scan_code=_evdev(event.nativeScanCode()),
                at=self._at(event),
                shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
                control=bool(held & Qt.KeyboardModifier.ControlModifier),
                alt=bool(held & Qt.KeyboardModifier.AltModifier),
                repeated=event.isAutoRepeat(),
            )
        )
        self._last = self._clock()
        if not self._timer.isActive():
            self._timer.start()

    def _at(self, event: QKeyEvent) -> float:
        """Return when the key went down, on our clock: the event's own time tells pace even when events have queued up."""
        now, stamp = self._clock(), event.timestamp() / 1000
        if not stamp:
            return now
        offset = now - stamp
        if self._offset is None or abs(offset - self._offset) > CLOCK_JUMP_SECONDS:
            self._offset = offset
        self._offset = min(self._offset, offset)
        return stamp + self._offset

    def _tick(self) -> None:
        now = self._clock()
        self._pass_on(self._sink.idle(now))
        if now - self._last > QUIET_AFTER_SECONDS:
            self._timer.stop()

    def _pass_on(self, typed: str) -> None:
        if typed:
            self.typed.emit(typed)


def _evdev(native: int) -> int:
    if sys.platform == "win32":
        return native
    return native - EVDEV_OFFSET if native > EVDEV_OFFSET else 0
