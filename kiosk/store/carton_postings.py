"""What packing and shipping change: cartons, what is in them, and at shipment the stock, containers and ship orders; and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store.amounts import less, to_text, total
from kiosk.store.lot_rows import lot_id, move_stock
from kiosk.store.posting import Posting, mark_order
from kiosk.store.schema import CARTON_CONTENTS, CARTONS, CONTAINERS, PRINT_JOBS, SHIP_PROGRESS
from traceability.cartons import CartonState, Level
from traceability.events import CartonClosed, CartonLoaded, CartonOpened, CartonShipped, LotPacked, TakenOut, Unpacked
from traceability.events.shipping import ShippedLot
from traceability.lots import LotKey

_Lot = LotPacked | TakenOut | ShippedLot

# Built once: making a statement costs SQLAlchemy five times what running it does.
_OPEN: Final = insert(CARTONS)
_NAMED: Final = CARTONS.c.sscc == bindparam("named")
_SET: Final = update(CARTONS).where(_NAMED)
_PUT: Final = insert(CARTON_CONTENTS)
_FORGET_CONTENTS: Final = delete(CARTON_CONTENTS).where(CARTON_CONTENTS.c.event == bindparam("by"))
_LEFT: Final = upsert(CARTONS)
_SET_LEFT: Final = _LEFT.on_conflict_do_update(
    index_elements=["sscc"], set_={"state": _LEFT.excluded.state, "shipped_by": _LEFT.excluded.shipped_by}
)
_STANDS: Final = upsert(CARTONS)
_SET_STANDS: Final = _STANDS.on_conflict_do_update(
    index_elements=["sscc"], set_={"parent": _STANDS.excluded.parent, "parent_by": _STANDS.excluded.parent_by}
)
_GONE: Final = update(CARTON_CONTENTS).where(CARTON_CONTENTS.c.carton == bindparam("of_carton"))
_BACK: Final = (
    update(CARTON_CONTENTS)
    .where(CARTON_CONTENTS.c.carton.in_(select(CARTONS.c.sscc).where(CARTONS.c.shipped_by == bindparam("by"))))
    .values(gone=0)
)
_STILL_OURS: Final = (
    update(CARTONS)
    .where(CARTONS.c.shipped_by == bindparam("by"), CARTONS.c.opened_by.is_not(None) | CARTONS.c.parent_by.is_not(None))
    .values(state="closed", shipped_by=None)
)
_NOT_OURS: Final = delete(CARTONS).where(CARTONS.c.shipped_by == bindparam("by"))
_IN_CONTAINER: Final = select(CONTAINERS.c.quantity).where(CONTAINERS.c.serial == bindparam("on_label"))
_SET_CONTAINER: Final = update(CONTAINERS).where(CONTAINERS.c.serial == bindparam("on_label"))
_SHIPPED: Final = select(SHIP_PROGRESS.c.shipped).where(
    SHIP_PROGRESS.c.number == bindparam("of_order"), SHIP_PROGRESS.c.line == bindparam("of_line")
)
_PROGRESS: Final = upsert(SHIP_PROGRESS)
_SET_PROGRESS: Final = _PROGRESS.on_conflict_do_update(index_elements=["number", "line"], set_={"shipped": _PROGRESS.excluded.shipped})
# A unit has one label after the other: only those from before the event are void, also where the event is read anew later.
_VOID_LABELS: Final = update(PRINT_JOBS).where(
    PRINT_JOBS.c.serial == bindparam("on_label"), PRINT_JOBS.c.state == "waiting", PRINT_JOBS.c.created_at < bindparam("by_then")
)


def _open(connection: Connection, posting: Posting, opened: CartonOpened) -> None:
    if opened.again:
        _set_state(connection, opened.sscc, CartonState.OPEN)
        return
    row = {
        "sscc": opened.sscc,
        "level": opened.level,
        "state": CartonState.OPEN,
        "order_number": opened.order,
        "customer": opened.customer,
        "opened_at": posting.occurred_at,
        "opened_by": posting.row,
    }
    connection.execute(_OPEN, row)


def _never_opened(connection: Connection, posting: Posting, _row: int, opened: CartonOpened) -> None:
    _set_state(connection, opened.sscc, CartonState.CLOSED if opened.again else CartonState.VOIDED)
    if not opened.again:
        _void_labels(connection, posting, opened.sscc)


def _pack(connection: Connection, posting: Posting, packed: LotPacked) -> None:
    _put(connection, posting, [(packed.sscc, packed, packed.base_quantity)])


def _close(connection: Connection, posting: Posting, closed: CartonClosed) -> None:
    _set_state(connection, closed.sscc, CartonState.CLOSED)
    _void_labels(connection, posting, closed.sscc)


def _void_labels(connection: Connection, posting: Posting, sscc: str) -> None:
    connection.execute(_VOID_LABELS, {"on_label": sscc, "by_then": posting.occurred_at, "state": "void"})


def _never_closed(connection: Connection, posting: Posting, _row: int, closed: CartonClosed) -> None:
    _set_state(connection, closed.sscc, CartonState.OPEN)
    _void_labels(connection, posting, closed.sscc)


def _load(connection: Connection, posting: Posting, loaded: CartonLoaded) -> None:
    _stands_on(connection, posting, loaded.sscc, loaded.pallet)


def _never_loaded(connection: Connection, posting: Posting, _row: int, loaded: CartonLoaded) -> None:
    _stands_on(connection, posting, loaded.sscc, None)


def _stands_on(connection: Connection, posting: Posting, sscc: str, pallet: str | None) -> None:
    row = {"sscc": sscc, "level": Level.CARTON, "state": CartonState.CLOSED, "parent": pallet, "parent_by": posting.row}
    connection.execute(_SET_STANDS, row)


def _unpack(connection: Connection, posting: Posting, taken: Unpacked) -> None:
    _put(connection, posting, [(taken.sscc, each, less(Decimal(0), each.base_quantity)) for each in taken.contents])
    for sscc in taken.cartons:
        _stands_on(connection, posting, sscc, None)


def _never_unpacked(connection: Connection, posting: Posting, row: int, taken: Unpacked) -> None:
    connection.execute(_FORGET_CONTENTS, {"by": row})
    for sscc in taken.cartons:
        _stands_on(connection, posting, sscc, taken.sscc)


def _never_packed(connection: Connection, _posting: Posting, row: int, _packed: LotPacked) -> None:
    connection.execute(_FORGET_CONTENTS, {"by": row})


def _set_state(connection: Connection, sscc: str, state: CartonState) -> None:
    connection.execute(_SET, {"named": sscc, "state": state})


def _put(connection: Connection, posting: Posting, lots: Iterable[tuple[str, LotPacked | TakenOut, Decimal]]) -> None:
    rows = [
        {
            "event": posting.row,
            "line": line,
            "carton": sscc,
            "lot": lot_id(connection, _key(each)),
            "container": each.container,
            "place": each.place,
            "quantity": to_text(amount),
            "unit": each.base_unit,
            "gone": 0,
        }
        for line, (sscc, each, amount) in enumerate(lots)
    ]
    if rows:
        connection.execute(_PUT, rows)


def _ship(connection: Connection, posting: Posting, shipped: CartonShipped) -> None:
    _move(connection, posting, shipped, -1)
    units = [(shipped.sscc, shipped.level), *((each, Level.CARTON) for each in shipped.cartons)]
    state = {"state": CartonState.SHIPPED, "shipped_by": posting.row}
    connection.execute(_SET_LEFT, [{"sscc": sscc, "level": level, **state} for sscc, level in units])
    connection.execute(_GONE, [{"of_carton": sscc, "gone": 1} for sscc, _ in units])


def _take_back_shipped(connection: Connection, posting: Posting, row: int, shipped: CartonShipped) -> None:
    _move(connection, posting, shipped, 1)
    connection.execute(_BACK, {"by": row})
    connection.execute(_STILL_OURS, {"by": row})
    connection.execute(_NOT_OURS, {"by": row})
    mark_order(connection, "ship_order", shipped.order, finished=False)


def _move(connection: Connection, posting: Posting, shipped: CartonShipped, sign: int) -> None:
    """Let the goods leave (`sign` -1) or come back (1): the stock, what is left in our containers, and the order's lines."""
    moved: dict[tuple[int, str], Decimal] = {}
    lines: dict[str, Decimal] = {}
    for each in shipped.contents:
        amount = each.base_quantity * sign
        at = (lot_id(connection, _key(each)), each.place)
        moved[at] = total(moved.get(at, Decimal(0)), amount)
        if each.container is not None:
            _change_container(connection, each.container, amount)
        if each.line is not None:
            lines[each.line] = total(lines.get(each.line, Decimal(0)), -amount)
    for (lot, place), amount in moved.items():
        move_stock(connection, posting.row, lot, place, amount)
    for line, amount in lines.items():
        _count(connection, shipped.order, line, amount)


