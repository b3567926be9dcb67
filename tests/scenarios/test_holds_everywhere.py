"""Two stations and a server: what one holds, the other stops, also what was made from it; a release takes it back everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kiosk.store.opening import StationStore, import_plant, open_station
from server import feed
from server.enrolment import Caller, caller_of, enrol
from server.meeting import receive
from server.store.books import Books
from server.store.database import Database, open_database
from server.store.schema import ready
from sync.protocol import PROTOCOL, Events
from tests.kiosk.store.station_kit import NOW, plant, receipt, record, undo
from tests.kiosk.store.test_taints import flagged, held, key, made, released
from traceability.lots import Disposition


@dataclass
class Town:
    """A server and its stations, each on a real database."""

    folder: Path
    server: Database
    stations: dict[str, StationStore] = field(default_factory=dict)
    callers: dict[str, Caller] = field(default_factory=dict)

    def station(self, name: str) -> StationStore:
        import_plant(self.folder / name, plant())
        self.stations[name] = open_station(self.folder / name, name)
        with self.server.writing() as connection:
            caller = caller_of(connection, enrol(connection, name, NOW))
        assert caller is not None
        self.callers[name] = caller
        return self.stations[name]

    def meet(self, *names: str) -> None:
        """Each station sends what it has and reads what is new."""
        for name in names:
            store = self.stations[name]
            waiting: list[Any] = list(store.outbox.unsent(500))
            said = Events(protocol=PROTOCOL, station=name, journal=store.journal.id, events=waiting)
            store.outbox.record_answers(receive(self.server, self.callers[name], said, NOW).answers, NOW)
            with self.server.reading() as connection:
                news = feed.changes_since(connection, store.reference.cursor().cursor, 1000)
            store.reference.apply(news.changes, news.cursor, news.epoch)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    (tmp_path / "server").mkdir()
    server = ready(open_database(str(tmp_path / "server")), NOW)
    with server.writing() as connection:
        feed.store(Books(connection), [])
    town = Town(tmp_path, server)
    yield town
    for store in town.stations.values():
        store.close()
    server.close()


def stands(store: StationStore, name: str) -> Disposition | None:
    lot = store.book.lot(key(name))
    return None if lot is None else lot.disposition


def test_a_hold_made_offline_reaches_the_other_station_and_its_release_comes_back(town: Town) -> None:
    dock, line = town.station("DOCK-1"), town.station("LINE-1")
    record(dock, receipt("A"))
    town.meet("DOCK-1", "LINE-1")
    record(line, made("B", "A"), made("C", "B"))
    record(dock, held("A"))
    assert (flagged(dock), flagged(line)) == ({}, {})  # the dock does not know yet what was made of it
    town.meet("DOCK-1", "LINE-1")
    assert flagged(line) == {"B": "A", "C": "A"}  # by its own edges, before the server had them
    town.meet("DOCK-1", "LINE-1")
    assert flagged(dock) == flagged(line) == {"B": "A", "C": "A"}

    record(line, released(line, "A"))
    assert (flagged(line), stands(line, "A")) == ({}, Disposition.AVAILABLE)
    town.meet("LINE-1", "DOCK-1")
    assert (flagged(dock), stands(dock, "A")) == ({}, Disposition.AVAILABLE)
    town.meet("LINE-1")
    assert (flagged(line), stands(line, "A")) == ({}, Disposition.AVAILABLE)


def test_each_station_keeps_its_own_hold_until_it_is_lifted_itself(town: Town) -> None:
    dock, line = town.station("DOCK-1"), town.station("LINE-1")
    record(dock, receipt("A"))
    town.meet("DOCK-1", "LINE-1")
    record(dock, held("A"))
    (mine,) = record(line, held("A"))
    town.meet("DOCK-1", "LINE-1")
    assert len(line.book.holds_on(key("A"))) == 2
    undo(line, mine)
    town.meet("LINE-1", "DOCK-1", "LINE-1")
    assert [each.why for each in dock.book.holds_on(key("A"))] == ["metal"]
    assert stands(line, "A") is stands(dock, "A") is Disposition.HOLD
    record(line, released(line, "A"))
    town.meet("LINE-1", "DOCK-1")
    assert stands(line, "A") is stands(dock, "A") is Disposition.AVAILABLE
