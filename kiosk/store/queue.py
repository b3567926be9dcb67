"""The outbox as a supervisor sees it: how much waits, since when, and what the server would not take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, case, func, select, update

from kiosk.services.ports import QueuedEvent, QueueFigures
from kiosk.store.database import Database
from kiosk.store.reading import envelope_of
from kiosk.store.schema import EVENTS, FEED, STATION
from kiosk.store.times import from_text, maybe_from_text, to_text

_WORST_FIRST: Final = case({"parked": 0, "exception": 1, "waiting": 2}, value=EVENTS.c.state, else_=3)


@dataclass(frozen=True, slots=True)
class QueueState:
    """The queue as others' scripts read it. `online`: the server answered when it was last asked."""

    station: str | None
    journal: str
    online: bool
    figures: QueueFigures


class StationQueue:
    """What waits at this station."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def figures(self, now: datetime) -> QueueFigures:
        """Return counts and ages; `sent_today` counts from midnight in the zone that `now` carries."""
        midnight = to_text(now.replace(hour=0, minute=0, second=0, microsecond=0))
        with self._database.reading() as connection:
            return QueueFigures(
                waiting=_count(connection, EVENTS.c.state == "waiting"),
                parked=_count(connection, EVENTS.c.state == "parked"),
                exceptions=_count(connection, EVENTS.c.state == "exception"),
                sent_today=_count(connection, EVENTS.c.answered_at >= midnight),
                oldest_at=_oldest(connection),
                last_sync_at=last_sync_at(connection),
            )

    def state(self, now: datetime) -> QueueState:
        """Return the figures with whose they are."""
        with self._database.reading() as connection:
            mine = connection.execute(select(STATION.c.station, STATION.c.journal)).one()
            online = bool(connection.execute(select(FEED.c.online)).scalar())
        return QueueState(mine.station, mine.journal, online, self.figures(now))

    def events(self, states: tuple[str, ...], limit: int) -> tuple[QueuedEvent, ...]:
        """Return events in these states, worst first, then oldest."""
        statement = select(EVENTS).where(EVENTS.c.state.in_(states)).order_by(_WORST_FIRST, EVENTS.c.row).limit(limit)
        with self._database.reading() as connection:
            return tuple(_queued(row) for row in connection.execute(statement))

    def try_again(self, event_id: str) -> None:
        """Let a parked event be sent once more; one that is not parked (any more) stays as it is."""
        parked = (EVENTS.c.id == event_id) & (EVENTS.c.state == "parked")
        with self._database.writing() as connection:
            connection.execute(update(EVENTS).where(parked).values(state="waiting"))


def last_sync_at(connection: Connection) -> datetime | None:
    """Return when the server last answered, or None."""
    met_at = connection.execute(select(FEED.c.met_at)).scalar()
    answered_at = connection.execute(select(func.max(EVENTS.c.answered_at))).scalar()
    return maybe_from_text(max(filter(None, (met_at, answered_at)), default=None))


def _count(connection: Connection, condition: Any) -> int:
    return int(connection.execute(select(func.count()).select_from(EVENTS).where(condition)).scalar_one())


def _oldest(connection: Connection) -> datetime | None:
    waiting = select(EVENTS.c.occurred_at).where(EVENTS.c.state == "waiting").order_by(EVENTS.c.row).limit(1)
    return maybe_from_text(connection.execute(waiting).scalar())


def _queued(row: Row[Any]) -> QueuedEvent:
    return QueuedEvent(row.id, row.sequence, row.kind, from_text(row.occurred_at), row.state, row.tries, row.words, envelope_of(row))
