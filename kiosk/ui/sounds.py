"""The sounds of the verdicts, made of a few sines. Told apart by rhythm first, by pitch second: hearing protection eats pitch."""

from __future__ import annotations

import array
import functools
import math
import sys
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final

RATE: Final = 22_050  # samples per second, 16 bit, mono
SMOOTH: Final = (1.0, 0.5, 0.25)  # strength of the harmonics
ROUGH: Final = (1.0, 0.9, 0.8, 0.7)
ATTACK_MS: Final = 5
RELEASE_MS: Final = 12
LEAST_STOP_VOLUME: Final = 0.3  # STOP is never silent


class Sound(StrEnum):
    """What there is to hear."""

    ACCEPTED = "accepted"
    CHECK = "check"
    HOLD = "hold"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    STOP = "stop"
    OFFLINE = "offline"
    ONLINE = "online"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Note:
    """`hertz` for `milliseconds`, then `gap` milliseconds of silence."""

    hertz: float
    milliseconds: int
    gap: int = 0
    rough: bool = False


_STOP_PAIR: Final = (Note(880, 220, 60, rough=True), Note(587, 220, 120, rough=True))
TUNES: Final[dict[Sound, tuple[Note, ...]]] = {
    Sound.ACCEPTED: (Note(1320, 70, 15), Note(1760, 90)),
    Sound.CHECK: (Note(990, 140, 90), Note(990, 140)),
    Sound.HOLD: (Note(990, 120, 60), Note(740, 120, 60), Note(990, 120)),
    Sound.REJECTED: (Note(880, 180, 40, rough=True), Note(587, 320, rough=True)),
    Sound.DUPLICATE: (Note(1320, 45, 45), Note(1320, 45, 45), Note(1320, 45)),
    Sound.STOP: (*_STOP_PAIR, *_STOP_PAIR, *_STOP_PAIR),
    Sound.OFFLINE: (Note(880, 90, 20), Note(660, 90)),
    Sound.ONLINE: (Note(660, 90, 20), Note(880, 90)),
    Sound.KEY: (Note(2000, 12),),
}


@functools.lru_cache(maxsize=16)
def wave(sound: Sound, volume: float = 1.0) -> bytes:
    """Return `sound` as a WAV file, `volume` between 0 and 1."""
    if not 0 <= volume <= 1:
        raise ValueError(f"the volume is {volume}; it must be between 0 and 1")
    loud = max(volume, LEAST_STOP_VOLUME) if sound is Sound.STOP else volume
    samples = array.array("h", chain.from_iterable(_samples(note, loud) for note in TUNES[sound]))
    if sys.byteorder == "big":
        samples.byteswap()
    return _header(len(samples) * 2) + samples.tobytes()


def _samples(note: Note, volume: float) -> list[int]:
    harmonics = ROUGH if note.rough else SMOOTH
    peak = 32_767 * volume / sum(harmonics)
    count = note.milliseconds * RATE // 1000
    turn = 2 * math.pi * note.hertz / RATE
    tone = [
        round(peak * _envelope(n, count) * sum(strength * math.sin(turn * n * (k + 1)) for k, strength in enumerate(harmonics)))
        for n in range(count)
    ]
    return tone + [0] * (note.gap * RATE // 1000)


def _envelope(position: int, count: int) -> float:
    """Rise and fall without a click."""
    attack, release = ATTACK_MS * RATE / 1000, RELEASE_MS * RATE / 1000
    return min(1.0, position / attack, (count - position) / release)


def _header(size: int) -> bytes:
    """RIFF header of a PCM file with `size` bytes of samples."""
    numbers = ((36 + size, 4), (16, 4), (1, 2), (1, 2), (RATE, 4), (RATE * 2, 4), (2, 2), (16, 2), (size, 4))
    riff, *form, data = [number.to_bytes(width, "little") for number, width in numbers]
    return b"RIFF" + riff + b"WAVEfmt " + b"".join(form) + b"data" + data
