"""What holds for every test: no unexpected log record, no Qt warning, no clock or screen of this machine."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Before the first import of Qt: tests draw on no screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# `ci` tries the same examples every time; `search` is for looking further by hand (HYPOTHESIS_PROFILE=search).
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def _is_expected(record: logging.LogRecord, loggers: list[str]) -> bool:
    return any(record.name == logger or record.name.startswith(f"{logger}.") for logger in loggers)


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that makes anything log a warning or worse, unless it says `expects_log("that.logger")`."""
    yield
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("expects_log")]
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    unexpected = [record for record in records if record.levelno >= logging.WARNING and not _is_expected(record, expected)]
    if unexpected:
        pytest.fail("\n".join(f"unexpected log record: {r.name} {r.levelname}: {r.getMessage()}" for r in unexpected))


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """Delete the windows that a test made: what was painted is megabytes that Python's garbage collector knows nothing of."""
    before = set(_windows())
    yield
    made = [window for window in _windows() if window not in before]
    if made:
        from shiboken6 import delete, isValid

        for window in made:
            if isValid(window):  # not yet gone with another
                delete(window)


def _windows() -> list[Any]:
    """The windows that are there, where anything loaded Qt at all."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets.QApplication.topLevelWidgets() if widgets is not None and widgets.QApplication.instance() is not None else []
