"""What was made: a new lot, what went into it, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from traceability.events.goods import Container
from traceability.genealogy import Grade
from traceability.lots import Disposition
from traceability.refusals import Reason
from traceability.values import quick

Transformation = Literal["made", "by_product", "commingled", "repacked"]


@dataclass(frozen=True, slots=True)
class LotInput:
    """A lot that went into what was made; `quantity` in the lot's base unit, zero where it can't be said how much."""

    item: str
    lot: str
    assigned_by: str
    quantity: Decimal
    unit: str
    grade: Grade
    place: str | None = None  # taken off the stock there by this very event; None: a consumption took it before
    container: str | None = None  # … and out of this container


@quick
@dataclass(frozen=True, slots=True)
class LotProduced:
    """A lot came out of a work order, or out of mixing or repacking other lots. 21 CFR 1.1350(a)(2); EPCIS TransformationEvent.

    One event a lot that comes out. An order's outputs share their order; an EPCIS transformationID is made from it.
    """

    kind: ClassVar[str] = "production"
    item: str
    lot: str
    assigned_by: str  # the site
    order: str | None  # None: commingled or repacked without an order
    transformation: Transformation
    quantity: Decimal  # as it was counted …
    unit: str
    base_quantity: Decimal  # … and in the item's base unit
    base_unit: str
    conversion: Decimal
    expires_on: date | None
    disposition: Disposition
    inputs: tuple[LotInput, ...]
    containers: tuple[Container, ...]
    place: str
    description: str
    accepted_reasons: tuple[Reason, ...] = ()
    serials: tuple[str, ...] = ()  # of the pieces, where each has its own


MadeEvent = LotProduced
