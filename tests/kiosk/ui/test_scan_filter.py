"""Keys are taken before any widget, wherever the focus is; times tell a scanner's pace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from drivers.scanners.keyboard_wedge import Options, Scanner
from drivers.wedge_keys import Key
from kiosk.ui.scan_filter import ScanFilter

GS = "\x1d"
CODES = {**{char: code for code, char in enumerate("1234567890", 2)}, "A": 30, "B": 48, "C": 46, "]": 27, "\r": 28}


@dataclass(slots=True)
class Heard:
    """A sink that writes down what it gets."""

    keys: list[dict[str, object]] = field(default_factory=list)
    idles: list[float] = field(default_factory=list)
    alts: list[float] = field(default_factory=list)
    types: str = ""

    def press(self, **key: object) -> str:
        self.keys.append(key)
        return self.types

    def release_alt(self, at: float) -> str:
        self.alts.append(at)
        return self.types

    def idle(self, at: float) -> str:
        self.idles.append(at)
        return ""


@dataclass(slots=True)
class Wedge:
    """The real driver behind the filter's port."""

    scanner: Scanner

    def press(self, *, text: str, scan_code: int, at: float, shift: bool, control: bool, alt: bool, repeated: bool) -> str:
        return self.scanner.press(Key(text, scan_code, at, shift, control, alt, repeated))

    def release_alt(self, at: float) -> str:
        return self.scanner.release_alt(at)

    def idle(self, at: float) -> str:
        return self.scanner.idle(at)


@pytest.fixture
def install(qapp: QApplication) -> Iterator[Callable[..., ScanFilter]]:
    """Install filters and take them off again."""
    installed: list[ScanFilter] = []

    def put_on(sink: object, clock: Callable[[], float] = lambda: 100.0) -> ScanFilter:
        scan_filter = ScanFilter(sink, clock=clock)
        qapp.installEventFilter(scan_filter)
        installed.append(scan_filter)
        return scan_filter

    yield put_on
    for scan_filter in installed:
        qapp.removeEventFilter(scan_filter)
        scan_filter.deleteLater()


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    """A window with things that would eat keys if they got them."""
    form = QWidget()
    QLineEdit(form)
    QPushButton("Press", form)
    form.resize(300, 200)
    qtbot.addWidget(form)
    form.show()
    return form


def _post(to: QObject, char: str, *, at_ms: int = 0, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    if char == GS:  # as X11 has it: Ctrl and the bracket key
        held, native, key = Qt.KeyboardModifier.ControlModifier, 27, Qt.Key.Key_BracketRight
    else:
        native, key = CODES[char], Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, held, native + 8, 0, 0, char)
        event.setTimestamp(at_ms)
        QApplication.postEvent(to, event)
    QApplication.sendPostedEvents()


def _focused(form: QWidget, where: str) -> QObject:
    field_, button = form.findChild(QLineEdit), form.findChild(QPushButton)
    target = {"field": field_, "button": button, "window": form, "native window": form.windowHandle()}[where]
    if isinstance(target, QWidget):
        target.setFocus()
    return target


@pytest.mark.parametrize("where", ["field", "button", "window", "native window"])
def test_a_scan_arrives_whole_wherever_the_focus_is(install: Callable[..., ScanFilter], form: QWidget, where: str) -> None:
    scanner = Scanner("wedge", Options())
    scanner.open()
    ticks = iter(range(10_000))
    install(Wedge(scanner), clock=lambda: 100 + next(ticks) / 1000)
    clicked: list[bool] = []
    form.findChild(QPushButton).clicked.connect(clicked.append)
    target = _focused(form, where)
    for char in f"]C110AB{GS}2112\r":
        _post(target, char, held=Qt.KeyboardModifier.ShiftModifier if char.isupper() else Qt.KeyboardModifier.NoModifier)
    frames = scanner.read()
    assert [frame.data for frame in frames] == [f"]C110AB{GS}2112".encode()]
    assert form.findChild(QLineEdit).text() == ""
    assert clicked == []


