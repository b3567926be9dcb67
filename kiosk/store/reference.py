"""Reference data from a plant file or the server's feed, stored in short transactions so that the worker never waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store import told_orders
from kiosk.store.database import Database
from kiosk.store.records import ReferenceRecord
from kiosk.store.reference_rows import store_chunk
from kiosk.store.schema import FEED
from kiosk.store.times import to_text
from sync.ports import FeedPosition
from sync.protocol import Change

# A commit of the worker waits for one chunk at most: a few milliseconds (benchmarks/station_store.py shows how many).
CHUNK: Final = 100
PAUSE_SECONDS: Final = 0.005
#: Where no worker waits: an import by hand.
LARGE_CHUNK: Final = 5000


#: What comes all the time is never kept in memory.
_NEVER_KEPT: Final = frozenset({"lot", *told_orders.KINDS})


@dataclass(frozen=True, slots=True)
class StationReference:
    """Where reference data lands."""

    database: Database
    badge_key: bytes
    pause: Callable[[float], None] = time.sleep
    chunk: int = CHUNK

    def cursor(self) -> FeedPosition:
        """Return how far the server's feed was read."""
        with self.database.reading() as connection:
            row = connection.execute(select(FEED.c.epoch, FEED.c.cursor)).first()
        return FeedPosition(row.epoch, row.cursor) if row else FeedPosition(None, 0)

    def apply(self, changes: Sequence[Change], cursor: int, epoch: str) -> None:
        """Store `changes`, then the new position. Broken off in between, the same changes come again and change nothing."""
        self.store(changes)
        with self.database.writing() as connection:
            set_feed(connection, epoch=epoch, cursor=cursor)

    def store(self, records: Iterable[ReferenceRecord]) -> None:
        """Store records chunk by chunk; the newest wins."""
        for number, chunk in enumerate(_chunks(records, self.chunk)):
            if number:
                self.pause(PAUSE_SECONDS)
            writing = self.database.writing if all(each.kind in _NEVER_KEPT for each in chunk) else self.database.told
            with writing() as connection:
                store_chunk(connection, chunk, self.badge_key)
            if any(each.kind in told_orders.KINDS for each in chunk):
                self.database.orders_told += 1

    def note_meeting(self, at: datetime, *, online: bool, complete: bool) -> None:
        """Keep how the last meeting with the server went: whether it answered, and whether all reference data was read."""
        values: dict[str, Any] = {"online": int(online)}
        if online:
            values["met_at"] = to_text(at)
        if complete:
            values["complete_at"] = to_text(at)
        with self.database.writing() as connection:
            set_feed(connection, **values)


def set_feed(connection: Connection, **values: Any) -> None:
    """Change the one row about the server's feed."""
    connection.execute(upsert(FEED).values(one=1, **values).on_conflict_do_update(index_elements=["one"], set_=values))


def _chunks(records: Iterable[ReferenceRecord], size: int) -> Iterator[list[ReferenceRecord]]:
    waiting = iter(records)
    while chunk := list(islice(waiting, size)):
        yield chunk
