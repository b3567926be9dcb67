"""A station meets the server: it says hello, then sends its events."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Update, select, update

from server.enrolment import Caller, journal_of
from server.intake import PostingFailed, Sender, take
from server.numbers import lease
from server.requests import Refused
from server.store.books import Books
from server.store.database import Database
from server.store.schema import epoch
from server.store.tables import journals, stations
from sync import protocol as wire

_log: Final = logging.getLogger("lotline.server")


def greet(database: Database, caller: Caller, said: wire.Hello, now: datetime) -> wire.Welcome:
    """Note what the station runs and how far it is; tell it how far it is known here."""
    with database.writing() as connection:
        sender = _sender(connection, caller, said.station, said.journal)
        row = connection.execute(select(journals).where(journals.c.id == sender.journal_id)).one()
        longest = {"last_sequence": max(said.last_sequence, row.high_water)}
        connection.execute(update(journals).where(journals.c.id == row.id).values(longest))
        connection.execute(_met(sender, now, versions=json.dumps(said.versions, ensure_ascii=False)))
        now_epoch = epoch(connection)
        numbers = lease(connection, said)
    return wire.Welcome(epoch=now_epoch, high_water=row.high_water, server_time=now, cursor_epoch=now_epoch, numbers=numbers)


def receive(database: Database, caller: Caller, said: wire.Events, now: datetime) -> wire.Answers:
    """Take a batch whole: when this returns, all that was answered is on disk.

    An event over which the server itself fails is logged and parked, so that it holds up nothing; the answers end with it.
    """
    try:
        return _received(database, caller, said, now)
    except PostingFailed as error:
        _log.error("event %s could not be counted", error.event_id, exc_info=error)
        so_far = [each.get("id") for each in said.events].index(error.event_id) + 1
        return _received(database, caller, said.model_copy(update={"events": said.events[:so_far]}), now, failed=error.event_id)


def _received(database: Database, caller: Caller, said: wire.Events, now: datetime, failed: str | None = None) -> wire.Answers:
    with database.writing() as connection:
        sender = _sender(connection, caller, said.station, said.journal)
        taking = take(Books(connection), sender, said.events, now, failed)
        connection.execute(_met(sender, now))
        now_epoch = epoch(connection)
    return wire.Answers(epoch=now_epoch, high_water=taking.high_water, answers=taking.answers, words=taking.words)


def _sender(connection: Connection, caller: Caller, station: str, journal: str) -> Sender:
    if caller.station_id is None or caller.name != station:
        raise Refused(403, "another_station", f"this token is one of {caller.name!r}, and the call says that it comes from {station!r}")
    row = journal_of(connection, caller, journal)
    if row is None:
        raise Refused(403, "another_journal", f"journal {journal} is another station's: {station!r} must begin one of its own")
    return Sender(station, caller.station_id, journal, row)


def _met(sender: Sender, now: datetime, **more: str) -> Update:
    return update(stations).where(stations.c.id == sender.station_id).values(last_sync_at=now, **more)
