"""What a work order's events change: stock, what is left in a container, and how far the order is; and the way back."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store.amounts import less, to_text, total
from kiosk.store.lot_rows import lot_id, move_stock
from kiosk.store.posting import Posting, add_containers, mark_order, void_containers
from kiosk.store.schema import CONTAINERS, USES, WORK_ORDER_USE
from traceability.events import LotConsumed, LotReturned
from traceability.lots import LotKey

# Built once: making a statement costs SQLAlchemy five times what running it does.
_LEFT: Final = select(CONTAINERS.c.quantity).where(CONTAINERS.c.serial == bindparam("on_label"))
_SET_LEFT: Final = update(CONTAINERS).where(CONTAINERS.c.serial == bindparam("on_label"))
_USED: Final = select(WORK_ORDER_USE.c.used).where(
    WORK_ORDER_USE.c.number == bindparam("of_order"), WORK_ORDER_USE.c.item == bindparam("of_item")
)
_USE: Final = upsert(WORK_ORDER_USE)
_ADD_USE: Final = insert(USES)
_VOID_USE: Final = update(USES).where(USES.c.event == bindparam("row")).values(voided=1)
_SET_USED: Final = _USE.on_conflict_do_update(index_elements=["number", "item"], set_={"used": _USE.excluded.used})


def consume(connection: Connection, posting: Posting, used: LotConsumed) -> None:
    """Take what was used off the stock and out of its container, and count it on the order."""
    _keep_use(connection, posting, _move_used(connection, posting, used, used.base_quantity), used, used.base_quantity)


def take_back_consumed(connection: Connection, posting: Posting, row: int, used: LotConsumed) -> None:
    """Put back what was never used."""
    _move_used(connection, posting, used, less(Decimal(0), used.base_quantity))
    connection.execute(_VOID_USE, {"row": row})
    mark_order(connection, "work_order", used.order, finished=False)


def _move_used(connection: Connection, posting: Posting, used: LotConsumed, amount: Decimal) -> int:
    lot = lot_id(connection, LotKey(used.item, used.lot, used.assigned_by))
    move_stock(connection, posting.row, lot, used.place, less(Decimal(0), amount))
    take_out_of(connection, used.container, amount)
    count_used(connection, used.order, used.item, amount)
    return lot


def _keep_use(connection: Connection, posting: Posting, lot: int, use: LotConsumed | LotReturned, amount: Decimal) -> None:
    counted = {"amount": to_text(amount), "unit": use.base_unit}
    connection.execute(_ADD_USE, {"event": posting.row, "lot": lot, "number": use.order, "voided": 0, **counted})


def take_out_of(connection: Connection, container: str | None, amount: Decimal) -> None:
    """Note that so much (below zero: put back) was taken out of a container; loose stock has none."""
    left = connection.execute(_LEFT, {"on_label": container}).scalar() if container else None
    if left is not None:
        connection.execute(_SET_LEFT, {"on_label": container, "quantity": to_text(less(Decimal(left), amount))})


def return_to_stock(connection: Connection, posting: Posting, returned: LotReturned) -> None:
    """Put a remnant back on the stock, in a container of its own."""
    lot = lot_id(connection, LotKey(returned.item, returned.lot, returned.assigned_by))
    move_stock(connection, posting.row, lot, returned.place, returned.base_quantity)
    add_containers(connection, posting, returned.containers, returned.place, lot)
    _keep_use(connection, posting, lot, returned, less(Decimal(0), returned.base_quantity))
    count_used(connection, returned.order, returned.item, less(Decimal(0), returned.base_quantity))
    mark_order(connection, "work_order", returned.order, finished=False)


def take_back_returned(connection: Connection, posting: Posting, row: int, returned: LotReturned) -> None:
    """Take a remnant off the stock that never came back; its labels are void."""
    lot = lot_id(connection, LotKey(returned.item, returned.lot, returned.assigned_by))
    move_stock(connection, posting.row, lot, returned.place, less(Decimal(0), returned.base_quantity))
    void_containers(connection, row)
    connection.execute(_VOID_USE, {"row": row})
    count_used(connection, returned.order, returned.item, returned.base_quantity)


def count_used(connection: Connection, order: str, item: str, amount: Decimal) -> None:
    """Count so much (below zero: not used after all) of an item on a work order."""
    before = connection.execute(_USED, {"of_order": order, "of_item": item}).scalar()
    used = to_text(total(Decimal(before or 0), amount))
    connection.execute(_SET_USED, {"number": order, "item": item, "used": used})
