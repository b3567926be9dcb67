"""Send reference data to the server, page by page. Sending it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Protocol

from sync.http import Connection
from sync.protocol import LARGEST_IMPORT, PROTOCOL, RECORDS, RecordIn, Records, Stored


class Record(Protocol):
    """One piece of reference data."""

    @property
    def kind(self) -> str:
        """What it is: item, vendor, …"""

    @property
    def key(self) -> str:
        """Which one."""

    @property
    def body(self) -> Mapping[str, Any]:
        """All that is known of it."""


def upload(connection: Connection, records: Iterable[Record]) -> tuple[int, int]:
    """Send all; return how many there were and how many were new or changed. Unreachable, TurnedAway."""
    count = changed = 0
    for page in _pages(records):
        stored = connection.post(RECORDS, Records(protocol=PROTOCOL, records=page), Stored)
        count, changed = count + len(page), changed + stored.changed
    return count, changed


def _pages(records: Iterable[Record]) -> Iterator[list[RecordIn]]:
    rest = iter(records)
    while page := [RecordIn(kind=each.kind, key=each.key, body=dict(each.body)) for each in islice(rest, LARGEST_IMPORT)]:
        yield page
