"""Which station and which journal a database belongs to."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, insert, select, update

from kiosk.services.ports import StorageFailed
from kiosk.store.schema import JOURNALS, STATION
from traceability.chain import FIRST_PREVIOUS
from traceability.ids import ENTROPY_BYTES, uuid7

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are misread
_NAME_LENGTH: Final = 8
LAST_SERIAL: Final = 999_999  # AI 21 holds 20 characters: 8 + "-" + 4 + "-" + 6


def establish(connection: Connection, key_check: str) -> None:
    """Give a new database its journal and its tag. Runs inside the caller's transaction."""
    journal = uuid7(datetime.now(UTC), secrets.token_bytes(ENTROPY_BYTES))
    connection.execute(insert(JOURNALS).values(id=journal, head_hash=FIRST_PREVIOUS))
    connection.execute(insert(STATION).values(one=1, journal=journal, tag=new_tag(), next_serial=1, key_check=key_check))


def new_tag() -> str:
    """Return four random characters that set this database's serials apart from every other's."""
    return "".join(secrets.choice(_CROCKFORD) for _ in range(4))


def key_check_of(connection: Connection) -> str | None:
    """Return the check of the badge key; None in a database that is not established."""
    return connection.execute(select(STATION.c.key_check)).scalar()


def claim(connection: Connection, station: str) -> None:
    """Make the database `station`'s, or StorageFailed where it is another's."""
    owner = connection.execute(select(STATION.c.station)).scalar()
    if owner is None:
        connection.execute(update(STATION).values(station=station))
    elif owner != station:
        raise StorageFailed(f"this database belongs to station {owner!r}, not to {station!r}. Name that station, or another folder.")


def serial_prefix(station: str, tag: str) -> str:
    """Return what the station's label serials begin with: at most 14 characters of letters, digits and dashes (AI 21)."""
    cleaned = "".join(each for each in station.upper() if each.isascii() and each.isalnum())[:_NAME_LENGTH]
    return f"{cleaned or 'S'}-{tag}-"
