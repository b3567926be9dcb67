"""The nouns of the small stock works: which of them is open, and the place that was scanned for it."""

from __future__ import annotations

from dataclasses import dataclass

from traceability.places import Place
from traceability.values import quick
from traceability.workflows.working import Working


@quick
@dataclass(frozen=True, slots=True)
class Stocking(Working):
    """One of the small works is open: move, adjust, sample, scrap, split, return.

    `place` is where goods go (move), or where loose goods stand (the others), as it was scanned; it stays until another one is.
    """

    work: str
    place: Place | None = None

    def document(self) -> tuple[tuple[str, str], ...]:
        """Name the place that was scanned."""
        return (("place", self.place.name),) if self.place else ()

    def facts(self) -> dict[str, str]:
        """The work and its place, for the words."""
        return {"workflow": self.work, **({"place": self.place.name} if self.place else {})}
