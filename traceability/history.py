"""What happened to a lot, as one station knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from traceability.events import Event


@dataclass(frozen=True, slots=True)
class Happening:
    """One event about a lot. `undone`: a later one took it back; both stay on record."""

    id: str
    at: datetime
    event: Event
    undone: bool = False
