"""Which labels a receipt wants: one a container, and a tag that nobody overlooks where it is on hold."""

from __future__ import annotations

from traceability.events import Container, LotReceived
from traceability.items import Item
from traceability.lots import Disposition
from traceability.refusals import Reason
from traceability.units import plain
from traceability.workflows.step import PrintOrder


def prints_of(receipt: LotReceived, item: Item, held_for: Reason | None) -> tuple[PrintOrder, ...]:
    """Return the labels of one receipt, in the order in which they are to come out."""
    labels = tuple(PrintOrder("lot", each.serial, _data(receipt, item, each)) for each in receipt.containers)
    if receipt.disposition is not Disposition.HOLD:
        return labels
    return (*labels, hold_tag(receipt, item, held_for or Reason.LOT_ON_HOLD))


def hold_tag(receipt: LotReceived, item: Item, reason: Reason) -> PrintOrder:
    """Return the tag that says that nobody may use these goods, and why."""
    whole = Container(receipt.containers[0].serial if receipt.containers else "", receipt.base_quantity, receipt.base_unit)
    return PrintOrder("hold_tag", whole.serial, {**_data(receipt, item, whole), "reason": reason.value})


def _data(receipt: LotReceived, item: Item, container: Container) -> dict[str, str]:
    known = {
        "item": receipt.item,
        "gtin": item.gtin,
        "description": receipt.description,
        "lot": receipt.lot,
        "expires_on": receipt.expires_on.isoformat() if receipt.expires_on else None,
        "quantity": plain(container.quantity),
        "unit": container.unit,
        "serial": container.serial or None,
        "place": receipt.place,
    }
    return {name: value for name, value in known.items() if value}
