"""The answer to a trace, as others' scripts read it. Quantities are decimal strings in each lot's base unit."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A part of the answer."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True, populate_by_name=True)


class LotName(Shape):
    """Which lot."""

    item: str
    lot: str
    assigned_by: str


class EdgeShape(Shape):
    """So much went from one node to another; `event` recorded it."""

    source: str = Field(alias="from")
    target: str = Field(alias="to")
    quantity: str
    unit: str
    grade: str
    event: str


class Received(Shape):
    """Goods that came in."""

    vendor: str
    order: str | None
    item: str
    lot: str
    quantity: str
    unit: str
    occurred_at: str


class Shipped(Shape):
    """Goods that went out."""

    customer: str
    order: str | None
    item: str
    lot: str
    quantity: str
    unit: str
    sscc: str | None
    occurred_at: str
    sure: bool


class OnHand(Shape):
    """Goods that are here."""

    item: str
    lot: str
    place: str
    quantity: str
    unit: str
    sure: bool


class Stands(Shape):
    """A container that came back, and where it stands now."""

    container: str
    place: str
    quantity: str
    unit: str


class SideWay(Shape):
    """Goods that were scrapped, sampled, sent back to a vendor, or came back from a customer (`kind` says which).

    `place`: where they were taken from, or put to; `order`: the purchase or ship order; `stands`: what of a customer's return is still
    in its containers, and where.
    """

    kind: str
    item: str
    lot: str
    quantity: str
    unit: str
    place: str
    party: str | None
    order: str | None
    why: str | None
    event: str
    occurred_at: str
    sure: bool
    stands: tuple[Stands, ...] = ()


class StationState(Shape):
    """How far a station is known; `waiting` events were announced and have not come (null: it never called)."""

    station: str
    last_sync_at: str | None
    waiting: int | None


class Completeness(Shape):
    """How whole the answer is: `parked` events may touch these lots, `exceptions` of these lots are not settled.

    `attachments_missing`: photos and papers of these lots that were announced and have not come yet.
    """

    stations: tuple[StationState, ...]
    parked: int
    exceptions: int
    attachments_missing: int = 0


class BalanceShape(Shape):
    """What became of the lot; `percent` is null where nothing came in."""

    came_in: str = Field(alias="in")
    on_hand: str
    consumed: str
    shipped: str
    returned: str
    scrapped: str
    sampled: str
    unaccounted: str
    percent: float | None
    unit: str


class Trace(Shape):
    """Where a lot came from, where it went, and how sure that is."""

    lot: LotName
    direction: str
    as_of: str
    nodes: tuple[dict[str, Any], ...]
    edges: tuple[EdgeShape, ...]
    received: tuple[Received, ...]
    shipped: tuple[Shipped, ...]
    on_hand: tuple[OnHand, ...]
    scrapped: tuple[SideWay, ...]
    sampled: tuple[SideWay, ...]
    returned: tuple[SideWay, ...]  # to vendors
    came_back: tuple[SideWay, ...]  # from customers
    completeness: Completeness
    balance: BalanceShape


class ThingEvent(Shape):
    """One event that names a piece, a container or a carton; `undone`: a correction took it back."""

    event: str
    kind: str
    occurred_at: str
    station: str
    quantity: str | None
    unit: str | None
    place: str | None
    order: str | None
    party: str | None
    sscc: str | None
    undone: bool


class NamedThing(Shape):
    """What was asked for by its serial: a piece, a container, a carton or pallet of ours, or a unit that was delivered."""

    serial: str
    kind: str
    events: tuple[ThingEvent, ...]


class TraceOfThing(Trace):
    """The trace of the lot that it is of, and what happened to this very one, oldest first."""

    named: NamedThing
