"""Blocks of numbers for own lots and cartons, each leased to one station: no two that are offline make the same number."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, insert, select, update

from server.store.schema import epoch
from server.store.tables import meta
from sync import protocol as wire
from traceability.number_blocks import Numbered

BLOCK: Final = 1000
#: A station with fewer left gets the next block.
ENOUGH: Final = 500
#: A database that was put back from a copy may have forgotten leases: it goes on well past them.
SKIPPED_AFTER_RESTORE: Final = 100_000


def lease(connection: Connection, said: wire.Hello) -> tuple[wire.NumberBlock, ...]:
    """Return a block of each kind that the station has few left of. A block whose answer gets lost is never given again."""
    return tuple(_leased(connection, kind, each.highest) for kind, each in said.numbers.items() if each.left < ENOUGH)


def _leased(connection: Connection, kind: Numbered, highest: int) -> wire.NumberBlock:
    first = max(_next(connection, kind), highest + 1)
    _keep(connection, f"next_{kind}_number", str(first + BLOCK))
    return wire.NumberBlock(kind=kind, first=first, last=first + BLOCK - 1)


def _next(connection: Connection, kind: Numbered) -> int:
    stored, now_epoch = _kept(connection, f"next_{kind}_number"), epoch(connection)
    before = _kept(connection, f"{kind}_numbers_epoch")
    _keep(connection, f"{kind}_numbers_epoch", now_epoch)
    restored = before is not None and before != now_epoch
    return int(stored or 1) + (SKIPPED_AFTER_RESTORE if restored else 0)


def _kept(connection: Connection, name: str) -> str | None:
    return connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()


def _keep(connection: Connection, name: str, value: str) -> None:
    if connection.execute(update(meta).where(meta.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(insert(meta).values(name=name, value=value))
