"""From a delivery to a customer: received, made into something else, packed, held at the gate, shipped, found by the server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kiosk.services.ports import Work
from server import feed
from server.enrolment import Caller, caller_of, enrol
from server.meeting import receive
from server.reports.trace import Direction, Question, Unanswerable, answered
from server.store.books import Books
from server.store.database import Database, open_database
from server.store.schema import ready
from sync.protocol import PROTOCOL, Answers, Events, RecordIn
from tests.kiosk.floor import NOON, STATION, Floor, bag, new_database, plant
from traceability.events import Event, EventCorrected, LotHeld, LotProduced
from traceability.events.made import LotInput
from traceability.genealogy import Grade
from traceability.lots import Disposition
from traceability.refusals import Reason, Verdict
from traceability.workflows.step import Ask, Record

SALES: dict[str, Any] = {
    "customers": [{"customer": "PHARM", "name": "Corner Pharmacy"}],
    "ship_orders": [{"order": "SO-1", "customer": "PHARM", "lines": [{"item": "TABLET", "quantity": "1000"}]}],
}


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(new_database(tmp_path / "station", **SALES))
    yield floor
    floor.check()
    floor.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Database, Caller]]:
    (tmp_path / "server").mkdir()
    database = ready(open_database(str(tmp_path / "server")), NOON)
    with database.writing() as connection:
        records = [RecordIn(kind=each.kind, key=each.key, body=each.body) for each in plant(**SALES).records()]
        feed.store(Books(connection), records)
        caller = caller_of(connection, enrol(connection, STATION, NOON))
        assert caller is not None
    yield database, caller
    database.close()


def happened(floor: Floor, event: Event) -> str:
    work = Work(floor.wired.station._stamp(floor.clock.now()), (Record(event),))
    return str(floor.wired.store.journal.commit(work)[0]["id"])


def made(grade: Grade) -> LotProduced:
    """1000 tablets out of a bag of LOT-1."""
    used = LotInput("STARCH", "LOT-1", "NWS", Decimal(25), "kg", grade, "Dock 1")
    counted = {"quantity": Decimal(1000), "base_quantity": Decimal(1000), "conversion": Decimal(1)}
    amount: dict[str, Any] = {"unit": "ea", "base_unit": "ea", **counted}
    return LotProduced(
        item="TABLET",
        lot="T-1",
        assigned_by="EXAMPLE TABLETS",
        order="WO-1",
        transformation="made",
        **amount,
        expires_on=date(2029, 1, 31),
        disposition=Disposition.AVAILABLE,
        inputs=(used,),
        containers=(),
        place="Dock 1",
        description="Tablets 500 mg",
    )


def packed_on_a_pallet(floor: Floor) -> tuple[str, str]:
    floor.press("mode:pack")
    floor.scan("SO-1")
    floor.press("new_carton")
    assert floor.scan("T-1").said.reason is Reason.QUANTITY_MISSING
    floor.press("key:4", "key:0", "key:0", "set", "close", "new_pallet")
    carton, pallet = (str(each["data"]["sscc"]) for each in floor.events("carton_opened"))
    floor.scan(f"]C100{carton}")
    floor.press("close")
    return carton, pallet


def sent(floor: Floor, server: tuple[Database, Caller]) -> Answers:
    outbox = floor.wired.store.outbox
    said = Events(protocol=PROTOCOL, station=STATION, journal=outbox.journal(), events=list(outbox.unsent(500)))
    return receive(server[0], server[1], said, floor.clock.now())


@pytest.mark.parametrize("grade", [Grade.SCANNED, Grade.POSSIBLE])
def test_what_was_made_from_a_held_lot_is_stopped_offline_and_the_trace_names_who_got_it(
    floor: Floor, server: tuple[Database, Caller], grade: Grade
) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    happened(floor, made(grade))
    carton, pallet = packed_on_a_pallet(floor)
    hold = happened(floor, LotHeld("STARCH", "LOT-1", "NWS", "metal"))
    floor.press("mode:ship")
    floor.scan("SO-1")
    said = floor.scan(f"]C100{pallet}").said
    assert (said.verdict, said.reason, said.ask) == (Verdict.STOP, Reason.ANCESTOR_ON_HOLD, Ask.ACKNOWLEDGE)
    assert (said.about["lot"], said.about["ancestor"], said.about["sscc"]) == ("T-1", "LOT-1", carton)
    floor.restart()
    assert floor.wired.station.seat.latched is not None
    floor.press("acknowledge")
    happened(floor, EventCorrected(hold, LotHeld.kind, "wrong lot"))
    assert floor.scan(f"]C100{pallet}").said.verdict is Verdict.ACCEPTED

    answers = sent(floor, server)
    assert {each.code for answer in answers.answers for each in answer.exceptions} == set()
    with server[0].reading() as connection:
        trace = answered(connection, Question("STARCH", "LOT-1", "NWS", Direction.FORWARD), floor.clock.now())
    assert not isinstance(trace, Unanswerable)
    (gone,) = trace.shipped
    assert (gone.customer, gone.order, gone.item, gone.lot, gone.quantity, gone.sscc) == ("PHARM", "SO-1", "TABLET", "T-1", "400", carton)
    assert gone.sure is (grade is Grade.SCANNED)


def test_a_hold_that_comes_late_finds_what_left(floor: Floor, server: tuple[Database, Caller]) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    happened(floor, made(Grade.SCANNED))
    _, pallet = packed_on_a_pallet(floor)
    with server[0].writing() as connection:  # quality held it at the server while the station was offline
        body = {"item": "STARCH", "lot": "LOT-1", "assigned_by": "NWS", "disposition": "hold"}
        feed.store(Books(connection), [RecordIn(kind="lot", key='["STARCH","LOT-1","NWS"]', body=body)])
    floor.press("mode:ship")
    floor.scan("SO-1")
    assert floor.scan(f"]C100{pallet}").said.verdict is Verdict.ACCEPTED
    answers = sent(floor, server)
    kinds = [event["kind"] for event in floor.events()]
    found = {kinds[answer.sequence - 1]: [each.code for each in answer.exceptions] for answer in answers.answers}
    assert "ANCESTOR_ON_HOLD" in found["shipment"]
