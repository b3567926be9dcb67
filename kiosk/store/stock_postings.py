"""What stock events change: what is where, what is left in a container and where it stands; and the way back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update

from kiosk.store.amounts import to_text, total
from kiosk.store.lot_rows import add_fact, lot_id, move_stock, unsay
from kiosk.store.posting import Posting, add_containers, void_containers
from kiosk.store.schema import CONTAINERS
from traceability.events import Container
from traceability.events.stock import (
    LotAdjusted,
    LotCounted,
    LotMoved,
    LotReturnedByCustomer,
    LotReturnedToVendor,
    LotSampled,
    LotScrapped,
    LotSplit,
)
from traceability.lots import Disposition, LotKey
from traceability.movements import ContentShift, Effect, Moving, effect_of, undone

# Built once: making a statement costs SQLAlchemy five times what running it does.
_LEFT: Final = select(CONTAINERS.c.quantity, CONTAINERS.c.place).where(CONTAINERS.c.serial == bindparam("on_label"))
_FORGET: Final = delete(CONTAINERS).where(CONTAINERS.c.event == bindparam("made_by"))
_SET_LEFT: Final = update(CONTAINERS).where(CONTAINERS.c.serial == bindparam("on_label"))


def move(connection: Connection, posting: Posting, event: Moving) -> None:
    """Let what happened change the figures."""
    lot = lot_id(connection, LotKey(event.item, event.lot, event.assigned_by))
    effect = effect_of(event)
    _say(connection, posting, lot, event)
    put_right = event if isinstance(event, LotAdjusted) and event.container is not None else None
    known = put_right is None or connection.execute(_LEFT, {"on_label": put_right.container}).first() is not None
    _apply(connection, posting, lot, effect, event.place)
    if put_right is not None and not known:  # a label of another station: what is in it is known here from now on
        found = Container(put_right.container or "", event.base_quantity, event.base_unit)
        add_containers(connection, posting, (found,), event.place, lot)
    add_containers(connection, posting, effect.labelled, event.place, lot)


def move_back(connection: Connection, posting: Posting, row: int, event: Moving) -> None:
    """Take back what never happened."""
    lot = lot_id(connection, LotKey(event.item, event.lot, event.assigned_by))
    if _standing(event) is not None:
        unsay(connection, row)
    _apply(connection, posting, lot, undone(effect_of(event)), event.place)
    if isinstance(event, LotAdjusted):  # the label stays good; what was learnt of it was wrong
        connection.execute(_FORGET, {"made_by": row})
    void_containers(connection, row)


def _standing(event: Moving) -> Disposition | None:
    """Some events tell what a lot is, and make it known: what is walked in at go-live, what comes back from a customer."""
    if isinstance(event, LotReturnedByCustomer):
        return event.disposition
    return Disposition.AVAILABLE if isinstance(event, LotCounted) and event.opening else None


def _say(connection: Connection, posting: Posting, lot: int, event: Moving) -> None:
    disposition = _standing(event)
    if disposition is None:
        return
    expires_on = getattr(event, "expires_on", None)
    fact = {"event": posting.row, "kind": event.kind, "occurred_at": posting.occurred_at, "disposition": disposition}
    add_fact(connection, lot, **fact, expires_on=expires_on.isoformat() if expires_on else None)


def _apply(connection: Connection, posting: Posting, lot: int, effect: Effect, place: str) -> None:
    for each in effect.shifts:
        move_stock(connection, posting.row, lot, each.place, each.amount)
    if not effect.shifts:
        move_stock(connection, posting.row, lot, place, Decimal(0))  # so that the lot's history has it
    for content in effect.contents:
        _change(connection, content)


def _change(connection: Connection, content: ContentShift) -> None:
    row = connection.execute(_LEFT, {"on_label": content.serial}).first()
    if row is None:
        return  # a label of another station
    left = to_text(total(Decimal(row.quantity), content.amount))
    connection.execute(_SET_LEFT, {"on_label": content.serial, "quantity": left, "place": content.stands or row.place})


_KINDS: Final = (LotMoved, LotCounted, LotAdjusted, LotSampled, LotScrapped, LotSplit, LotReturnedByCustomer, LotReturnedToVendor)
EFFECTS: Final[dict[str, Callable[[Connection, Posting, Any], None]]] = {each.kind: move for each in _KINDS}
REVERSALS: Final[dict[str, Callable[[Connection, Posting, int, Any], None]]] = {each.kind: move_back for each in _KINDS}
