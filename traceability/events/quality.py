"""What quality says of a lot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class LotHeld:
    """Nobody may use or ship this lot until quality releases it. EPCIS ObjectEvent OBSERVE, bizStep holding."""

    kind: ClassVar[str] = "hold"
    item: str
    lot: str
    assigned_by: str
    why: str


QualityEvent = LotHeld
