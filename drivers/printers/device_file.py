"""Printers behind a device file: /dev/usb/lp0, /dev/lp0."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from drivers.faults import DeviceError, Fault, device_error
from drivers.printer_status import PrinterStatus, gather
from drivers.status_languages import Language, ask

_CHUNK_BYTES = 4096


class Options(BaseModel):
    """Which file, and how the printer behind it is asked for its status."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path = Field(description="/dev/usb/lp0; better a name that udev gives it, which stays when it is plugged in elsewhere")
    language: Language = Field(description="in which it is asked how it is: zpl, escpos or none (a one-way cable)")
    send_seconds: float = Field(10.0, gt=0, le=300, description="how long it may refuse to take more")
    answer_seconds: float = Field(1.5, gt=0, le=30, description="how long it may take to answer")


class Printer:
    """One printer behind one file."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._options = options
        self._file: int | None = None

    def open(self) -> None:
        """Open the file; one that is no device is refused, lest labels grow into a file that nobody reads."""
        self.close()
        path = self._options.path
        if path.is_file():
            raise DeviceError(self.name, Fault.MISCONFIGURED, f"{path} is an ordinary file")
        way = os.O_WRONLY if self._options.language is Language.NONE else os.O_RDWR
        try:
            self._file = os.open(path, way | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise device_error(self.name, error, Fault.NOT_FOUND) from error

    def send(self, data: bytes) -> None:
        """Hand over `data`; a printer without paper may stop taking it half-way, which is TIMED_OUT."""
        file, left, until = self._opened(), memoryview(data), time.monotonic() + self._options.send_seconds
        while left:
            _, writable, _ = select.select([], [file], [], max(0.0, until - time.monotonic()))
            if not writable:
                raise DeviceError(self.name, Fault.TIMED_OUT, f"took {len(data) - len(left)} of {len(data)} bytes")
            try:
                left = left[os.write(file, left[:_CHUNK_BYTES]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise device_error(self.name, error, Fault.DISCONNECTED) from error

    def status(self) -> PrinterStatus:
        """Ask the printer how it is."""
        return ask(self._options.language, self._exchange)

    def close(self) -> None:
        """Let go of the file."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def _exchange(self, query: bytes, complete: Callable[[bytes], bool]) -> bytes:
        self.send(query)
        return gather(self._receive, complete, self._options.answer_seconds)

    def _receive(self, seconds: float) -> bytes:
        file = self._opened()
        readable, _, _ = select.select([file], [], [], seconds)
        if not readable:
            return b""
        try:
            got = os.read(file, _CHUNK_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise device_error(self.name, error, Fault.DISCONNECTED) from error
        if not got:
            time.sleep(min(seconds, 0.02))  # usblp says "readable" and gives nothing while the printer has nothing to say
        return got

    def _opened(self) -> int:
        if self._file is None:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        return self._file
