"""The paper side of a simulated printer: what came out, what waits inside, and what is wrong with it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

from drivers.printer_status import PrinterState

#: States in which nothing comes out.
STOPPING: Final = frozenset(PrinterState) - {PrinterState.READY, PrinterState.UNKNOWN}
#: So many labels are kept for looking at; older ones are forgotten.
KEPT: Final = 10_000


class Paper:
    """Thread-safe. Labels that come while something is wrong wait inside, as in a real printer, and come out when it is right."""

    def __init__(self, on_printed: Callable[[bytes], None] | None = None) -> None:
        self._changed = threading.Condition()
        self._on_printed = on_printed
        self._wrong: frozenset[PrinterState] = frozenset()
        self._inside: deque[bytes] = deque()
        self._printed: deque[bytes] = deque(maxlen=KEPT)

    @property
    def wrong(self) -> frozenset[PrinterState]:
        """What is wrong just now."""
        return self._wrong

    @property
    def waiting(self) -> int:
        """How many labels wait inside."""
        return len(self._inside)

    @property
    def printed(self) -> tuple[bytes, ...]:
        """The labels that came out, in order."""
        with self._changed:
            return tuple(self._printed)

    def break_down(self, *states: PrinterState) -> None:
        """Let this be wrong from now on; `break_down()` mends all and prints what waits."""
        with self._changed:
            self._wrong = frozenset(states)
        self.take(())

    def take(self, labels: Iterable[bytes]) -> None:
        """Print `labels`, or keep them inside."""
        with self._changed:
            self._inside.extend(labels)
            out = [] if self._wrong & STOPPING else list(self._inside)
            if out:
                self._inside.clear()
                self._printed.extend(out)
                self._changed.notify_all()
        if self._on_printed is not None:
            for label in out:
                self._on_printed(label)

    def wait_for(self, count: int, timeout_seconds: float = 5.0) -> tuple[bytes, ...]:
        """Wait until `count` labels came out, or the time is over; return those that did."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._printed) >= count, timeout_seconds)
            return tuple(self._printed)
