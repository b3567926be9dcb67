"""What went on with the goods of an event since: what an undo can't reach past."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from kiosk.store.amounts import less, total
from kiosk.store.making import whereto
from kiosk.store.reading import event_of
from kiosk.store.schema import CARTON_CONTENTS, CONTAINERS, EDGES, EVENTS, LOTS, MOVEMENTS, PRODUCTIONS, STOCK, USES
from traceability.events import Event, LotConsumed, LotPicked
from traceability.events.stock import LotMoved
from traceability.genealogy import Grade
from traceability.movements import ContentShift, effect_of

# Built once: making a statement costs SQLAlchemy five times what running it does.
_NAMED: Final = select(EVENTS).where(EVENTS.c.id == bindparam("named"))
_MOVED: Final = select(MOVEMENTS.c.lot, MOVEMENTS.c.place, MOVEMENTS.c.amount).where(MOVEMENTS.c.event == bindparam("by"))
_THERE: Final = select(STOCK.c.opening, STOCK.c.moved).where(STOCK.c.lot == bindparam("of_lot"), STOCK.c.place == bindparam("at"))
_TAKEN_SINCE: Final = (
    select(EVENTS.c.kind, EVENTS.c.body)
    .join(MOVEMENTS, MOVEMENTS.c.event == EVENTS.c.row)
    .where(MOVEMENTS.c.lot == bindparam("of_lot"), MOVEMENTS.c.place == bindparam("at"), EVENTS.c.row > bindparam("after"))
    .where(MOVEMENTS.c.amount.startswith("-"), EVENTS.c.corrected_by.is_(None), EVENTS.c.kind != "correction")
    .order_by(EVENTS.c.row)
)
_PACKED: Final = (
    select(CARTON_CONTENTS.c.carton, CARTON_CONTENTS.c.quantity)
    .where(CARTON_CONTENTS.c.lot == bindparam("of_lot"), CARTON_CONTENTS.c.place == bindparam("at"), CARTON_CONTENTS.c.gone == 0)
    .order_by(CARTON_CONTENTS.c.event)
)
_LABELLED: Final = select(CONTAINERS).where(CONTAINERS.c.event == bindparam("by"))
_CONTAINER: Final = select(CONTAINERS).where(CONTAINERS.c.serial == bindparam("on_label"))
_CONTAINER_PACKED: Final = (
    select(CARTON_CONTENTS.c.carton, CARTON_CONTENTS.c.quantity)
    .where(CARTON_CONTENTS.c.container == bindparam("on_label"), CARTON_CONTENTS.c.gone == 0)
    .order_by(CARTON_CONTENTS.c.event)
)
_USE: Final = select(USES.c.lot, USES.c.number, USES.c.amount).where(USES.c.event == bindparam("by"), USES.c.voided == 0)
_USED: Final = select(USES.c.amount).where(USES.c.number == bindparam("order"), USES.c.lot == bindparam("of_lot"), USES.c.voided == 0)
_MADE_OF_IT: Final = (
    select(EDGES.c.quantity, LOTS.c.code)
    .join(PRODUCTIONS, PRODUCTIONS.c.event == EDGES.c.event)
    .join(LOTS, LOTS.c.id == EDGES.c.target)
    .where(PRODUCTIONS.c.number == bindparam("order"), PRODUCTIONS.c.voided == 0, EDGES.c.source == bindparam("of_lot"))
    .where(EDGES.c.grade.in_((Grade.SCANNED.value, Grade.OVERRIDDEN.value)))
)


def went_on(connection: Connection, event_id: str) -> tuple[str, ...]:
    """Return where the goods of an event went since: papers, cartons, lots, places. Empty: they are as it left them."""
    row = connection.execute(_NAMED, {"named": event_id}).first()
    if row is None or row.corrected_by is not None:
        return ()
    event = event_of(row)
    found = (*_taken(connection, row), *_containers(connection, row, event), *_made_of_it(connection, row, event))
    # A container that was used of is named only where nothing says what for.
    return tuple(dict.fromkeys(found)) or tuple(_used_of(connection, row))


def _taken(connection: Connection, row: Row[Any]) -> Iterator[str]:
    """What was taken of it, or packed, where too little would be left."""
    for moved in connection.execute(_MOVED, {"by": row.row}).all():
        came = Decimal(moved.amount)
        if came <= 0:
            continue
        where = {"of_lot": moved.lot, "at": moved.place}
        there = total(*(Decimal(part) for each in connection.execute(_THERE, where) for part in (each.opening, each.moved)))
        left = less(there, came)
        if left < 0:
            yield from (whereto(each) for each in connection.execute(_TAKEN_SINCE, {**where, "after": row.row}))
        packed = connection.execute(_PACKED, where).all()
        if total(*(Decimal(each.quantity) for each in packed)) > max(left, Decimal(0)):
            yield from (each.carton for each in packed if Decimal(each.quantity) > 0)


def _containers(connection: Connection, row: Row[Any], event: Event) -> Iterator[str]:
    """Where containers are that no longer stand as the event left them: moved on, packed."""
    data = json.loads(row.body)["data"]
    for each in connection.execute(_LABELLED, {"by": row.row}).all():
        if each.place != data["place"]:
            yield each.place
        yield from _cartons_of(connection, each.serial)
    for shift in _stood(event):
        container = connection.execute(_CONTAINER, {"on_label": shift.serial}).first()
        if container is not None and container.place != shift.stands:
            yield container.place
        yield from _cartons_of(connection, shift.serial)


def _used_of(connection: Connection, row: Row[Any]) -> Iterator[str]:
    amounts = {each["serial"]: Decimal(each["quantity"]) for each in json.loads(row.body)["data"].get("containers", ())}
    labelled = connection.execute(_LABELLED, {"by": row.row}).all()
    yield from (each.serial for each in labelled if Decimal(each.quantity) != amounts.get(each.serial, Decimal(each.quantity)))


def _stood(event: Event) -> tuple[ContentShift, ...]:
    return tuple(each for each in effect_of(event).contents if each.stands is not None) if isinstance(event, LotMoved | LotPicked) else ()


def _cartons_of(connection: Connection, serial: str) -> Iterator[str]:
    rows = connection.execute(_CONTAINER_PACKED, {"on_label": serial}).all()
    if total(*(Decimal(each.quantity) for each in rows)) > 0:
        yield rows[-1].carton


def _made_of_it(connection: Connection, row: Row[Any], event: Event) -> Iterator[str]:
    """What was made of a lot that was used, where without this use less was used than those name."""
    use = connection.execute(_USE, {"by": row.row}).first() if isinstance(event, LotConsumed) else None
    if use is None:
        return
    of_order = {"order": use.number, "of_lot": use.lot}
    used = less(total(*(Decimal(each) for each in connection.execute(_USED, of_order).scalars())), Decimal(use.amount))
    made = connection.execute(_MADE_OF_IT, of_order).all()
    if total(*(Decimal(each.quantity) for each in made)) > used:
        yield from (each.code for each in made)
