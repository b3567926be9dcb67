"""A press acts on release inside; bounces, disabled buttons and keys do nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.presenters.views import Button
from kiosk.ui.pressable import Pressable, TapGuard
from kiosk.ui.window import Window
from tests.kiosk.ui.panels import LARGE, pressables, shown
from tests.kiosk.ui.sample_views import ACTIONS, RECEIVE, VIEWS


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = shown(RECEIVE, LARGE)
    qtbot.addWidget(window)
    return window


def _button(window: QWidget, action: str) -> Pressable:
    return next(part for part in pressables(window) if part.action(part.shown) == action)


def _mouse(part: QWidget, kind: QEvent.Type, at_ms: int, at: QPoint | None = None) -> None:
    place = QPointF(at or part.rect().center())
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, place, part.mapToGlobal(place), Qt.MouseButton.LeftButton, held, Qt.KeyboardModifier.NoModifier)
    event.setTimestamp(at_ms)
    QApplication.sendEvent(part, event)


def _tap(part: QWidget, at_ms: int) -> None:
    _mouse(part, QEvent.Type.MouseButtonPress, at_ms)
    _mouse(part, QEvent.Type.MouseButtonRelease, at_ms + 40)


def _presses(window: Window) -> list[str]:
    presses: list[str] = []
    window.pressed.connect(presses.append)
    return presses


def test_a_press_acts_on_release(window: Window) -> None:
    presses, undo = _presses(window), _button(window, "undo")
    _mouse(undo, QEvent.Type.MouseButtonPress, 1000)
    assert presses == []
    assert undo.isDown()
    _mouse(undo, QEvent.Type.MouseButtonRelease, 1100)
    assert presses == ["undo"]


def test_a_finger_that_slides_off_changes_its_mind(window: Window) -> None:
    presses, undo = _presses(window), _button(window, "undo")
    _mouse(undo, QEvent.Type.MouseButtonPress, 1000)
    _mouse(undo, QEvent.Type.MouseMove, 1050, QPoint(-30, -30))
    _mouse(undo, QEvent.Type.MouseButtonRelease, 1100, QPoint(-30, -30))
    assert presses == []


def test_a_button_that_turns_into_another_under_the_finger_is_not_pressed(window: Window) -> None:
    presses, undo = _presses(window), _button(window, "undo")
    _mouse(undo, QEvent.Type.MouseButtonPress, 1000)
    window.show_view(replace(RECEIVE, actions=(Button("void", "Void all", "delete"), *ACTIONS[1:])))
    _mouse(undo, QEvent.Type.MouseButtonRelease, 1100)
    assert presses == []


def test_a_button_whose_screen_goes_away_under_the_finger_is_not_pressed(window: Window) -> None:
    presses, undo = _presses(window), _button(window, "undo")
    _mouse(undo, QEvent.Type.MouseButtonPress, 1000)
    window.show_view(VIEWS["stop_fullscreen"])
    window.show_view(RECEIVE)
    assert not undo.isDown()
    _mouse(undo, QEvent.Type.MouseButtonRelease, 1100)
    assert presses == []


@pytest.mark.parametrize(("words", "sent"), [("Undo last", ["undo"]), ("Undo 10 kg", [])])
def test_undo_undoes_what_it_named_when_the_finger_went_down(window: Window, words: str, sent: list[str]) -> None:
    presses, undo = _presses(window), _button(window, "undo")
    _mouse(undo, QEvent.Type.MouseButtonPress, 1000)
    window.show_view(replace(RECEIVE, hero=VIEWS["receive_ok"].hero, actions=(Button("undo", words, "undo"), *ACTIONS[1:])))
    _mouse(undo, QEvent.Type.MouseButtonRelease, 1100)
    assert presses == sent


def test_the_bounce_of_a_glove_is_one_press(window: Window) -> None:
    presses, undo = _presses(window), _button(window, "undo")
    _tap(undo, 1000)
    _tap(undo, 1200)
    _tap(undo, 1300)
    assert presses == ["undo", "undo"]


def test_two_quick_keys_are_two_keys(qtbot: QtBot) -> None:
    window = shown(VIEWS["receive_check"], LARGE)
    qtbot.addWidget(window)
    presses = _presses(window)
    for position, action in enumerate(("key:2", "key:5", "key:.", "key:back")):
        _tap(_button(window, action), 1000 + position * 80)
    assert presses == ["key:2", "key:5", "key:.", "key:back"]


def test_a_bounce_does_not_press_what_has_come_up_under_the_finger(window: Window) -> None:
    presses = _presses(window)
    _tap(_button(window, "undo"), 1000)
    window.show_view(VIEWS["choice"])
    _tap(_button(window, "back"), 1150)
    assert presses == ["undo"]
    _tap(_button(window, "back"), 1300)
    assert presses == ["undo", "back"]


def test_a_disabled_button_says_why_and_does_nothing(window: Window) -> None:
    presses = _presses(window)
    window.show_view(replace(RECEIVE, actions=(Button("undo", "Undo last", "undo", False, "Nothing to undo"), *ACTIONS[1:])))
    undo = next(part for part in pressables(window) if part.accessibleName() == "Undo last, Nothing to undo")
    _tap(undo, 1000)
    assert presses == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_space_or_enter_inside_a_scan_presses_nothing(window: Window, key: Qt.Key) -> None:
    presses = _presses(window)
    _tap(_button(window, "undo"), 1000)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(QApplication.focusWidget() or window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, " "))
    assert presses == ["undo"]


def test_a_screen_reader_can_press(qtbot: QtBot, window: Window) -> None:
    presses = _presses(window)
    actions = QAccessible.queryAccessibleInterface(_button(window, "hold")).actionInterface()
    actions.doAction("Press")  # Qt shows the button pressed for a moment first
    qtbot.waitUntil(lambda: presses == ["hold"], timeout=3000)


def test_a_clock_that_starts_anew_does_not_lock_the_buttons() -> None:
    guard = TapGuard()
    assert guard.takes("undo", 50_000)
    assert guard.takes("undo", 10)
