"""The nouns of making: the work order whose lots come out, and lots that are mixed or repacked into a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from traceability.events import LotInput
from traceability.items import Item
from traceability.orders import WorkOrder
from traceability.values import quick
from traceability.workflows.consuming import AwaitWorkOrder
from traceability.workflows.working import Load, Working


@quick
@dataclass(frozen=True, slots=True)
class Producing(Working):
    """A work order is open; while nothing else is asked, how much was made is."""

    order: WorkOrder

    def document(self) -> tuple[tuple[str, str], ...]:
        """The documents that events of this order name."""
        return (("work_order", self.order.number),)

    def facts(self) -> dict[str, str]:
        """The order, for the words."""
        return {"work_order": self.order.number, "workflow": "produce"}


@dataclass(frozen=True, slots=True)
class MixedIn:
    """A lot that goes into the new one: what was scanned, and how much of it."""

    load: Load
    input: LotInput
    expires_on: date | None


@quick
@dataclass(frozen=True, slots=True)
class Mixing(Working):
    """Lots of one item that become one new lot: several are commingled, one is repacked. Nothing is recorded before the new lot is."""

    inputs: tuple[MixedIn, ...] = ()

    @property
    def item(self) -> Item | None:
        """What is mixed; None before the first lot."""
        return self.inputs[0].load.item if self.inputs else None

    @property
    def total(self) -> Decimal:
        """How much goes in together, in the item's base unit."""
        return sum((each.input.quantity for each in self.inputs), Decimal(0))

    def facts(self) -> dict[str, str]:
        """How many lots go in, for the words."""
        return {
            "mix": "yes",
            "workflow": "produce",
            "lots_in": str(len({(each.input.lot, each.input.assigned_by) for each in self.inputs})),
        }

    def open_scans(self) -> tuple[str, ...]:
        """The scans that no event names yet: those of the lots that go in as well."""
        held = (scan for each in self.inputs for scan in each.load.unnamed)
        return tuple(dict.fromkeys((*held, *Working.open_scans(self))))


ProduceState = AwaitWorkOrder | Producing | Mixing
