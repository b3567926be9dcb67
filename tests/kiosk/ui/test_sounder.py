"""Verdicts are sounded once, STOP again and again, through a child that is a player (here: one that writes down what it got)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from kiosk.presenters.views import Tone
from kiosk.ui.sounder import Sounder, installed_player, sound_of
from kiosk.ui.sounds import Sound, wave
from tests.kiosk.ui.sample_views import OFFLINE, OK, READY, RECEIVE, STOP, VIEWS

PLAYER = "import pathlib, shutil, sys; shutil.copy(sys.argv[2], sys.argv[1])"


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    return tmp_path / "heard.wav"


@pytest.fixture
def sounder(qapp: object, heard: Path) -> Iterator[Sounder]:
    sounder = Sounder(command=(sys.executable, "-S", "-c", PLAYER, str(heard)))
    yield sounder
    sounder.close()


def _hears(qtbot: QtBot, heard: Path, sound: Sound) -> None:
    qtbot.waitUntil(lambda: heard.exists() and heard.read_bytes() == wave(sound), timeout=10_000)
    heard.unlink()


def test_a_verdict_is_sounded_once(qtbot: QtBot, sounder: Sounder, heard: Path) -> None:
    view = replace(RECEIVE, hero=OK)
    sounder.follow(view)
    _hears(qtbot, heard, Sound.ACCEPTED)
    sounder.follow(replace(view, top=replace(view.top, clock="10:43")))
    sounder.follow(replace(RECEIVE, hero=replace(OK, tone=Tone.BAD, number=OK.number + 1)))
    _hears(qtbot, heard, Sound.REJECTED)


def test_stop_repeats_until_it_is_gone(qtbot: QtBot, sounder: Sounder, heard: Path) -> None:
    timer = sounder.findChild(QTimer)
    sounder.follow(STOP)
    _hears(qtbot, heard, Sound.STOP)
    assert timer.isActive()
    timer.timeout.emit()
    _hears(qtbot, heard, Sound.STOP)
    sounder.follow(RECEIVE)
    assert not timer.isActive()


def test_a_connection_that_goes_and_comes_back_is_heard_once(qtbot: QtBot, sounder: Sounder, heard: Path) -> None:
    gone = replace(RECEIVE, top=replace(RECEIVE.top, chips=OFFLINE))
    sounder.follow(RECEIVE)
    sounder.follow(gone)
    _hears(qtbot, heard, Sound.OFFLINE)
    sounder.follow(gone)
    sounder.follow(STOP)  # says nothing of the network
    _hears(qtbot, heard, Sound.STOP)
    sounder.follow(RECEIVE)
    _hears(qtbot, heard, Sound.ONLINE)


def test_a_verdict_is_worth_more_than_the_connection(qtbot: QtBot, sounder: Sounder, heard: Path) -> None:
    sounder.follow(RECEIVE)
    sounder.follow(replace(RECEIVE, top=replace(RECEIVE.top, chips=OFFLINE), hero=OK))
    _hears(qtbot, heard, Sound.ACCEPTED)


def test_a_touch_clicks(qtbot: QtBot, sounder: Sounder, heard: Path) -> None:
    sounder.click()
    _hears(qtbot, heard, Sound.KEY)


@pytest.mark.parametrize("tone", Tone)
def test_every_verdict_has_a_sound_of_its_own(tone: Tone) -> None:
    sounds = {each: sound_of(replace(RECEIVE, hero=replace(OK, tone=each)))[0] for each in Tone}
    assert sounds[tone] is not None
    assert list(sounds.values()).count(sounds[tone]) == 1
    assert sounds[tone] is not Sound.STOP


def test_waiting_is_silent() -> None:
    assert sound_of(replace(RECEIVE, hero=READY)) == (None, 0)
    assert sound_of(VIEWS["home"]) == (None, 0)


@pytest.mark.parametrize("tone", Tone)
def test_every_verdict_has_its_own_sound(tone: Tone) -> None:
    sounds = {sound_of(replace(RECEIVE, hero=replace(OK, tone=each)))[0] for each in Tone}
    assert len(sounds) == len(Tone)
    assert sound_of(replace(RECEIVE, hero=replace(OK, tone=tone)))[0] in sounds


def test_without_a_player_nothing_is_started(qapp: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_player() == ()
    sounder = Sounder()
    sounder.play(Sound.STOP)
    sounder.close()


def test_the_player_that_is_there_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    player = tmp_path / "aplay"
    player.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_player() == (str(player), "-q")
