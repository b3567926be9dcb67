"""What other stations did on an order counts here as the server told it last; our own events are on top, and never counted twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kiosk.presenters.views import ReceiveView
from kiosk.store.rebuild import rebuild
from sync.protocol import ORDER_PROGRESS, SET_ASIDE, Change
from tests.kiosk.floor import BAG, DYE_ORDER, ORDER, PLANT, WORK_ORDER, WORKER, Floor, bag, new_database
from traceability.refusals import Reason, Verdict
from traceability.workflows.picking import Picking
from traceability.workflows.producing import Producing
from traceability.workflows.receiving import Receiving

ELSEWHERE = "01900000-0000-7000-8000-00000000aaaa"
DOCK = "Dock 1"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    places = [*PLANT["places"], {"place": "OUT", "kind": "staging"}]
    return new_database(tmp_path_factory.mktemp("elsewhere") / "db", places=places)


@pytest.fixture
def floor(database: Path, tmp_path: Path) -> Iterator[Floor]:
    station = Floor(Path(shutil.copytree(database, tmp_path / "station")))
    yield station
    station.check()
    station.close()


def tell(floor: Floor, kind: str, *key: str, cursor: int = 1, **body: Any) -> None:
    """As the server's feed says it."""
    change = Change(cursor=cursor, kind=kind, key=json.dumps(key, separators=(",", ":")), body=body or None)
    floor.wired.store.reference.apply((change,), cursor, "e1")


def progress(floor: Floor, order_kind: str, order: str, **journals: Any) -> None:
    named = {ELSEWHERE if name == "elsewhere" else name: doings for name, doings in journals.items()}
    tell(floor, ORDER_PROGRESS, order_kind, order, order_kind=order_kind, order=order, journals=named)


def set_aside(floor: Floor, order: str, lot: str, quantity: str, journal: str = ELSEWHERE) -> None:
    each = {"line": "DYE", "item": "DYE", "lot": lot, "assigned_by": "EXAMPLE TABLETS", "place": DOCK, "quantity": quantity}
    told = {"order_kind": "work_order", "order": order, "journal": journal, "since": 1, "lots": [each]}
    tell(floor, SET_ASIDE, "work_order", order, journal, **told)


def received(floor: Floor) -> Decimal:
    order = floor.wired.store.book.purchase_order(ORDER)
    assert order is not None
    return order.lines[0].received


def test_an_open_order_follows_what_others_received(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    progress(floor, "purchase_order", ORDER, elsewhere={"received": {"1": "2050"}})
    assert received(floor) == 2075
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    work = floor.wired.station.seat.work
    assert isinstance(work, Receiving)
    assert work.order.lines[0].received == 2075
    outcome = floor.scan(bag("LOT-2"))  # 2000 were ordered, 5 % more may come
    assert outcome.said.verdict is Verdict.ACCEPTED
    assert floor.scan(bag("LOT-3")).said.reason is Reason.OVER_RECEIPT
    progress(floor, "purchase_order", ORDER, elsewhere={"received": {"1": "0"}})  # undone there
    assert received(floor) == 50


def test_what_the_server_says_of_our_own_journal_is_never_counted_again(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    floor.scan(bag("LOT-2"))
    ours = floor.wired.store.journal.id
    for sent in ("25", "50"):  # as it took in one receipt, then the other
        progress(floor, "purchase_order", ORDER, elsewhere={"received": {"1": "100"}}, **{ours: {"received": {"1": sent}}})
        assert received(floor) == 150
    floor.press("undo")
    assert received(floor) == 125
    tell(floor, ORDER_PROGRESS, "purchase_order", ORDER, cursor=2)  # the server speaks of it no more
    assert received(floor) == 25


def test_a_work_order_counts_what_was_used_and_made_elsewhere(floor: Floor) -> None:
    floor.scan(WORKER)
    floor.press("mode:produce")
    floor.scan(WORK_ORDER)
    progress(floor, "work_order", WORK_ORDER, elsewhere={"made": {"": "990"}, "used": {"STARCH": "60"}})
    floor.desk.view()
    work = floor.wired.station.seat.work
    assert isinstance(work, Producing)
    assert (work.order.to_make, work.order.components[0].to_go) == (10, 20)
    floor.press("key:2", "key:0", "set")
    assert floor.desk.said is not None
    assert floor.desk.said.reason is Reason.OVER_PLAN


def test_what_another_station_set_aside_is_proposed_to_nobody(floor: Floor) -> None:
    set_aside(floor, "WO-9", "DYE-OLD", "3")
    floor.scan(WORKER)
    floor.press("mode:pick")
    floor.scan(DYE_ORDER)
    work = floor.wired.station.seat.work
    assert isinstance(work, Picking)
    assert [(each.lot, each.base_quantity) for each in work.set_aside] == [("DYE-OLD", 2), ("DYE-NEW", 48)]


@pytest.mark.parametrize("journal", ["ours", "gone"])
def test_what_is_our_own_or_was_left_blocks_nothing(floor: Floor, journal: str) -> None:
    set_aside(floor, "WO-9", "DYE-OLD", "3", floor.wired.store.journal.id if journal == "ours" else ELSEWHERE)
    if journal == "gone":
        tell(floor, SET_ASIDE, "work_order", "WO-9", ELSEWHERE, cursor=2)
    floor.scan(WORKER)
    floor.press("mode:pick")
    floor.scan(DYE_ORDER)
    work = floor.wired.station.seat.work
    assert isinstance(work, Picking)
    assert [(each.lot, each.base_quantity) for each in work.set_aside] == [("DYE-OLD", 5), ("DYE-NEW", 45)]


def test_what_was_fetched_elsewhere_is_not_to_be_fetched(floor: Floor) -> None:
    floor.scan(WORKER)
    floor.press("mode:pick")
    floor.scan(DYE_ORDER)
    progress(floor, "work_order", DYE_ORDER, elsewhere={"picked": {"DYE": "30"}})
    floor.desk.view()
    work = floor.wired.station.seat.work
    assert isinstance(work, Picking)
    assert work.order.lines[0].to_go == 20
    floor.press("finish", "finish")
    assert not isinstance(floor.wired.station.seat.work, Picking)
    floor.scan(DYE_ORDER)
    work = floor.wired.station.seat.work
    assert isinstance(work, Picking)
    assert sum(each.base_quantity for each in work.set_aside) == 20


def test_a_restart_forgets_nothing_and_a_rebuild_leaves_it(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{BAG}17281130" + "10LOT-1")
    progress(floor, "purchase_order", ORDER, elsewhere={"received": {"1": "100"}})
    floor.restart()
    assert received(floor) == 125
    rebuild(floor.wired.store.database)
    assert received(floor) == 125
