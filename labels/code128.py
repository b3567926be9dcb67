"""Code 128: the shortest row of symbol characters for a text (ISO/IEC 15417, GS1-128 with FNC1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

GS: Final = "\x1d"
#: GS1-128 holds no more data characters than this (GS1 General Specifications 5.4.4.6).
GS1_LONGEST: Final = 48
_MODULES_PER_CHARACTER: Final = 11
_CHECK_AND_STOP_MODULES: Final = 11 + 13


class Control(Enum):
    """A symbol character that is not data."""

    START_B = auto()
    START_C = auto()
    TO_B = auto()
    TO_C = auto()
    FNC1 = auto()


#: One symbol character: a control, one character in code set B, or two digits in code set C.
Step = Control | str
_Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Symbol characters from the start character on, without check and stop."""

    steps: tuple[Step, ...]

    @property
    def modules(self) -> int:
        """Width in narrowest bars, without quiet zones."""
        return len(self.steps) * _MODULES_PER_CHARACTER + _CHECK_AND_STOP_MODULES


def encode(text: str, gs1: bool, *, back_to_c: bool = True) -> Row | None:
    """Return the shortest row in code sets B and C; None when `text` has characters that these can't hold.

    Without `back_to_c` the row may start in C but never returns to it: longer, and understood by every ZPL interpreter.
    """
    if not text or not all(" " <= character <= "~" or (gs1 and character == GS) for character in text):
        return None
    in_b, in_c = _shortest(text, back_to_c)
    lead = (Control.FNC1,) if gs1 else ()
    b, c = (Control.START_B, *lead, *in_b), (Control.START_C, *lead, *in_c)
    return Row(c if len(c) < len(b) else b)


def _shortest(text: str, back_to_c: bool) -> tuple[_Steps, _Steps]:
    """Return the shortest steps for all of `text`, starting in set B and in set C; worked out from the end."""
    rests: list[tuple[_Steps, _Steps]] = [((), ())]
    for place in range(len(text) - 1, -1, -1):
        b, c = _both(text, place, rests)
        to_b = (Control.TO_B, *b)
        if c is None:
            rests.append((b, to_b))
        else:
            rests.append((min(b, (Control.TO_C, *c), key=len) if back_to_c else b, min(c, to_b, key=len)))
    return rests[-1]


def _both(text: str, place: int, rests: list[tuple[_Steps, _Steps]]) -> tuple[_Steps, _Steps | None]:
    """Return the steps from `place` on when its character is written in B, and in C (None when C can't)."""
    left = len(text) - place
    if text[place] == GS:
        return (Control.FNC1, *rests[left - 1][0]), (Control.FNC1, *rests[left - 1][1])
    b = (text[place], *rests[left - 1][0])
    pair = text[place : place + 2]
    return b, (pair, *rests[left - 2][1]) if len(pair) == 2 and pair.isdigit() else None
