"""The thread on which a station works: one input after the other, so that nothing slow happens where the screen is drawn."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

Job = Callable[[], None]
_log = logging.getLogger(__name__)


class StationThread:
    """Runs jobs in the order in which they were handed in; `broken` is told when one fails, which is a bug."""

    def __init__(self, broken: Callable[[BaseException], None]) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._broken = broken
        self._thread = threading.Thread(target=self._run, name="station", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def hand_in(self, job: Job) -> None:
        """Have `job` done after those before it; may be called from any thread."""
        self._jobs.put(job)

    def stop(self) -> None:
        """Finish what was handed in, then end."""
        self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception as error:  # noqa: BLE001 - the one place where a bug in an answer ends
                # A bug in one input must not silence the station: it is logged whole and shown, and the next scan is taken.
                _log.exception("an input could not be answered")
                self._broken(error)
