"""What other seats and stations changed, brought into a seat's open work: orders and what is in hand, as the book has them now."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from kiosk.services.ports import LotBook
from traceability.cartons import KnownCarton
from traceability.containers import KnownContainer
from traceability.orders import PurchaseOrder, ShipOrder, WorkOrder
from traceability.picking import OrderKind, PickOrder, ship_pick, work_pick
from traceability.workflows.packing import Packing
from traceability.workflows.seat import Seat

#: What happened stays as it was then: it is history, and is undone as what it was.
_HISTORY: Final = frozenset({"done", "taken", "refused", "seen", "waiting"})


def renewed(seat: Seat, book: LotBook) -> Seat:
    """Return the seat with every order and container in its open work as the book has it; one that is gone stays as it was."""
    work: Any = _renewed(seat.work, book)
    aside = {mode: _renewed(each, book) for mode, each in seat.aside.items()}
    return replace(seat, work=work, aside=aside)


def _renewed(value: Any, book: LotBook) -> Any:
    match value:
        case PurchaseOrder(number=str(number)):
            return book.purchase_order(number) or value
        case WorkOrder(number=number):
            return book.work_order(number) or value
        case ShipOrder(number=number):
            return book.ship_order(number) or value
        case PickOrder(kind=kind, number=number):
            return _fetched_for(value, kind, number, book)
        case KnownContainer(serial=serial):
            return book.container(serial) or value
        case KnownCarton(sscc=sscc):
            tree = book.carton(sscc)
            return tree.unit if tree is not None else value
        case Packing():
            packing: Packing = _with_parts_renewed(value, book)
            return packing.put_down()
        case tuple():
            return tuple(_renewed(each, book) for each in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return _with_parts_renewed(value, book)
        case _:
            return value


def _fetched_for(known: PickOrder, kind: OrderKind, number: str, book: LotBook) -> PickOrder:
    shipped, made = (book.ship_order(number), None) if kind == "ship_order" else (None, book.work_order(number))
    order = ship_pick(shipped) if shipped is not None else work_pick(made) if made is not None else None
    return known if order is None else order.with_fetched(book.picked(kind, number))


def _with_parts_renewed(value: Any, book: LotBook) -> Any:
    now = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in _HISTORY and field.init}
    anew = {name: _renewed(part, book) for name, part in now.items()}
    return replace(value, **anew) if anew != now else value
