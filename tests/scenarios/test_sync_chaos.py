"""Over a bad network, with the server restarted and put back from a backup, no event is lost and none counts twice."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from server.app import create_app
from server.backup import back_up
from server.enrolment import enrol
from server.listening import Listening
from server.store.database import FILE_NAME, Database, open_database
from server.store.schema import ready
from sync.client import SyncReport, SyncSession
from sync.http import Address, Connection
from sync.loop import SyncLoop
from sync.retry import Backoff
from tests.simulators.chaos_proxy import ChaosProxy
from tests.simulators.journals import START, StationJournal, first_break, receipt

EVENTS_A_STATION = 250


class Plant:
    """A server that can be stopped, started again, and put back from a backup; its address stays the proxy's."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.backup = directory.parent / "backup.db"
        self.database: Database
        self.listening: Listening
        self._open()
        self.proxy = ChaosProxy(self.listening.url, seed=7)

    def _open(self) -> None:
        self.database = ready(open_database(str(self.directory)), START)
        self.listening = Listening(create_app(self.database, lambda: START))
        self.listening.start()

    def stop(self) -> None:
        self.listening.stop()
        self.database.close()

    def start(self) -> None:
        self._open()
        self.proxy.target = self.listening.url

    def put_back(self) -> None:
        self.stop()
        for file in self.directory.iterdir():
            file.unlink()
        shutil.copy(self.backup, self.directory / FILE_NAME)
        self.start()


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Plant]:
    running = Plant(tmp_path / "server")
    yield running
    running.stop()
    running.proxy.close()


class Station:
    """A journal that grows while the sync loop of the product sends it."""

    def __init__(self, plant: Plant, name: str, seed: int) -> None:
        with plant.database.writing() as connection:
            token = enrol(connection, name, START)
        self.journal = StationJournal(name, seed, at_once=20)
        self.grown = threading.Event()
        self.sent = threading.Event()
        self.reports: list[SyncReport] = []
        session = SyncSession(name, Connection(Address(plant.proxy.url, token)), self.journal, self.journal)
        shuffled = random.Random(seed).random
        self.loop = SyncLoop(session, Backoff(shuffled, first=0.002, cap=0.02), lambda: START, self._heard, seconds=0.002)

    def _heard(self, report: SyncReport) -> None:
        self.reports.append(report)
        if report.complete and not self.journal.unsent(1) and self.grown.is_set():
            self.sent.set()

    def grow(self, count: int) -> None:
        for number in range(count):
            self.journal.add("receipt", receipt(lot=f"L{number % 7}", order=None, line=None))

    def finish(self) -> None:
        self.sent.clear()
        self.grown.set()
        assert self.sent.wait(60), self.reports[-1]
        self.grown.clear()


def test_none_is_lost_and_none_counts_twice(plant: Plant) -> None:
    stations = [Station(plant, "S1", 1), Station(plant, "S2", 2)]
    third = EVENTS_A_STATION // 3
    for station in stations:
        station.grow(third)
        station.loop.start()
    for station in stations:
        station.finish()
    back_up(plant.database, plant.backup)
    for station in stations:
        station.grow(third)
    plant.stop()
    plant.start()
    for station in stations:
        station.finish()
    plant.put_back()
    assert _count(plant.database) < 4 * third  # the second third is gone there
    for station in stations:
        station.grow(EVENTS_A_STATION - 2 * third)
    for station in stations:
        station.finish()
        station.loop.stop()
    _compare(plant.database, [station.journal for station in stations])
    assert min(plant.proxy.met[fate] for fate in ("lose the answer", "cut the request", "answer 500")) > 5


def _count(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM envelopes")).scalar_one())


def _compare(database: Database, journals: list[StationJournal]) -> None:
    with database.reading() as connection:
        held = connection.execute(text("SELECT event_id, hash, answer FROM envelopes")).all()
        on_hand = connection.execute(text("SELECT quantity FROM stock")).scalars().all()
        forks = connection.execute(text("SELECT count(*) FROM envelopes WHERE fork")).scalar_one()
        strays = connection.execute(text("SELECT count(*) FROM strays")).scalar_one()
    recorded = {(each["id"], each["hash"]) for journal in journals for each in journal.envelopes}
    assert len(held) == len(recorded) == 2 * EVENTS_A_STATION
    assert {(row.event_id, row.hash) for row in held} == recorded
    assert {row.answer for row in held} == {"exception"}  # no plant data: each item is unknown, and taken all the same
    assert sum(map(Decimal, on_hand)) == 2 * EVENTS_A_STATION * 25
    assert (forks, strays) == (0, 0)
    assert [first_break(journal.envelopes) for journal in journals] == [None, None]
