"""What the station is told of its devices: a scanner is well once it is open, and a bug in printing is said."""

from __future__ import annotations

import queue
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from drivers.runner import Condition, DeviceStatus
from kiosk.app.devices import PrintLoop, Scanners
from kiosk.services.printing import PrintReport, PrintRoom

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize("condition", Condition)
def test_only_an_open_scanner_is_well(condition: Condition) -> None:
    told: list[tuple[str, str]] = []
    scanners = Scanners((), lambda _frame: None, lambda name, wrong: told.append((name, wrong)))
    scanners._report(DeviceStatus("dock", condition, NOW))
    assert [(name, bool(wrong)) for name, wrong in told] == [("dock", condition is not Condition.READY)]


@pytest.mark.expects_log("kiosk.app.devices")
def test_a_bug_in_printing_is_said_and_does_not_end_it() -> None:
    class Room:
        turns = 0

        def print_waiting(self, look: bool) -> PrintReport:
            self.turns += 1
            if self.turns == 1:
                raise ZeroDivisionError
            return PrintReport((), 0)

    heard: queue.Queue[Any] = queue.Queue()
    loop = PrintLoop(cast(PrintRoom, Room()), heard.put)
    loop.start()
    broken = heard.get(timeout=10)
    assert broken.waiting
    assert broken.fault is not None
    loop.wake()
    assert heard.get(timeout=10).fault is None
    loop.stop()
