"""The nouns of receiving: a label in the making, the questions it may raise, and the delivery that is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from traceability.barcodes.assembly import Parts
from traceability.events import LotReceived
from traceability.items import Item, ItemCode
from traceability.orders import PurchaseOrder
from traceability.refusals import Reason
from traceability.units import Quantity
from traceability.values import quick
from traceability.workflows.approvals import Approval, Overriding
from traceability.workflows.bursts import Seen
from traceability.workflows.step import Ask, Choice, PrintOrder, ScanRef

#: More labels than this from one touch is a slip of the finger, not a delivery.
MOST_CONTAINERS: Final = 500
MOST_REMEMBERED: Final = 12
#: Refusals beyond this stay in the journal only: a stuck scanner must not fill the state.
MOST_REFUSED: Final = 50
MOST_WAITING: Final = 1000


@quick
@dataclass(frozen=True, slots=True)
class Draft:
    """One label in the making: what its barcodes said, what a person typed and agreed to."""

    parts: Parts
    code: ItemCode | None = None
    measures: tuple[tuple[Decimal, str], ...] = ()
    given: Quantity | None = None  # typed; wins over the label
    typed: tuple[str, ...] = ()  # which facts a person typed: lot, expires_on
    own_lot: bool = False
    agreed: tuple[Reason, ...] = ()
    on_hold: Reason | None = None  # a person's word: taken in on hold, for this reason
    follows: str | None = None  # the refusal that named its scans
    replaces: str | None = None  # the receipt that it is counted anew for
    weighed: str | None = None  # what the scale said, where the quantity came from there
    approved: tuple[Approval, ...] = ()  # what a second person let through
    named: int = 0  # how many of its scans an event names already: one scan, one event
    changed_for: str | None = None  # the reason code why it is counted anew, where that was asked

    @property
    def item(self) -> Item | None:
        """The item, once a code said which."""
        return self.code.item if self.code else None

    @property
    def unnamed(self) -> tuple[str, ...]:
        """The scans that no event names yet."""
        return self.parts.scans[self.named :]

    @property
    def begun(self) -> str:
        """What tells one label from another: its first scan; "" where it was begun by typing."""
        return self.parts.scans[0] if self.parts.scans else ""

    @property
    def device(self) -> str:
        """The scanner that this label is being scanned with."""
        return self.parts.device or ""


@quick
@dataclass(frozen=True, slots=True)
class Question:
    """What a person is asked about a label, or about the last one. Scans wait until it is answered."""

    ask: Ask
    reason: Reason | None = None
    draft: Draft | None = None
    newcomer: ScanRef | None = None  # the scan that could not be joined
    joined: Draft | None = None  # the label as it would be with the newcomer, where a person may say that they belong together
    since: datetime | None = None  # when a burst of old scans began
    about: dict[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    codes: tuple[ItemCode, ...] = ()  # what an ambiguous code may stand for
    overriding: Overriding | None = None  # a second person was called
    approved: Approval | None = None  # a second person's word for what is asked on


@quick
@dataclass(frozen=True, slots=True)
class Taken:
    """A receipt of this delivery that may still be undone, held or labelled again."""

    event_id: str
    at: datetime
    receipt: LotReceived
    draft: Draft
    prints: tuple[PrintOrder, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal that nobody has dealt with yet; a complete label may be taken in on hold."""

    event_id: str
    reason: Reason
    at: datetime
    about: dict[str, str]
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class AwaitOrder:
    """No delivery is open."""


@dataclass(frozen=True, slots=True)
class AwaitVendor:
    """A blind receipt: whose goods are these?"""


@quick
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
    approved: dict[str, Approval] = field(default_factory=dict)  # by what is in `agreed`: a second person's word for this delivery

    def draft_of(self, device: str) -> Draft | None:
        """The label that this scanner is in the middle of; one that was begun by typing is anybody's."""
        return next((draft for draft in reversed(self.drafts) if draft.device in (device, "")), None)

    def active(self) -> Draft | None:
        """The label that a touch speaks of: the one that is asked about, else the one touched last."""
        if self.question is not None:
            return self.question.draft
        return self.drafts[-1] if self.drafts else None

    def without(self, draft: Draft | None) -> tuple[Draft, ...]:
        """The other labels in the making; one that was begun by typing has become `draft`."""
        return tuple(each for each in self.drafts if draft is None or each.begun not in (draft.begun, ""))

    def open_scans(self) -> tuple[str, ...]:
        """The scans that no event names yet: of labels in the making, of what is asked, and of what waits."""
        asked = self.question
        drafts = (*self.drafts, *((asked.draft,) if asked and asked.draft else ()))
        held = [scan for draft in drafts for scan in draft.unnamed]
        held += [asked.newcomer.id] if asked and asked.newcomer else []
        return tuple(dict.fromkeys((*held, *(scan.id for scan in self.waiting))))

    def document(self) -> tuple[tuple[str, str], ...]:
        """The documents that events of this delivery name."""
        return (("purchase_order", self.order.number),) if self.order.number else ()


ReceiveState = AwaitOrder | AwaitVendor | Receiving
