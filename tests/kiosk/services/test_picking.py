"""Picking on the station's real database: the oldest free lots first, nothing promised twice, moved to staging, undone as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from config.plant import Record
from kiosk.store import shelves
from kiosk.store.rebuild import rebuild
from tests.kiosk.floor import PLANT, WORKER, Floor, new_database
from traceability.lots import LotKey
from traceability.picking import ship_pick
from traceability.refusals import Reason, Verdict
from traceability.units import plain
from traceability.workflows.inputs import PickQuestion
from traceability.workflows.picking import AwaitPickOrder, Picking
from traceability.workflows.step import Ask

STARCH = "]d20109520123000011"
CHANGES: dict[str, Any] = {
    "customers": [{"customer": "C1", "name": "Example Pharmacy", "min_remaining_days": 60}, {"customer": "C2", "name": "Other"}],
    "places": [
        {"place": "Dock 1"},
        {"place": "R1", "kind": "rack"},
        {"place": "R2"},
        {"place": "OUT", "kind": "staging"},
        {"place": "Q", "kind": "quarantine"},
    ],
    "ship_orders": [
        {"order": "SO-1", "customer": "C1", "lines": [{"item": "STARCH", "quantity": "40"}]},
        {"order": "SO-2", "customer": "C2", "lines": [{"item": "STARCH", "quantity": "100"}]},
        {"order": "SO-9", "customer": "C2", "closed": True, "lines": []},
    ],
    "lots": [
        {
            "item": "STARCH",
            "lot": lot,
            "assigned_by": "NWS",
            "expires_on": expires,
            "on_hand": [{"place": place, "quantity": quantity}],
            **more,
        }
        for lot, expires, place, quantity, more in (
            ("SOON", "2026-12-24", "R1", "10", {}),  # too short for C1
            ("OLD", "2027-06-30", "R1", "30", {}),
            ("NEW", "2028-06-30", "R2", "50", {}),
            ("HELD", "2027-01-31", "R1", "99", {"disposition": "hold"}),
            ("GONE", "2026-11-01", "R1", "99", {}),  # expired
            ("APART", "2027-02-28", "Q", "99", {}),
        )
    ],
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert "ship_orders" not in PLANT
    return new_database(tmp_path_factory.mktemp("pick") / "db", **CHANGES)


@pytest.fixture
def floor(database: Path, tmp_path: Path) -> Iterator[Floor]:
    station = Floor(Path(shutil.copytree(database, tmp_path / "station")))
    station.scan(WORKER)
    station.press("mode:pick")
    yield station
    station.check()
    station.close()


def work(floor: Floor) -> Picking:
    state = floor.wired.station.seat.work
    assert isinstance(state, Picking)
    return state


def proposed(floor: Floor) -> list[tuple[str, str, str]]:
    return [(each.lot, each.place, plain(each.base_quantity)) for each in work(floor).set_aside]


def on_hand(floor: Floor) -> dict[tuple[str, str], str]:
    with floor.wired.store.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT code, place, opening, moved FROM stock JOIN lots ON lots.id = stock.lot").all()
    sums = {(row[0], row[1]): Decimal(row[2]) + Decimal(row[3]) for row in rows}
    return {key: plain(amount) for key, amount in sums.items() if amount}


def test_each_item_is_proposed_however_many_lots_the_others_have(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("_MOST", "_MOST_OF_ITEM"):
        monkeypatch.setattr(shelves, limit, 1)
    body = {"item": "TABLET", "lot": "T1", "assigned_by": "V", "on_hand": [{"place": "R1", "quantity": "5"}]}
    floor.wired.store.reference.store([Record("lot", '["TABLET","T1","V"]', body)])
    with floor.wired.store.database.reading() as connection:
        found = shelves.shelves(connection, {"STARCH", "TABLET"}, "2026-11-21", ("ship_order", "SO-1"), ())
    assert [(each.lot.key.item, each.lot.key.code) for each in found] == [("STARCH", "SOON"), ("TABLET", "T1")]


def test_the_oldest_that_keep_long_enough_are_set_aside_and_fetched_to_staging(floor: Floor) -> None:
    assert floor.scan("SO-1").said.ask is Ask.SCAN_LABEL
    assert proposed(floor) == [("OLD", "R1", "30"), ("NEW", "R2", "10")]
    said = floor.scan(f"{STARCH}3103010000\x1d10OLD").said  # 10 kg of it
    assert (said.verdict, said.about["to_place"], said.about["to_go"]) == (Verdict.ACCEPTED, "OUT", "30")
    assert on_hand(floor)["OLD", "R1"] == "20"
    assert on_hand(floor)["OLD", "OUT"] == "10"
    (event,) = floor.events("pick")
    data = event["data"]
    assert (data["order_kind"], data["order"], data["line"], data["place"], data["to_place"]) == ("ship_order", "SO-1", "1", "R1", "OUT")
    assert (data["proposed"]["lot"], data["why"]) == ("OLD", None)
    assert proposed(floor) == [("OLD", "R1", "20"), ("NEW", "R2", "10")]


def test_what_is_set_aside_for_one_order_is_not_proposed_for_another_until_it_is_left(floor: Floor) -> None:
    floor.scan("SO-1")
    floor.press("home")
    with floor.wired.store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM allocations WHERE released = 0").scalar() == 2
    assert [each[0] for each in free(floor, "SO-2")] == ["SOON", "NEW"]
    assert {lot: amount for lot, _, amount in free(floor, "SO-2")}["NEW"] == "40"
    floor.press("mode:pick", "finish", "finish")
    assert isinstance(floor.wired.station.seat.work, AwaitPickOrder)
    assert free(floor, "SO-2") == [("SOON", "R1", "10"), ("OLD", "R1", "30"), ("NEW", "R2", "50")]


def free(floor: Floor, number: str) -> list[tuple[str, str, str]]:
    book = floor.wired.store.book
    order = book.ship_order(number)
    assert order is not None
    answer = book.to_pick(PickQuestion(ship_pick(order)), floor.clock.today(), "Dock 1")
    return [(each.lot.key.code, each.place, str(each.free)) for each in answer.shelves]


def test_what_was_fetched_is_promised_no_more_and_stays_with_its_order(floor: Floor) -> None:
    floor.scan("SO-1")
    floor.scan(f"{STARCH}3103030000\x1d10OLD")
    assert free(floor, "SO-2") == [("SOON", "R1", "10"), ("NEW", "R2", "40")]  # OLD waits in OUT, which is not proposed from
    floor.press("finish", "finish")
    floor.scan("SO-1")
    assert [str(each.to_go) for each in work(floor).order.lines] == ["10"]
    assert proposed(floor) == [("NEW", "R2", "10")]


def test_another_lot_wants_a_reason(floor: Floor) -> None:
    floor.scan("SO-1")
    asked = floor.scan(f"{STARCH}3103010000\x1d10NEW")  # of line 1: OLD is meant first, and NEW is set aside too
    assert asked.said.verdict is Verdict.ACCEPTED
    floor.press("undo")
    other = floor.scan("]d201095201230000113103005000\x1d10SOON")
    assert (other.said.verdict, other.said.reason) == (Verdict.REJECTED, Reason.SHELF_LIFE_SHORT)
    floor.scan("SO-2")
    floor.press("finish", "finish")
    floor.scan("SO-2")
    assert [each[0] for each in proposed(floor)] == ["SOON", "OLD", "NEW"]


def test_a_lot_that_is_not_set_aside_is_taken_with_a_reason_and_says_which_was_meant(floor: Floor) -> None:
    floor.scan("SO-1")
    with floor.wired.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE lots SET expires_on = '2029-01-31', disposition = 'available' WHERE code = 'HELD'")
    asked = floor.scan(f"{STARCH}3103005000\x1d10HELD").said
    assert (asked.verdict, asked.reason, asked.ask) == (Verdict.CHECK, Reason.OTHER_LOT_PROPOSED, Ask.CHOOSE_REASON)
    assert (asked.about["like"], asked.about["place"]) == ("OLD", "R1")
    assert [choice.id for choice in asked.choices] == ["CANT_BE_REACHED", "FIGURE_WRONG", "OTHER", "cancel"]
    floor.press("choose:CANT_BE_REACHED")
    (event,) = floor.events("pick")
    assert (event["data"]["why"], event["data"]["lot"], event["data"]["proposed"]["lot"]) == ("CANT_BE_REACHED", "HELD", "OLD")
    assert proposed(floor)[0] == ("OLD", "R1", "25")


@pytest.mark.parametrize(("lot", "reason"), [("HELD", Reason.LOT_ON_HOLD), ("GONE", Reason.LOT_EXPIRED), ("SOON", Reason.SHELF_LIFE_SHORT)])
def test_what_may_not_go_is_refused_at_the_scan(floor: Floor, lot: str, reason: Reason) -> None:
    floor.scan("SO-1")
    said = floor.scan(f"{STARCH}3103005000\x1d10{lot}").said
    assert (said.verdict, said.reason) == (Verdict.REJECTED, reason)
    assert floor.events("pick") == []


def test_more_than_ordered_is_asked_and_can_be_cut_to_what_is_wanted(floor: Floor) -> None:
    floor.scan("SO-1")
    asked = floor.scan(f"{STARCH}3103050000\x1d10NEW").said
    assert (asked.reason, asked.about["over"]) == (Reason.OVER_PLAN, "10")
    floor.press("choose:to_go")
    assert floor.events("pick")[0]["data"]["base_quantity"] == "40"


def test_undo_gives_the_start_and_the_journal_gives_the_same_figures(floor: Floor) -> None:
    floor.scan("SO-1")
    before, start = on_hand(floor), work(floor)
    floor.scan(f"{STARCH}3103010000\x1d10OLD")
    floor.scan(f"{STARCH}3103010000\x1d10NEW")
    between = on_hand(floor)
    rebuild(floor.wired.store.database)
    assert on_hand(floor) == between
    floor.press("undo", "undo")
    assert on_hand(floor) == before
    assert (work(floor).order, work(floor).set_aside) == (start.order, start.set_aside)
    assert free(floor, "SO-2")[-1] == ("NEW", "R2", "40")
    tables = ("allocations", "picks", "containers", "stock")
    with floor.wired.store.database.reading() as connection:
        kept = [connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1, 2").all() for name in tables]
    rebuild(floor.wired.store.database)
    with floor.wired.store.database.reading() as connection:
        assert [connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1, 2").all() for name in tables] == kept


def _container(floor: Floor, lot: str = "OLD", quantity: str = "30", place: str = "R1", serial: str = "DOCK1-TEST-000001") -> str:
    """A label of ours on goods that the plant counted in: as a receipt would have made it."""
    with floor.wired.store.database.writing() as connection:
        number = connection.exec_driver_sql("SELECT id FROM lots WHERE code = ?", (lot,)).scalar_one()
        event = connection.exec_driver_sql("SELECT max(row) FROM events").scalar_one()
        row = (serial, number, quantity, "kg", place, "2026-11-20T10:00:00.000000Z", event)
        connection.exec_driver_sql("INSERT INTO containers VALUES (?, ?, ?, ?, ?, ?, ?, 0)", row)
    return serial


def test_a_whole_container_moves_part_of_one_stays(floor: Floor) -> None:
    whole, part = _container(floor, quantity="10"), _container(floor, quantity="20", serial="DOCK1-TEST-000002")
    floor.scan("SO-1")
    assert floor.scan(whole).said.verdict is Verdict.ACCEPTED
    container = floor.wired.store.book.container(whole)
    assert container is not None
    assert (container.place, container.quantity) == ("OUT", Decimal(10))
    again = floor.scan(whole).said
    assert (again.verdict, again.reason) == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED)
    floor.scan(part)
    floor.press("change_quantity")
    floor.wired.station.give_quantity("5", "kg")
    container = floor.wired.store.book.container(part)
    assert container is not None
    assert (container.place, container.quantity) == ("R1", Decimal(15))
    assert on_hand(floor)["OLD", "OUT"] == "15"
    floor.press("undo", "undo")
    container = floor.wired.store.book.container(whole)
    assert container is not None
    assert (container.place, container.quantity) == ("R1", Decimal(10))
    assert on_hand(floor)["OLD", "R1"] == "30"


def test_what_was_fetched_for_another_order_is_asked(floor: Floor) -> None:
    serial = _container(floor)
    floor.scan("SO-1")
    floor.scan(serial)
    floor.press("finish", "finish")
    floor.scan("SO-2")
    asked = floor.scan(serial).said
    assert (asked.verdict, asked.reason, asked.about["picked_for"]) == (Verdict.CHECK, Reason.PICKED_FOR_ANOTHER, "SO-1")


def test_a_work_orders_components_are_fetched_to_the_place_that_is_scanned(floor: Floor) -> None:
    floor.scan("WO-1")
    assert (work(floor).order.kind, work(floor).to_place) == ("work_order", "OUT")
    floor.scan("R2")
    assert work(floor).to_place == "R2"
    assert floor.scan(f"{STARCH}3103030000\x1d10OLD").said.about["to_place"] == "R2"
    assert floor.wired.store.book.lot(LotKey("STARCH", "OLD", "NWS")).on_hand == 30
    floor.scan("Q")  # kept apart: nothing waits there
    assert work(floor).to_place == "R2"


def test_a_closed_order_and_what_is_none_are_refused(floor: Floor) -> None:
    assert floor.scan("SO-9").said.reason is Reason.ORDER_CLOSED
    assert floor.scan("NOTHING").said.reason is Reason.ORDER_UNKNOWN
    assert floor.wired.station.type("SO-2").said.ask is Ask.SCAN_LABEL


def test_a_restart_leads_back_to_the_order(floor: Floor) -> None:
    floor.scan("SO-1")
    floor.scan(f"{STARCH}3103010000\x1d10OLD")
    before = work(floor)
    floor.restart()
    assert work(floor) == before


def test_a_work_order_that_uses_what_was_fetched_for_another_asks(floor: Floor) -> None:
    serial = _container(floor)
    floor.scan("SO-1")
    floor.scan(serial)
    floor.press("finish", "finish", "mode:consume")
    floor.scan("WO-1")
    asked = floor.scan(serial).said
    assert (asked.reason, asked.about["picked_for"]) == (Reason.PICKED_FOR_ANOTHER, "SO-1")
    floor.press("choose:confirm")
    assert floor.events("consumption")[0]["data"]["accepted_reasons"] == ["PICKED_FOR_ANOTHER"]


def test_a_work_order_uses_what_was_fetched_for_it(floor: Floor) -> None:
    serial = _container(floor)
    floor.scan("WO-1")
    floor.scan(serial)
    floor.press("finish", "finish", "mode:consume")
    floor.scan("WO-1")
    assert floor.scan(serial).said.verdict is Verdict.ACCEPTED
    assert floor.events("consumption")[0]["data"]["place"] == "OUT"
