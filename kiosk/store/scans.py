"""Raw scans on disk: kept as they came, named once by the event that they led to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from kiosk.services.ports import RawScan
from kiosk.store import badges
from kiosk.store.envelopes import StoredScan
from kiosk.store.listed import as_list, listed
from kiosk.store.schema import SCANS
from kiosk.store.times import from_text, to_text


class JournalMisused(RuntimeError):
    """A program error: a scan was named twice, or one that was never kept. The transaction is undone."""


# Built once: making a statement costs SQLAlchemy five times what running it does.
_COLUMNS: Final = select(SCANS.c.row, SCANS.c.id, SCANS.c.device, SCANS.c.data, SCANS.c.aim, SCANS.c.received_at, SCANS.c.secret)
_BY_ID: Final = _COLUMNS.where(SCANS.c.id.in_(listed("scans")))
_BY_EVENT: Final = _COLUMNS.where(SCANS.c.event == bindparam("named_by"))
_KEEP: Final = insert(SCANS)
_NAME: Final = update(SCANS).where(SCANS.c.id.in_(listed("scans")), SCANS.c.event.is_(None)).values(event=bindparam("named_by"))


def insert_scan(connection: Connection, scan: RawScan) -> None:
    """Keep one scan."""
    row = {"id": scan.id, "device": scan.device, "data": scan.data, "aim": scan.aim, "received_at": to_text(scan.received_at), "secret": 0}
    connection.execute(_KEEP, row)


def hide_badges(connection: Connection, operators: Mapping[str, str], key: bytes) -> None:
    """Overwrite badges (scan id to operator id) with their keyed hashes."""
    for scan_id, operator in operators.items():
        badge = connection.execute(select(SCANS.c.data).where(SCANS.c.id == scan_id, SCANS.c.secret == 0)).scalar()
        if badge is not None:
            hashed = badges.hash_of(badge, key)
            connection.execute(update(SCANS).where(SCANS.c.id == scan_id).values(data=hashed, secret=1, operator=operator or None))


def load_scans(connection: Connection, ids: Sequence[str]) -> dict[str, StoredScan]:
    """Return the scans by their ids. JournalMisused where one was never kept."""
    if not ids:
        return {}
    found = {row.id: _stored(row) for row in connection.execute(_BY_ID, {"scans": as_list(ids)})}
    for scan_id in ids:
        if scan_id not in found:
            raise JournalMisused(f"scan {scan_id} is to be named by an event but was never kept")
    return found


def scans_of(connection: Connection, event: int) -> tuple[StoredScan, ...]:
    """Return the scans that an event names."""
    return tuple(_stored(row) for row in connection.execute(_BY_EVENT, {"named_by": event}))


def _stored(row: Row[Any, Any, Any, Any, Any, Any, Any]) -> StoredScan:
    return StoredScan(row.row, row.id, row.device, row.data, row.aim, row.received_at, bool(row.secret))


def name_scans(connection: Connection, ids: Sequence[str], event: int) -> None:
    """Say which event names these scans. JournalMisused where another does already."""
    if ids and connection.execute(_NAME, {"scans": as_list(ids), "named_by": event}).rowcount != len(ids):
        raise JournalMisused(f"one of the scans {', '.join(ids)} is named by an event already")


def unnamed(connection: Connection) -> tuple[RawScan, ...]:
    """Return the scans that no event names yet, oldest first."""
    rows = connection.execute(_COLUMNS.where(SCANS.c.event.is_(None)).order_by(SCANS.c.row))
    return tuple(RawScan(row.id, row.device, row.data, row.aim, from_text(row.received_at)) for row in rows)
