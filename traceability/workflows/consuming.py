"""The nouns of consuming: a label on its way into a work order, the questions it may raise, and the order that is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from traceability.barcodes.assembly import Parts
from traceability.containers import KnownContainer
from traceability.events import LotConsumed, LotReturned
from traceability.items import Item, ItemCode
from traceability.lots import LotKey
from traceability.orders import WorkOrder
from traceability.refusals import Reason
from traceability.units import Quantity
from traceability.workflows.bursts import Seen
from traceability.workflows.step import Ask, Choice, ScanRef


@dataclass(frozen=True, slots=True)
class Load:
    """A quantity of one lot on its way into the order: what its barcodes said, what a person typed and agreed to."""

    parts: Parts
    code: ItemCode | None = None
    container: KnownContainer | None = None
    assigned_by: str | None = None  # a person's word, where several lots have one code
    measures: tuple[tuple[Decimal, str], ...] = ()
    given: Quantity | None = None  # typed; wins over label and container
    agreed: tuple[Reason, ...] = ()
    typed: bool = False
    replaces: str | None = None  # the consumption that it is counted anew for; its scans stand there

    @property
    def item(self) -> Item | None:
        """The item, once a code said which."""
        return self.code.item if self.code else None

    @property
    def lot(self) -> str | None:
        """The lot code, once anything said which."""
        return self.container.lot.code if self.container else self.parts.facts.lot

    @property
    def unnamed(self) -> tuple[str, ...]:
        """The scans that no event names yet."""
        return () if self.replaces else self.parts.scans


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person is asked about a load, or about the lot of which something is left. Scans wait until it is answered."""

    ask: Ask
    reason: Reason | None = None
    load: Load | None = None
    returns: str | None = None  # the consumption of whose lot something comes back
    newcomer: ScanRef | None = None  # the scan by which a burst of old scans was noticed
    since: datetime | None = None  # when it began
    about: dict[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    codes: tuple[ItemCode, ...] = ()  # what an ambiguous code may stand for


@dataclass(frozen=True, slots=True)
class Done:
    """A consumption or a return of this order that may still be undone."""

    event_id: str
    at: datetime
    event: LotConsumed | LotReturned
    load: Load
    expires_on: date | None = None

    @property
    def key(self) -> LotKey:
        """Which lot it was."""
        return LotKey(self.event.item, self.event.lot, self.event.assigned_by)

    @property
    def used(self) -> Decimal:
        """How much it used of the lot, in the base unit; below zero: so much came back."""
        return self.event.base_quantity if isinstance(self.event, LotConsumed) else -self.event.base_quantity


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """A refusal that nobody has dealt with yet."""

    event_id: str
    reason: Reason
    at: datetime
    about: dict[str, str]


@dataclass(frozen=True, slots=True)
class AwaitWorkOrder:
    """No work order is open."""


@dataclass(frozen=True, slots=True)
class Consuming:
    """A work order is open. One half-read label a scanner; one question at a time; refusals stay until dealt with."""

    order: WorkOrder
    begun: tuple[Load, ...] = ()
    question: Asked | None = None
    waiting: tuple[ScanRef, ...] = ()
    done: tuple[Done, ...] = ()
    refused: tuple[TurnedDown, ...] = ()
    agreed: tuple[str, ...] = ()  # "REASON item lot": answered with yes for this order
    seen: tuple[Seen, ...] = ()

    def begun_on(self, device: str | None) -> Load | None:
        """The label that this scanner (None: the typing pad) is in the middle of; what was typed is anybody's."""
        return next((load for load in reversed(self.begun) if device is None or load.parts.device in (device, None)), None)

    def active(self) -> Load | None:
        """The label that a touch speaks of: the one that is asked about, else the one begun last."""
        if self.question is not None:
            return self.question.load
        return self.begun[-1] if self.begun else None

    def without(self, load: Load | None) -> tuple[Load, ...]:
        """The other labels that were begun."""
        device = load.parts.device if load else None
        return tuple(each for each in self.begun if load is None or each.parts.device not in (device, None))

    def used_of(self, key: LotKey) -> Decimal:
        """How much of a lot went into the order here and did not come back."""
        return sum((each.used for each in self.done if each.key == key), Decimal(0))

    def open_scans(self) -> tuple[str, ...]:
        """The scans that no event names yet."""
        asked = self.question
        loads = (*self.begun, *((asked.load,) if asked and asked.load else ()))
        held = [scan for load in loads for scan in load.unnamed]
        held += [asked.newcomer.id] if asked and asked.newcomer else []
        return tuple(dict.fromkeys((*held, *(scan.id for scan in self.waiting))))

    def document(self) -> tuple[tuple[str, str], ...]:
        """The documents that events of this order name."""
        return (("work_order", self.order.number),)


ConsumeState = AwaitWorkOrder | Consuming
