"""The nouns of receiving: a label in the making, the questions it may raise, and the delivery that is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from traceability.barcodes.assembly import Parts
from traceability.events import LotReceived
from traceability.items import Item, ItemCode
from traceability.orders import PurchaseOrder
from traceability.refusals import Reason
from traceability.units import Quantity
from traceability.workflows.step import Ask, Choice, PrintOrder, ScanRef

#: The same barcode from the same scanner within this time is one trigger pull read twice (PRODUCT, rule 17).
DOUBLE_READ: Final = timedelta(seconds=1.5)
#: More labels than this from one touch is a slip of the finger, not a delivery.
MOST_CONTAINERS: Final = 500
MOST_REMEMBERED: Final = 12
MOST_WAITING: Final = 1000


@dataclass(frozen=True, slots=True)
class Draft:
    """One label in the making: what its barcodes said, what a person typed and agreed to."""

    parts: Parts
    code: ItemCode | None = None
    measures: tuple[tuple[Decimal, str], ...] = ()
    given: Quantity | None = None  # typed; wins over the label
    typed: bool = False
    own_lot: bool = False
    agreed: tuple[Reason, ...] = ()
    on_hold: Reason | None = None  # a person's word: taken in on hold, for this reason
    follows: str | None = None  # the refusal that named its scans
    replaces: str | None = None  # the receipt that it is counted anew for

    @property
    def item(self) -> Item | None:
        """The item, once a code said which."""
        return self.code.item if self.code else None

    @property
    def device(self) -> str:
        """The scanner that this label is being scanned with."""
        return self.parts.device or ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person is asked about a label, or about the last one. Scans wait until it is answered."""

    ask: Ask
    reason: Reason | None = None
    draft: Draft | None = None
    newcomer: ScanRef | None = None  # the scan that could not be joined, or whose code is unknown
    about: dict[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    codes: tuple[ItemCode, ...] = ()  # what an ambiguous code may stand for


@dataclass(frozen=True, slots=True)
class Taken:
    """A receipt of this delivery that may still be undone, held or labelled again."""

    event_id: str
    at: datetime
    receipt: LotReceived
    draft: Draft
    prints: tuple[PrintOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal that nobody has dealt with yet; a complete label may be taken in on hold."""

    event_id: str
    reason: Reason
    at: datetime
    about: dict[str, str]
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The last barcode of a scanner, to know a double read."""

    device: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AwaitOrder:
    """No delivery is open."""


@dataclass(frozen=True, slots=True)
class AwaitVendor:
    """A blind receipt: whose goods are these?"""


@dataclass(frozen=True, slots=True)
class Receiving:
    """A delivery is open. One draft a scanner; one question at a time; refusals stay until dealt with."""

    order: PurchaseOrder
    drafts: tuple[Draft, ...] = ()
    question: Question | None = None
    waiting: tuple[ScanRef, ...] = ()
    taken: tuple[Taken, ...] = ()
    refused: tuple[Refused, ...] = ()
    agreed: tuple[str, ...] = ()  # "REASON item lot": answered with yes in this delivery
    seen: tuple[Seen, ...] = ()

    def draft_of(self, device: str) -> Draft | None:
        """The label that this scanner is in the middle of; one that was begun by typing is anybody's."""
        return next((draft for draft in self.drafts if draft.device in (device, "")), None)

    def active(self) -> Draft | None:
        """The label that a touch speaks of: the one that is asked about, else the one touched last."""
        if self.question is not None and self.question.draft is not None:
            return self.question.draft
        return self.drafts[-1] if self.drafts else None

    def without(self, draft: Draft | None) -> tuple[Draft, ...]:
        """The other drafts."""
        return tuple(each for each in self.drafts if draft is None or each.device not in (draft.device, ""))

    def document(self) -> tuple[tuple[str, str], ...]:
        """The documents that events of this delivery name."""
        return (("purchase_order", self.order.number),) if self.order.number else ()


ReceiveState = AwaitOrder | AwaitVendor | Receiving
