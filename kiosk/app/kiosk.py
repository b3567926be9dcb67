"""The kiosk: a window on one thread, the station on another, and devices, printing and the wire on theirs."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from config.settings import Screen, Server, Settings
from drivers.frames import Frame
from kiosk.app.devices import PrintLoop, Scanners, built_printer, reader_settings, wedge_of
from kiosk.app.station_thread import StationThread
from kiosk.app.wiring import Wired, print_room, sync_session, wire_station
from kiosk.presenters.desk import Desk
from kiosk.presenters.health import Health
from kiosk.presenters.views import View
from kiosk.services.clocks import SystemClock
from kiosk.services.printing import PrintReport
from kiosk.ui.style import COMPACT, REGULAR, Style
from kiosk.ui.tokens import Theme
from kiosk.ui.window import Window
from sync.client import SyncReport
from sync.loop import SyncLoop
from sync.retry import Backoff

CLOCK_MS: Final = 5_000
_SIZES: Final = {"1280x800": REGULAR, "1024x600": COMPACT}


class Bridge(QObject):
    """Carries views from the station's thread to the window's."""

    shown = Signal(object)


@dataclass(slots=True)
class Kiosk:
    """A running kiosk. Built by `build`, started by `start`, put away by `stop`."""

    settings: Settings
    wired: Wired
    desk: Desk
    window: Window
    bridge: Bridge
    thread: StationThread
    scanners: Scanners | None = None
    printing: PrintLoop | None = None
    syncing: SyncLoop | None = None
    answered: int = 0  # inputs that were answered so far

    def start(self) -> None:
        """Show the first view and let the devices, the printer and the wire begin."""
        self.thread.start()
        self.show()
        if self.scanners is not None:
            self.scanners.start()
        if self.printing is not None:
            self.printing.start()
        if self.syncing is not None:
            self.syncing.start()

    def stop(self) -> None:
        """Put everything away: scanners first, so that what they read is still answered and kept."""
        for part in (self.scanners, self.printing, self.syncing, self.thread):
            if part is not None:
                part.stop()
        self.wired.store.close()

    def deliver(self, frame: Frame) -> None:
        """Take a scan from a driver's thread."""
        noise = frame.noise.value if frame.noise else None
        self.do(lambda: self.desk.scan(frame.data, frame.device, frame.received_at, noise))

    def press(self, action: str) -> None:
        """Take a touch from the window's thread."""
        self.do(lambda: self.desk.press(action))

    def do(self, job: Callable[[], object]) -> None:
        """Have the station do something, then show what came of it, print and send."""

        def work() -> None:
            job()
            self.answered += 1
            self._show_now()
            if self.printing is not None:
                self.printing.wake()
            if self.syncing is not None:
                self.syncing.wake()

        self.thread.hand_in(work)

    def show(self) -> None:
        """Have the present view shown: the clock moved, or a device changed."""
        self.thread.hand_in(self._show_now)

    def _show_now(self) -> None:
        figures = self.desk.queue.figures(self.desk.clock.now())
        self.desk.health = replace(self.desk.health, to_send=figures.waiting, parked=figures.parked)
        self.bridge.shown.emit(self.desk.view())

    def scanner_is(self, name: str, wrong: str) -> None:
        """A scanner came or went."""

        def note() -> None:
            scanners = {**self.desk.health.scanners, name: wrong}
            self.desk.health = replace(self.desk.health, scanners=scanners)
            self._show_now()

        self.thread.hand_in(note)

    def printer_is(self, report: PrintReport) -> None:
        """The printer printed, or could not."""

        def note() -> None:
            words = report.fault.words if report.fault else ""
            self.desk.health = replace(self.desk.health, printer=words, labels_waiting=report.waiting)
            self._show_now()

        self.thread.hand_in(note)

    def server_is(self, report: SyncReport) -> None:
        """The server was met, or was not."""

        def note() -> None:
            health, now = self.desk.health, self.desk.clock.now()
            since = None if report.online else (health.offline_since or now)
            self.wired.store.reference.note_meeting(now, online=report.online, complete=report.complete)
            self.desk.health = replace(health, online=report.online, offline_words=report.words or "", offline_since=since)
            self.desk.station.clock_offset_ms = _offset_ms(report.server_time, now)
            self._show_now()

        self.thread.hand_in(note)


