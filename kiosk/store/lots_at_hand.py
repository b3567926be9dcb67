"""What was loaded where an order is made, and since when its next output is being made: read for the lots that may be in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select

from kiosk.store.schema import EVENTS, LINE_ENDS, LINE_LOADS, LOTS, PRODUCTIONS, USES
from kiosk.store.times import from_text
from traceability.lines import AtHand, Emptied, Happened, Loaded
from traceability.lots import LotKey

#: Of one line position; a lot that so many others were loaded after is long gone. Of a vessel all are read: it never empties.
MOST_LOADS: Final = 200
_AT_ALL: Final = 2**62  # after every event

# Built once: making a statement costs SQLAlchemy five times what running it does.
_PLACES: Final = (
    select(LINE_LOADS.c.place, func.max(LINE_LOADS.c.vessel).label("vessel"))
    .where(LINE_LOADS.c.order_number == bindparam("of_order"), LINE_LOADS.c.voided == 0)
    .group_by(LINE_LOADS.c.place)
)
_LAST_END: Final = select(func.max(LINE_ENDS.c.ended_at)).where(LINE_ENDS.c.place == bindparam("at_place"), LINE_ENDS.c.voided == 0)
_LOADS: Final = (
    select(LINE_LOADS, LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by)
    .join(LOTS, LOTS.c.id == LINE_LOADS.c.lot)
    .where(LINE_LOADS.c.place == bindparam("at_place"), LINE_LOADS.c.loaded_at >= bindparam("after"), LINE_LOADS.c.voided == 0)
    .order_by(LINE_LOADS.c.loaded_at.desc(), LINE_LOADS.c.event.desc())
)
_SOME_LOADS: Final = _LOADS.limit(MOST_LOADS)
_ENDS: Final = select(LINE_ENDS).where(
    LINE_ENDS.c.place == bindparam("at_place"), LINE_ENDS.c.ended_at >= bindparam("after"), LINE_ENDS.c.voided == 0
)
_LAST_MADE: Final = (
    select(func.max(EVENTS.c.occurred_at))
    .join(PRODUCTIONS, PRODUCTIONS.c.event == EVENTS.c.row)
    .where(PRODUCTIONS.c.number == bindparam("of_order"), PRODUCTIONS.c.transformation == "made", PRODUCTIONS.c.voided == 0)
    .where(EVENTS.c.id != bindparam("but"), EVENTS.c.row < bindparam("before"))
)
_FIRST_USED: Final = (
    select(func.min(EVENTS.c.occurred_at))
    .join(USES, USES.c.event == EVENTS.c.row)
    .where(USES.c.number == bindparam("of_order"), USES.c.voided == 0)
)
_FIRST_LOADED: Final = select(func.min(LINE_LOADS.c.loaded_at)).where(
    LINE_LOADS.c.order_number == bindparam("of_order"), LINE_LOADS.c.voided == 0
)


def at_hand(connection: Connection, order: str, but: str | None = None, before: int = _AT_ALL) -> AtHand:
    """Return what happened at every position and vessel that the order was loaded at; `but` is an output that is made anew, `before` the
    row of one that was made then.
    """
    places = connection.execute(_PLACES, {"of_order": order}).all()
    begun = _begun(connection, order) if places else None
    if begun is None:
        return AtHand()
    made = connection.execute(_LAST_MADE, {"of_order": order, "but": but or "", "before": before}).scalar()
    told = sorted((each for row in places for each in _at(connection, row.place, bool(row.vessel), begun)), key=lambda each: each[:2])
    return AtHand(tuple(each for _, _, each in told), from_text(made or begun), from_text(begun))


def _begun(connection: Connection, order: str) -> str | None:
    first = (connection.execute(statement, {"of_order": order}).scalar() for statement in (_FIRST_USED, _FIRST_LOADED))
    return min(filter(None, first), default=None)


def _at(connection: Connection, place: str, vessel: bool, begun: str) -> Iterator[tuple[str, int, Happened]]:
    """What happened there since it was last empty before the order was begun: what went before is in nothing of it."""
    earlier = _LAST_END.where(LINE_ENDS.c.ended_at < begun)
    after = connection.execute(earlier, {"at_place": place}).scalar() or ""
    for row in connection.execute(_LOADS if vessel else _SOME_LOADS, {"at_place": place, "after": after}):
        yield row.loaded_at, row.event, _loaded(row)
    for row in connection.execute(_ENDS, {"at_place": place, "after": after}):
        yield row.ended_at, row.event, Emptied(place, from_text(row.ended_at))


def _loaded(row: Row[Any]) -> Loaded:
    key = LotKey(row.item, row.code, row.assigned_by)
    return Loaded(row.place, from_text(row.loaded_at), key, row.unit, bool(row.vessel))
