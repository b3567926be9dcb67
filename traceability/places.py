"""Places: where goods stand, each with its own barcode."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A rack, a dock, a line position, a vessel. `kind` is the plant's own word for what it is ("rack", "quarantine", "tank")."""

    name: str
    kind: str = ""
