"""Code 128: the shortest row of symbol characters for a text (ISO/IEC 15417, GS1-128 with FNC1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GS: Final = "\x1d"
#: Symbol characters beyond data, by their value.
CODE_C: Final = 99
CODE_B: Final = 100
FNC1: Final = 102
START_B: Final = 104
START_C: Final = 105

#: GS1-128 holds no more data characters than this (GS1 General Specifications 5.4.4.6).
GS1_LONGEST: Final = 48
_MODULES_PER_CHARACTER: Final = 11
_CHECK_AND_STOP_MODULES: Final = 11 + 13


@dataclass(frozen=True, slots=True)
class Row:
    """Symbol characters from the start character on, without check and stop."""

    characters: tuple[int, ...]

    @property
    def modules(self) -> int:
        """Width in narrowest bars, without quiet zones."""
        return len(self.characters) * _MODULES_PER_CHARACTER + _CHECK_AND_STOP_MODULES


def encode(text: str, gs1: bool) -> Row | None:
    """Return the shortest row in code sets B and C; None when `text` has characters that these can't hold."""
    if not text or not all(" " <= character <= "~" or (gs1 and character == GS) for character in text):
        return None
    best_b, best_c = _shortest(text)
    lead = (FNC1,) if gs1 else ()
    b, c = (START_B, *lead, *best_b), (START_C, *lead, *best_c)
    return Row(c if best_c and len(c) < len(b) else b)


def _shortest(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the shortest rests from the first character on, when in set B and when in set C; worked out from the end."""
    rests: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((), ())]
    for place in range(len(text) - 1, -1, -1):
        b, c = _rests(text, place, rests)
        rests.append((min(b, (CODE_C, *c), key=len) if c else b, min(c, (CODE_B, *b), key=len) if c else (CODE_B, *b)))
    return rests[-1]


def _rests(text: str, place: int, rests: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what follows when the character at `place` is written in B, and in C (empty when C can't)."""
    after_one = rests[len(text) - place - 1]
    if text[place] == GS:
        return (FNC1, *after_one[0]), (FNC1, *after_one[1])
    b = (ord(text[place]) - ord(" "), *after_one[0])
    pair = text[place : place + 2]
    if len(pair) == 2 and pair.isdigit():
        return b, (int(pair), *rests[len(text) - place - 2][1])
    return b, ()
