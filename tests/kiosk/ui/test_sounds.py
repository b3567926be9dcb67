"""The sounds last as long as the design says, do not clip, and can be told apart by rhythm."""

from __future__ import annotations

import array
import io
import wave as wav

import pytest

from kiosk.ui.sounds import RATE, TUNES, Sound, wave

LENGTHS_MS = {
    Sound.ACCEPTED: 175,
    Sound.CHECK: 370,
    Sound.HOLD: 480,
    Sound.REJECTED: 540,
    Sound.DUPLICATE: 225,
    Sound.STOP: 1860,
    Sound.KEY: 12,
}


def _samples(content: bytes) -> array.array[int]:
    with wav.open(io.BytesIO(content)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return array.array("h", file.readframes(file.getnframes()))


@pytest.mark.parametrize(("sound", "milliseconds"), LENGTHS_MS.items())
def test_a_sound_lasts_as_long_as_designed(sound: Sound, milliseconds: int) -> None:
    assert len(_samples(wave(sound))) / RATE * 1000 == pytest.approx(milliseconds, abs=1)


@pytest.mark.parametrize("sound", Sound)
def test_a_sound_is_loud_but_does_not_clip_and_starts_from_silence(sound: Sound) -> None:
    samples = _samples(wave(sound))
    assert 12_000 < max(map(abs, samples)) <= 32_767
    assert abs(samples[0]) < 400


def test_volume_is_kept_to_but_stop_is_never_silent() -> None:
    assert max(map(abs, _samples(wave(Sound.ACCEPTED, 0.0)))) == 0
    assert max(map(abs, _samples(wave(Sound.ACCEPTED, 0.5)))) == pytest.approx(max(map(abs, _samples(wave(Sound.ACCEPTED)))) / 2, rel=0.01)
    assert max(map(abs, _samples(wave(Sound.STOP, 0.0)))) > 3000


@pytest.mark.parametrize("volume", [-0.1, 1.1, float("nan")])
def test_a_volume_that_makes_no_sense_is_refused(volume: float) -> None:
    with pytest.raises(ValueError, match="must be between 0 and 1"):
        wave(Sound.KEY, volume)


def test_no_two_sounds_have_the_same_rhythm_and_pitch() -> None:
    assert len(set(TUNES.values())) == len(Sound)
    rhythms = [tuple((note.milliseconds, note.gap) for note in TUNES[sound]) for sound in LENGTHS_MS]
    assert len(set(rhythms)) == len(rhythms)
