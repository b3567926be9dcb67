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
#: Room below the last baseline for what hangs from it (g, p, y), in heights of a capital letter.
_DESCENT: Final = 0.28
_STEP: Final = 0.96
#: A code in one piece is read with fewer mistakes: it is broken only to grow by this.
_WORTH_BREAKING: Final = 1.4
#: Nobody reads smaller; a code that still does not fit has been limited in length before it came here.
_HARD_FLOOR_MM: Final = 0.7


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of text, the height of a capital letter, and how far below the top of the box the first capital begins."""

    lines: tuple[str, ...]
    capitals_mm: float
    down_mm: float = 0.0


def fit(text: Text, measure: Measure) -> Fitted:
    """Return the largest size at which `text` fits; a code goes on more lines only where that makes it much larger."""
    best = _largest(text, measure, 1 if text.code else text.lines)
    if text.code and text.lines > 1:
        broken = _largest(text, measure, text.lines)
        best = broken if broken.capitals_mm > best.capitals_mm * _WORTH_BREAKING else best
    return best


def _largest(text: Text, measure: Measure, most: int) -> Fitted:
    floor = _HARD_FLOOR_MM if text.whole or text.code else min(text.smallest_mm, text.capitals_mm)
    size = min(text.capitals_mm, text.box.height)
    while size > floor:
        if lines := _lines_at(text, measure, size, most):
            return _placed(text, lines, size)
        size *= _STEP
    return _placed(text, _lines_at(text, measure, floor, most) or _cut(text, measure, floor), floor)


def _placed(text: Text, lines: tuple[str, ...], size: float) -> Fitted:
    spare = text.box.height - _height(len(lines)) * size
    return Fitted(lines, size, max(0.0, spare / 2) if text.middle else 0.0)


def _height(lines: int) -> float:
    """Return how high so many lines are, in heights of a capital letter."""
    return 1 + (lines - 1) * LINE_PITCH + _DESCENT


def _lines_at(text: Text, measure: Measure, size: float, most: int) -> tuple[str, ...]:
    """Return the lines, or nothing when the words do not fit at this size."""
    room = text.box.width / size
    lines = _break_anywhere(text.words, measure, room) if text.code else _wrap(text.words, measure, room)
    tall_enough = _height(len(lines)) * size <= text.box.height
    return lines if tall_enough and len(lines) <= most and all(measure(line) <= room for line in lines) else ()


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
    """Keep what fits, at the smallest size, and show that something is missing; what is whole is kept."""
    room = text.box.width / size
    lines = _break_anywhere(text.words, measure, room)
    if text.whole or text.code or len(lines) <= text.lines:
        return lines
    last = lines[text.lines - 1]
    while last and measure(last + "...") > room:
        last = last[:-1]
    return (*lines[: text.lines - 1], last + "...")
