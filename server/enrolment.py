"""Who may talk to the server: enrolled stations, administrators and readers, each by a token that is shown once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, insert, select, update

from server.store.tables import journals, stations, tokens

_RANDOM_BYTES: Final = 32


class Role(StrEnum):
    """What a token opens."""

    STATION = "station"  # send events, read reference data
    ADMIN = "admin"  # store reference data, and all that a reader may
    READER = "reader"  # ask for reports


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever a token belongs to; `station_id` only for a station."""

    name: str
    role: Role
    station_id: int | None


def enrol(connection: Connection, station: str, now: datetime) -> str:
    """Return a new token of a station; its earlier ones stop to open. What it sent before, and its journal, stay."""
    number = connection.execute(select(stations.c.id).where(stations.c.name == station)).scalar()
    if number is None:
        number = connection.execute(insert(stations).values(name=station, enrolled_at=now).returning(stations.c.id)).scalar_one()
    revoke(connection, station, Role.STATION, now)
    return _issued(connection, station, Role.STATION, int(number), now)


def admit(connection: Connection, person: str, role: Role, now: datetime) -> str:
    """Return a new token for an administrator or a reader; earlier ones of that name and role stop to open."""
    revoke(connection, person, role, now)
    return _issued(connection, person, role, None, now)


def revoke(connection: Connection, name: str, role: Role, now: datetime) -> int:
    """Make every token of that name useless; return how many there were."""
    still_open = (tokens.c.name == name) & (tokens.c.role == role.value) & tokens.c.revoked_at.is_(None)
    return connection.execute(update(tokens).where(still_open).values(revoked_at=now)).rowcount


def caller_of(connection: Connection, token: str) -> Caller | None:
    """Return whose token this is, or None where it opens nothing."""
    asked = select(tokens).where((tokens.c.digest == _digest(token)) & tokens.c.revoked_at.is_(None))
    row = connection.execute(asked).first()
    return Caller(row.name, Role(row.role), row.station_id) if row else None


def journal_of(connection: Connection, caller: Caller, journal: str) -> int | None:
    """Return the row of a journal, made where it is new; None where it is another station's."""
    row = connection.execute(select(journals.c.id, journals.c.station_id).where(journals.c.uuid == journal)).first()
    if row is not None:
        return int(row.id) if row.station_id == caller.station_id else None
    values = {"uuid": journal, "station_id": caller.station_id, "high_water": 0, "last_sequence": 0}
    return int(connection.execute(insert(journals).values(values).returning(journals.c.id)).scalar_one())


def _issued(connection: Connection, name: str, role: Role, station_id: int | None, now: datetime) -> str:
    token = f"lotline-{role.value}-{secrets.token_urlsafe(_RANDOM_BYTES)}"
    values = {"name": name, "role": role.value, "station_id": station_id, "digest": _digest(token), "created_at": now}
    connection.execute(insert(tokens).values(values))
    return token


def _digest(token: str) -> str:
    # 256 random bits can't be guessed from their hash, so a slow password hash would only slow every call.
    return hashlib.sha256(token.encode()).hexdigest()