def _change_container(connection: Connection, serial: str, amount: Decimal) -> None:
    left = connection.execute(_IN_CONTAINER, {"on_label": serial}).scalar()
    if left is not None:
        connection.execute(_SET_CONTAINER, {"on_label": serial, "quantity": to_text(total(Decimal(left), amount))})


def _count(connection: Connection, order: str, line: str, amount: Decimal) -> None:
    before = connection.execute(_SHIPPED, {"of_order": order, "of_line": line}).scalar()
    connection.execute(_SET_PROGRESS, {"number": order, "line": line, "shipped": to_text(total(Decimal(before or 0), amount))})


def _key(each: _Lot) -> LotKey:
    return LotKey(each.item, each.lot, each.assigned_by)


EFFECTS: Final[dict[str, Callable[[Connection, Posting, Any], None]]] = {
    CartonOpened.kind: _open,
    LotPacked.kind: _pack,
    CartonClosed.kind: _close,
    CartonLoaded.kind: _load,
    Unpacked.kind: _unpack,
    CartonShipped.kind: _ship,
}
REVERSALS: Final[dict[str, Callable[[Connection, Posting, int, Any], None]]] = {
    CartonOpened.kind: _never_opened,
    LotPacked.kind: _never_packed,
    CartonClosed.kind: _never_closed,
    CartonLoaded.kind: _never_loaded,
    Unpacked.kind: _never_unpacked,
    CartonShipped.kind: _take_back_shipped,
}
