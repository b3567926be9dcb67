"""A station whose first reading of the hold list broke off, or whose server never answered: it says so, and the policy decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server import feed
from server.store.books import Books
from server.store.database import Database, open_database
from server.store.schema import ready
from sync.protocol import RecordIn
from tests.kiosk.floor import NOON, STATION, WORK_ORDER, Floor, bag, new_database, plant
from tests.kiosk.services.test_shipping import SALES, packed, ships, view
from tests.simulators.direct_wire import Wire, enrolled, meet
from traceability.refusals import Reason, Verdict

Station = Callable[..., Floor]


@pytest.fixture
def station(tmp_path: Path) -> Any:
    opened: list[Floor] = []

    def made(*, has_server: bool = True, **changes: Any) -> Floor:
        opened.append(Floor(new_database(tmp_path / "station", **{**SALES, **changes}), has_server=has_server))
        opened[-1].wired.store.numbers.claim_all()  # no server leases any here
        return opened[-1]

    yield made
    for each in opened:
        each.check()
        each.close()


@pytest.fixture
def server(tmp_path: Path) -> Any:
    (tmp_path / "server").mkdir()
    database = ready(open_database(str(tmp_path / "server")), NOON)
    with database.writing() as connection:
        records = [RecordIn(kind=each.kind, key=each.key, body=each.body) for each in plant(**SALES).records()]
        feed.store(Books(connection), records)
    yield database
    database.close()


def carton_on(floor: Floor) -> str:
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    floor.press("mode:pack")
    return packed(floor)


def test_a_feed_that_broke_off_half_way_is_not_taken_for_the_whole_hold_list(station: Station, server: Database) -> None:
    floor = station()
    store, now = floor.wired.store, floor.clock.now
    session = enrolled(server, store, STATION, now)
    wire: Any = session.connection
    assert isinstance(wire, Wire)
    wire.chance.choice = lambda _sizes: 3
    wire.pages_left = 2
    assert not meet(session, store, now).complete
    assert store.reference.cursor().cursor > 0  # some of it is here
    carton = carton_on(floor)
    said = ships(floor, carton).said
    assert (said.verdict, said.reason, said.about["never_read"]) == (Verdict.CHECK, Reason.DATA_TOO_OLD, "yes")
    assert "data_age" not in said.about
    shown = view(floor)
    assert "Hold list never read" in shown.document.note
    assert shown.hero.reason == "I never read the whole hold list"
    floor.press("cancel")

    wire.pages_left = None
    assert meet(session, store, now).complete
    assert ships(floor, carton).said.verdict is Verdict.ACCEPTED
    assert "Hold list" in view(floor).document.note
    assert "never" not in view(floor).document.note


@pytest.mark.parametrize(("then", "first"), [("warn", "confirm"), ("block", "override"), ("off", "undo")])
def test_a_server_that_never_answered_is_older_than_any_age(station: Station, then: str, first: str) -> None:
    floor = station(policies={"data_too_old": {"hours": 8760, "then": "off", "actions": {"ship": then}}})
    floor.wired.store.reference.note_meeting(floor.clock.now(), online=False, complete=False)
    said = ships(floor, carton_on(floor)).said
    assert said.reason is (None if then == "off" else Reason.DATA_TOO_OLD)
    assert view(floor).actions[0].action == first
    assert "never read" in view(floor).document.note
    floor.press("confirm")
    accepted = [each["data"]["accepted_reasons"] for each in floor.events("shipment")]
    assert accepted == {"warn": [["DATA_TOO_OLD"]], "block": [], "off": [[]]}[then]


def test_nothing_is_loaded_onto_an_order_unasked(station: Station) -> None:
    floor = station(policies={"data_too_old": {"actions": {"consume": "block"}}})
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    floor.press("mode:consume")
    floor.scan(WORK_ORDER)
    said = floor.scan(bag("LOT-1")).said
    assert (said.verdict, said.reason) == (Verdict.CHECK, Reason.DATA_TOO_OLD)
    assert floor.events("consumption") == []
    floor.restart()  # it is known again without having met anybody
    floor.press("cancel")
    assert floor.scan(bag("LOT-1"), after=30).said.reason is Reason.DATA_TOO_OLD


def test_a_card_says_that_the_hold_list_was_never_whole(station: Station) -> None:
    floor = station()
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    floor.press("mode:lookup")
    assert floor.scan(bag("LOT-1")).said.about["never_read"] == "yes"


def test_a_station_that_has_no_server_works_on_without_being_asked(station: Station) -> None:
    floor = station(has_server=False, policies={"data_too_old": "block"})
    said = ships(floor, carton_on(floor)).said
    assert (said.verdict, "never_read" in said.about) == (Verdict.ACCEPTED, False)
    assert "Hold list" not in view(floor).document.note
