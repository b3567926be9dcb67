"""The kinds of work that a seat can do, each found by its mode's name: what begins it, answers in it, and holds it open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from traceability.cartons import Unit
from traceability.orders import ShipOrder
from traceability.places import Place
from traceability.values import replace
from traceability.workflows import consume, count, inspecting, lookup, pack, pick, produce, quality, receive, reprint, ship, stock, work
from traceability.workflows.consuming import AwaitWorkOrder, ConsumeState
from traceability.workflows.inputs import Circumstances, Input, OrderScanned, Question, Scanned, Thing, WorkOrderScanned
from traceability.workflows.inspecting import Inspecting
from traceability.workflows.lookup import LookingUp
from traceability.workflows.packing import Packing
from traceability.workflows.picking import AwaitPickOrder, PickState
from traceability.workflows.producing import ProduceState
from traceability.workflows.receiving import AwaitOrder, ReceiveState, Receiving
from traceability.workflows.reprint import Reprinting
from traceability.workflows.shipping import AwaitShipOrder, ShipState
from traceability.workflows.step import Ask, PrintedLabel, Step
from traceability.workflows.stocking import Stocking
from traceability.workflows.stocktaking import Stocktake
from traceability.workflows.task import Task
from traceability.workflows.working import Working

WorkState = (
    ReceiveState
    | ConsumeState
    | ProduceState
    | Inspecting
    | Packing
    | ShipState
    | Reprinting
    | PickState
    | Stocking
    | Stocktake
    | LookingUp
)
#: Work that is open, in any mode.
OpenWork = Receiving | Working


@dataclass(frozen=True, slots=True)
class Workflow:
    """One kind of work. Each function takes states of its own kind only: `begin` makes the first, `advance` the next ones."""

    begin: Callable[[], WorkState]
    advance: Callable[[Any, Input, Circumstances], Step[Any]]
    question: Callable[[Any, Input], Question | None]
    next_ask: Callable[[Any], Ask]
    is_idle: Callable[[Any], bool]
    document: type[OrderScanned | WorkOrderScanned | ShipOrder] | None = None  # the paper that opens it
    takes: tuple[type[Thing], ...] = ()  # what it answers to beside goods, touches and its paper
    papers: tuple[type[OrderScanned | WorkOrderScanned], ...] = ()  # that open other works when they are scanned anywhere else


def _shared(
    task: Task[Any],
    begin: Callable[[], WorkState],
    advance: Callable[[Any, Input, Circumstances], Step[Any]],
    awaits: Ask,
    document: type[OrderScanned | WorkOrderScanned | ShipOrder] | None = None,
    takes: tuple[type[Thing], ...] = (),
    asks: Callable[[Any, Input], Question | None] | None = None,
) -> Workflow:
    """Return the row of a kind of work that answers as all do; `awaits` is wanted while its state is no open work;
    `asks` says what it wants looked up where that is not a lot only.
    """

    def question(state: WorkState, given: Input) -> Question | None:
        if asks is not None:
            return asks(state, given)
        return work.question(task, state, given) if isinstance(state, Working) else None

    def next_ask(state: WorkState) -> Ask:
        return work.next_ask(task, state) if isinstance(state, Working) else awaits

    def is_idle(state: WorkState) -> bool:
        return not isinstance(state, Working) or work.is_idle(state)

    return Workflow(begin, advance, question, next_ask, is_idle, document, takes)


def _open_at_once(
    task: Task[Any],
    begin: Callable[[], WorkState],
    advance: Callable[[Any, Input, Circumstances], Step[Any]],
    question: Callable[[Any, Input], Question | None],
) -> Workflow:
    """Return the row of a kind of work that no paper opens, and that a place may be scanned in."""
    return Workflow(begin, advance, question, lambda state: work.next_ask(task, state), work.is_idle, takes=(Place,))


#: In the order of the home screen.
WORKFLOWS: Final[dict[str, Workflow]] = {
    receive.NAME: Workflow(AwaitOrder, receive.advance, receive.question, receive.next_ask, receive.is_idle, OrderScanned),
    consume.NAME: _shared(consume.TASK, AwaitWorkOrder, consume.advance, Ask.SCAN_WORK_ORDER, WorkOrderScanned, (Place,), consume.question),
    produce.NAME: Workflow(AwaitWorkOrder, produce.advance, produce.question, produce.next_ask, produce.is_idle, WorkOrderScanned),
    pack.NAME: _shared(pack.TASK, Packing, pack.advance, Ask.SCAN_CARTON, takes=(ShipOrder, Unit), asks=pack.question),
    ship.NAME: _shared(ship.TASK, AwaitShipOrder, ship.advance, Ask.SCAN_SHIP_ORDER, ShipOrder, (ShipOrder, Unit), ship.question),
    pick.NAME: Workflow(
        AwaitPickOrder, pick.advance, pick.question, pick.next_ask, pick.is_idle, takes=(Place, ShipOrder), papers=(WorkOrderScanned,)
    ),
    inspecting.NAME: Workflow(
        Inspecting, quality.advance, quality.question, quality.next_ask, work.is_idle, papers=(OrderScanned, WorkOrderScanned)
    ),
    reprint.NAME: _shared(reprint.TASK, Reprinting, reprint.advance, Ask.SCAN_LABEL, takes=(PrintedLabel,)),
    count.NAME: _open_at_once(count.TASK, Stocktake, count.advance, count.question),
    lookup.NAME: replace(
        _open_at_once(lookup.TASK, LookingUp, lookup.advance, lookup.question),
        takes=(Place, ShipOrder, Unit),
        papers=(OrderScanned, WorkOrderScanned),
    ),
    **{mode: _open_at_once(task, stock.begin(mode), stock.advance, stock.question) for mode, task in stock.TASKS.items()},
}
#: The kinds of work that this version can do.
MODES: Final = tuple(WORKFLOWS)


def mode_opened_by(given: Input, at: str | None = None, among: tuple[str, ...] = MODES) -> str | None:
    """Return the mode that a scanned document belongs to; None for what is no document.

    The one that the worker is in comes first, then those `among` which the station works.
    """
    opened = given.thing if isinstance(given, Scanned) else given
    modes = [mode for mode, each in WORKFLOWS.items() if each.document is not None and isinstance(opened, each.document)]
    return at if at in modes else next((mode for mode in modes if mode in among), next(iter(modes), None))
