"""How far a figure may be off before somebody is asked to look again."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """In percent of what was expected; nothing: any difference is too far."""

    over_percent: Decimal = Decimal(0)
    under_percent: Decimal = Decimal(0)

    def allows(self, expected: Decimal, found: Decimal) -> bool:
        """Whether what was found is near enough."""
        percent = self.over_percent if found > expected else self.under_percent
        return abs(found - expected) * _HUNDRED <= abs(expected) * percent
