"""Cartons as the rules speak of them: the unit that was scanned, what stands on it, what is in it. A fixed number of questions."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select, tuple_

from kiosk.store.amounts import total
from kiosk.store.lot_rows import lots_of
from kiosk.store.schema import CARTON_CONTENTS, CARTONS, EVENTS, LOTS, RECORDS
from kiosk.store.times import maybe_from_text
from traceability.cartons import CartonState, CartonTree, InCartons, KnownCarton, Level, Packed
from traceability.lots import Lot, LotKey

#: What the server says of cartons that other stations packed.
KIND: Final = "carton"
_Told = Mapping[str, Any]

# Built once: making a statement costs SQLAlchemy five times what running it does.
_UNIT: Final = select(CARTONS).where(CARTONS.c.sscc == bindparam("scanned"))
_ROWS: Final = select(CARTONS).where(CARTONS.c.sscc.in_(bindparam("named", expanding=True)))
_WITH_CHILDREN: Final = _UNIT.union_all(select(CARTONS).where(CARTONS.c.parent == bindparam("scanned")))
_INSIDE: Final = (
    select(CARTON_CONTENTS, LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by)
    .join(LOTS, LOTS.c.id == CARTON_CONTENTS.c.lot)
    .where(CARTON_CONTENTS.c.carton.in_(bindparam("cartons", expanding=True)))
    .order_by(CARTON_CONTENTS.c.event, CARTON_CONTENTS.c.line)
)
_TOLD: Final = select(RECORDS.c.key, RECORDS.c.body).where(RECORDS.c.kind == KIND, RECORDS.c.key.in_(bindparam("named", expanding=True)))
_OURS: Final = select(EVENTS.c.id).where(EVENTS.c.id.in_(bindparam("ids", expanding=True)))
_OF_LOT: Final = (
    select(CARTON_CONTENTS.c.quantity)
    .join(LOTS, LOTS.c.id == CARTON_CONTENTS.c.lot)
    .where(LOTS.c.item == bindparam("lot_item"), LOTS.c.code == bindparam("lot_code"), LOTS.c.assigned_by == bindparam("lot_by"))
    .where(CARTON_CONTENTS.c.gone == 0)
)
_OF_CONTAINER: Final = (
    select(CARTON_CONTENTS.c.carton, CARTON_CONTENTS.c.quantity)
    .where(CARTON_CONTENTS.c.container == bindparam("on_label"), CARTON_CONTENTS.c.gone == 0)
    .order_by(CARTON_CONTENTS.c.event)
)
_LOTS: Final = select(LOTS).where(
    tuple_(LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by).in_(bindparam("keys", expanding=True)), LOTS.c.known == 1
)


def carton_tree(connection: Connection, sscc: str) -> CartonTree | None:
    """Return the unit with what stands on it, or None where the station never heard of it.

    Seven questions at most, however many cartons: the units, what is in them, and twice what the server says of them.
    """
    rows = {row.sscc: row for row in connection.execute(_WITH_CHILDREN, {"scanned": sscc})}
    told = _told(connection, (sscc, *rows))
    more = [each for each in (told.get(sscc) or {}).get("cartons", ()) if each not in told]
    told |= _told(connection, more)
    if more:  # what we took off since
        rows |= {row.sscc: row for row in connection.execute(_ROWS, {"named": more})}
    inside = _inside(connection, rows)
    units = {name: _carton(name, rows.get(name), told.get(name), inside.get(name, ())) for name in {**rows, **told}}
    unit = units.pop(sscc, None)
    if unit is None:
        return None
    return CartonTree(unit, tuple(each for _, each in sorted(units.items()) if each.parent == sscc))


def _told(connection: Connection, named: Collection[str]) -> dict[str, _Told]:
    """What the server says of these cartons; `left`: by another station's shipment, so nothing of ours can have undone it."""
    if not named:
        return {}
    said = {row.key: json.loads(row.body) for row in connection.execute(_TOLD, {"named": tuple(named)})}
    shipments = tuple(each["shipment"] for each in said.values() if each.get("shipment"))
    ours = set(connection.execute(_OURS, {"ids": shipments}).scalars()) if shipments else set()
    return {
        sscc: {**each, "left": each["state"] == CartonState.SHIPPED and each.get("shipment") not in ours} for sscc, each in said.items()
    }


def _inside(connection: Connection, cartons: Collection[str]) -> dict[str, tuple[Packed, ...]]:
    """What is in each carton: what was put in, less what was taken out."""
    if not cartons:
        return {}
    sums: dict[str, dict[tuple[LotKey, str | None, str, str], Decimal]] = {}
    for row in connection.execute(_INSIDE, {"cartons": tuple(cartons)}):
        each = (LotKey(row.item, row.code, row.assigned_by), row.container, row.place, row.unit)
        amounts = sums.setdefault(row.carton, {})
        amounts[each] = total(amounts.get(each, Decimal(0)), Decimal(row.quantity))
    return {
        carton: tuple(Packed(lot, amount, unit, container, place) for (lot, container, place, unit), amount in amounts.items() if amount)
        for carton, amounts in sums.items()
    }


def _carton(sscc: str, row: Row[Any] | None, told: _Told | None, inside: tuple[Packed, ...]) -> KnownCarton:
    """What our events say of it; of a carton that another station packed, what the server told, and what we did with it since."""
    if row is not None and (told is None or row.opened_by is not None):
        state = CartonState.SHIPPED if told is not None and told["left"] else CartonState(row.state)
        opened_at = maybe_from_text(row.opened_at)
        return KnownCarton(sscc, Level(row.level), state, inside, row.parent, row.order_number, row.customer, opened_at)
    assert told is not None
    state, parent = CartonState(told["state"]), told.get("parent")
    if state is CartonState.SHIPPED and not told["left"]:
        state = CartonState.CLOSED  # by a shipment of ours, which may be undone since
    if row is not None:  # loaded or shipped here
        state = CartonState.SHIPPED if row.shipped_by is not None else state
        parent = row.parent if row.parent_by is not None else parent
    contents = tuple(_packed(each) for each in told.get("contents", ()))
    return KnownCarton(sscc, Level(told["level"]), state, contents, parent, told.get("order"), told.get("customer"), elsewhere=True)


def _packed(each: Mapping[str, str]) -> Packed:
    lot = LotKey(each["item"], each["lot"], each["assigned_by"])
    return Packed(lot, Decimal(each["quantity"]), each["unit"], each.get("container"), each["place"])


def in_cartons(connection: Connection, lot: LotKey, container: str | None) -> InCartons:
    """Return how much of a lot, and of one container of it, is packed here already and has not left."""
    named = {"lot_item": lot.item, "lot_code": lot.code, "lot_by": lot.assigned_by}
    of_lot = total(*(Decimal(each) for each in connection.execute(_OF_LOT, named).scalars()))
    rows = connection.execute(_OF_CONTAINER, {"on_label": container}).all() if container is not None else []
    of_container = total(*(Decimal(row.quantity) for row in rows))
    return InCartons(of_lot, of_container, rows[-1].carton if of_container > 0 else None)


def lots_named(connection: Connection, keys: Iterable[LotKey]) -> dict[LotKey, Lot]:
    """Return these lots, where they are known, with what is on hand: two questions for all of them."""
    named = tuple((each.item, each.code, each.assigned_by) for each in keys)
    if not named:
        return {}
    rows = connection.execute(_LOTS, {"keys": named}).all()
    return {lot.key: lot for lot in lots_of(connection, rows).values()}


def _key(row: Row[Any]) -> LotKey:
    return LotKey(row.item, row.code, row.assigned_by)
