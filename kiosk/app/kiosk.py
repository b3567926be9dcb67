"""The kiosk: a window on one thread, the station on another, and devices, printing and the wire on theirs."""

from __future__ import annotations

import gc
import random
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from config.settings import Server, Settings, read_token
from drivers.frames import Frame
from kiosk.app.devices import (
    PrintLoop,
    ScaleLoop,
    Scanners,
    StationCamera,
    built_printer,
    built_scale,
    calibrations,
    reader_settings,
    wedge_of,
)
from kiosk.app.first_screen import first_window, style_of
from kiosk.app.station_thread import StationThread
from kiosk.app.wiring import Wired, meetings_with, print_room, wire_station
from kiosk.presenters.bench import Bench
from kiosk.presenters.desk import Desk
from kiosk.presenters.health import Health
from kiosk.presenters.idleness import Idleness
from kiosk.presenters.views import SeatBand, View
from kiosk.services.clocks import SystemClock
from kiosk.services.printing import PrintReport
from kiosk.ui.window import Window
from sync.client import SyncReport
from sync.loop import SyncLoop
from sync.retry import Backoff

CLOCK_MS: Final = 5_000
_KEYS: Final = {"\r": "set", "\n": "set", "\b": "key:back", "\x7f": "key:clear", "\x1b": "cancel"}
#: Why the screen is locked after a bug in an answer.
MISTAKE: Final = "this program made a mistake with the last input. Its log says which; the scan is kept."


class Bridge(QObject):
    """Carries views, and what the other seats were told, from the station's thread to the window's."""

    shown = Signal(object, object)


@dataclass(slots=True, weakref_slot=True)  # Qt's connections hold their receivers weakly
class Kiosk:
    """A running kiosk. Built by `build`, started by `start`, put away by `stop`."""

    settings: Settings
    wired: Wired
    bench: Bench
    window: Window
    bridge: Bridge
    thread: StationThread = field(init=False)
    scanners: Scanners | None = None
    printing: PrintLoop | None = None
    syncing: SyncLoop | None = None
    scale: ScaleLoop | None = None
    answered: int = 0  # inputs that were answered so far …
    answered_at: float = 0.0  # … and when the last one was (seconds, monotonic)

    def __post_init__(self) -> None:
        self.thread = StationThread(self._broken)

    @property
    def desk(self) -> Desk:
        """The desk that the screen shows."""
        return self.bench.desk

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
        if self.scale is not None:
            self.scale.start()

    def stop(self) -> None:
        """Put everything away: scanners first, so that what they read is still answered and kept."""
        for part in (self.scanners, self.scale, self.printing, self.syncing, self.thread):
            if part is not None:
                part.stop()
        self.wired.store.close()
        # Here, on the window's own thread: the garbage collector would delete them on whichever thread it happens to run.
        for each in (self.window, self.bridge):
            if isValid(each):
                delete(each)

    def deliver(self, frame: Frame) -> None:
        """Take a scan from a driver's thread."""
        noise = frame.noise.value if frame.noise else None
        self.do(lambda: self.bench.scan(frame.data, frame.device, frame.received_at, noise))

    def press(self, action: str) -> None:
        """Take a touch from the window's thread."""
        self.do(lambda: self.bench.press(action))

    def type(self, text: str) -> None:
        """Take what a person types on a keyboard: the keys of whatever pad is open."""
        for character in text:
            self.press(_KEYS.get(character, f"key:{character}"))

    def do(self, job: Callable[[], object]) -> None:
        """Have the station do something, then show what came of it, print and send."""

        def work() -> None:
            job()
            self.answered, self.answered_at = self.answered + 1, time.perf_counter()
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
        self.bridge.shown.emit(self.bench.view(), self.bench.bands())

    def look_around(self) -> None:
        """Show the time, and see whether anybody is there still."""

        def look() -> None:
            self.bench.look_who_is_there()
            self._show_now()

        self.thread.hand_in(look)

    def _note(self, changed: Callable[[Health], Health]) -> None:
        """Have what is known of devices and network changed and shown."""

        def note() -> None:
            self.bench.note_health(changed)
            self._show_now()

        self.thread.hand_in(note)

    def _broken(self, _error: BaseException) -> None:
        """Say that an input was not answered: a silent kiosk would look as if nothing had been scanned. The log has the whole story."""
        self.desk.station.fault = MISTAKE
        self._show_now()

    def scanner_is(self, name: str, wrong: str) -> None:
        """A scanner came or went."""
        self._note(lambda health: replace(health, scanners={**health.scanners, name: wrong}))

    def scale_is(self, name: str, wrong: str) -> None:
        """The scale came or went."""
        self._note(lambda health: replace(health, scale=name if wrong else None))

    def printer_is(self, report: PrintReport) -> None:
        """The printer printed, or could not."""
        words = report.fault.words if report.fault else ""
        self._note(lambda health: replace(health, printer=words, labels_waiting=report.waiting))

    def server_is(self, report: SyncReport) -> None:
        """The server was met, or was not."""
        now = self.desk.clock.now()

        def met(health: Health) -> Health:
            if report.server_time is not None:
                self.bench.note_clock_offset(round((report.server_time - now).total_seconds() * 1000))
            since = None if report.online else (health.offline_since or now)
            return replace(health, online=report.online, offline_words=report.words or "", offline_since=since)

        self._note(met)


