"""Pieces with a serial of their own: each is here, in a carton, used up or gone, and only once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from traceability.events import Event, LotAdjusted, LotCounted, LotReceived
from traceability.lots import LotKey


class SerialState(StrEnum):
    """Where a piece is."""

    HERE = "here"
    PACKED = "packed"
    USED = "used"  # went into a work order
    GONE = "gone"  # shipped, sent back, scrapped, sampled, or not found in a count
    VOID = "void"  # its number was given to a piece that was never made


class Pieces(StrEnum):
    """What a work wants of pieces with a serial of their own."""

    LOTS = "lots"  # nothing: it is about the lot
    NAMED = "named"  # each is scanned, once
    NEW = "new"  # each gets a serial, or has one that nobody knows yet
    HERE = "here"  # each is scanned, and must be here
    MOVED = "moved"  # the same, as often as it is moved
    THERE = "there"  # each is scanned: whether it is there is what is said
    AWAY = "away"  # each is scanned, and must have left: it comes back


@dataclass(frozen=True, slots=True)
class KnownSerial:
    """A piece as the station knows it: its lot, where it is, and since when."""

    serial: str
    lot: LotKey
    state: SerialState
    since: datetime
    place: str = ""  # where it was seen last; empty: the event did not say
    went: str = ""  # the order, customer or carton that it went into; empty: it is here, or nobody said

    @property
    def stands(self) -> str | None:
        """Where it stands; None: it does not, or nobody knows where."""
        return self.place or None if self.state is SerialState.HERE else None


@dataclass(frozen=True, slots=True)
class PieceFact:
    """What one event says of one piece; `place`: where that was, `carton`: what it lies in."""

    serial: str
    state: SerialState
    place: str
    carton: str | None = None


#: What each kind of event makes of the pieces that it names.
_STATES: Final[dict[str, SerialState]] = {
    "move": SerialState.HERE,
    "pick": SerialState.HERE,
    "production": SerialState.HERE,
    "split": SerialState.HERE,
    "return_to_stock": SerialState.HERE,
    "customer_return": SerialState.HERE,
    "packing": SerialState.PACKED,
    "consumption": SerialState.USED,
    "sample": SerialState.GONE,
    "scrap": SerialState.GONE,
    "vendor_return": SerialState.GONE,
}


def said_of_pieces(event: Event) -> tuple[PieceFact, ...]:
    """Return what an event that names a lot says of its pieces; most name none."""
    match event:
        case LotReceived(vendor_serial=serial, place=place):
            return (PieceFact(serial, SerialState.HERE, place),) if serial else ()
        case LotCounted(place=place, pieces=pieces):
            return tuple(PieceFact(each.serial, SerialState.HERE if each.found else SerialState.GONE, place) for each in pieces)
        case LotAdjusted(place=place, serials=named, base_quantity=amount):
            state = SerialState.HERE if amount else SerialState.GONE
            return tuple(PieceFact(each, state, place) for each in named)
        case _:
            serials: tuple[str, ...] = getattr(event, "serials", ()) if event.kind in _STATES else ()
            where = str(getattr(event, "to_place", None) or getattr(event, "place", ""))
            carton = getattr(event, "sscc", None)
            return tuple(PieceFact(each, _STATES[event.kind], where, carton) for each in dict.fromkeys(serials))
