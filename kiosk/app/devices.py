"""The station's devices, built from its settings: each driver found by its name, each kept running."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from config import plugins
from config.calibrations import load_calibration
from config.devices import FOLDERS, driver_options
from config.settings import Printer, Scale, Scanner, Settings
from drivers.faults import DeviceError
from drivers.frames import Frame
from drivers.photo_camera import PhotoCamera
from drivers.printer_line import PrinterLine
from drivers.runner import Condition, DeviceStatus, ScannerRunner
from drivers.wedge_keys import Key
from drivers.weights import Weight, WeightState
from kiosk.app.label_printers import LinkedPrinter, Paper
from kiosk.services.ports import NoPicture
from kiosk.services.printing import PrinterFault, PrintReport, PrintRoom
from traceability.barcodes.read import ReaderSettings
from traceability.barcodes.wedge import Calibration

#: How often a printer that could not print is asked again.
PRINTER_RETRY_SECONDS: Final = 2.0
#: How often one that has nothing to print is asked how it is, so that the chip tells before a label is wanted.
PRINTER_LOOK_SECONDS: Final = 15.0

_CONDITIONS: Final = {
    Condition.CONNECTING: "not found yet",
    Condition.READY: "",
    Condition.LOST: "gone",
    Condition.STOPPED: "stopped",
}
_log = logging.getLogger(__name__)


def reader_settings(settings: Settings) -> dict[str, ReaderSettings]:
    """Return how each scanner was set up, for reading what it sends."""
    return {each.name: ReaderSettings(each.read_gs1_without_aim, each.separator) for each in settings.scanners}


def calibrations(scanners: tuple[Scanner, ...]) -> dict[str, Calibration]:
    """Return how each scanner types that was taught; raise SettingsRefused where a calibration can't be used."""
    return {each.name: load_calibration(each.calibration) for each in scanners if each.calibration}


def built_scanner(settings: Scanner) -> Any:
    """Return the driver of one scanner."""
    return plugins.find(FOLDERS["scanners"], settings.driver).Scanner(settings.name, driver_options("scanners", settings))


class StationCamera:
    """The station's camera for photos."""

    def __init__(self, source: str) -> None:
        self._camera = PhotoCamera("camera", source)

    def take(self) -> bytes:
        """Return a photo (JPEG). NoPicture."""
        try:
            return self._camera.take()
        except DeviceError as error:
            raise NoPicture(str(error)) from error


def built_printer(settings: Printer) -> LinkedPrinter:
    """Return one printer with what it speaks."""
    options = driver_options("printers", settings)
    driver = plugins.find(FOLDERS["printers"], settings.driver).Printer(settings.name, options)
    paper = Paper(settings.language, settings.media, settings.dpi)
    return LinkedPrinter(PrinterLine(driver), paper, can_be_asked=getattr(options, "language", None) != "none")


@dataclass(slots=True)
class Scanners:
    """All scanners of a station, running."""

    settings: tuple[Scanner, ...]
    deliver: Callable[[Frame], None]
    tell: Callable[[str, str], None]  # a scanner's name and what is wrong with it ("" when it works)
    drivers: dict[str, Any] = field(default_factory=dict)
    _runners: list[ScannerRunner] = field(default_factory=list)

    def start(self) -> None:
        """Build and run each."""
        for each in self.settings:
            driver = built_scanner(each)
            self.drivers[each.name] = driver
            self._runners.append(ScannerRunner(driver, self.deliver, self._report))
        for runner in self._runners:
            runner.start()

    def stop(self) -> None:
        """Let go of all of them; what was read already is delivered first."""
        for runner in self._runners:
            runner.stop()

    def _report(self, status: DeviceStatus) -> None:
        # Only an open scanner is well: what one sends before that goes nowhere.
        wrong = status.detail or _CONDITIONS[status.condition]
        self.tell(status.device, "" if status.condition is Condition.READY else wrong)


