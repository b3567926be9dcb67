"""Two work at one station: the other's last answer stands in a band at the foot, and every screen still fits above it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.presenters.views import SeatBand, Tone, View
from kiosk.ui.pressable import Pressable
from kiosk.ui.seat_band import SeatBandPanel
from kiosk.ui.sounder import Sounder, sound_of_band
from kiosk.ui.sounds import Sound
from kiosk.ui.style import Style
from kiosk.ui.window import Window
from tests.kiosk.ui.panels import LARGE, PANELS, SMALL, painted, pressables
from tests.kiosk.ui.sample_views import OK, RECEIVE, STOP, VIEWS
from tests.kiosk.ui.words_that_fit import important_words

ACCEPTED = SeatBand("seat:2", "Seat 2", "R. Chen", Tone.OK, "ACCEPTED", "NWS-240817-C", "25 kg (1 bag)", number=OK.number + 1)
STOPPED = SeatBand(
    "seat:3", "Seat 3", "J. Smith", Tone.BAD, "STOP", "NWS-240901-A", "Recalled lot. Do not use or move it.", 99, stopped=True
)
NOBODY = SeatBand("seat:2", "Seat 2", words="Scan your badge")
BESIDE = {"accepted": (ACCEPTED,), "nobody": (NOBODY,), "stopped": (ACCEPTED, STOPPED)}
every_view = pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
every_panel = pytest.mark.parametrize("style", PANELS.values(), ids=PANELS.keys())


def _shown(view: View, style: Style, beside: tuple[SeatBand, ...]) -> Window:
    window = Window(style)
    window.show_view(view, beside)
    window.show()
    return window


def _place(part: QWidget) -> QRect:
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


@every_view
@every_panel
def test_every_screen_fits_above_the_band(qtbot: QtBot, view: View, style: Style) -> None:
    window = _shown(view, style, (ACCEPTED,))
    qtbot.addWidget(window)
    assert sum(isinstance(part, SeatBandPanel) for part in pressables(window)) == 1
    least = min(min(part.width(), part.height()) / style.px_per_mm for part in pressables(window))
    assert least >= 10, f"{least:.1f} mm"
    parts = [part for part in painted(window) if not any(child.isVisible() for child in part.findChildren(QWidget))]
    for part in parts:
        assert window.rect().contains(_place(part)), part.accessibleName()
    for one, other in combinations(parts, 2):
        assert not _place(one).intersects(_place(other)), (one.accessibleName(), other.accessibleName())


@every_view
@pytest.mark.parametrize("style", [LARGE, SMALL], ids=["large", "small"])
def test_no_word_that_matters_is_cut_above_the_band(qtbot: QtBot, cut_words: list[str], view: View, style: Style) -> None:
    window = _shown(view, style, (ACCEPTED,))
    qtbot.addWidget(window)
    window.grab()
    assert not important_words(view).intersection(cut_words)


@every_panel
@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE.keys())
def test_verdict_and_lot_of_the_other_seats_are_never_cut(
    qtbot: QtBot, cut_words: list[str], style: Style, beside: tuple[SeatBand, ...]
) -> None:
    window = _shown(RECEIVE, style, beside)
    qtbot.addWidget(window)
    window.grab()
    assert not {text for band in beside for text in (band.name, band.word, band.lot)} & set(cut_words)


def test_a_touch_on_the_band_asks_for_that_seat(qtbot: QtBot) -> None:
    window = _shown(RECEIVE, LARGE, (ACCEPTED, STOPPED))
    qtbot.addWidget(window)
    bands = [part for part in pressables(window) if isinstance(part, SeatBandPanel)]
    with qtbot.waitSignal(window.pressed) as pressed:
        bands[1].click()
    assert pressed.args == ["seat:3"]
    assert "STOP" in bands[1].accessibleName()


def test_the_band_comes_and_goes_and_the_screens_take_its_room(qtbot: QtBot) -> None:
    window = _shown(RECEIVE, LARGE, (ACCEPTED,))
    qtbot.addWidget(window)
    window.show_view(RECEIVE)
    assert not any(isinstance(part, SeatBandPanel) for part in pressables(window))
    assert max(_place(part).bottom() for part in pressables(window)) > LARGE.height - LARGE.margin - 5
    window.show_view(STOP, (NOBODY,))
    assert all(isinstance(part, Pressable) for part in pressables(window))
    assert any(isinstance(part, SeatBandPanel) for part in pressables(window))


@pytest.fixture
def played(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Sounder, list[Sound]]]:
    sounder = Sounder(command=(sys.executable, "-c", "pass"))
    heard: list[Sound] = []
    monkeypatch.setattr(Sounder, "play", lambda self, sound: heard.append(sound))
    yield sounder, heard
    sounder.close()


def test_the_other_seat_s_verdict_is_heard_once(played: tuple[Sounder, list[Sound]]) -> None:
    sounder, heard = played
    sounder.follow(RECEIVE, (NOBODY,))
    sounder.follow(RECEIVE, (ACCEPTED,))
    sounder.follow(RECEIVE, (ACCEPTED,))
    sounder.follow(VIEWS["receive_ok"], (NOBODY,))  # the screen turned to a seat whose verdict is older
    assert heard == [Sound.ACCEPTED]


def test_the_other_seat_s_stop_is_heard_until_it_is_gone_and_does_not_silence_this_one(played: tuple[Sounder, list[Sound]]) -> None:
    sounder, heard = played
    sounder.follow(RECEIVE, (STOPPED,))
    repeat = sounder.findChild(QTimer)
    assert repeat.isActive()
    later = SeatBand("seat:2", "Seat 2", tone=Tone.DUPLICATE, number=STOPPED.number + 1)
    sounder.follow(RECEIVE, (later, STOPPED))
    assert heard == [Sound.STOP, Sound.DUPLICATE]
    assert repeat.isActive()
    sounder.follow(RECEIVE, (later, NOBODY))
    assert not repeat.isActive()


def test_a_seat_where_nothing_was_decided_is_silent() -> None:
    assert sound_of_band(NOBODY) == (None, 0)