def test_a_key_carries_everything_that_the_framing_needs(install: Callable[..., ScanFilter], form: QWidget) -> None:
    heard = Heard()
    install(heard)
    _post(form, "A", held=Qt.KeyboardModifier.ShiftModifier)
    assert heard.keys == [
        {"text": "A", "scan_code": 30, "at": 100.0, "shift": True, "control": False, "alt": False, "repeated": False},
    ]


def test_the_alt_key_going_up_ends_a_typed_code(install: Callable[..., ScanFilter], form: QWidget) -> None:
    heard = Heard()
    install(heard)
    QApplication.sendEvent(form, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Alt, Qt.KeyboardModifier.NoModifier))
    QApplication.sendEvent(form, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"))
    assert heard.alts == [100.0]


def test_what_a_person_types_is_passed_on(qtbot: QtBot, install: Callable[..., ScanFilter], form: QWidget) -> None:
    scan_filter = install(Heard(types="x"))
    with qtbot.waitSignal(scan_filter.typed) as typed:
        _post(form, "A")
    assert typed.args == ["x"]


def test_silence_is_told_and_then_the_timer_rests(qtbot: QtBot, install: Callable[..., ScanFilter], form: QWidget) -> None:
    heard, now = Heard(), [100.0]
    scan_filter = install(heard, clock=lambda: now[0])
    assert heard.idles == []
    _post(form, "A")
    qtbot.waitUntil(lambda: len(heard.idles) >= 1, timeout=3000)
    now[0] = 110.0
    qtbot.waitUntil(lambda: heard.idles[-1] == 110.0, timeout=3000)
    assert not scan_filter.findChild(QTimer).isActive()


@given(gaps=st.lists(st.integers(0, 400), min_size=1, max_size=20), delays=st.lists(st.integers(0, 300), min_size=20, max_size=20))
def test_pace_is_that_of_the_keys_not_of_a_busy_screen(gaps: list[int], delays: list[int]) -> None:
    """However late events are handled, their distances in time stay (to within what the first was late by)."""
    heard, now, stamp = Heard(), [0.0], 5_000_000
    scan_filter = ScanFilter(heard, clock=lambda: now[0])
    stamps = []
    for gap, delay in zip(gaps, delays, strict=False):
        stamp += gap
        stamps.append(stamp / 1000)
        now[0] = max(now[0], 100 + (stamp - 5_000_000 + delay) / 1000)
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, 38, 0, 0, "a")
        event.setTimestamp(stamp)
        scan_filter._press(event)
    times = [float(key["at"]) for key in heard.keys]
    steps = zip(pairwise(times), pairwise(stamps), strict=True)
    assert all(abs((later - sooner) - (last - first)) <= 0.301 for (sooner, later), (first, last) in steps)
    assert all(at <= 100 + (stamp - 5_000_000 + 300) / 1000 + 1e-6 for at in times)
    scan_filter._timer.stop()


def test_typing_handled_late_and_all_at_once_is_still_typing(install: Callable[..., ScanFilter], form: QWidget) -> None:
    heard, now = Heard(), [100.0]
    install(heard, clock=lambda: now[0])
    _post(form, "A", at_ms=7_000)
    now[0] = 100.3  # the screen was busy meanwhile
    _post(form, "B", at_ms=7_060)
    _post(form, "C", at_ms=7_120)
    assert [key["at"] for key in heard.keys] == pytest.approx([100.0, 100.06, 100.12])


def test_a_clock_of_the_window_system_that_wraps_is_followed(install: Callable[..., ScanFilter], form: QWidget) -> None:
    heard, now = Heard(), [100.0]
    install(heard, clock=lambda: now[0])
    _post(form, "A", at_ms=4_294_967_290)
    now[0] = 100.02
    _post(form, "B", at_ms=14)
    assert [key["at"] for key in heard.keys] == [100.0, 100.02]


def test_other_events_pass(install: Callable[..., ScanFilter], form: QWidget) -> None:
    scan_filter = install(Heard())
    assert not scan_filter.eventFilter(form, QEvent(QEvent.Type.Show))
    assert not scan_filter.eventFilter(QObject(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