@dataclass(slots=True)
class PrintLoop:
    """Prints what waits, at once when something new waits, and again and again while the printer can't."""

    room: PrintRoom
    tell: Callable[[PrintReport], None]
    _woken: threading.Event = field(default_factory=threading.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; labels that waited over a restart come out first."""
        self._thread = threading.Thread(target=self._run, name="printing", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """A label waits."""
        self._woken.set()

    def stop(self) -> None:
        """End after the label that is being printed."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        woken = False
        while not self._stopping.is_set():
            self._woken.clear()
            report = self._printed(look=not woken)
            self.tell(report)
            woken = self._woken.wait(PRINTER_RETRY_SECONDS if report.waiting else PRINTER_LOOK_SECONDS)

    def _printed(self, look: bool) -> PrintReport:
        try:
            return self.room.print_waiting(look)
        except Exception:  # noqa: BLE001 - the one place where a bug in printing ends
            # A bug with one label must not end all printing in silence: the labels wait, and the chip says that something is wrong.
            _log.exception("the waiting labels could not be printed")
            return PrintReport((), 1, PrinterFault("is not understood"))


#: How often the scale is asked, and how long a weight is worth something.
SCALE_POLL_SECONDS: Final = 0.3
SCALE_RETRY_SECONDS: Final = 2.0
WEIGHT_LASTS_SECONDS: Final = 1.5


def built_scale(settings: Scale) -> Any:
    """Return the driver of one scale."""
    return plugins.find(FOLDERS["scales"], settings.driver).Scale(settings.name, driver_options("scales", settings))


@dataclass(slots=True)
class ScaleLoop:
    """Asks the scale again and again; only a weight that stands still, and is fresh, is ever handed on."""

    driver: Any
    tell: Callable[[str, str], None]  # the scale's name and what is wrong with it ("" when it works)
    changed: Callable[[], None]  # another weight stands still, or none any more
    _stable: tuple[Decimal, str] | None = None
    _read_at: float = 0.0
    _wrong: str | None = None
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def weight(self) -> tuple[Decimal, str] | None:
        """Return what stands still on the scale now, or None. From any thread."""
        return self._stable if time.monotonic() - self._read_at <= WEIGHT_LASTS_SECONDS else None

    def start(self) -> None:
        """Begin to ask."""
        self._thread = threading.Thread(target=self._run, name="scale", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the answer that is waited for."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        opened = False
        while not self._stopping.is_set():
            try:
                if not opened:
                    self.driver.open()
                    opened = True
                self._note(self.driver.read())
                self._say("")
            except DeviceError as error:
                self.driver.close()
                opened = False
                self._keep(None)
                self._say(error.detail or str(error.fault))
            self._stopping.wait(SCALE_POLL_SECONDS if opened else SCALE_RETRY_SECONDS)
        self.driver.close()

    def _note(self, weight: Weight) -> None:
        still = weight.state is WeightState.STABLE and weight.value is not None and weight.unit is not None
        self._keep((weight.value, weight.unit) if still and weight.value is not None and weight.unit is not None else None)

    def _keep(self, stable: tuple[Decimal, str] | None) -> None:
        before, self._stable, self._read_at = self._stable, stable, time.monotonic()
        if stable != before:
            self.changed()

    def _say(self, wrong: str) -> None:
        if wrong != self._wrong:
            self._wrong = wrong
            self.tell(self.driver.name, wrong)


@dataclass(frozen=True, slots=True)
class WedgeKeys:
    """The window's key presses, handed to the driver of a scanner that types."""

    driver: Any

    def press(self, *, text: str, scan_code: int, at: float, shift: bool, control: bool, alt: bool, repeated: bool) -> str:
        """Take a key press; return what a person typed."""
        return str(self.driver.press(Key(text, scan_code, at, shift, control, alt, repeated)))

    def release_alt(self, at: float) -> str:
        """The Alt key went up."""
        return str(self.driver.release_alt(at))

    def idle(self, at: float) -> str:
        """Nothing came until now."""
        return str(self.driver.idle(at))


def wedge_of(scanners: Scanners) -> WedgeKeys | None:
    """Return what wants the keyboard's keys, where there is a scanner that types."""
    wanted = (scanners.drivers[each.name] for each in scanners.settings if each.driver == "keyboard_wedge")
    driver = next(wanted, None)
    return WedgeKeys(driver) if driver is not None else None
