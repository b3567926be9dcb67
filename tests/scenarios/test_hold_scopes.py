"""Two whole stations and a server: what the office holds by its paper or by time is held at the dock, also what comes in later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from server import feed
from server.store.books import Books
from server.store.database import Database, open_database
from server.store.schema import ready
from sync.client import SyncSession
from sync.protocol import RecordIn
from tests.kiosk.floor import NOON, ORDER, WORKER, Floor, bag, new_database, plant
from tests.kiosk.services.test_quality import FIRST, PEOPLE, REASONS, SECOND, stands
from tests.simulators.direct_wire import enrolled, meet
from traceability.lots import Disposition
from traceability.refusals import Reason, Verdict

DOCK, OFFICE = "DOCK-1", "OFFICE-1"
HOLD, FREE = Disposition.HOLD, Disposition.AVAILABLE
STATIONS = [{"station": DOCK, "place": "Dock 1"}, {"station": OFFICE, "place": "Office"}]
EVERYTHING = {"operators": PEOPLE, "reasons": REASONS, "stations": STATIONS}


@dataclass
class Place:
    """A station with its wire."""

    floor: Floor
    session: SyncSession

    def meet(self) -> None:
        assert meet(self.session, self.floor.wired.store, self.floor.clock.now).complete

    def stands(self, lot: str) -> Disposition:
        return stands(self.floor, lot)

    def receives(self, lot: str) -> None:
        self.floor.press("mode:receive")
        self.floor.scan(ORDER)
        self.floor.scan(bag(lot))
        self.floor.press("finish", "finish", "home")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "server").mkdir()
    database = ready(open_database(str(tmp_path / "server")), NOON)
    with database.writing() as connection:
        records = [RecordIn(kind=each.kind, key=each.key, body=each.body) for each in plant(**EVERYTHING).records()]
        feed.store(Books(connection), records)
    yield database
    database.close()


def place(name: str, folder: Path, server: Database) -> Place:
    floor = Floor(new_database(folder / name, **EVERYTHING), station=name, has_server=True)
    here = Place(floor, enrolled(server, floor.wired.store, name, floor.clock.now))
    here.meet()
    floor.scan(WORKER)
    return here


@pytest.fixture
def dock(tmp_path: Path, server: Database) -> Iterator[Place]:
    here = place(DOCK, tmp_path, server)
    yield here
    here.floor.check()
    here.floor.close()


@pytest.fixture
def office(tmp_path: Path, server: Database) -> Iterator[Place]:
    here = place(OFFICE, tmp_path, server)
    here.floor.press("mode:quality")
    yield here
    here.floor.check()
    here.floor.close()


def findings(server: Database) -> list[tuple[str, str]]:
    with server.reading() as connection:
        return [(row.code, row.words) for row in connection.exec_driver_sql("SELECT code, words FROM findings ORDER BY id")]


def held_at_the_office(office: Place) -> None:
    office.floor.scan(FIRST)
    office.floor.scan(ORDER)
    office.floor.press("choose:METAL", "choose:hold_all")
    assert office.floor.desk.said is not None
    assert office.floor.desk.said.verdict is Verdict.ACCEPTED


def test_a_delivery_that_only_the_dock_knows(dock: Place, office: Place, server: Database) -> None:
    dock.receives("LOT-1")  # the dock is offline: the office has never heard of it
    held_at_the_office(office)
    office.meet()
    assert dock.stands("LOT-1") is FREE
    dock.meet()
    assert dock.stands("LOT-1") is HOLD
    assert [code for code, _ in findings(server)] == ["LOT_ON_HOLD"]

    # A late receipt of the same delivery: the server says so, and both stations stop it.
    dock.receives("LOT-2")
    assert dock.stands("LOT-2") is FREE
    dock.meet()
    office.meet()
    assert (dock.stands("LOT-2"), office.stands("LOT-2")) == (HOLD, HOLD)
    assert findings(server)[-1][1] == f"lot 'LOT-2' of STARCH belongs to order '{ORDER}', which is on hold: it is held too"

    # The dock's own people can't lift it; another person of quality can, there, and offline.
    dock.floor.press("home", "mode:quality")
    for badge, reason in ((WORKER, Reason.NOT_ALLOWED), (FIRST, Reason.SAME_PERSON)):
        dock.floor.scan(badge)
        dock.floor.scan(ORDER)
        dock.floor.press("choose:release")
        assert dock.floor.desk.said is not None
        assert dock.floor.desk.said.reason is reason
    dock.floor.scan(SECOND)
    dock.floor.scan(ORDER)
    dock.floor.press("choose:release")
    assert (dock.stands("LOT-1"), dock.stands("LOT-2")) == (FREE, FREE)
    assert office.stands("LOT-2") is HOLD
    dock.meet()
    office.meet()
    assert (office.stands("LOT-1"), office.stands("LOT-2")) == (FREE, FREE)
    assert office.floor.wired.store.book.hold_scopes() == dock.floor.wired.store.book.hold_scopes() == ()
    dock.receives("LOT-3")
    dock.meet()
    assert dock.stands("LOT-3") is FREE  # nothing holds the order any more


def test_a_time_reaches_what_the_dock_took_in_then(dock: Place, office: Place) -> None:
    dock.receives("LOT-1")
    office.floor.clock.advance(60)
    office.floor.press("several", "choose:hour", "choose:METAL", "choose:hold_all")
    office.floor.clock.advance(7200)
    dock.floor.clock.advance(7200)
    dock.receives("LOT-2")
    for here in (office, dock):
        here.meet()
    assert (dock.stands("LOT-1"), dock.stands("LOT-2")) == (HOLD, FREE)
    dock.floor.press("mode:quality")
    dock.floor.scan(SECOND)
    dock.floor.press("several", "choose:held_together")
    (scope,) = dock.floor.wired.store.book.hold_scopes()
    dock.floor.press(f"choose:{scope.id}", "choose:release")
    dock.meet()
    assert dock.stands("LOT-1") is FREE


def test_a_hold_that_was_a_mistake_is_gone_everywhere(dock: Place, office: Place) -> None:
    dock.receives("LOT-1")
    dock.meet()
    office.meet()
    held_at_the_office(office)
    office.meet()
    dock.meet()
    assert dock.stands("LOT-1") is HOLD
    office.floor.press("undo")
    office.meet()
    dock.meet()
    assert dock.stands("LOT-1") is office.stands("LOT-1") is FREE
    assert dock.floor.wired.store.book.hold_scopes() == ()


def test_a_release_that_was_a_mistake_holds_it_again_everywhere(dock: Place, office: Place) -> None:
    dock.receives("LOT-1")
    dock.meet()
    held_at_the_office(office)
    office.meet()
    dock.meet()
    office.floor.scan(SECOND)
    office.floor.scan(ORDER)
    office.floor.press("choose:release")
    office.meet()
    dock.meet()
    assert dock.stands("LOT-1") is FREE
    office.floor.press("undo")
    office.meet()
    dock.meet()
    assert dock.stands("LOT-1") is office.stands("LOT-1") is HOLD
    assert len(dock.floor.wired.store.book.hold_scopes()) == 1
