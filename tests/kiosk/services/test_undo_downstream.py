"""Nothing is undone whose goods went on: in another kind of work, at another seat, into a carton or into what was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.kiosk import any_shift
from tests.kiosk.any_shift import RACK
from tests.kiosk.floor import ORDER, PIN, STARCH, SUPERVISOR, WORK_ORDER, WORKER, Floor, bag
from traceability.refusals import Reason, Verdict
from traceability.workflows.seat import open_scans


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    """A bag of NEW-1 was received and nothing else."""
    floor = any_shift.everything(tmp_path / "station")
    floor.scan(WORKER)
    floor.scan(ORDER)
    floor.scan(bag("NEW-1"))
    assert len(floor.events("receipt")) == 1
    yield floor
    assert not any(amount < 0 for amount in any_shift.stock(floor).values())
    floor.check()
    floor.close()


def label(floor: Floor) -> str:
    (container,) = floor.events("receipt")[0]["data"]["containers"]
    return f"{STARCH}10NEW-1\x1d21{container['serial']}"


def consume(floor: Floor) -> None:
    floor.press("mode:consume")
    floor.scan(WORK_ORDER)
    floor.scan(label(floor))
    assert floor.events("consumption")


def move(floor: Floor) -> None:
    floor.press("mode:move")
    floor.scan(RACK)
    floor.scan(label(floor))
    assert floor.events("move")


def pack(floor: Floor) -> None:
    floor.press("mode:pack", "new_carton")
    floor.scan(label(floor))
    assert floor.events("packing")


def undone(floor: Floor, mode: str) -> bool:
    floor.press(f"mode:{mode}")
    before, stock = len(floor.events("correction")), any_shift.stock(floor)
    floor.press("undo")
    if len(floor.events("correction")) > before:
        return True
    assert floor.desk.said is not None
    assert floor.desk.said.reason is Reason.DOWNSTREAM_EXISTS
    assert any_shift.stock(floor) == stock
    floor.press("cancel")  # nobody is called
    assert any_shift.stock(floor) == stock
    return False


@pytest.mark.parametrize("further", [consume, move, pack])
def test_a_receipt_is_not_undone_once_its_goods_went_on_and_is_when_they_are_back(floor: Floor, further: Callable[[Floor], None]) -> None:
    further(floor)
    mode = {consume: "consume", move: "move", pack: "pack"}[further]
    assert not undone(floor, "receive")
    assert undone(floor, mode)
    assert undone(floor, "receive")
    assert any_shift.stock(floor) == {key: amount for key, amount in any_shift.opening().items() if amount}


def second_person_says_so(floor: Floor) -> str:
    floor.press("override")
    floor.scan(SUPERVISOR)
    floor.clock.advance(2)
    floor.wired.station.give_pin(PIN)
    floor.press("choose:FIGURE_WRONG")
    chief = floor.wired.store.book.operator_by_badge(SUPERVISOR)
    assert chief is not None
    return chief.id


@pytest.mark.parametrize(("mode", "amount"), [("receive", "50"), ("consume", "5"), ("produce", "50")])
def test_another_quantity_of_what_went_on_is_a_second_persons_word(floor: Floor, mode: str, amount: str) -> None:
    consume(floor)
    if mode != "receive":
        floor.press("mode:produce")
        floor.scan(WORK_ORDER)
        floor.press("key:1", "key:0", "key:0", "key:0", "set", "confirm")
    if mode == "produce":
        (made,) = floor.events("production")
        floor.press("mode:pack", "new_carton")
        floor.scan(made["data"]["lot"])
        floor.press("key:1", "key:0", "key:0", "set", "confirm")
    floor.press(f"mode:{mode}")
    stock = any_shift.stock(floor)
    floor.press("change_quantity")
    assert floor.desk.said is not None
    assert (floor.desk.said.reason, floor.events("correction")) == (Reason.DOWNSTREAM_EXISTS, [])
    assert floor.desk.said.about["went_to"]
    floor.press("cancel")  # nobody is called
    assert any_shift.stock(floor) == stock
    floor.press("change_quantity")
    chief = second_person_says_so(floor)
    floor.wired.station.give_quantity(amount, None)
    (correction,) = floor.events("correction")
    assert (correction["data"]["why"], correction["approver"]) == ("counted_anew", chief)
    kind = {"receive": "receipt", "consume": "consumption", "produce": "production"}[mode]
    assert [(event["data"]["quantity"], event["approver"]) for event in floor.events(kind)][-1] == (amount, None)
    assert open_scans(floor.wired.station.seat) == ()
    any_shift.rebuilt_alike(floor)


def test_a_move_is_not_undone_once_the_goods_moved_on(floor: Floor) -> None:
    move(floor)
    floor.press("mode:consume")
    floor.scan(WORK_ORDER)
    floor.scan(label(floor))
    assert not undone(floor, "move")
    assert undone(floor, "consume")
    assert undone(floor, "move")


def test_a_use_is_not_undone_once_it_is_named_by_what_was_made(floor: Floor) -> None:
    consume(floor)
    floor.press("mode:produce")
    floor.scan(WORK_ORDER)
    floor.press("key:1", "key:0", "key:0", "key:0", "set", "confirm")
    (made,) = floor.events("production")
    assert [Decimal(each["quantity"]) for each in made["data"]["inputs"]] == [25]
    assert not undone(floor, "consume")
    assert undone(floor, "produce")
    assert undone(floor, "consume")
    assert undone(floor, "receive")


@pytest.mark.parametrize("mode", ["receive", "consume"])
def test_a_second_person_lets_it_through_and_stands_on_the_correction(floor: Floor, mode: str) -> None:
    consume(floor)
    if mode == "consume":
        floor.press("mode:produce")
        floor.scan(WORK_ORDER)
        floor.press("key:1", "key:0", "key:0", "key:0", "set", "confirm")
    floor.press(f"mode:{mode}", "undo", "override")
    floor.scan(SUPERVISOR)
    floor.clock.advance(2)
    floor.wired.station.give_pin(PIN)
    floor.press("choose:FIGURE_WRONG")
    (correction,) = floor.events("correction")
    chief = floor.wired.store.book.operator_by_badge(SUPERVISOR)
    assert chief is not None
    assert (correction["approver"], correction["override_reason"]) == (chief.id, "FIGURE_WRONG")
    assert floor.events("override")[0]["data"]["about"]["went_to"]
    if mode == "receive":
        assert undone(floor, "consume")


@pytest.mark.parametrize("mode", ["pack", "count"])
def test_a_label_that_was_begun_is_not_lost_when_the_last_quantity_is_changed(floor: Floor, mode: str) -> None:
    floor.press(f"mode:{mode}", "new_carton")
    floor.scan(RACK)
    floor.scan(label(floor))
    floor.scan(STARCH)
    begun = open_scans(floor.wired.station.seat)
    floor.wired.station.press("change")
    floor.wired.station.give_quantity("5", None)
    assert set(begun) <= set(open_scans(floor.wired.station.seat))


@pytest.mark.parametrize("work", ["consume", "move", "scrap", "sample", "split", "pick"])
def test_a_container_that_lies_in_a_carton_is_taken_by_nothing_else(floor: Floor, work: str) -> None:
    pack(floor)
    stock = any_shift.stock(floor)
    floor.press("home", f"mode:{work}")
    for paper in {"consume": (WORK_ORDER,), "pick": (WORK_ORDER,), "move": (RACK,)}.get(work, ()):
        floor.scan(paper)
    outcome = floor.scan(label(floor))
    assert (outcome.said.verdict, outcome.said.reason) == (Verdict.REJECTED, Reason.CARTON_ELSEWHERE)
    assert any_shift.stock(floor) == stock
    floor.check()


def test_what_was_made_and_went_on_keeps_the_way_to_it_as_a_possible_one(floor: Floor) -> None:
    consume(floor)
    floor.press("mode:produce")
    floor.scan(WORK_ORDER)
    floor.press("key:1", "key:0", "key:0", "key:0", "set", "confirm")
    (made,) = floor.events("production")
    floor.press("mode:pack", "new_carton")
    floor.scan(made["data"]["lot"])
    floor.press("key:1", "key:0", "key:0", "set", "confirm")
    assert floor.events("packing")
    floor.press("mode:produce", "undo", "override")
    floor.scan(SUPERVISOR)
    floor.clock.advance(2)
    floor.wired.station.give_pin(PIN)
    floor.press("choose:FIGURE_WRONG")
    assert [event["data"]["corrected_kind"] for event in floor.events("correction")] == ["production"]
    with floor.wired.store.database.reading() as connection:
        edges = connection.exec_driver_sql("SELECT grade, voided FROM edges").all()
    assert [tuple(edge) for edge in edges] == [("possible", 0)]
    any_shift.rebuilt_alike(floor)
