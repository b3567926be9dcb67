"""Consuming on a real database: containers that were received are used, returned and undone; the books agree with the journal."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from kiosk.presenters.views import ChoiceView, Keypad, QuantityTile, ReadyHero, ReceiveView, StopView, SummaryView, VerdictHero
from kiosk.services.ports import Work
from kiosk.store.rebuild import rebuild
from tests.kiosk.floor import CLOSED_WORK_ORDER, DYE_ORDER, ORDER, WORK_ORDER, Floor, bag
from traceability.events import EventCorrected
from traceability.lots import LotKey
from traceability.refusals import Reason, Verdict
from traceability.workflows.consuming import AwaitWorkOrder, Consuming
from traceability.workflows.seat import next_ask
from traceability.workflows.step import Ask, Record

TABLES = ("lots", "stock", "containers", "movements", "lot_facts", "order_progress", "work_order_use")


@pytest.fixture
def floor(floor: Floor) -> Floor:
    """A bag of LOT-1 was received."""
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    return floor


def serial(floor: Floor) -> str:
    (receipt,) = floor.events("receipt")
    return str(receipt["data"]["containers"][0]["serial"])


def our_label(floor: Floor) -> str:
    """The label that was printed for the bag, as a scanner reads it."""
    return f"]d2010952012300001110LOT-1\x1d21{serial(floor)}"


def on_hand(floor: Floor, lot: str = "LOT-1") -> Decimal:
    found = floor.wired.store.book.lot(LotKey("STARCH", lot, "NWS"))
    assert found is not None
    return found.on_hand


def left(floor: Floor) -> Decimal:
    container = floor.wired.store.book.container(serial(floor))
    assert container is not None
    return container.quantity


def used(floor: Floor) -> Decimal:
    order = floor.wired.store.book.work_order(WORK_ORDER)
    assert order is not None
    return order.components[0].used


def view(floor: Floor) -> ReceiveView:
    shown = floor.desk.view()
    assert isinstance(shown, ReceiveView)
    return shown


def figures(floor: Floor) -> dict[str, list[Any]]:
    connection = floor.wired.store.database.connection()
    return {table: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {table}")), key=repr) for table in TABLES}


def test_a_work_orders_paper_leads_from_receiving_to_consuming(floor: Floor) -> None:
    floor.scan(WORK_ORDER)
    assert floor.wired.station.seat.mode == "consume"
    assert view(floor).document.number == "Order WO-1"
    floor.scan(ORDER)
    assert view(floor).document.number == f"PO {ORDER}"


@pytest.mark.parametrize("scan", [our_label, serial])
def test_a_container_is_used_whole_and_again_is_none(floor: Floor, scan: Callable[[Floor], str]) -> None:
    floor.scan(WORK_ORDER)
    assert floor.scan(scan(floor)).said.verdict is Verdict.ACCEPTED
    assert (on_hand(floor), left(floor), used(floor)) == (0, 0, 25)
    hero = view(floor).hero
    assert isinstance(hero, VerdictHero)
    assert (hero.word, hero.quantity, hero.lot, hero.tally) == ("ACCEPTED", "25 kg", "LOT-1", "25 of 80 kg")
    assert floor.scan(scan(floor)).said.reason is Reason.ALREADY_COUNTED


def test_an_item_that_stands_twice_on_an_order_is_one_component(floor: Floor) -> None:
    order = floor.wired.store.book.work_order(WORK_ORDER)
    assert order is not None
    assert [(each.item, each.planned) for each in order.components] == [("STARCH", 80)]


def test_a_remnant_is_returned_printed_and_scanned_again(floor: Floor) -> None:
    floor.scan(WORK_ORDER)
    floor.scan(our_label(floor))
    floor.press("return", "key:5")
    side = view(floor).side
    assert isinstance(side, Keypad)
    assert (side.title, side.to_go) == ("How much is left?", "at most 25 kg")
    floor.press("set")
    (back,) = floor.events("return_to_stock")
    label = back["data"]["containers"][0]["serial"]
    assert (on_hand(floor), used(floor), back["labels"]) == (5, 20, [label])
    assert [job.order.serial for job in floor.wired.store.prints.waiting(10)][-1] == label
    assert floor.scan(label).said.verdict is Verdict.ACCEPTED
    assert (on_hand(floor), used(floor)) == (0, 25)


def test_counted_anew_and_undone_the_books_are_exact_and_read_anew_the_same(floor: Floor) -> None:
    floor.scan(WORK_ORDER)
    floor.scan(our_label(floor))
    floor.press("change_quantity", "key:1", "key:.", "key:5", "set")
    assert (on_hand(floor), left(floor), used(floor)) == (Decimal("23.5"), Decimal("23.5"), Decimal("1.5"))
    floor.scan(our_label(floor))
    floor.press("return", "key:2", "set")
    floor.press("undo")
    floor.press("finish", "finish")
    before = figures(floor)
    rebuild(floor.wired.store.database)
    assert figures(floor) == before
    floor.scan(WORK_ORDER)
    assert used(floor) == 25


def test_what_is_used_up_by_the_order_leaves_the_list_of_open_ones(floor: Floor) -> None:
    floor.press("mode:consume", "choose_order")
    shown = floor.desk.view()
    assert isinstance(shown, ChoiceView)
    assert [tile.action for tile in shown.tiles] == [f"choose:{WORK_ORDER}", f"choose:{DYE_ORDER}"]
    floor.press(f"choose:{WORK_ORDER}")
    floor.press("type_lot", *(f"key:{each}" for each in "LOT-1"), "set", "key:8", "key:0", "set", "confirm")
    assert used(floor) == 80
    floor.press("finish")
    summary = floor.desk.view()
    assert isinstance(summary, SummaryView)
    assert [(row.item, row.words) for row in summary.rows] == [("Corn starch USP", "complete")]
    floor.press("finish")
    assert floor.wired.station.seat.work == AwaitWorkOrder()
    assert [order.number for order in floor.wired.store.book.open_work_orders(10)] == [DYE_ORDER]
    assert isinstance(view(floor).hero, ReadyHero)


def test_an_order_that_gets_something_back_is_open_again(floor: Floor) -> None:
    floor.scan(WORK_ORDER)
    floor.press("type_lot", *(f"key:{each}" for each in "LOT-1"), "set", "key:8", "key:0", "set", "confirm", "finish", "finish")
    (used_up,) = floor.events("consumption")
    book, stamp = floor.wired.store.book, floor.wired.station._stamp(floor.clock.now())
    assert [order.number for order in book.open_work_orders(10)] == [DYE_ORDER]
    undone = EventCorrected(used_up["id"], "consumption", "found later")
    floor.wired.store.journal.commit(Work(stamp, (Record(undone),)))
    assert [order.number for order in book.open_work_orders(10)] == [WORK_ORDER, DYE_ORDER]


def test_a_recalled_lot_stops_the_worker(floor: Floor) -> None:
    floor.scan(WORK_ORDER)
    floor.scan("]d2011952012300001810RECALLED-1")
    assert isinstance(floor.desk.view(), StopView)
    floor.press("acknowledge")
    assert view(floor).document.number == "Order WO-1"


def test_a_closed_order_and_no_order_are_said_in_words_of_work_orders(floor: Floor) -> None:
    floor.press("mode:consume")
    floor.scan(CLOSED_WORK_ORDER)
    hero = view(floor).hero
    assert isinstance(hero, VerdictHero)
    assert hero.reason == "Order WO-2 is closed"
    floor.scan("nothing")
    hero = view(floor).hero
    assert isinstance(hero, VerdictHero)
    assert (hero.reason, hero.next_step) == ("I know no work order nothing", "Scan the work order's paper")


def test_the_older_lot_is_the_one_that_expires_first_and_is_there(floor: Floor) -> None:
    book = floor.wired.store.book
    floor.scan("]d2011952012300001817270601" + "10OLDER")
    newer, today = book.lot(LotKey("STARCH", "LOT-1", "NWS")), floor.clock.today()
    assert newer is not None
    older = book.older_lot(newer, today)
    assert older is not None
    assert (older.lot.key.code, older.place) == ("OLDER", "Dock 1")
    assert book.older_lot(older.lot, today) is None
    floor.scan(WORK_ORDER)
    floor.scan("]d2011952012300001810OLDER")
    assert book.older_lot(newer, today) is None  # it is used up


def _awaiting(floor: Floor) -> None:
    floor.press("mode:consume")


def _opened(floor: Floor) -> None:
    floor.scan(WORK_ORDER)


def _half_read(floor: Floor) -> None:
    _opened(floor)
    floor.scan("]d20119520123000018")


def _quantity_asked(floor: Floor) -> None:
    _opened(floor)
    floor.scan("LOT-1")
    floor.scan(our_label(floor))


def _decide(floor: Floor) -> None:
    _opened(floor)
    floor.scan("LOT-1")
    floor.press("key:9", "key:9", "set")


def _returning(floor: Floor) -> None:
    _opened(floor)
    floor.scan(our_label(floor))
    floor.press("return")


def _stopped(floor: Floor) -> None:
    _opened(floor)
    floor.scan("]d2011952012300001810RECALLED-1")


def _aside(floor: Floor) -> None:
    _half_read(floor)
    floor.press("mode:receive")


STATES: list[tuple[Callable[[Floor], None], Ask]] = [
    (_awaiting, Ask.SCAN_WORK_ORDER),
    (_opened, Ask.SCAN_LABEL),
    (_half_read, Ask.SCAN_LABEL),
    (_quantity_asked, Ask.QUANTITY),
    (_decide, Ask.DECIDE),
    (_returning, Ask.QUANTITY),
    (_stopped, Ask.ACKNOWLEDGE),
    (_aside, Ask.SCAN_LABEL),
]


@pytest.mark.parametrize(("lead_there", "ask"), STATES, ids=[each[0].__name__.strip("_") for each in STATES])
def test_a_restart_leads_back_to_the_same_state(floor: Floor, lead_there: Callable[[Floor], None], ask: Ask) -> None:
    lead_there(floor)
    before, events, shown = floor.wired.station.seat, floor.events(), floor.desk.view()
    assert next_ask(before) is ask
    floor.restart()
    assert floor.wired.station.seat == before
    assert floor.events() == events  # nothing was abandoned
    assert type(floor.desk.view()) is type(shown)
    # What is half done elsewhere is held by its own work; here it is only let go.
    floor.press("acknowledge", "mode:consume", "cancel", "cancel")
    assert isinstance(floor.wired.station.seat.work, AwaitWorkOrder | Consuming)


def test_the_tile_names_what_was_done_last(floor: Floor) -> None:
    floor.scan(WORK_ORDER)
    floor.scan(our_label(floor))
    side = view(floor).side
    assert isinstance(side, QuantityTile)
    assert (side.title, side.number, side.action) == ("Used last", "25", "change_quantity")
    floor.press("return", "key:5", "set")
    side = view(floor).side
    assert isinstance(side, QuantityTile)
    assert (side.title, side.number, side.action) == ("Returned last", "5", "")
