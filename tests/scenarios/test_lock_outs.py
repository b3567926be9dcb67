"""Five wrong PINs at one station lock that person out at the other, once both have met the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server import feed
from server.store.books import Books
from server.store.database import Database, open_database
from server.store.schema import ready
from sync.protocol import RecordIn
from tests.kiosk.floor import NOON, PIN, STATION, Floor, new_database, plant
from tests.kiosk.services.test_overrides import asked, give
from tests.simulators.direct_wire import enrolled, meet
from traceability.operators import LOCKED_FOR, MOST_WRONG
from traceability.refusals import Reason
from traceability.workflows.step import Ask

OTHER = "LINE-1"
STATIONS = [{"station": STATION, "place": "Dock 1"}, {"station": OTHER, "place": "Dock 1"}]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "server").mkdir()
    database = ready(open_database(str(tmp_path / "server")), NOON)
    with database.writing() as connection:
        records = [RecordIn(kind=each.kind, key=each.key, body=each.body) for each in plant(stations=STATIONS).records()]
        feed.store(Books(connection), records)
    yield database
    database.close()


def test_a_lock_reaches_the_other_station_and_ends_there_too(tmp_path: Path, server: Database) -> None:
    floors = [Floor(new_database(tmp_path / name, stations=STATIONS), station=name, has_server=True) for name in (STATION, OTHER)]
    sessions = [enrolled(server, floor.wired.store, floor.station, floor.clock.now) for floor in floors]

    def all_meet() -> None:
        for floor, session in zip(floors, sessions, strict=True):
            assert meet(session, floor.wired.store, floor.clock.now).complete

    all_meet()
    first, second = map(asked, floors)
    for _ in range(MOST_WRONG):
        said = give(first, "97531864").said
    assert said.reason is Reason.LOCKED_OUT
    assert give(second, PIN).said.ask is Ask.CHOOSE_REASON  # it has not heard of it
    second.press("cancel", "cancel")
    all_meet()
    assert give(asked(second), PIN).said.reason is Reason.LOCKED_OUT
    second.restart()
    second.press("cancel", "cancel")
    second.clock.advance(LOCKED_FOR.total_seconds())
    assert give(asked(second), PIN).said.ask is Ask.CHOOSE_REASON
    for floor in floors:
        floor.check()
        floor.close()
