"""Places: where goods stand, each with its own barcode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Kinds of places that keep goods apart from what may be used.
APART: Final = frozenset({"quarantine", "hold", "blocked", "recall", "reject", "rejected", "returns"})


@dataclass(frozen=True, slots=True)
class Place:
    """A rack, a dock, a line position, a vessel. `kind` is the plant's own word for what it is ("rack", "quarantine", "tank")."""

    name: str
    kind: str = ""

    @property
    def keeps_apart(self) -> bool:
        """Whether what stands here stands apart from what may be used."""
        return self.kind.casefold() in APART
