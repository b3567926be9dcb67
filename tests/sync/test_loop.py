"""The loop meets the server without being asked, and does not hammer one that fails."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from sync.client import SyncReport
from sync.loop import MISTAKE, SyncLoop
from sync.retry import Backoff
from tests.simulators.journals import START

WELL, FAILED = SyncReport(True, True), SyncReport(False, words="down")
LONG = 1000.0


class Script:
    """Answers each meeting with the next report; the last one stays."""

    def __init__(self, *reports: SyncReport) -> None:
        self.reports = list(reports)

    def sync_once(self, now: Callable[[], datetime]) -> SyncReport:
        assert now() == START
        return self.reports.pop(0) if len(self.reports) > 1 else self.reports[0]


@pytest.fixture
def started() -> Iterator[Callable[..., tuple[SyncLoop, queue.Queue[SyncReport]]]]:
    loops = []

    def start(script: Script, delay: float, seconds: float = LONG) -> tuple[SyncLoop, queue.Queue[SyncReport]]:
        heard: queue.Queue[SyncReport] = queue.Queue()
        loop = SyncLoop(script, Backoff(lambda: 1.0, first=delay, cap=delay), lambda: START, heard.put, seconds)
        loops.append(loop)
        loop.start()
        return loop, heard

    yield start
    for loop in loops:
        loop.stop()


def test_a_failed_meeting_is_tried_again_without_anyone_asking(started: Callable[..., tuple[SyncLoop, queue.Queue[SyncReport]]]) -> None:
    _, heard = started(Script(FAILED, FAILED, WELL), delay=0.001)
    assert [heard.get(timeout=10) for _ in range(3)] == [FAILED, FAILED, WELL]


def test_something_new_is_sent_at_once(started: Callable[..., tuple[SyncLoop, queue.Queue[SyncReport]]]) -> None:
    loop, heard = started(Script(WELL), delay=LONG)
    assert heard.get(timeout=10) == WELL
    loop.wake()
    assert heard.get(timeout=10) == WELL


def test_scans_do_not_hammer_a_failing_server_but_a_person_may(started: Callable[..., tuple[SyncLoop, queue.Queue[SyncReport]]]) -> None:
    loop, heard = started(Script(FAILED), delay=LONG)
    assert heard.get(timeout=10) == FAILED
    for _ in range(50):
        loop.wake()
    with pytest.raises(queue.Empty):
        heard.get(timeout=0.05)
    loop.retry_now()
    assert heard.get(timeout=10) == FAILED


def test_all_well_meets_again_by_itself(started: Callable[..., tuple[SyncLoop, queue.Queue[SyncReport]]]) -> None:
    _, heard = started(Script(WELL), delay=LONG, seconds=0.001)
    assert [heard.get(timeout=10) for _ in range(3)] == [WELL] * 3


@pytest.mark.expects_log("sync.loop")
def test_a_bug_in_one_meeting_is_said_and_does_not_end_the_others(started: Callable[..., tuple[SyncLoop, queue.Queue[SyncReport]]]) -> None:
    class Broken(Script):
        def sync_once(self, now: Callable[[], datetime]) -> SyncReport:
            if len(self.reports) > 1:
                self.reports.pop(0)
                raise ZeroDivisionError
            return super().sync_once(now)

    _, heard = started(Broken(FAILED, WELL), delay=0.001)
    assert heard.get(timeout=10).words == MISTAKE
    assert heard.get(timeout=10) == WELL
