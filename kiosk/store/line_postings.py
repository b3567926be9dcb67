"""What is loaded at the line and what went into a vessel: kept beside the stock, because it says what may be in what is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, update

from kiosk.store import line_edges
from kiosk.store.lot_rows import lot_id
from kiosk.store.nouns import place_of
from kiosk.store.posting import Posting
from kiosk.store.schema import LINE_ENDS, LINE_LOADS
from traceability.events import (
    CleanedOut,
    LineCleared,
    LineLoaded,
    LotConsumed,
    LotCounted,
    LotMoved,
    LotProduced,
    LotReceived,
    LotReturned,
    LotReturnedByCustomer,
)
from traceability.lots import LotKey

_Stored = LotReceived | LotProduced | LotMoved | LotReturned | LotCounted | LotConsumed | LotReturnedByCustomer

# Built once: making a statement costs SQLAlchemy five times what running it does.
_LOAD: Final = insert(LINE_LOADS)
_END: Final = insert(LINE_ENDS)
_UNLOAD: Final = update(LINE_LOADS).where(LINE_LOADS.c.event == bindparam("row")).values(voided=1)
_UNLOAD_WITH: Final = update(LINE_LOADS).where(LINE_LOADS.c.used_by == bindparam("with_event")).values(voided=1)
_UNEND: Final = update(LINE_ENDS).where(LINE_ENDS.c.event == bindparam("row")).values(voided=1)


def stored(connection: Connection, posting: Posting) -> None:
    """Note what an event put into a vessel, whatever kind of work it was."""
    event = posting.event
    if not isinstance(event, _Stored):
        return
    place = place_of(connection, event.to_place if isinstance(event, LotMoved) else event.place)
    if place is not None and place.is_vessel:
        _put(connection, posting, event, place.name, vessel=True, order=event.order if isinstance(event, LotConsumed) else None)


def taken_back(connection: Connection, row: int, event_id: str) -> None:
    """What an event that was undone had put there was never there."""
    connection.execute(_UNLOAD, {"row": row})
    connection.execute(_UNLOAD_WITH, {"with_event": event_id})


def _loaded(connection: Connection, posting: Posting, event: LineLoaded) -> None:
    _put(connection, posting, event, event.place, vessel=event.vessel, order=event.order, used_by=event.used_by)


def _put(
    connection: Connection,
    posting: Posting,
    event: LineLoaded | _Stored,
    place: str,
    *,
    vessel: bool,
    order: str | None,
    used_by: str | None = None,
) -> None:
    row = {
        "event": posting.row,
        "place": place,
        "lot": lot_id(connection, LotKey(event.item, event.lot, event.assigned_by)),
        "unit": event.unit if isinstance(event, LineLoaded) else event.base_unit,
        "vessel": int(vessel),
        "order_number": order,
        "loaded_at": posting.occurred_at,
        "used_by": used_by,
        "voided": 0,
    }
    connection.execute(_LOAD, row)


def _ended(connection: Connection, posting: Posting, event: LineCleared | CleanedOut) -> None:
    connection.execute(_END, {"event": posting.row, "place": event.place, "ended_at": posting.occurred_at, "voided": 0})


def _not_loaded(connection: Connection, _posting: Posting, row: int, _event: LineLoaded) -> None:
    connection.execute(_UNLOAD, {"row": row})


def _not_ended(connection: Connection, _posting: Posting, row: int, event: LineCleared | CleanedOut) -> None:
    """It was not empty after all: what was there may be in what was made since."""
    connection.execute(_UNEND, {"row": row})
    line_edges.widen(connection, event.place, row)


EFFECTS: Final[dict[str, Callable[[Connection, Posting, Any], None]]] = {
    LineLoaded.kind: _loaded,
    LineCleared.kind: _ended,
    CleanedOut.kind: _ended,
}
REVERSALS: Final[dict[str, Callable[[Connection, Posting, int, Any], None]]] = {
    LineLoaded.kind: _not_loaded,
    LineCleared.kind: _not_ended,
    CleanedOut.kind: _not_ended,
}
