"""USB scanners in HID-POS mode, on Linux: whole scans with their AIM identifier, no keyboard layout in between."""

from __future__ import annotations

import os
import re
import select
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from drivers.faults import DeviceError, Fault, device_error
from drivers.frames import Frame, Noise, utc_now
from drivers.usb_identity import UsbIdentity
from drivers.usb_reports import REPORT_BYTES, ReportReader

HIDRAW: Final = Path("/sys/class/hidraw")
_PATIENCE_SECONDS: Final = 0.2
_UEVENT: Final = re.compile(r"^HID_ID=[0-9A-F]+:([0-9A-F]{8}):([0-9A-F]{8})$", re.MULTILINE)
_SERIAL: Final = re.compile(r"^HID_UNIQ=(.+)$", re.MULTILINE)


class Options(BaseModel):
    """Which scanner: by its USB numbers wherever it is plugged in, or by its device file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    usb: UsbIdentity | None = Field(None, description="the scanner's USB vendor, product and serial number")
    path: Path | None = Field(None, description="/dev/hidraw0; better a name that udev gives it")

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.path is None) == (self.usb is None):
            raise ValueError("give either path or usb")
        return self


class Scanner:
    """One scanner in HID-POS mode."""

    def __init__(self, name: str, options: Options, hidraw: Path = HIDRAW) -> None:
        self.name = name
        self._options = options
        self._hidraw = hidraw
        self._reports = ReportReader()
        self._file: int | None = None

    def open(self) -> None:
        """Open the scanner's reports; they need a udev rule that lets us."""
        self.close()
        self._reports = ReportReader()
        try:
            self._file = os.open(self._path(), os.O_RDONLY | os.O_NONBLOCK)
        except OSError as error:
            raise device_error(self.name, error, Fault.NOT_FOUND) from error

    def read(self) -> tuple[Frame, ...]:
        """Wait for a report a moment; return the scan that it completes."""
        if self._file is None:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        readable, _, _ = select.select([self._file], [], [], _PATIENCE_SECONDS)
        if not readable:
            return ()
        try:
            report = os.read(self._file, REPORT_BYTES)
        except OSError as error:
            return self._lost(device_error(self.name, error, Fault.DISCONNECTED))
        return self._frames(self._reports.take(report)) if report else self._lost(DeviceError(self.name, Fault.DISCONNECTED, "unplugged"))

    def close(self) -> None:
        """Let go of the scanner."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def _lost(self, error: DeviceError) -> tuple[Frame, ...]:
        """What was half read is told first; the next read raises."""
        if rest := self._frames(self._reports.end()):
            return rest
        raise error

    def _frames(self, scan: tuple[bytes, Noise | None] | None) -> tuple[Frame, ...]:
        return (Frame(scan[0], self.name, utc_now(), scan[1]),) if scan else ()

    def _path(self) -> Path:
        options = self._options
        if options.usb is None:
            return options.path or Path()
        found = [node.name for node in sorted(self._hidraw.glob("hidraw*")) if _is(node, options.usb)]
        return Path("/dev") / options.usb.only(self.name, found)


def _is(node: Path, usb: UsbIdentity) -> bool:
    try:
        words = (node / "device/uevent").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False  # unplugged while we looked
    numbers, serial = _UEVENT.search(words), _SERIAL.search(words)
    return numbers is not None and usb.fits(int(numbers[1], 16), int(numbers[2], 16), serial[1] if serial else None)
