"""A shift without hands: real screens, real device bytes, a real server that is cut off and comes back; pictures of all of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from config.settings import Screen
from kiosk.app.demo.site import DemoSite
from kiosk.app.kiosk import Kiosk, build, listen_to_keys
from kiosk.presenters.views import View
from kiosk.ui.screenshot import render
from kiosk.ui.style import COMPACT, REGULAR
from kiosk.ui.tokens import Theme
from traceability.barcodes.command import command_card

PATIENCE_SECONDS: Final = 30.0
GS: Final = "\x1d"
STARCH_BAG: Final = "]d20119520123000018"
STARCH: Final = "]C10109520123000011"
LACTOSE: Final = "]d20109520123000028"


class ShiftStuck(Exception):
    """What was waited for did not happen; the words say what."""


@dataclass(slots=True)
class Shift:
    """Plays the shift and photographs it into `pictures`."""

    site: DemoSite
    kiosk: Kiosk
    pictures: Path
    views: list[View] = field(default_factory=list)
    _shots: int = 0

    def play(self) -> None:
        """Sign in, receive, run out of labels, lose the server, go on, get it back, undo, finish."""
        self.wait(lambda: not any(self.kiosk.desk.health.scanners.values()), "the scanners to connect")
        self.shoot("sign-in")
        self._sign_in_and_open()
        self._receive()
        self._run_out_of_labels()
        self._lose_the_server()
        self._finish()

    def _sign_in_and_open(self) -> None:
        self.serial("B-9999")
        self.shoot("badge-unknown")
        self.serial("B-1001")
        self.shoot("signed-in")
        self.touch("choose_order")
        self.shoot("choose-order")
        self.touch("back")
        self.serial("4500012345")
        self.shoot("receive-ready")

    def _receive(self) -> None:
        self.serial(f"{STARCH_BAG}1728113010NWS-240817-A")
        self.shoot("accepted-bag")
        self.pause(1.6)
        self.serial(f"{STARCH_BAG}1728113010NWS-240817-A")
        self.shoot("accepted-next-bag")
        self.serial(f"{STARCH_BAG}1728113010NWS-240817-A")
        self.shoot("duplicate")
        self.network(f"{STARCH}17281130")
        self.shoot("label-half-read")
        self.network("]C110NWS-240817-B")
        self.shoot("quantity-asked")
        for key in ("key:2", "key:5"):
            self.touch(key)
        self.shoot("quantity-typed")
        self.touch("set")
        self.shoot("accepted-typed-quantity")
        self.keyboard(f"{LACTOSE}17280229310000005010LAC-7741")
        self.shoot("accepted-to-qc")
        self.serial(f"{STARCH_BAG}1723033110NWS-230311-A")
        self.shoot("rejected-expired")
        self.touch("hold")
        self.shoot("taken-in-on-hold")
        self.serial(f"{STARCH_BAG}1728033110NWS-260311-A")
        self.shoot("stop-recalled")
        self.serial(f"{STARCH_BAG}1728113010NWS-240817-C")
        self.shoot("stop-still-latched")
        self.serial(command_card("OK"))
        self.serial("]C10109520123000011X")
        self.shoot("rejected-damaged-barcode")
        self.serial("4006381333931")
        self.shoot("rejected-unknown-item")

    def _run_out_of_labels(self) -> None:
        self.site.load_paper(False)
        self.pause(1.6)
        self.serial(f"{STARCH_BAG}1728113010NWS-240817-D")
        self.wait(
            lambda: self.kiosk.desk.health.labels_waiting > 0 and bool(self.kiosk.desk.health.printer), "the printer to miss its labels"
        )
        self.shoot("printer-out-of-labels")
        self.site.load_paper(True)
        self.wait(lambda: self.kiosk.desk.health.labels_waiting == 0, "the waiting labels to come out")

    def _lose_the_server(self) -> None:
        self.wait(lambda: self.kiosk.desk.health.online and self.kiosk.desk.health.to_send == 0, "everything to be sent")
        self.shoot("online-all-sent")
        self.site.server.cut()
        self.serial("]d2010952012300003510MGS-0042")
        for key in ("key:1", "key:0"):
            self.touch(key)
        self.touch("set")
        self.wait(lambda: not self.kiosk.desk.health.online, "the kiosk to notice that the server is gone")
        self.shoot("accepted-offline")
        self.serial("B-2001")
        self.touch("queue")
        self.shoot("send-queue-offline")
        self.touch("back")
        self.serial(f"{STARCH_BAG}1728113010NWS-240817-E")
        self.touch("undo")
        self.shoot("undone")
        self.site.server.start()
        self.kiosk.desk.sync_now()
        self.wait(lambda: self.kiosk.desk.health.online and self.kiosk.desk.health.to_send == 0, "the queue to be sent")
        self.shoot("online-again")

    def _finish(self) -> None:
        self.touch("reprint")
        self.shoot("reprint-reason")
        self.touch("choose:damaged")
        self.touch("type_lot")
        self.shoot("type-lot")
        self.touch("back")
        self.touch("finish")
        self.shoot("summary")
        self.touch("finish")
        self.serial("4500012346")
        self.serial("PK-0100")
        self.touch("no_lot")
        self.touch("pack:box")
        self.shoot("own-lot-number")
        self.touch("finish")
        self.touch("finish")
        self.touch("sign_out")
        self.shoot("signed-out")
        self.wait(lambda: self.kiosk.desk.health.to_send == 0 and self.kiosk.desk.health.labels_waiting == 0, "the last events and labels")

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

    def touch(self, action: str) -> None:
        """Press something on the screen."""
        self._answered(lambda: self.kiosk.window.pressed.emit(action))

    def pause(self, seconds: float) -> None:
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


def play_shift(site: DemoSite, pictures: Path) -> None:
    """Play the shift on a kiosk of its own."""
    application = QApplication.instance() or QApplication(["lotline"])
    assert isinstance(application, QApplication)
    kiosk = build(site.settings(Screen(size="1280x800"), sounds=False))
    kiosk.window.restyle(replace(kiosk.window.look, reduce_motion=True))
    kiosk.start()
    keys = listen_to_keys(application, kiosk)
    kiosk.window.show()
    try:
        Shift(site, kiosk, pictures).play()
    finally:
        del keys
        kiosk.stop()
