"""Printers behind a queue of the print system (CUPS): whatever it can reach, at the price of knowing less."""

from __future__ import annotations

import os
import re
import subprocess
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from drivers.faults import DeviceError, Fault
from drivers.printer_status import PrinterState, PrinterStatus, silent, status_of

#: printer-state-reasons (RFC 8011, section 5.4.12), without their -report, -warning and -error.
_REASONS: Final[dict[str, PrinterState]] = {
    "media-empty": PrinterState.PAPER_OUT,
    "media-needed": PrinterState.PAPER_OUT,
    "media-jam": PrinterState.FAULTY,
    "marker-supply-empty": PrinterState.RIBBON_OUT,
    "cover-open": PrinterState.HEAD_OPEN,
    "door-open": PrinterState.HEAD_OPEN,
    "interlock-open": PrinterState.HEAD_OPEN,
    "paused": PrinterState.PAUSED,
    "offline": PrinterState.OFFLINE,
    "connecting-to-device": PrinterState.OFFLINE,
    "timed-out": PrinterState.OFFLINE,
    "shutdown": PrinterState.OFFLINE,
    "cups-missing-filter": PrinterState.FAULTY,
}


class Options(BaseModel):
    """Which queue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    queue: str = Field(pattern=r"^[^\s/#-][^\s/#]{0,126}$", description="the queue's name, as lpstat -p lists it")
    command_seconds: float = Field(10.0, gt=0, le=120, description="how long lp and lpstat may take")


class Printer:
    """One queue; jobs go into it raw."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._queue = options.queue
        self._seconds = options.command_seconds
        self._is_open = False

    def open(self) -> None:
        """See that there is such a queue."""
        self._describe()
        self._is_open = True

    def send(self, data: bytes) -> None:
        """Put one job into the queue. CUPS has it then; whether paper came is for `status` to say."""
        if not self._is_open:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        self._run("lp", "-s", "-d", self._queue, "-o", "raw", data=data)

    def status(self) -> PrinterStatus:
        """Ask CUPS what it knows of the printer; an idle queue without complaints is all that it can say for READY."""
        words = self._describe()
        first, *rest = words.splitlines() or [""]
        alerts = re.findall(r"[a-z][a-z-]+", next((line.partition(":")[2] for line in rest if line.strip().startswith("Alerts:")), ""))
        plain = [re.sub("-(report|warning|error)$", "", alert) for alert in alerts if alert != "none"]
        wrong = {_REASONS[reason] for reason in plain if reason in _REASONS}
        if "disabled" in first:
            wrong.add(PrinterState.PAUSED)
        if not wrong and not re.search(r"\b(idle|printing)\b", first):
            return silent(first)
        return status_of(wrong, ", ".join(plain), paper_low="media-low" in plain)

    def close(self) -> None:
        """Nothing is held."""
        self._is_open = False

    def _describe(self) -> str:
        return self._run("lpstat", "-l", "-p", self._queue)

    def _run(self, *command: str, data: bytes = b"") -> str:
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=self._seconds, check=True, env=_plain_environment())
        except FileNotFoundError as error:
            raise DeviceError(self.name, Fault.SOFTWARE_MISSING, f"{command[0]}: on Debian, apt install cups-client") from error
        except subprocess.TimeoutExpired as error:
            raise DeviceError(self.name, Fault.TIMED_OUT, str(error)) from error
        except subprocess.CalledProcessError as error:
            words = error.stderr.decode(errors="replace").strip()
            raise DeviceError(self.name, _fault(words), words) from error
        return done.stdout.decode(errors="replace")


def _plain_environment() -> dict[str, str]:
    """lpstat translates its words."""
    return {**os.environ, "LC_ALL": "C"}


def _fault(words: str) -> Fault:
    lower = words.lower()
    if "scheduler is not running" in lower or "unable to connect" in lower or "bad file descriptor" in lower:
        return Fault.UNREACHABLE
    if "invalid destination" in lower or "does not exist" in lower or "unknown destination" in lower:
        return Fault.NOT_FOUND
    return Fault.FAILED
