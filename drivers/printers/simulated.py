"""A printer for demos and tests that prints into a folder: one file a job, its state a word in `state.txt`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from drivers.faults import DeviceError, Fault, device_error
from drivers.printer_status import PrinterState, PrinterStatus, silent, status_of

#: What is wrong with the printer, in words of PrinterState ("PAPER_OUT"); absent or empty: nothing.
STATE_FILE: Final = "state.txt"


class Options(BaseModel):
    """Where the paper falls."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    directory: Path = Field(description="folder for 000001.prn, 000002.prn …; made when absent")


class Printer:
    """Keeps each job whole: a job is written under another name first."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._folder = options.directory
        self._is_open = False

    def open(self) -> None:
        """Make the folder."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise device_error(self.name, error, Fault.MISCONFIGURED) from error
        self._is_open = True

    def send(self, data: bytes) -> None:
        """Write one job; what a real printer can't print, this one does not take."""
        if not self._is_open:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        if (status := self.status()).states != (PrinterState.READY,):
            raise DeviceError(self.name, Fault.TIMED_OUT, f"the printer is {status.state}")
        try:
            number = 1 + max((int(job.stem) for job in self._folder.glob("[0-9]*.prn")), default=0)
            part = self._folder / f"{number:06}.part"
            part.write_bytes(data)
            part.replace(self._folder / f"{number:06}.prn")
        except OSError as error:
            raise device_error(self.name, error, Fault.FAILED) from error

    def status(self) -> PrinterStatus:
        """Read the state file."""
        try:
            words = (self._folder / STATE_FILE).read_text(encoding="ascii").split()
            return status_of({PrinterState(word.upper()) for word in words})
        except FileNotFoundError:
            return status_of(set())
        except ValueError as error:
            return silent(f"{STATE_FILE}: {error}")
        except OSError as error:
            raise device_error(self.name, error, Fault.FAILED) from error

    def close(self) -> None:
        """Nothing is held."""
        self._is_open = False
