"""What a driver has to offer: few and small verbs. Threads, retries and reports are `runner`'s, once for all."""

from __future__ import annotations

from typing import Protocol

from drivers.frames import Frame
from drivers.printer_status import PrinterStatus
from drivers.weights import Weight


class Scanner(Protocol):
    """A device that scans come from. `name` is the station's own name for it ("dock-1")."""

    @property
    def name(self) -> str:
        """Return the station's name for this device."""

    def open(self) -> None:
        """Reach the device; raise DeviceError when it can't be had."""

    def read(self) -> tuple[Frame, ...]:
        """Wait a moment (0.2 s) at most; return the scans that came. Raise DeviceError when the device is gone."""

    def close(self) -> None:
        """Let go of the device; closing twice, or what never opened, does no harm."""


class Printer(Protocol):
    """A device that takes bytes to paper and says how it is."""

    @property
    def name(self) -> str:
        """Return the station's name for this device."""

    def open(self) -> None:
        """Reach the device; raise DeviceError when it can't be had."""

    def send(self, data: bytes) -> None:
        """Hand over all of `data`; raise DeviceError when the device did not take it."""

    def status(self) -> PrinterStatus:
        """Ask the device how it is. Silence is UNKNOWN, never READY."""

    def close(self) -> None:
        """Let go of the device; closing twice, or what never opened, does no harm."""


class Scale(Protocol):
    """A device that says what lies on it."""

    @property
    def name(self) -> str:
        """Return the station's name for this device."""

    def open(self) -> None:
        """Reach the device; raise DeviceError when it can't be had."""

    def read(self) -> Weight:
        """Return the weight that is on it now; raise DeviceError when it does not say."""

    def close(self) -> None:
        """Let go of the device; closing twice, or what never opened, does no harm."""