def build(settings: Settings, clock: SystemClock | None = None) -> Kiosk:
    """Put a kiosk together. A QApplication is there already; StorageFailed says why the database can't be used."""
    wired = wire_station(
        settings.database, settings.station, clock or SystemClock(), reader_settings(settings), settings.server is not None
    )
    if clock is None:
        wired.station.clock = clock = SystemClock(wired.store.book.zone())
    desk = Desk(wired.station, wired.store.book, wired.store.queue, clock)
    desk.health = Health(
        {each.name: "not found yet" for each in settings.scanners}, "" if settings.printers else None, server=settings.server is not None
    )
    window, bridge = Window(style_of(settings.screen)), Bridge()
    kiosk = Kiosk(settings, wired, desk, window, bridge, StationThread(_broken))
    bridge.shown.connect(window.show_view)
    window.pressed.connect(kiosk.press)
    kiosk.scanners = Scanners(settings.scanners, kiosk.deliver, kiosk.scanner_is)
    if settings.printers:
        kiosk.printing = PrintLoop(print_room(wired.store, built_printer(settings.printers[0]), clock), kiosk.printer_is)
    if settings.server is not None:
        kiosk.syncing = _sync_loop(kiosk, settings.server, clock)
        desk.sync_now = kiosk.syncing.retry_now
    return kiosk


def _sync_loop(kiosk: Kiosk, server: Server, clock: SystemClock) -> SyncLoop:
    token = server.token_file.read_text().strip() if server.token_file else ""
    session = sync_session(kiosk.wired.store, kiosk.settings.station, server.url, token, server.ca_file)
    return SyncLoop(session, Backoff(random.random), clock.now, kiosk.server_is, float(server.sync_seconds))


def style_of(screen: Screen) -> Style:
    """Return how large and in which colours things are drawn."""
    width, height = _SIZES.get(screen.size) or _panel()
    return Style(width, height, screen.px_per_mm or 5.88 * width / 1280, Theme(screen.theme), screen.left_handed)


def _panel() -> tuple[int, int]:
    panel = QGuiApplication.primaryScreen().size()
    return panel.width(), panel.height()


def _offset_ms(server_time: datetime | None, now: datetime) -> int | None:
    return None if server_time is None else round((server_time - now).total_seconds() * 1000)


def _broken(_error: BaseException) -> None:
    """The log has it; the station goes on with the next input."""


def run(settings: Settings, prepare: Callable[[Kiosk], Any] | None = None) -> int:
    """Run the kiosk until its window is closed or the process is asked to end. `prepare` may add to it (the demo's panel)."""
    application = QApplication.instance() or QApplication(["lotline"])
    assert isinstance(application, QApplication)
    kiosk = build(settings)
    sounder = _sounder(settings, kiosk)
    kiosk.start()
    keys = listen_to_keys(application, kiosk)
    clock = QTimer(kiosk.window)
    clock.timeout.connect(kiosk.show)
    clock.start(CLOCK_MS)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: application.quit())
    kept = prepare(kiosk) if prepare else None
    kiosk.window.showFullScreen() if settings.screen.size == "full" else kiosk.window.show()
    code = application.exec()
    del kept, keys
    kiosk.stop()
    if sounder is not None:
        sounder.close()
    return code


def _sounder(settings: Settings, kiosk: Kiosk) -> Any:
    if not settings.sounds.on:
        return None
    from kiosk.ui.sounder import Sounder

    sounder = Sounder()

    def follow(view: View) -> None:
        sounder.follow(view)

    kiosk.bridge.shown.connect(follow)
    return sounder


def listen_to_keys(application: QApplication, kiosk: Kiosk) -> Any:
    """Hand every key press to the scanner that types, where there is one; return the filter, which must be kept."""
    wedge = wedge_of(kiosk.scanners) if kiosk.scanners is not None else None
    if wedge is None:
        return None
    from kiosk.ui.scan_filter import ScanFilter

    keys = ScanFilter(wedge)
    application.installEventFilter(keys)
    return keys
