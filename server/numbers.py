"""Blocks of own lot numbers, each leased to one station, so that no two stations that are offline make the same number."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, insert, select, update

from server.store.schema import epoch
from server.store.tables import meta
from sync import protocol as wire

BLOCK: Final = 1000
#: A station with fewer left gets the next block.
ENOUGH: Final = 500
#: A database that was put back from a copy may have forgotten leases: it goes on well past them.
SKIPPED_AFTER_RESTORE: Final = 100_000
_NEXT: Final = "next_lot_number"
_EPOCH: Final = "lot_numbers_epoch"


def lease(connection: Connection, said: wire.Hello) -> wire.NumberBlock | None:
    """Return a block for a station that has few numbers left, or None. A block whose answer gets lost is never given again."""
    if said.numbers_left is None or said.numbers_left >= ENOUGH:
        return None
    first = max(_next(connection), said.highest_number + 1)
    _keep(connection, _NEXT, str(first + BLOCK))
    return wire.NumberBlock(first=first, last=first + BLOCK - 1)


def _next(connection: Connection) -> int:
    stored, now_epoch = _kept(connection, _NEXT), epoch(connection)
    before = _kept(connection, _EPOCH)
    _keep(connection, _EPOCH, now_epoch)
    restored = before is not None and before != now_epoch
    return int(stored or 1) + (SKIPPED_AFTER_RESTORE if restored else 0)


def _kept(connection: Connection, name: str) -> str | None:
    return connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()


def _keep(connection: Connection, name: str, value: str) -> None:
    if connection.execute(update(meta).where(meta.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(insert(meta).values(name=name, value=value))