def build(settings: Settings, window: Window | None = None) -> Kiosk:
    """Put a kiosk together; a QApplication is there already. StorageFailed: no database; SettingsRefused: a file that is named."""
    taught, readers = calibrations(settings.scanners), reader_settings(settings)
    token = read_token(settings.server) if settings.server else ""
    seat_of = {each.name: each.seat for each in settings.scanners}
    camera = StationCamera(settings.camera.source) if settings.camera else None
    wired = wire_station(settings.database, settings.station, SystemClock(), readers, settings.server is not None, taught, seat_of, camera)
    clock = SystemClock(wired.store.book.zone())
    for station in wired.seats.stations.values():
        station.clock = clock
    idleness = Idleness(clock, settings.screen.dim_minutes, settings.screen.sign_out_minutes)
    bench = Bench(wired.seats, wired.store.book, wired.store.queue, clock, settings.screen.language, idleness)
    health = Health(
        {each.name: "not found yet" for each in settings.scanners}, "" if settings.printers else None, server=settings.server is not None
    )
    bench.note_health(lambda _: health)
    window, bridge = window or Window(style_of(settings.screen)), Bridge()
    kiosk = Kiosk(settings, wired, bench, window, bridge)
    bridge.shown.connect(window.show_view)
    window.pressed.connect(kiosk.press)
    kiosk.scanners = Scanners(settings.scanners, kiosk.deliver, kiosk.scanner_is)
    if settings.scales:
        kiosk.scale = ScaleLoop(built_scale(settings.scales[0]), kiosk.scale_is, kiosk.show)
        for station in wired.seats.stations.values():
            station.scale = kiosk.scale.weight
    if settings.printers:
        kiosk.printing = PrintLoop(print_room(wired.store, built_printer(settings.printers[0]), clock), kiosk.printer_is)
    if settings.server is not None:
        kiosk.syncing = _sync_loop(kiosk, settings.server, token, clock)
        bench.wake_the_wire_by(kiosk.syncing.retry_now)
    return kiosk


def _sync_loop(kiosk: Kiosk, server: Server, token: str, clock: SystemClock) -> SyncLoop:
    meetings = meetings_with(kiosk.wired.store, kiosk.settings.station, server.url, token, server.ca_file)
    return SyncLoop(meetings, Backoff(random.random), clock.now, kiosk.server_is, float(server.sync_seconds))


def run(settings: Settings, window: Window | None = None, prepare: Callable[[Kiosk], Any] | None = None) -> int:
    """Run the kiosk until its window is closed or the process is asked to end. `prepare` may add to it (the demo's panel)."""
    window = window or first_window(settings.screen)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    kiosk = build(settings, window)
    sounder = _sounder(settings, kiosk)
    kiosk.start()
    leave_what_lasts_alone()
    keys = listen_to_keys(application, kiosk)
    clock = QTimer(kiosk.window)
    clock.timeout.connect(kiosk.look_around)
    clock.start(CLOCK_MS)
    asked = end_when_asked(application)
    kept = prepare(kiosk) if prepare else None
    code = application.exec()
    del kept, keys, asked
    kiosk.stop()
    if sounder is not None:
        sounder.close()
    return code


def leave_what_lasts_alone() -> None:
    """Have the garbage collector go on, but not walk through all that the start made: it lives as long as the kiosk."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _sounder(settings: Settings, kiosk: Kiosk) -> Any:
    if not settings.sounds.on:
        return None
    from kiosk.ui.sounder import Sounder

    sounder = Sounder()

    def follow(view: View, bands: tuple[SeatBand, ...]) -> None:
        sounder.follow(view, bands)

    kiosk.bridge.shown.connect(follow)
    kiosk.window.pressed.connect(lambda _action: sounder.click())
    return sounder


def end_when_asked(application: QApplication) -> QObject:
    """End on SIGINT and SIGTERM, at once; return what must be kept until then."""
    # Qt's loop sleeps outside of Python, where no handler runs: the signal's byte on this socket wakes it.
    heard, told = socket.socketpair()
    for end in (heard, told):
        end.setblocking(False)
    waker = QSocketNotifier(heard.fileno(), QSocketNotifier.Type.Read)
    waker.activated.connect(lambda *_: (heard.recv(64), told.fileno()))
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: application.exit())  # quit would close the window while views still come to be painted
    return waker


def listen_to_keys(application: QApplication, kiosk: Kiosk) -> Any:
    """Hand every key press to the scanner that types, where there is one; return the filter, which must be kept."""
    wedge = wedge_of(kiosk.scanners) if kiosk.scanners is not None else None
    if wedge is None:
        return None
    from kiosk.ui.scan_filter import ScanFilter

    keys = ScanFilter(wedge, kiosk.window)
    keys.typed.connect(kiosk.type)
    application.installEventFilter(keys)
    return keys
