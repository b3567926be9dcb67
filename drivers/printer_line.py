"""A printer as a print loop uses it: each call reaches the device, does one thing and lets go, so that stations can share it."""

from __future__ import annotations

import threading

from drivers.faults import DeviceError, Fault
from drivers.ports import Printer
from drivers.printer_status import PrinterState, PrinterStatus

_AWAY = frozenset({Fault.NOT_FOUND, Fault.UNREACHABLE, Fault.DISCONNECTED, Fault.TIMED_OUT})


class PrinterLine:
    """One printer behind a lock; may be called from any thread."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Return the station's name for the printer."""
        return self._printer.name

    def send(self, data: bytes) -> None:
        """Hand one job to the printer; raise DeviceError when it did not take all of it. That it was taken is no proof of paper: ask."""
        with self._lock:
            try:
                self._printer.open()
                self._printer.send(data)
            finally:
                self._printer.close()

    def status(self) -> PrinterStatus:
        """Ask the printer how it is; one that can't be reached is OFFLINE, with the fault."""
        with self._lock:
            try:
                self._printer.open()
                return self._printer.status()
            except DeviceError as error:
                state = PrinterState.OFFLINE if error.fault in _AWAY else PrinterState.FAULTY
                return PrinterStatus((state,), error.detail, fault=error.fault)
            finally:
                self._printer.close()
