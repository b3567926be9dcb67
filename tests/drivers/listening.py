"""What a station does with a scanner in tests: run it, keep what came, wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from drivers.frames import Frame
from drivers.ports import Scanner
from drivers.runner import BackOff, Condition, DeviceStatus, ScannerRunner

TIMEOUT_SECONDS = 10.0


class Station:
    """Runs a scanner; `wait_…` return as soon as what is waited for has come, and fail loudly when it does not."""

    def __init__(self, scanner: Scanner) -> None:
        self._changed = threading.Condition()
        self.frames: list[Frame] = []
        self.reports: list[DeviceStatus] = []
        self.runner = ScannerRunner(scanner, self._deliver, self._report, BackOff(0.01, 0.05))

    def _deliver(self, frame: Frame) -> None:
        with self._changed:
            self.frames.append(frame)
            self._changed.notify_all()

    def _report(self, status: DeviceStatus) -> None:
        with self._changed:
            self.reports.append(status)
            self._changed.notify_all()

    def wait_until(self, what: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(what, TIMEOUT_SECONDS), (self.frames, self.reports)

    def wait_ready(self, times: int = 1) -> None:
        self.wait_until(lambda: sum(report.condition is Condition.READY for report in self.reports) >= times)

    def wait_lost(self) -> DeviceStatus:
        self.wait_until(lambda: any(report.condition is Condition.LOST for report in self.reports))
        return next(report for report in self.reports if report.condition is Condition.LOST)

    def wait_scans(self, count: int) -> list[bytes]:
        self.wait_until(lambda: len(self.frames) >= count)
        return [frame.data for frame in self.frames]

    def __enter__(self) -> Self:
        self.runner.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.runner.stop()
