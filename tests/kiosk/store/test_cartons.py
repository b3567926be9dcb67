"""Cartons at the station: what is packed stays on hand, what ships is gone, and every step can be taken back and read anew."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event as sql_event

from kiosk.store.opening import StationStore
from kiosk.store.rebuild import rebuild
from sync.protocol import Answer, AnswerKind, Change
from tests.kiosk.store.station_kit import NOW, container, receipt, record, undo
from tests.kiosk.store.test_rebuild import figures
from traceability.cartons import CartonState, InCartons, KnownCarton, Level, Packed
from traceability.events import (
    CartonClosed,
    CartonLoaded,
    CartonOpened,
    CartonShipped,
    LotPacked,
    ShippedLot,
    TakenOut,
    Unpacked,
)
from traceability.lots import LotKey

LOT = LotKey("FLOUR", "L1", "V1")
C1, C2, P1 = "095200010000000019", "095200010000000026", "095200010000000033"


def opened(sscc: str, level: Level = Level.CARTON) -> CartonOpened:
    return CartonOpened(sscc, level, "SO1", "BAKERY", "DOCK")


def packed(sscc: str = C1, amount: str = "25", serial: str | None = "S-1", **changes: Any) -> LotPacked:
    counted = Decimal(amount)
    event = LotPacked(sscc, Level.CARTON, "FLOUR", "L1", "V1", counted, "kg", counted, "kg", Decimal(1), serial, "DOCK", "Wheat flour")
    return replace(event, **changes)


def shipped(unit: str = C1, cartons: tuple[str, ...] = (), amount: str = "25", serial: str | None = "S-1") -> CartonShipped:
    lot = ShippedLot(cartons[0] if cartons else unit, "FLOUR", "L1", "V1", Decimal(amount), "kg", serial, "DOCK", "Wheat flour", "1")
    return CartonShipped(unit, Level.PALLET if cartons else Level.CARTON, cartons, "SO1", "BAKERY", "Bakery Ltd.", (lot,), "DOCK")


def taken(amount: str = "25", serial: str | None = "S-1") -> TakenOut:
    return TakenOut("FLOUR", "L1", "V1", Decimal(amount), "kg", serial, "DOCK")


@pytest.fixture
def stocked(store: StationStore) -> StationStore:
    """50 kg of one lot in two bags of ours."""
    record(store, receipt("L1", "50", containers=(container("S-1"), container("S-2"))))
    return store


def carton(store: StationStore, sscc: str = C1) -> KnownCarton:
    tree = store.book.carton(sscc)
    assert tree is not None
    return tree.unit


def on_hand(store: StationStore) -> Decimal:
    lot = store.book.lot(LOT)
    return lot.on_hand if lot else Decimal(0)


def read_anew_is_the_same(store: StationStore) -> bool:
    before = figures(store)
    rebuild(store.database)
    return figures(store) == before


def test_what_is_packed_is_on_hand_and_spoken_for(stocked: StationStore) -> None:
    _, packing = record(stocked, opened(C1), packed())
    assert carton(stocked).contents == (Packed(LOT, Decimal(25), "kg", "S-1", "DOCK"),)
    assert carton(stocked).customer == "BAKERY"
    assert on_hand(stocked) == 50
    assert stocked.book.in_cartons(LOT, "S-1") == InCartons(Decimal(25), Decimal(25), C1)
    assert stocked.book.in_cartons(LOT, "S-2") == InCartons(Decimal(25))
    assert read_anew_is_the_same(stocked)
    undo(stocked, packing)
    assert carton(stocked).contents == ()
    assert stocked.book.in_cartons(LOT, "S-1") == InCartons()


def test_a_carton_ships_with_its_stock_and_comes_back_whole(stocked: StationStore) -> None:
    record(stocked, opened(C1), packed(), CartonClosed(C1, Level.CARTON))
    before = figures(stocked)
    (shipment,) = record(stocked, shipped())
    assert carton(stocked).state is CartonState.SHIPPED
    assert on_hand(stocked) == 25
    assert stocked.book.in_cartons(LOT, "S-1") == InCartons()
    assert read_anew_is_the_same(stocked)
    undo(stocked, shipment)
    assert carton(stocked).state is CartonState.CLOSED
    assert on_hand(stocked) == 50
    assert stocked.book.in_cartons(LOT, "S-1") == InCartons(Decimal(25), Decimal(25), C1)
    after = figures(stocked)
    assert {name: after[name] for name in ("cartons", "carton_contents", "containers")} == {
        name: before[name] for name in ("cartons", "carton_contents", "containers")
    }
    assert read_anew_is_the_same(stocked)


def test_a_pallet_carries_its_cartons_away_and_they_come_off_it(stocked: StationStore) -> None:
    record(stocked, opened(P1, Level.PALLET), opened(C1), packed(), CartonClosed(C1, Level.CARTON))
    (loading,) = record(stocked, CartonLoaded(C1, P1))
    tree = stocked.book.carton(P1)
    assert tree is not None
    assert [each.sscc for each in tree.cartons] == [C1]
    assert tree.lots == {LOT}
    (off,) = record(stocked, Unpacked(P1, Level.PALLET, cartons=(C1,)))
    assert carton(stocked).parent is None
    undo(stocked, off)
    assert carton(stocked).parent == P1
    record(stocked, shipped(P1, (C1,)))
    assert carton(stocked).state is carton(stocked, P1).state is CartonState.SHIPPED
    assert on_hand(stocked) == 25
    assert read_anew_is_the_same(stocked)
    assert loading["kind"] == "carton_loaded"


def test_what_is_taken_out_of_a_carton_is_free_again(stocked: StationStore) -> None:
    record(stocked, opened(C1), packed(), packed(amount="5", serial=None))
    (out,) = record(stocked, Unpacked(C1, Level.CARTON, (taken(), taken("2", None))))
    assert carton(stocked).contents == (Packed(LOT, Decimal(3), "kg", None, "DOCK"),)
    assert stocked.book.in_cartons(LOT, "S-1") == InCartons(Decimal(3))
    assert read_anew_is_the_same(stocked)
    undo(stocked, out)
    assert carton(stocked).contents[0].quantity == 25


def test_each_step_of_a_carton_is_undone(stocked: StationStore) -> None:
    (opening,) = record(stocked, opened(C1))
    (closing,) = record(stocked, CartonClosed(C1, Level.CARTON))
    (again,) = record(stocked, replace(opened(C1), again=True))
    assert carton(stocked).state is CartonState.OPEN
    undo(stocked, again)
    assert carton(stocked).state is CartonState.CLOSED
    undo(stocked, closing)
    assert carton(stocked).state is CartonState.OPEN
    undo(stocked, opening)
    assert carton(stocked).state is CartonState.VOIDED
    assert read_anew_is_the_same(stocked)


TOLD: dict[str, Any] = {
    "sscc": C2,
    "level": "carton",
    "state": "closed",
    "customer": "BAKERY",
    "order": "SO1",
    "contents": [{"item": "FLOUR", "lot": "L1", "assigned_by": "V1", "quantity": "25", "unit": "kg", "container": "S-2", "place": "DOCK"}],
}


def test_a_carton_that_another_station_packed_is_known_and_ships(stocked: StationStore) -> None:
    stocked.reference.apply([Change(cursor=1, kind="carton", key=C2, body=TOLD)], 1, "e")
    assert carton(stocked, C2).contents == (Packed(LOT, Decimal(25), "kg", "S-2", "DOCK"),)
    (shipment,) = record(stocked, shipped(C2, serial="S-2"))
    assert carton(stocked, C2).state is CartonState.SHIPPED
    assert read_anew_is_the_same(stocked)
    undo(stocked, shipment)
    assert carton(stocked, C2).state is CartonState.CLOSED
    assert on_hand(stocked) == 50


def test_a_pallet_of_forty_cartons_takes_no_more_questions_than_one_of_two(stocked: StationStore) -> None:
    record(stocked, opened(P1, Level.PALLET))

    def stack(numbers: range) -> None:
        for number in numbers:
            sscc = f"{number:018}"
            record(stocked, opened(sscc), packed(sscc, "1", None), CartonLoaded(sscc, P1))

    def questions() -> int:
        asked: list[str] = []
        engine = stocked.database.connection().engine
        listener = lambda *said: asked.append(said[2])  # noqa: E731 - SQLAlchemy takes it off again by its identity
        sql_event.listen(engine, "before_cursor_execute", listener)
        tree = stocked.book.carton(P1)
        assert tree is not None
        stocked.book.lots(tree.lots)
        stocked.book.items({key.item for key in tree.lots})
        sql_event.remove(engine, "before_cursor_execute", listener)
        return len([each for each in asked if each.startswith("SELECT")])

    stack(range(2))
    few = questions()
    stack(range(2, 40))
    assert questions() <= few
    assert few <= 6


def answer(store: StationStore, *envelopes: Any) -> None:
    said = [Answer(id=each["id"], sequence=each["sequence"], answer=AnswerKind.ACKNOWLEDGED) for each in envelopes]
    store.outbox.record_answers(said, NOW)


def tell(store: StationStore, cursor: int, **changes: Any) -> None:
    body = {name: value for name, value in (TOLD | changes).items() if value is not None}
    store.reference.apply([Change(cursor=cursor, kind="carton", key=body["sscc"], body=body)], cursor, "e")


def test_many_cartons_are_told_of_at_once(stocked: StationStore) -> None:
    record(stocked, opened(C1), opened(P1, Level.PALLET))
    bodies = [TOLD | {"sscc": each, "level": level} for each, level in ((C1, "carton"), (C2, "carton"), (P1, "pallet"))]
    told = [Change(cursor=at, kind="carton", key=body["sscc"], body=body | {"parent": P1}) for at, body in enumerate(bodies[:2], 1)]
    stocked.reference.apply(told, 2, "e")
    tree = stocked.book.carton(P1)
    assert tree is not None
    assert [each.sscc for each in tree.cartons] == [C1]  # the other one's pallet has not told of it yet
    assert read_anew_is_the_same(stocked)


def test_an_undone_shipment_leaves_another_station_s_carton_on_our_pallet(stocked: StationStore) -> None:
    tell(stocked, 1)
    record(stocked, opened(P1, Level.PALLET), CartonLoaded(C2, P1), CartonClosed(P1, Level.PALLET))
    (shipment,) = record(stocked, shipped(P1, (C2,), serial="S-2"))
    undo(stocked, shipment)
    assert (carton(stocked, C2).parent, carton(stocked, C2).state) == (P1, CartonState.CLOSED)
    assert read_anew_is_the_same(stocked)


def test_a_carton_that_we_took_off_is_off_whatever_the_server_heard_before(stocked: StationStore) -> None:
    tell(stocked, 1)
    loading = record(stocked, opened(P1, Level.PALLET), CartonLoaded(C2, P1))
    answer(stocked, *loading)
    tell(stocked, 2, parent=P1)
    (off,) = record(stocked, Unpacked(P1, Level.PALLET, (), (C2,)))
    tell(stocked, 3, parent=P1)  # the server has not heard of it
    tree = stocked.book.carton(P1)
    assert tree is not None
    assert (carton(stocked, C2).parent, tree.cartons) == (None, ())
    assert read_anew_is_the_same(stocked)
    answer(stocked, off)
    assert carton(stocked, C2).parent is None
    tell(stocked, 4)
    assert carton(stocked, C2).parent is None
    tell(stocked, 5, parent="095200010000000040")  # another station put it on a pallet of its own
    assert carton(stocked, C2).parent == "095200010000000040"
    assert read_anew_is_the_same(stocked)


def test_our_carton_on_another_station_s_pallet_stands_there_and_what_left_with_it_is_free_of_cartons(stocked: StationStore) -> None:
    answer(stocked, *record(stocked, opened(C1), packed(), CartonClosed(C1, Level.CARTON)))
    tell(stocked, 1, sscc=C1, parent=P1)
    assert carton(stocked).parent == P1
    assert stocked.book.in_cartons(LOT, "S-1").lot == 25
    tell(stocked, 2, sscc=C1, parent=P1, state="shipped", shipment="01900000-0000-7000-8000-000000000009")
    assert carton(stocked).state is CartonState.SHIPPED
    assert stocked.book.in_cartons(LOT, "S-1").lot == 0
    assert read_anew_is_the_same(stocked)
    tell(stocked, 3, sscc=C1, state="closed")
    assert (carton(stocked).state, stocked.book.in_cartons(LOT, "S-1").lot) == (CartonState.CLOSED, 25)
