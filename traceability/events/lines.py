"""What is loaded where something is made, and when it is gone from there: the lots that may be in what is made are known by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class LineLoaded:
    """A lot was put to a line position or into a vessel. What was there before may still be in what is made for a while."""

    kind: ClassVar[str] = "line_loaded"
    place: str  # the position or vessel
    order: str | None
    item: str
    lot: str
    assigned_by: str
    unit: str  # the item's base unit
    container: str | None
    description: str
    vessel: bool = False
    used_by: str | None = None  # the consumption that it is part of: undone with it


@dataclass(frozen=True, slots=True)
class LineCleared:
    """A line position is empty: nothing of what was loaded goes into anything any more."""

    kind: ClassVar[str] = "line_cleared"
    place: str
    order: str | None = None


@dataclass(frozen=True, slots=True)
class CleanedOut:
    """A vessel was emptied and cleaned: what was in there before is not in what comes out from now on (PRODUCT, rule 25)."""

    kind: ClassVar[str] = "clean_out"
    place: str
    order: str | None = None


LineEvent = LineLoaded | LineCleared | CleanedOut
