"""The one way a label is refused: words for the person who asked for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelRefused:
    """A label that would be wrong and is therefore not made: what was got, what was expected, what to do."""

    words: str
    asked_wrong: bool = False  # no such template, language or size: the data may be right
