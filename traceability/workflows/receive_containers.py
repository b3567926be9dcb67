"""How many containers a quantity is, and the serials that their labels get."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from traceability.events import Container
from traceability.items import Item, LabelPolicy
from traceability.units import Converted, Quantity
from traceability.values import quick
from traceability.workflows.receiving import MOST_CONTAINERS


@dataclass(frozen=True, slots=True)
class TooMany:
    """More containers than one touch may make labels for."""


@quick
@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity as given, in the base unit, and how it is spread over containers (base amounts)."""

    given: Quantity
    base: Quantity
    factor: Decimal
    amounts: tuple[Decimal, ...]

    def labelled(self, item: Item, typed: bool, prefix: str, first: int) -> tuple[Container, ...]:
        """Return the containers that get a label of ours; none where the item wants no labels."""
        wanted = item.label_on_receipt is LabelPolicy.ALWAYS or (item.label_on_receipt is LabelPolicy.UNREADABLE and typed)
        if not wanted:
            return ()
        numbered = enumerate(self.amounts, start=first)
        return tuple(Container(f"{prefix}{number}", amount, self.base.unit) for number, amount in numbered)


def containers(converted: Converted, item: Item) -> Counted | TooMany:
    """Spread a quantity over containers: 40 bags are 40, 2.5 bags are two full ones and a half one, 25 kg are one."""
    given, base = converted.given, converted.base
    size = converted.factor if given.unit in item.packs and given.unit != item.unit else None
    if size is None:
        return Counted(given, base, converted.factor, (base.amount,))
    if given.amount > MOST_CONTAINERS:
        return TooMany()
    full = int(given.amount)
    rest = base.amount - size * full
    return Counted(given, base, converted.factor, (size,) * full + ((rest,) if rest else ()))
