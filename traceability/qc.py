"""Quality tests of a plant: what is measured, and within which limits a lot passes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from traceability.events import Measured


@dataclass(frozen=True, slots=True)
class QcTest:
    """One test, of one item or (None) of every item. No limit on a side: everything passes there; the limits themselves pass."""

    name: str
    item: str | None = None
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None

    def measured(self, value: Decimal) -> Measured:
        """Return what a value comes to."""
        passed = (self.low is None or value >= self.low) and (self.high is None or value <= self.high)
        return Measured(self.name, value, self.unit, self.low, self.high, passed)
