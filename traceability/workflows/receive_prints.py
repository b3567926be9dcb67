"""Which labels a receipt wants: one a container, and a tag that nobody overlooks where it is on hold."""

from __future__ import annotations

from traceability.events import Container, LotReceived
from traceability.items import Item, LabelPolicy
from traceability.lots import Disposition
from traceability.refusals import Reason
from traceability.workflows.lot_labels import label_data, lot_label
from traceability.workflows.step import PrintOrder


def prints_of(receipt: LotReceived, item: Item, held_for: Reason | None) -> tuple[PrintOrder, ...]:
    """Return the labels of one receipt, in the order in which they are to come out."""
    labels = tuple(lot_label(receipt, item.gtin, receipt.expires_on, each) for each in receipt.containers or _piece(receipt, item))
    if receipt.disposition is not Disposition.HOLD:
        return labels
    return (*labels, hold_tag(receipt, item, held_for or Reason.LOT_ON_HOLD))


def _piece(receipt: LotReceived, item: Item) -> tuple[Container, ...]:
    """A piece with its own serial, where the plant labels all that comes in: our label says its lot, and carries its serial."""
    wanted = item.serial_tracked and receipt.vendor_serial is not None and item.label_on_receipt is LabelPolicy.ALWAYS
    return (Container(receipt.vendor_serial or "", receipt.base_quantity, receipt.base_unit),) if wanted else ()


def hold_tag(receipt: LotReceived, item: Item, reason: Reason) -> PrintOrder:
    """Return the tag that says that nobody may use these goods, and why."""
    whole = Container(receipt.containers[0].serial if receipt.containers else "", receipt.base_quantity, receipt.base_unit)
    return PrintOrder("hold_tag", whole.serial, {**label_data(receipt, item.gtin, receipt.expires_on, whole), "reason": reason.value})
