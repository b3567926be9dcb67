"""What a small stock work comes to: the event, and the labels of containers that are new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from traceability.containers import KnownContainer
from traceability.events import Container, Event
from traceability.events.stock import (
    FOUND_HERE,
    LotAdjusted,
    LotMoved,
    LotReturnedByCustomer,
    LotReturnedToVendor,
    LotSampled,
    LotScrapped,
    LotSplit,
)
from traceability.items import Item
from traceability.lots import Disposition
from traceability.places import Place
from traceability.reasons import UNKNOWN_CAUSE
from traceability.units import Converted, Quantity
from traceability.values import quick
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Yes
from traceability.workflows.lot_labels import lot_label
from traceability.workflows.lot_rules import accepted, source_of_lot
from traceability.workflows.pieces import serial_of, stands_at
from traceability.workflows.stock_works import StockWork
from traceability.workflows.stocking import Stocking
from traceability.workflows.whereabouts import brought
from traceability.workflows.working import Load

_NOTHING: Final = Converted(Quantity(Decimal(0), "ea"), Quantity(Decimal(0), "ea"), Decimal(1))


@quick
@dataclass(frozen=True, slots=True)
class Deed:
    """All that was found out about one load: which work, where it stands and goes, how much, what the books expected."""

    work: StockWork
    load: Load
    state: Stocking
    stood: str
    to: Place | None
    amount: Converted = _NOTHING
    expected: Decimal = Decimal(0)
    copies: int = 1
    other_label: KnownContainer | None = None  # a label of another station

    @property
    def container(self) -> KnownContainer | None:
        """The container, whichever station labelled it."""
        return self.load.container or self.other_label


def happened(deed: Deed, item: Item, now: Circumstances) -> Yes:
    """Return the event and its labels."""
    known, load = now.lot.known, deed.load
    expires_on = known.expires_on if known else load.parts.facts.expires_on
    piece = serial_of(load) if deed.work.name == "split" else None  # its own label once more: it is no container
    labelled = tuple(
        Container(f"{now.serial_prefix}{now.next_serial + number}", deed.amount.base.amount, deed.amount.base.unit)
        for number in range(_new_labels(deed))
    )
    event: Any = _EVENTS[deed.work.name](deed, labelled, now, _facts(deed, item, now))
    labels = (Container(piece, deed.amount.base.amount, deed.amount.base.unit),) if piece is not None else labelled
    prints = tuple(lot_label(event, item.gtin, expires_on, each) for each in labels)
    moved = brought(load, deed.state, deed.stood, now, FOUND_HERE) if deed.to is None and not deed.work.comes_in else ()
    other = {"found": "yes", "other": stands_at(load, now) or ""} if moved else {}
    return Yes(event, expires_on, tuple(each.serial for each in labels), prints, len(labelled), before=moved, about=other)


def _new_labels(deed: Deed) -> int:
    if serial_of(deed.load) is not None:  # a piece has its own label
        return 0
    return deed.copies if deed.work.name == "split" else int(deed.work.comes_in)


def _facts(deed: Deed, item: Item, now: Circumstances) -> dict[str, Any]:
    """What every stock event says."""
    amount, load = deed.amount, deed.load
    return {
        "item": item.code,
        "lot": load.lot or "",
        "assigned_by": load.container.lot.assigned_by if load.container else source_of_lot(load, now.lot.known),
        "quantity": amount.given.amount * deed.copies,
        "unit": amount.given.unit,
        "base_quantity": amount.base.amount * deed.copies,
        "base_unit": amount.base.unit,
        "conversion": amount.factor,
        "container": deed.container.serial if deed.container else None,
        "place": deed.stood,
        "description": item.description,
        "accepted_reasons": accepted(load, deed.state),
    }


def _moved(deed: Deed, _new: tuple[Container, ...], _now: Circumstances, facts: dict[str, Any]) -> Event:
    assert deed.to is not None
    return LotMoved(**facts, to_place=deed.to.name)


def _adjusted(deed: Deed, _new: tuple[Container, ...], _now: Circumstances, facts: dict[str, Any]) -> Event:
    why = None if deed.load.why == UNKNOWN_CAUSE.code else deed.load.why
    return LotAdjusted(**facts, expected=deed.expected, difference=deed.amount.base.amount - deed.expected, why=why)


def _sampled(deed: Deed, _new: tuple[Container, ...], _now: Circumstances, facts: dict[str, Any]) -> Event:
    return LotSampled(**facts, why=deed.load.why)


def _scrapped(deed: Deed, _new: tuple[Container, ...], _now: Circumstances, facts: dict[str, Any]) -> Event:
    return LotScrapped(**facts, why=deed.load.why or "")


def _split(_deed: Deed, new: tuple[Container, ...], _now: Circumstances, facts: dict[str, Any]) -> Event:
    return LotSplit(**facts, containers=new)


def customer_of(deed: Deed, now: Circumstances) -> str | None:
    """Return who had it: as a person says, else the only one who got of it; None where nobody is known to have."""
    return deed.load.answer("party") or next(iter(now.lot.customers), None)


def _came_back(deed: Deed, new: tuple[Container, ...], now: Circumstances, facts: dict[str, Any]) -> Event:
    customer = customer_of(deed, now)
    shipped = next((each for each in now.lot.shipped if each.customer == customer), None)
    return LotReturnedByCustomer(
        **facts,
        containers=new,
        disposition=Disposition(now.policies.get("customer_return", Disposition.QUARANTINE)),
        customer=customer,
        order=shipped.order if shipped else None,
        shipment=shipped.event if shipped else None,
        why=deed.load.why or "",
        expires_on=deed.load.parts.facts.expires_on,
    )


def _sent_back(deed: Deed, _new: tuple[Container, ...], now: Circumstances, facts: dict[str, Any]) -> Event:
    vendor = deed.load.answer("party") or next(iter(now.lot.vendors), facts["assigned_by"])
    order = next((each.order for each in now.lot.bought if each.vendor == vendor and each.order), None)
    return LotReturnedToVendor(**facts, vendor=vendor, order=order, why=deed.load.why or "")


_EVENTS: Final[dict[str, Callable[[Deed, tuple[Container, ...], Circumstances, dict[str, Any]], Event]]] = {
    "move": _moved,
    "adjustment": _adjusted,
    "sample": _sampled,
    "scrap": _scrapped,
    "split": _split,
    "customer_return": _came_back,
    "vendor_return": _sent_back,
}
