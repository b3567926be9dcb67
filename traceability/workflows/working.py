"""The nouns of every work on lots: a label on its way to being counted, what is asked about it, and the work that is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from traceability.barcodes.assembly import Parts
from traceability.containers import KnownContainer
from traceability.events import Event
from traceability.items import Item, ItemCode
from traceability.lots import LotKey
from traceability.refusals import Reason
from traceability.units import Quantity
from traceability.values import quick
from traceability.workflows.approvals import Approval, Overriding
from traceability.workflows.bursts import Seen
from traceability.workflows.step import Ask, Choice, ScanRef

#: How many of the last things done a touch can still take back here; older ones stay in the journal.
MOST_REMEMBERED: Final = 12
#: Refusals beyond this stay in the journal only: a stuck scanner must not fill the state.
MOST_REFUSED: Final = 50
MOST_WAITING: Final = 1000


@quick
@dataclass(frozen=True, slots=True)
class Load:
    """A quantity of one lot in the hands of a worker: what its barcodes said, what a person typed, chose and agreed to."""

    parts: Parts
    code: ItemCode | None = None
    container: KnownContainer | None = None
    assigned_by: str | None = None  # a person's word, where several lots have one code
    measures: tuple[tuple[Decimal, str], ...] = ()
    given: Quantity | None = None  # typed; wins over label and container
    agreed: tuple[Reason, ...] = ()
    typed: bool = False
    replaces: str | None = None  # the event that it is counted anew for; its scans stand there
    why: str | None = None  # the reason code that a person chose
    chosen: tuple[tuple[str, str], ...] = ()  # further answers by topic: ("level", "pallet")
    approved: tuple[Approval, ...] = ()  # what a second person let through
    weighed: str | None = None  # what the scale said, where the quantity came from there

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

    def answer(self, topic: str) -> str | None:
        """Return what a person chose about `topic`, or None."""
        return next((chosen for name, chosen in self.chosen if name == topic), None)


@quick
@dataclass(frozen=True, slots=True)
class Asked:
    """What a person is asked, mostly about a load. Scans wait until it is answered.

    `topic` is the workflow's own name of a question that no reason tells ("return", "reason"); `event` the event that it is about.
    """

    ask: Ask
    reason: Reason | None = None
    load: Load | None = None
    topic: str = ""
    event: str | None = None
    newcomer: ScanRef | None = None  # the scan by which a burst of old scans was noticed
    since: datetime | None = None  # when it began
    about: dict[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    codes: tuple[ItemCode, ...] = ()  # what an ambiguous code may stand for
    overriding: Overriding | None = None  # a second person was called


@quick
@dataclass(frozen=True, slots=True)
class Done:
    """Something done in this work that may still be undone."""

    event_id: str
    at: datetime
    event: Event
    load: Load
    expires_on: date | None = None

    @property
    def key(self) -> LotKey | None:
        """Which lot it was about; None where it was about none."""
        event = self.event
        item, lot, by = (getattr(event, name, None) for name in ("item", "lot", "assigned_by"))
        return LotKey(item, lot, by) if item and lot and by else None

    @property
    def amount(self) -> Decimal:
        """How much it was, in the base unit."""
        return getattr(self.event, "base_quantity", Decimal(0))

    @property
    def unit(self) -> str:
        """The base unit."""
        return getattr(self.event, "base_unit", "")


@quick
@dataclass(frozen=True, slots=True)
class TurnedDown:
    """A refusal that nobody has dealt with yet."""

    event_id: str
    reason: Reason
    at: datetime
    about: dict[str, str]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """Work that is open, whatever it is. One half-read label a scanner; one question at a time; refusals stay until dealt with.

    A workflow's state extends it with its subject: the order, the place, the carton. `document` and `facts` speak of that.
    """

    begun: tuple[Load, ...] = ()
    question: Asked | None = None
    waiting: tuple[ScanRef, ...] = ()
    done: tuple[Done, ...] = ()
    refused: tuple[TurnedDown, ...] = ()
    agreed: tuple[str, ...] = ()  # "REASON item lot": answered with yes for this work
    seen: tuple[Seen, ...] = ()
    approved: dict[str, Approval] = field(default_factory=dict)  # by what is in `agreed`: a second person's word for this work

    def document(self) -> tuple[tuple[str, str], ...]:
        """The documents that events of this work name: (kind, number)."""
        return ()

    def facts(self) -> dict[str, str]:
        """What everything said in this work is about, for the words."""
        return {}

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

    def done_as(self, event_id: str | None) -> Done | None:
        """What was done under this event's id, where it may still be undone."""
        return next((each for each in self.done if each.event_id == event_id), None)

    def open_scans(self) -> tuple[str, ...]:
        """The scans that no event names yet."""
        asked = self.question
        loads = (*self.begun, *((asked.load,) if asked and asked.load else ()))
        held = [scan for load in loads for scan in load.unnamed]
        held += [asked.newcomer.id] if asked and asked.newcomer else []
        return tuple(dict.fromkeys((*held, *(scan.id for scan in self.waiting))))
