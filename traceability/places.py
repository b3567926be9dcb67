"""Places: where goods stand, each with its own barcode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Kinds of places that keep goods apart from what may be used.
APART: Final = frozenset({"quarantine", "hold", "blocked", "recall", "reject", "rejected", "returns"})
#: What a plant calls the places of a line that one lot after the other is loaded to …
POSITIONS: Final = frozenset({"line", "line_position", "position", "hopper"})
#: … and those that never empty, so that whatever was in there since they were cleaned may be in what comes out (rule 25).
VESSELS: Final = frozenset({"tank", "silo", "vessel"})
#: Kinds of places where goods wait that were fetched for an order already.
STAGING: Final = frozenset({"staging"})


@dataclass(frozen=True, slots=True)
class Place:
    """A rack, a dock, a line position, a vessel. `kind` is the plant's own word for what it is ("rack", "quarantine", "tank")."""

    name: str
    kind: str = ""

    @property
    def keeps_apart(self) -> bool:
        """Whether what stands here stands apart from what may be used."""
        return self.kind.casefold() in APART

    @property
    def is_position(self) -> bool:
        """Whether lots follow each other here, the last of one still there when the next comes."""
        return self.kind.casefold() in POSITIONS

    @property
    def is_vessel(self) -> bool:
        """Whether lots mix here until somebody cleans it out."""
        return self.kind.casefold() in VESSELS

    @property
    def is_staging(self) -> bool:
        """Whether goods wait here that were fetched for an order."""
        return self.kind.casefold() in STAGING
