"""What quality says of a lot: held, released, tested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Literal

from traceability.lots import Disposition


@dataclass(frozen=True, slots=True)
class LotHeld:
    """Nobody may use or ship this lot until quality releases it. EPCIS ObjectEvent OBSERVE, bizStep holding."""

    kind: ClassVar[str] = "hold"
    item: str
    lot: str
    assigned_by: str
    why: str  # a reason code of the plant, or a reason of the closed list
    basis: Literal["lot", "receipt", "work_order", "time_window"] = "lot"
    basis_id: str | None = None  # which receipt's order, which work order
    since: datetime | None = None  # of a time window: made or received at this place from …
    until: datetime | None = None  # … to
    group: str | None = None  # shared by the holds that one touch made: the id of its ScopeHeld


@dataclass(frozen=True, slots=True)
class ScopeHeld:
    """Everything of a delivery, a work order or a time is held, at whatever station it is, and what comes to light later.

    The lots that this station knew of it have a hold each (`group`: this event's id); the rest is found by the server.
    """

    kind: ClassVar[str] = "scope_hold"
    why: str
    basis: Literal["receipt", "work_order", "time_window"]
    basis_id: str | None = None  # which purchase order, which work order
    since: datetime | None = None  # of a time window: received or made from …
    until: datetime | None = None  # … to
    with_used: bool = False  # of a work order: also what went into it
    lots: int = 0  # so many were known here


@dataclass(frozen=True, slots=True)
class ScopeReleased:
    """Quality lifts the hold on everything of a delivery, a work order or a time: each lot stands as it would without that hold."""

    kind: ClassVar[str] = "scope_release"
    scope: str  # the id of the ScopeHeld
    why: str = ""


@dataclass(frozen=True, slots=True)
class LotReleased:
    """Quality lifts these holds; the lot stands as said from now on. EPCIS ObjectEvent OBSERVE, bizStep accepting."""

    kind: ClassVar[str] = "release"
    item: str
    lot: str
    assigned_by: str
    lifts: tuple[str, ...]  # the ids of the events that held it, or "plant" for a hold of the plant's own data
    disposition: Disposition
    why: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """One test of a lot: what was measured, within which limits; None: no limit on that side."""

    test: str
    value: Decimal
    unit: str
    low: Decimal | None
    high: Decimal | None
    passed: bool


@dataclass(frozen=True, slots=True)
class LotTested:
    """QC results of a lot; `disposition` where quality decided by them how it stands. EPCIS ObjectEvent OBSERVE, bizStep inspecting."""

    kind: ClassVar[str] = "qc_result"
    item: str
    lot: str
    assigned_by: str
    tests: tuple[Measured, ...]
    passed: bool
    disposition: Disposition | None = None
    sample: str | None = None  # the sample's own number or label
    note: str = ""


QualityEvent = LotHeld | LotReleased | LotTested | ScopeHeld | ScopeReleased
