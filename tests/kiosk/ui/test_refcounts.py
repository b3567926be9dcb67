"""Some builds of the Qt binding lose a reference to None at every call, and abort after a few thousand. This finds the next one."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.kiosk.ui.panels import LARGE, shown
from tests.kiosk.ui.sample_views import BAD, OK, RECEIVE


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_painting_loses_no_reference_to_none(qtbot: QtBot) -> None:
    window = shown(RECEIVE, LARGE)
    qtbot.addWidget(window)
    views = [replace(RECEIVE, hero=replace(OK, number=20)), replace(RECEIVE, hero=replace(BAD, number=21))]
    for view in views:  # fill the caches first
        window.show_view(view)
        window.grab()
    before = sys.getrefcount(None)
    for turn in range(20):
        window.show_view(views[turn % 2])
        window.grab()
    # A broken build loses one reference a call: hundreds in every repaint.
    assert abs(sys.getrefcount(None) - before) < 100
