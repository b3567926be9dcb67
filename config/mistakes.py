"""What is wrong with a file that a person wrote: every mistake at once, with its line and the nearest right name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOST_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to put right: where (`items[3].gtin`), what is wrong in words, and the line where it is known."""

    where: str
    words: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line is not None else ""
        return f"{place}{self.where}: {self.words}" if self.where else f"{place}{self.words}"


class SettingsRefused(Exception):
    """A file can't be used: `words` say all that is wrong with it, one mistake a line."""

    def __init__(self, path: Path, mistakes: Iterable[Mistake]) -> None:
        self.path = path
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: mistake.line or 0))
        self.words = _words(path, self.mistakes)
        super().__init__(self.words)


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return " Did you mean 'gtin'?" for the nearest of `names`, or nothing where none is near."""
    by_lower = {known.lower(): known for known in names}
    near = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return f" Did you mean {by_lower[near[0]]!r}?" if near else ""


def _words(path: Path, mistakes: tuple[Mistake, ...]) -> str:
    if len(mistakes) == 1:
        return f"{path} can't be used: {mistakes[0]}"
    lines = [f"  {mistake}" for mistake in mistakes[:MOST_SHOWN]]
    if len(mistakes) > MOST_SHOWN:
        lines.append(f"  … and {len(mistakes) - MOST_SHOWN} more")
    return "\n".join([f"{path} can't be used; {len(mistakes)} mistakes:", *lines])
