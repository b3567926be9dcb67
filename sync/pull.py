"""Read what changed in the plant's reference data since the last time, page by page."""

from __future__ import annotations

from sync.http import Connection
from sync.ports import FeedPosition, ReferenceStore
from sync.protocol import CHANGES, LARGEST_PAGE, Changes
from sync.push import Tally


def pull(connection: Connection, store: ReferenceStore, epoch: str, tally: Tally) -> None:
    """Store every change since the cursor; from the beginning when the server's feed is of another epoch."""
    position, more = store.cursor(), True
    if position.epoch != epoch:
        position = FeedPosition(None, 0)
    while more:
        page = connection.get(CHANGES, Changes, since=position.cursor, limit=LARGEST_PAGE)
        reached = FeedPosition(page.epoch, page.cursor)
        if page.changes or reached != position:
            store.apply(page.changes, page.cursor, page.epoch)
        tally.pulled += len(page.changes)
        position, more = reached, page.more
