"""Plays the sounds through whatever the machine has: `pw-play` or `aplay` as a child, or nothing."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final, assert_never

from PySide6.QtCore import QObject, QTimer

from kiosk.presenters.views import ChipTone, SeatBand, StopView, Tone, VerdictHero, View
from kiosk.ui.sounds import Sound, wave

PLAYERS: Final = (("pw-play",), ("aplay", "-q"))  # the file follows
REPEAT_STOP_MS: Final = 5000


class Sounder(QObject):
    """Follows the views. A new sound cuts off the one before: only the latest verdict matters."""

    def __init__(self, volume: float = 1.0, command: tuple[str, ...] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._volume = volume
        self._command = command if command is not None else installed_player()
        self._folder = tempfile.TemporaryDirectory(prefix="lotline-sounds-", ignore_cleanup_errors=True) if self._command else None
        self._child: subprocess.Popen[bytes] | None = None
        self._heard = 0
        self._online: bool | None = None  # as the screen said it last
        self._repeat = QTimer(self)
        self._repeat.setInterval(REPEAT_STOP_MS)
        self._repeat.timeout.connect(lambda: self.play(Sound.STOP))

    def follow(self, view: View, bands: tuple[SeatBand, ...] = ()) -> None:
        """Sound a verdict once, also another seat's; STOP again and again until it is gone, whoever it stopped."""
        heard = [sound_of(view), *map(sound_of_band, bands)]
        if not any(sound is Sound.STOP for sound, _ in heard):
            self._repeat.stop()
        sound, number = max(heard, key=lambda each: each[1])
        changed = self._connection_sound(view)
        if sound is None or number <= self._heard:
            if changed is not None:  # else the screen was only turned to another seat, or painted anew
                self.play(changed)
            return
        self._heard = number
        self.play(sound)
        if sound is Sound.STOP:
            self._repeat.start()

    def click(self) -> None:
        """Sound a touch, where nothing more important is to be heard just now."""
        if self._child is None or self._child.poll() is not None:
            self.play(Sound.KEY)

    def _connection_sound(self, view: View) -> Sound | None:
        """Return the sound of a connection that went or came back since the last view; a verdict's own sound is worth more."""
        was, self._online = self._online, connection_of(view, self._online)
        if was is None or was == self._online:
            return None
        return Sound.ONLINE if self._online else Sound.OFFLINE

    def play(self, sound: Sound) -> None:
        """Play `sound` now, where there is something to play it with."""
        if self._folder is None or (self._volume == 0 and sound is not Sound.STOP):
            return
        self._silence()
        file = Path(self._folder.name, f"{sound}.wav")
        if not file.exists():
            file.write_bytes(wave(sound, self._volume))
        self._child = subprocess.Popen(
            [*self._command, str(file)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def close(self) -> None:
        """Fall silent and remove what was written."""
        self._repeat.stop()
        self._silence()
        if self._folder is not None:
            self._folder.cleanup()

    def _silence(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None


def connection_of(view: View, before: bool | None) -> bool | None:
    """Return whether a view says that the server is reached; `before` where it says nothing of it."""
    top = getattr(view, "top", None)
    for chip in top.chips if top is not None else ():
        if chip.icon == "cloud_done":
            return True
        if chip.icon == "cloud_off" and chip.tone is not ChipTone.QUIET:
            return False
    return before


def installed_player() -> tuple[str, ...]:
    """Return the command of a player that is installed, its full path first; empty when there is none."""
    for program, *options in PLAYERS:
        if path := shutil.which(program):
            return (path, *options)
    return ()


def sound_of(view: View) -> tuple[Sound | None, int]:
    """Return what a view sounds like and the number of its verdict."""
    if isinstance(view, StopView):
        return _sound_of_tone(view.tone) if view.tone else Sound.STOP, view.number
    hero = getattr(view, "hero", None)
    if not isinstance(hero, VerdictHero):
        return None, 0
    return _sound_of_tone(hero.tone), hero.number


def sound_of_band(band: SeatBand) -> tuple[Sound | None, int]:
    """Return what was said last at a seat that is not shown, as a sound, and the number of its verdict."""
    if band.stopped:
        return Sound.STOP, band.number
    return (_sound_of_tone(band.tone), band.number) if band.tone else (None, 0)


def _sound_of_tone(tone: Tone) -> Sound:
    match tone:
        case Tone.OK:
            return Sound.ACCEPTED
        case Tone.CHECK:
            return Sound.CHECK
        case Tone.HOLD:
            return Sound.HOLD
        case Tone.BAD:
            return Sound.REJECTED
        case Tone.DUPLICATE:
            return Sound.DUPLICATE
    assert_never(tone)
