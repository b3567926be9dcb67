"""What is set aside for an order and fetched, and the photos and papers that belong to events."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from traceability.attachments import MediaType, Way
from traceability.picking import OrderKind, SetAside
from traceability.refusals import Reason
from traceability.values import quick


@dataclass(frozen=True, slots=True)
class LotsAllocated:
    """What is set aside for an order, oldest first. It takes the place of what was set aside for it before; nothing moves."""

    kind: ClassVar[str] = "allocation"
    order_kind: OrderKind
    order: str
    lots: tuple[SetAside, ...]


@quick
@dataclass(frozen=True, slots=True)
class LotPicked:
    """So much of a lot was fetched for an order and stands where its goods wait. EPCIS bizStep picking."""

    kind: ClassVar[str] = "pick"
    order_kind: OrderKind
    order: str
    line: str  # a ship order's line; a work order's component is named by its item
    item: str
    lot: str
    assigned_by: str
    quantity: Decimal  # as it was counted …
    unit: str
    base_quantity: Decimal  # … and in the item's base unit
    base_unit: str
    conversion: Decimal
    container: str | None  # its serial; None: loose stock of the lot
    whole: bool  # the container itself was fetched, with all that is in it
    place: str  # where it stood
    to_place: str
    description: str
    proposed: SetAside | None  # what was set aside for this line and is fetched, or this takes the place of
    why: str | None = None  # the reason code where another lot than the proposed one was taken
    accepted_reasons: tuple[Reason, ...] = ()  # what was asked and answered with yes
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


@dataclass(frozen=True, slots=True)
class FileAttached:
    """A photo or a paper belongs to an earlier event. Its bytes are kept beside the journal, under their SHA-256."""

    kind: ClassVar[str] = "attachment"
    to_event: str
    sha256: str
    media_type: MediaType
    size: int  # bytes
    name: str  # for people; says nothing of what it is
    taken_by: Way


PickingEvent = LotsAllocated | LotPicked | FileAttached
