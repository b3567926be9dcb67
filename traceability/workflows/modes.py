"""The kinds of work that a seat can do, each found by its mode's name: what begins it, answers in it, and holds it open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from traceability.orders import ShipOrder
from traceability.workflows import consume, receive
from traceability.workflows.consuming import AwaitWorkOrder, ConsumeState, Consuming
from traceability.workflows.inputs import Circumstances, Input, LotQuestion, OrderScanned, Scanned, Thing, WorkOrderScanned
from traceability.workflows.receiving import AwaitOrder, ReceiveState, Receiving
from traceability.workflows.step import Ask, Step

WorkState = ReceiveState | ConsumeState
#: Work on a document that is open, in any mode.
OpenWork = Receiving | Consuming


@dataclass(frozen=True, slots=True)
class Workflow:
    """One kind of work. Each function takes states of its own kind only: `begin` makes the first, `advance` the next ones."""

    begin: Callable[[], WorkState]
    advance: Callable[[Any, Input, Circumstances], Step[Any]]
    question: Callable[[Any, Input], LotQuestion | None]
    next_ask: Callable[[Any], Ask]
    is_idle: Callable[[Any], bool]
    document: type[OrderScanned | WorkOrderScanned | ShipOrder] | None = None  # the paper that opens it
    takes: tuple[type[Thing], ...] = ()  # what it answers to beside goods, touches and its paper


#: In the order of the home screen.
WORKFLOWS: Final[dict[str, Workflow]] = {
    receive.NAME: Workflow(AwaitOrder, receive.advance, receive.question, receive.next_ask, receive.is_idle, OrderScanned),
    consume.NAME: Workflow(AwaitWorkOrder, consume.advance, consume.question, consume.next_ask, consume.is_idle, WorkOrderScanned),
}
#: The kinds of work that this version can do.
MODES: Final = tuple(WORKFLOWS)


def mode_opened_by(given: Input) -> str | None:
    """Return the mode that a scanned document belongs to; None for what is no document."""
    opened = given.thing if isinstance(given, Scanned) else given
    return next((mode for mode, each in WORKFLOWS.items() if each.document is not None and isinstance(opened, each.document)), None)
