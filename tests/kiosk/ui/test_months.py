"""A window that shows screens for months holds no more parts than one that showed each of them once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.ui.tokens import Theme
from kiosk.ui.window import Window
from tests.kiosk.ui.panels import LARGE, shown
from tests.kiosk.ui.sample_views import RECEIVE, VIEWS
from tests.kiosk.ui.test_seat_band import ACCEPTED, STOPPED

DAYS = 3


def _parts(window: Window) -> tuple[int, int]:
    """How many objects the window has, and how many parts there are that can be seen at all."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return len(window.findChildren(QObject)), len(QApplication.allWidgets())


def _days_work(window: Window) -> None:
    """Every screen, the other hand, another theme, a colleague who comes and goes; all painted."""
    for view in VIEWS.values():
        window.show_view(view)
        window.grab()
    window.restyle(replace(window.look, left_handed=True, theme=Theme.DARK))
    window.show_view(RECEIVE, (ACCEPTED, STOPPED))
    window.grab()
    window.restyle(replace(window.look, left_handed=False, theme=Theme.LIGHT))
    for view in VIEWS.values():
        window.show_view(view)
    window.grab()


def test_no_part_is_left_behind(qtbot: QtBot) -> None:
    window = shown(RECEIVE, LARGE)
    qtbot.addWidget(window)
    _days_work(window)
    before = _parts(window)
    for _ in range(DAYS):
        _days_work(window)
    assert _parts(window) == before
