"""The hands and eyes of the shift that plays itself: device bytes and touches go in, pictures come out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from kiosk.app.demo.site import DemoSite
from kiosk.app.kiosk import Kiosk
from kiosk.presenters.health import Health
from kiosk.ui.screenshot import render
from kiosk.ui.style import COMPACT, REGULAR
from kiosk.ui.tokens import Theme

PATIENCE_SECONDS: Final = 30.0
#: The same code read again sooner is one pull of the trigger.
BETWEEN_BAGS_SECONDS: Final = 1.6


class ShiftStuck(Exception):
    """What was waited for did not happen; the words say what."""


@dataclass(slots=True)
class Player:
    """Works at the kiosk and photographs it into `pictures`."""

    site: DemoSite
    kiosk: Kiosk
    pictures: Path
    _shots: int = 0

    @property
    def health(self) -> Health:
        """How devices and network are, as the screen shows it."""
        return self.kiosk.desk.health

    def said(self, fact: str) -> str:
        """Return a fact of the last answer: the number that a lot or a carton got."""
        answer = self.kiosk.desk.said
        if answer is None or not answer.about.get(fact):
            raise ShiftStuck(f"the last answer says no {fact}: {answer}")
        return answer.about[fact]

    def serial(self, text: str) -> None:
        """Scan with the scanner on the serial line."""
        self._answered(lambda: self.site.serial.scan(text))

    def network(self, text: str) -> None:
        """Scan with the scanner on the network."""
        self._answered(lambda: self.site.network.scan(text))

    def keyboard(self, text: str) -> None:
        """Scan with the scanner that types: its keys go through the window system's queue, wherever the focus is."""

        def press() -> None:
            for character in (*text, "\r"):
                code = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_unknown
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, character)
                    QCoreApplication.postEvent(self.kiosk.window, event)

        self._answered(press)

    def touch(self, *actions: str) -> None:
        """Press things on the screen, one after the other."""
        for action in actions:
            self._answered(partial(self.kiosk.window.pressed.emit, action))

    def type(self, figures: str) -> None:
        """Type on the pad and take it."""
        self.touch(*(f"key:{each}" for each in figures), "set")

    def weigh(self, kilograms: str) -> None:
        """Lay something on the scale; wait until it stands still."""
        self.site.weigh(kilograms)
        self.wait(lambda: (lies := self.weight()) is not None and str(lies[0]) == kilograms, "the scale to stand still")

    def weight(self) -> tuple[object, str] | None:
        """Return what the kiosk knows to lie on the scale."""
        return self.kiosk.scale.weight() if self.kiosk.scale is not None else None

    def pause(self, seconds: float = BETWEEN_BAGS_SECONDS) -> None:
        """Let real time pass, as between two bags."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.005)

    def wait(self, happened: Callable[[], bool], what: str) -> None:
        """Let the kiosk work until something happened."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not happened():
            if time.monotonic() > until:
                raise ShiftStuck(f"waited {PATIENCE_SECONDS:.0f} s for {what}")
            QApplication.processEvents()
            time.sleep(0.005)

    def go_offline(self) -> None:
        """Cut the server off once everything is sent; nobody at the kiosk does anything about it."""
        self.wait(lambda: self.health.online and self.health.to_send == 0, "everything to be sent")
        self.site.server.cut()

    def come_back(self) -> None:
        """Let the server start again, and the queue be sent."""
        self.site.server.start()
        self.kiosk.desk.sync_now()
        self.wait(lambda: self.health.online and self.health.to_send == 0, "the queue to be sent")

    def _answered(self, act: Callable[[], object]) -> None:
        before = self.kiosk.answered
        act()
        self.wait(lambda: self.kiosk.answered > before, "an answer")
        QApplication.processEvents()

    def shoot(self, name: str) -> None:
        """Photograph the screen as it is, in both sizes."""
        self._shots += 1
        for size in (REGULAR, COMPACT):
            render(self.kiosk.desk.view(), size, Theme.LIGHT, self.pictures / f"{self._shots:02}-{name}-{size[0]}x{size[1]}.png")
