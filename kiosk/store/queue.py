"""The outbox as a supervisor sees it: how much waits, since when, and what the server would not take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, case, func, select, update

from kiosk.services.ports import Override, QueuedEvent, QueueFigures
from kiosk.store.database import Database
from kiosk.store.overrides import overrides
from kiosk.store.reading import envelope_of
from kiosk.store.schema import EVENT_COUNTS, EVENTS, FEED, OVERRIDES, STATION
from kiosk.store.times import from_text, maybe_from_text, to_text

_WORST_FIRST: Final = case({"parked": 0, "exception": 1, "waiting": 2}, value=EVENTS.c.state, else_=3)


# Built once: making a statement costs SQLAlchemy five times what running it does.
_COUNTS: Final = select(EVENT_COUNTS)
_MET: Final = (
    select(FEED.c.met_at).scalar_subquery().label("met_at"),
    select(func.max(EVENTS.c.answered_at)).scalar_subquery().label("answered_at"),
)
_LAST_SYNC: Final = select(*_MET)
_OLDEST: Final = select(EVENTS.c.occurred_at).where(EVENTS.c.state == "waiting").order_by(EVENTS.c.row).limit(1)
_UNSEEN: Final = OVERRIDES.c.reviewed_by.is_(None)
_OLDEST_OVERRIDE: Final = (
    select(EVENTS.c.occurred_at).join(OVERRIDES, OVERRIDES.c.event == EVENTS.c.row).where(_UNSEEN).order_by(OVERRIDES.c.event).limit(1)
)
_OLDEST_PARKED: Final = select(EVENTS.c.occurred_at).where(EVENTS.c.state == "parked").order_by(EVENTS.c.row).limit(1)
_FIGURES: Final = select(
    select(func.count()).select_from(EVENTS).where(EVENTS.c.answered_at >= bindparam("midnight")).scalar_subquery().label("sent_today"),
    _OLDEST.scalar_subquery().label("oldest_at"),
    select(func.count()).select_from(OVERRIDES).where(_UNSEEN).scalar_subquery().label("to_review"),
    _OLDEST_OVERRIDE.scalar_subquery().label("oldest_override_at"),
    _OLDEST_PARKED.scalar_subquery().label("parked_at"),
    *_MET,
)


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

    def counts(self) -> Mapping[str, int]:
        """Return how many events are in each state; as quick with a million of them as with one: every view asks it."""
        with self._database.reading() as connection:
            return {row.state: row.events for row in connection.execute(_COUNTS)}

    def figures(self, now: datetime) -> QueueFigures:
        """Return counts and ages; `sent_today` counts from midnight in the zone that `now` carries."""
        midnight = to_text(now.replace(hour=0, minute=0, second=0, microsecond=0))
        with self._database.reading() as connection:
            row = connection.execute(_FIGURES, {"midnight": midnight}).one()
        counts = self.counts()
        return QueueFigures(
            waiting=counts.get("waiting", 0),
            parked=counts.get("parked", 0),
            exceptions=counts.get("exception", 0),
            sent_today=row.sent_today,
            oldest_at=maybe_from_text(row.oldest_at),
            last_sync_at=_latest(row.met_at, row.answered_at),
            to_review=row.to_review,
            oldest_override_at=maybe_from_text(row.oldest_override_at),
            parked_at=maybe_from_text(row.parked_at),
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

    def overrides(self, limit: int) -> tuple[Override, ...]:
        """Return what second persons let through and nobody else has looked at, newest first."""
        return overrides(self._database, limit, unseen=True)

    def try_again(self, event_id: str) -> None:
        """Let a parked event be sent once more; one that is not parked (any more) stays as it is."""
        parked = (EVENTS.c.id == event_id) & (EVENTS.c.state == "parked")
        with self._database.writing() as connection:
            connection.execute(update(EVENTS).where(parked).values(state="waiting"))


def last_sync_at(connection: Connection) -> datetime | None:
    """Return when the server last answered, or None."""
    row = connection.execute(_LAST_SYNC).one()
    return _latest(row.met_at, row.answered_at)


def _latest(*moments: str | None) -> datetime | None:
    return maybe_from_text(max(filter(None, moments), default=None))


def _queued(row: Row[Any]) -> QueuedEvent:
    return QueuedEvent(row.id, row.sequence, row.kind, from_text(row.occurred_at), row.state, row.tries, row.words, envelope_of(row))
