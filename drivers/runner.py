"""Keeps a scanner running: a thread, reconnecting with growing pauses, and reports; once, for all drivers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from drivers.faults import DeviceError, Fault
from drivers.frames import Frame, utc_now
from drivers.ports import Scanner


class Condition(StrEnum):
    """How a device's link is."""

    CONNECTING = "CONNECTING"
    READY = "READY"
    LOST = "LOST"  # being tried again
    STOPPED = "STOPPED"  # nobody tries


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """One report about a device, for its chip on the screen and for the log."""

    device: str
    condition: Condition
    since: datetime  # UTC
    fault: Fault | None = None
    detail: str = ""
    retry_seconds: float | None = None  # when LOST: until the next try


@dataclass(frozen=True, slots=True)
class BackOff:
    """How long to wait before the next try: twice as long each time, up to a limit."""

    first_seconds: float = 0.25
    most_seconds: float = 5.0

    def pause_seconds(self, failures: int) -> float:
        """Return the pause after the `failures`-th failure in a row (from 1)."""
        return float(min(self.most_seconds, self.first_seconds * 2.0 ** min(failures - 1, 16)))


class ScannerRunner:
    """Runs one scanner in a thread of its own; `deliver` and `report` are called from there, in order."""

    def __init__(
        self,
        scanner: Scanner,
        deliver: Callable[[Frame], None],
        report: Callable[[DeviceStatus], None],
        back_off: BackOff | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._scanner = scanner
        self._deliver = deliver
        self._report = report
        self._back_off = back_off or BackOff()
        self._now = now
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"scanner {scanner.name}", daemon=True)

    def start(self) -> None:
        """Begin; a runner runs once."""
        self._thread.start()

    def stop(self) -> None:
        """End within a moment; scans already read are delivered first. May be called twice, and before start."""
        self._stopping.set()
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        try:
            self._keep_connected()
        finally:
            # Also when `deliver` raised: that is a bug and goes on to the thread's hook, but never under a chip that says READY.
            self._scanner.close()
            self._say(Condition.STOPPED)

    def _keep_connected(self) -> None:
        failures = 0
        self._say(Condition.CONNECTING)
        while not self._stopping.is_set():
            try:
                self._scanner.open()
                self._say(Condition.READY)
                while not self._stopping.is_set():
                    frames = self._scanner.read()
                    failures = 0  # only now: a device that opens and breaks at once is left alone longer and longer
                    for frame in frames:
                        self._deliver(frame)
            except DeviceError as error:
                self._scanner.close()
                failures += 1
                pause = self._back_off.pause_seconds(failures)
                self._say(Condition.LOST, error, pause)
                self._stopping.wait(pause)

    def _say(self, condition: Condition, error: DeviceError | None = None, retry_seconds: float | None = None) -> None:
        fault, detail = (error.fault, error.detail) if error else (None, "")
        self._report(DeviceStatus(self._scanner.name, condition, self._now(), fault, detail, retry_seconds))
