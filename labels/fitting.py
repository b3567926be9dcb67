"""Fit words into a box: the largest size at which they stand in it, broken into lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from labels.label import Text

#: Tells how wide `words` are, in millimetres, when a capital letter is 1 mm high. Widths grow in proportion.
Measure = Callable[[str], float]

#: From one baseline to the next, in heights of a capital letter.
LINE_PITCH: Final = 1.55
_STEP: Final = 0.96
#: Nobody reads smaller; a code that still does not fit has been limited in length before it came here.
_HARD_FLOOR_MM: Final = 0.7


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of text and the height of a capital letter in millimetres."""

    lines: tuple[str, ...]
    capitals_mm: float


def fit(text: Text, measure: Measure) -> Fitted:
    """Return the largest size at which `text` fits; fewer lines win among equals."""
    floor = _HARD_FLOOR_MM if text.code else min(text.smallest_mm, text.capitals_mm)
    size = min(text.capitals_mm, text.box.height)
    while size > floor:
        if lines := _lines_at(text, measure, size):
            return Fitted(lines, size)
        size *= _STEP
    return Fitted(_lines_at(text, measure, floor) or _cut(text, measure, floor), floor)


def _lines_at(text: Text, measure: Measure, size: float) -> tuple[str, ...]:
    """Return the lines, or nothing when the words do not fit at this size."""
    most = min(text.lines, 1 + int((text.box.height - size) / (size * LINE_PITCH)))
    room = text.box.width / size
    lines = _break_anywhere(text.words, measure, room) if text.code else _wrap(text.words, measure, room)
    return lines if len(lines) <= most and all(measure(line) <= room for line in lines) else ()


def _wrap(words: str, measure: Measure, room: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in words.split():
        if lines and measure(f"{lines[-1]} {word}") <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return tuple(lines) or ("",)


def _break_anywhere(code: str, measure: Measure, room: float) -> tuple[str, ...]:
    lines = [""]
    for character in code:
        if lines[-1] and measure(lines[-1] + character) > room:
            lines.append("")
        lines[-1] += character
    return tuple(lines)


def _cut(text: Text, measure: Measure, size: float) -> tuple[str, ...]:
    """Keep what fits, at the smallest size, and show that something is missing; a code is kept whole."""
    room = text.box.width / size
    lines = _break_anywhere(text.words, measure, room)
    if text.code or len(lines) <= text.lines:
        return lines
    last = lines[text.lines - 1]
    while last and measure(last + "...") > room:
        last = last[:-1]
    return (*lines[: text.lines - 1], last + "...")
