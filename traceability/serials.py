"""Pieces with a serial of their own: each is here, in a carton, used up or gone, and only once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from traceability.lots import LotKey


class SerialState(StrEnum):
    """Where a piece is."""

    HERE = "here"
    PACKED = "packed"
    USED = "used"  # went into a work order
    GONE = "gone"  # shipped, sent back, scrapped, sampled


class Pieces(StrEnum):
    """What a work wants of pieces with a serial of their own."""

    LOTS = "lots"  # nothing: it is about the lot
    NAMED = "named"  # each is scanned, once
    HERE = "here"  # each is scanned, and must be here
    MOVED = "moved"  # the same, as often as it is moved
    AWAY = "away"  # each is scanned, and must have left: it comes back


@dataclass(frozen=True, slots=True)
class KnownSerial:
    """A piece as the station knows it: its lot, where it is, and since when."""

    serial: str
    lot: LotKey
    state: SerialState
    since: datetime
    place: str = ""  # where it was seen last; empty: the event did not say


#: What each kind of event makes of the pieces that it names.
STATES: Final[dict[str, SerialState]] = {
    "receipt": SerialState.HERE,
    "move": SerialState.HERE,
    "pick": SerialState.HERE,
    "customer_return": SerialState.HERE,
    "packing": SerialState.PACKED,
    "consumption": SerialState.USED,
    "sample": SerialState.GONE,
    "scrap": SerialState.GONE,
    "vendor_return": SerialState.GONE,
}
