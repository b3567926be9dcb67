"""A station's wire to the server without a network in between: now and then it is cut, or the feed breaks off half-way."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from kiosk.store.opening import StationStore
from server import feed
from server.enrolment import Caller, caller_of, enrol
from server.meeting import greet, receive
from server.store.database import Database
from sync.client import SyncReport, SyncSession
from sync.http import Unreachable
from sync.protocol import EVENTS, HELLO


@dataclass
class Wire:
    """The server without a network in between; now and then it can't be reached, or its answer gets lost."""

    database: Database
    caller: Caller
    clock: Callable[[], Any]
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    cut: float = 0.2
    pages_left: int | None = None  # of the feed, until it breaks off; None: it never does

    def post(self, path: str, message: Any, _reply: type[BaseModel]) -> Any:
        answer = {HELLO: greet, EVENTS: receive}[path]
        return self._over_the_network(lambda: answer(self.database, self.caller, message, self.clock()))

    def get(self, _path: str, _reply: type[BaseModel], **asked: Any) -> Any:
        return self._over_the_network(lambda: self._changes(asked["since"]))

    def _changes(self, since: int) -> Any:
        if self.pages_left == 0:
            raise Unreachable("the feed broke off")
        if self.pages_left is not None:
            self.pages_left -= 1
        with self.database.reading() as connection:
            return feed.changes_since(connection, since, self.chance.choice((3, 20, 1000)))

    def _over_the_network(self, answer: Callable[[], Any]) -> Any:
        if self.chance.random() < self.cut / 2:
            raise Unreachable("cut before")
        answered = answer()
        if self.chance.random() < self.cut / 2:
            raise Unreachable("cut after")
        return answered


def enrolled(server: Database, store: StationStore, station: str, clock: Callable[[], Any]) -> SyncSession:
    """A station's session with the server, over a wire that is never cut by itself."""
    with server.writing() as connection:
        caller = caller_of(connection, enrol(connection, station, clock()))
    assert caller is not None
    wire = Wire(server, caller, clock, cut=0)
    return SyncSession(station, wire, store.outbox, store.reference, numbers=store.numbers)


def meet(session: SyncSession, store: StationStore, clock: Callable[[], Any]) -> SyncReport:
    """One meeting, noted as the kiosk notes it."""
    report = session.sync_once(clock)
    store.reference.note_meeting(clock(), online=report.online, complete=report.complete)
    return report
