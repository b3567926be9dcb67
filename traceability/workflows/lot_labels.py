"""What our label on goods says, whichever work prints it: one reading of an event, a label a container."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from traceability.events import Container
from traceability.units import plain
from traceability.workflows.step import PrintOrder


class OfLot(Protocol):
    """An event that puts labels on goods of a lot in a place."""

    @property
    def item(self) -> str:
        """The item's code."""

    @property
    def lot(self) -> str:
        """The lot's code."""

    @property
    def place(self) -> str:
        """Where the goods stand."""

    @property
    def description(self) -> str:
        """The item in words."""


def lot_label(event: OfLot, gtin: str | None, expires_on: date | None, container: Container) -> PrintOrder:
    """Return the label of one container."""
    return PrintOrder("lot", container.serial, label_data(event, gtin, expires_on, container))


def label_data(event: OfLot, gtin: str | None, expires_on: date | None, container: Container) -> dict[str, str]:
    """Return what a label says of a lot; what is not known is left out."""
    known = {
        "item": event.item,
        "gtin": gtin,
        "description": event.description,
        "lot": event.lot,
        "expires_on": expires_on.isoformat() if expires_on else None,
        "quantity": plain(container.quantity),
        "unit": container.unit,
        "serial": container.serial,
        "place": event.place,
    }
    return {name: value for name, value in known.items() if value}
