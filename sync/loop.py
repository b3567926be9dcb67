"""Keeps a station in step with the server: after every event, every so often, and after a failure without anyone having to scan."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from sync.client import SyncReport
from sync.retry import Backoff

#: What a person is told of a bug in a meeting.
MISTAKE: Final = "this program made a mistake; its log says which. Everything is kept here and sent later"
_log = logging.getLogger(__name__)


class Session(Protocol):
    """Someone who can meet the server once."""

    def sync_once(self, now: Callable[[], datetime]) -> SyncReport:
        """Send, read, report."""


@dataclass(slots=True)
class SyncLoop:
    """A thread that meets the server. `report` is called on that thread after every meeting; `seconds` is the pause when all is well."""

    session: Session
    backoff: Backoff
    now: Callable[[], datetime]
    report: Callable[[SyncReport], None]
    seconds: float = 15.0
    _woken: threading.Event = field(default_factory=threading.Event, init=False)
    _stopping: threading.Event = field(default_factory=threading.Event, init=False)
    _failing: threading.Event = field(default_factory=threading.Event, init=False)
    _thread: threading.Thread | None = field(default=None, init=False)

    def start(self) -> None:
        """Begin; the first meeting is at once."""
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Something new waits. While the server fails, the pause is kept: many scans must not become many attempts."""
        if not self._failing.is_set():
            self._woken.set()

    def retry_now(self) -> None:
        """A person asked: try at once, whatever happened before."""
        self._woken.set()

    def stop(self, timeout_seconds: float = 35.0) -> None:
        """End after the meeting that is under way."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(timeout_seconds)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            report = self._met()
            pause = self._pause_after(report)
            self.report(report)
            self._woken.wait(pause)

    def _met(self) -> SyncReport:
        try:
            return self.session.sync_once(self.now)
        except Exception:  # noqa: BLE001 - the one place where a bug in a meeting ends
            # A bug in one meeting must not end all of them while the screen says that everything is well.
            _log.exception("a meeting with the server broke off")
            return SyncReport(online=False, words=MISTAKE)

    def _pause_after(self, report: SyncReport) -> float:
        if report.complete:
            self._failing.clear()
            self.backoff.reset()
            return 0.0 if report.more else self.seconds
        self._failing.set()
        return self.backoff.delay()
