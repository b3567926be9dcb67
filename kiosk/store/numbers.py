"""Numbers that the station may give to its own lots and cartons, in blocks, so that no two stations give the same one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store.database import Database
from kiosk.store.kept import Kept
from kiosk.store.schema import NUMBER_BLOCKS, NUMBER_USE
from traceability.number_blocks import LAST_NUMBER, Numbered

# Built once: making a statement costs SQLAlchemy five times what running it does.
_OF_KIND: Final = NUMBER_BLOCKS.c.kind == bindparam("of_kind")
_OPEN: Final = select(NUMBER_BLOCKS).where(_OF_KIND, NUMBER_BLOCKS.c.next <= NUMBER_BLOCKS.c.last).order_by(NUMBER_BLOCKS.c.first).limit(1)
_USE: Final = update(NUMBER_BLOCKS).where(_OF_KIND, NUMBER_BLOCKS.c.first == bindparam("from_first"))
_LEFT: Final = select(func.coalesce(func.sum(NUMBER_BLOCKS.c.last - NUMBER_BLOCKS.c.next + 1), 0)).where(_OF_KIND)
_HIGHEST: Final = select(func.coalesce(func.max(NUMBER_BLOCKS.c.last), 0)).where(_OF_KIND)

#: A day's numbers where none were used in the week before.
A_DAYS_NUMBERS: Final = 50
_A_WEEK: Final = timedelta(days=7)
_OPEN_BLOCKS: Final = (
    select(NUMBER_BLOCKS).where(NUMBER_BLOCKS.c.next <= NUMBER_BLOCKS.c.last).order_by(NUMBER_BLOCKS.c.kind, NUMBER_BLOCKS.c.first)
)
_BUSIEST_DAYS: Final = (
    select(NUMBER_USE.c.kind, func.max(NUMBER_USE.c.used).label("used"))
    .where(NUMBER_USE.c.day >= bindparam("since"))
    .group_by(NUMBER_USE.c.kind)
)

_DAY: Final = upsert(NUMBER_USE)
_COUNT_DAY: Final = _DAY.on_conflict_do_update(index_elements=["kind", "day"], set_={"used": NUMBER_USE.c.used + _DAY.excluded.used})


class StationNumbers:
    """The station's blocks of numbers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim_all(self) -> None:
        """Take every number, where there is no server that could give blocks to several stations. Twice changes nothing."""
        with self._database.writing() as connection:
            for kind, last in LAST_NUMBER.items():
                if connection.execute(_HIGHEST, {"of_kind": kind}).scalar_one() == 0:
                    _add(connection, kind, 1, last)

    def give_back(self) -> None:
        """Leave to the server what was claimed while there was none: from now on it gives blocks to several stations."""
        with self._database.writing() as connection:
            for kind, last in LAST_NUMBER.items():
                claimed = (NUMBER_BLOCKS.c.kind == kind) & (NUMBER_BLOCKS.c.first == 1) & (NUMBER_BLOCKS.c.last == last)
                connection.execute(delete(NUMBER_BLOCKS).where(claimed, NUMBER_BLOCKS.c.next == 1))
                connection.execute(update(NUMBER_BLOCKS).where(claimed).values(last=NUMBER_BLOCKS.c.next - 1))

    def add(self, kind: Numbered, first: int, last: int) -> None:
        """Keep a block that the server leased."""
        with self._database.writing() as connection:
            _add(connection, kind, first, last)

    def left(self, kind: Numbered) -> int:
        """Return how many numbers are left."""
        with self._database.reading() as connection:
            return int(connection.execute(_LEFT, {"of_kind": kind}).scalar_one())

    def highest(self, kind: Numbered) -> int:
        """Return the last number of all blocks that the station ever had (0: none)."""
        with self._database.reading() as connection:
            return int(connection.execute(_HIGHEST, {"of_kind": kind}).scalar_one())


def ending(counted: Kept, now: datetime, highest: Mapping[Numbered, int]) -> dict[Numbered, int]:
    """Return how many numbers are left, of each kind that ends within a day as busy as the busiest of a week.

    `highest`: the last number that can be used at all, for kinds where what they stand in has no more room.
    """
    left = dict.fromkeys(Numbered, 0)
    for block in open_blocks(counted):
        kind = Numbered(block.kind)
        left[kind] += max(min(block.last, highest.get(kind, block.last)) - block.next + 1, 0)
    busiest = _busiest_days(counted, (now - _A_WEEK).date().isoformat())
    return {kind: count for kind, count in left.items() if count <= busiest.get(kind, A_DAYS_NUMBERS)}


def open_blocks(counted: Kept) -> Sequence[Row[Any]]:
    """Return the blocks that hold a free number, of each kind the one that is used next first."""
    return counted.get("open blocks", lambda beside: beside.execute(_OPEN_BLOCKS).all())


def _busiest_days(counted: Kept, since: str) -> Mapping[str, int]:
    def read(beside: Connection) -> Mapping[str, int]:
        return {row.kind: row.used for row in beside.execute(_BUSIEST_DAYS, {"since": since})}

    return counted.get(("busiest days", since), read)


def _add(connection: Connection, kind: Numbered, first: int, last: int) -> None:
    connection.execute(insert(NUMBER_BLOCKS).values(kind=kind, first=first, last=last, next=first))


def next_number(counted: Kept, kind: Numbered) -> int | None:
    """Return the next free number; None where all blocks are used up or none was ever given."""
    return next((int(block.next) for block in open_blocks(counted) if block.kind == kind), None)


def use_number(connection: Connection, kind: Numbered, day: str) -> bool:
    """Use up one number on a day (UTC) inside the caller's transaction; False where none is left."""
    block = connection.execute(_OPEN, {"of_kind": kind}).first()
    if block is None:
        return False
    connection.execute(_USE, {"of_kind": kind, "from_first": block.first, "next": block.next + 1})
    connection.execute(_COUNT_DAY, {"kind": kind, "day": day, "used": 1})
    return True
