"""The nouns of picking: the order that is fetched for, and what is set aside for it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from traceability.events import LotPicked
from traceability.picking import PickLine, PickOrder, SetAside, next_up, with_fetched
from traceability.reasons import ReasonCode
from traceability.values import quick, replace
from traceability.workflows.working import Done, Working


@dataclass(frozen=True, slots=True)
class AwaitPickOrder:
    """No order is open for picking."""


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Picking(Working):
    """An order is open for picking. `set_aside` is what is left to fetch of it; below zero, more was taken."""

    order: PickOrder
    set_aside: tuple[SetAside, ...] = ()
    to_place: str = ""
    reasons: tuple[ReasonCode, ...] = ()  # why another lot may be taken

    def document(self) -> tuple[tuple[str, str], ...]:
        """The documents that events of this order name."""
        return ((self.order.kind, self.order.number),)

    def facts(self) -> dict[str, str]:
        """What everything said here is about."""
        return {"work_order": self.order.number, "order_kind": self.order.kind}

    def line(self) -> PickLine | None:
        """The line that is fetched for next: the first that wants more and has something set aside, else the first that wants more."""
        wanting = [each for each in self.order.lines if each.to_go > 0]
        return next((each for each in wanting if next_up(self.set_aside, each.line)), wanting[0] if wanting else None)

    def counted(self, done: Done, sign: int) -> Self:
        """Return the work with a pick counted (1) or taken back (-1)."""
        event = done.event
        assert isinstance(event, LotPicked)
        amount = event.base_quantity * Decimal(sign)
        return replace(
            self, order=self.order.with_picked(event.line, amount), set_aside=with_fetched(self.set_aside, event.proposed, amount)
        )


PickState = AwaitPickOrder | Picking
