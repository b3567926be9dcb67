"""Packing and shipping on a real database: lots into cartons, cartons onto pallets, and the gate that nothing held passes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.views import ChoiceView, ReceiveView, StopView, VerdictHero
from kiosk.presenters.words import words_of
from kiosk.services.ports import Work
from kiosk.services.station import Outcome
from kiosk.store.rebuild import rebuild
from kiosk.store.schema import METADATA
from tests.kiosk.floor import BAG, NOON, STARCH, SUPERVISOR, Floor, bag, new_database
from traceability.cartons import CartonState, CartonTree, sscc_of
from traceability.events import LotHeld
from traceability.lots import LotKey
from traceability.refusals import Reason, Verdict
from traceability.workflows.packing import Packing
from traceability.workflows.shipping import Shipping
from traceability.workflows.step import Ask, Record

SHIP_ORDER, OTHER_SHIP_ORDER, CLOSED_SHIP_ORDER = "SO-1", "SO-2", "SO-3"
SALES: dict[str, Any] = {
    "places": [{"place": "Dock 1", "kind": "receiving"}, {"place": "Staging 1", "kind": "staging"}],
    "customers": [{"customer": "BAKERY", "name": "Bakery Ltd.", "min_remaining_days": 90}, {"customer": "CAFE"}],
    "ship_orders": [
        {
            "order": SHIP_ORDER,
            "customer": "BAKERY",
            "lines": [{"item": "STARCH", "quantity": "30"}, {"item": "STARCH", "quantity": "1", "unit": "bag"}],
        },
        {"order": OTHER_SHIP_ORDER, "customer": "CAFE", "lines": [{"item": "STARCH", "quantity": "1000"}]},
        {"order": CLOSED_SHIP_ORDER, "customer": "CAFE", "closed": True, "lines": []},
    ],
}
_ASIDE = {"station", "journals", "scans", "events", "operators", "print_jobs", "seat", "seats", "number_blocks", "feed", "records"}
TABLES = [name for name in METADATA.tables if name not in _ASIDE]


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    """Two bags of LOT-1 were received, and packing began."""
    floor = Floor(new_database(tmp_path / "station", **SALES))
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    floor.scan(bag("LOT-1"))
    floor.press("mode:pack")
    yield floor
    floor.check()
    floor.close()


def containers(floor: Floor) -> list[str]:
    return [each["serial"] for receipt in floor.events("receipt") for each in receipt["data"]["containers"]]


def label(floor: Floor, number: int = 0) -> str:
    """One of our own labels, as a scanner reads it."""
    return f"{STARCH}10LOT-1\x1d21{containers(floor)[number]}"


def opened(floor: Floor, *, pallet: bool = False) -> str:
    floor.press("new_pallet" if pallet else "new_carton")
    return str(floor.events("carton_opened")[-1]["data"]["sscc"])


def sscc(number: str) -> str:
    return f"]C100{number}"


def packed(floor: Floor, *numbers: int) -> str:
    """A closed carton with some of the bags."""
    carton = opened(floor)
    for number in numbers or (0,):
        assert floor.scan(label(floor, number)).said.verdict is Verdict.ACCEPTED
    floor.press("close")
    return carton


def tree(floor: Floor, carton: str) -> CartonTree:
    found = floor.wired.store.book.carton(carton)
    assert found is not None
    return found


def on_hand(floor: Floor, lot: str = "LOT-1") -> Decimal:
    found = floor.wired.store.book.lot(LotKey("STARCH", lot, "NWS"))
    assert found is not None
    return found.on_hand


def shipped(floor: Floor, order: str = SHIP_ORDER) -> list[Decimal]:
    found = floor.wired.store.book.ship_order(order)
    assert found is not None
    return [each.shipped for each in found.lines]


def figures(floor: Floor) -> dict[str, list[Any]]:
    connection = floor.wired.store.database.connection()
    return {table: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {table}")), key=repr) for table in TABLES}


def hold(floor: Floor, lot: str = "LOT-1") -> None:
    event = LotHeld("STARCH", lot, "NWS", "metal")
    floor.wired.store.journal.commit(Work(floor.wired.station._stamp(floor.clock.now()), (Record(event),)))


def view(floor: Floor) -> ReceiveView:
    shown = floor.desk.view()
    assert isinstance(shown, ReceiveView)
    return shown


def ships(floor: Floor, unit: str, order: str = SHIP_ORDER) -> Outcome:
    floor.press("mode:ship")
    floor.scan(order)
    return floor.scan(sscc(unit))


def test_a_closed_carton_that_is_scanned_is_open_again_and_no_label_is_spoken_of(floor: Floor) -> None:
    carton = packed(floor)
    said = floor.scan(sscc(carton), after=5).said
    assert (said.verdict, said.about["did"]) == (Verdict.ACCEPTED, "opened_again")
    hero = view(floor).hero
    assert isinstance(hero, VerdictHero)
    assert hero.quantity == "It is open again"


def test_a_lot_is_packed_closed_and_labelled(floor: Floor) -> None:
    carton = opened(floor)
    assert carton.startswith("09520001")
    hero = view(floor).hero
    assert isinstance(hero, VerdictHero)
    assert floor.scan(label(floor)).said.verdict is Verdict.ACCEPTED
    assert on_hand(floor) == 50
    assert [(each.lot.code, each.quantity) for each in tree(floor, carton).unit.contents] == [("LOT-1", 25)]
    floor.press("close")
    assert tree(floor, carton).unit.state is CartonState.CLOSED
    orders = [job.order for job in floor.wired.store.prints.waiting(20)]
    assert [each.data for each in orders if each.template == "carton"] == [
        {
            "sscc": carton,
            "item": "STARCH",
            "gtin": "09520123000011",
            "description": "Corn starch USP",
            "lot": "LOT-1",
            "expires_on": "2028-11-30",
            "quantity": "25",
            "unit": "kg",
        }
    ]


def test_loose_goods_come_from_where_there_are_enough(floor: Floor) -> None:
    floor.press("mode:move")
    floor.scan("Staging 1")
    floor.scan(f"{STARCH}10LOT-1")
    floor.wired.station.give_quantity("40", "kg")
    floor.press("mode:pack")
    opened(floor)
    for amount in ("20", "10"):
        floor.scan(f"{STARCH}10LOT-1", after=5)
        floor.wired.station.give_quantity(amount, "kg")
    assert [(each["data"]["base_quantity"], each["data"]["place"]) for each in floor.events("packing")] == [
        ("20", "Staging 1"),  # ten kilograms are left here
        ("10", "Dock 1"),
    ]


def test_what_is_in_a_carton_cannot_be_packed_again(floor: Floor) -> None:
    first = packed(floor, 0)
    opened(floor)
    said = floor.scan(label(floor, 0)).said
    assert (said.reason, said.about["other"]) == (Reason.CARTON_ELSEWHERE, first)
    floor.scan(label(floor, 1))
    assert floor.scan(label(floor, 1)).said.reason is Reason.ALREADY_COUNTED
    # Loose: both bags lie in cartons, so nothing of the lot is free.
    asked = floor.scan(bag("LOT-1")).said
    assert (asked.reason, asked.about["there"]) == (Reason.LOT_SHORT, "0")
    floor.press("cancel")


def test_part_of_a_bag_and_another_amount(floor: Floor) -> None:
    carton = opened(floor)
    floor.scan(label(floor))
    floor.press("change_quantity", "key:1", "key:0", "set")
    assert [each.quantity for each in tree(floor, carton).unit.contents] == [10]
    assert floor.scan(label(floor)).said.verdict is Verdict.ACCEPTED
    assert [each.quantity for each in tree(floor, carton).unit.contents] == [25]


@pytest.mark.parametrize("steps", range(5))
def test_undo_gives_the_start_from_wherever(floor: Floor, steps: int) -> None:
    """Open, pack, close, open a pallet, load: each taken back in turn, the books as they were."""
    states = [figures(floor)["stock"]]
    deeds = [lambda: opened(floor), lambda: floor.scan(label(floor)), lambda: floor.press("close"), lambda: opened(floor, pallet=True)]
    seen = [seat(floor)]
    for deed in deeds[:steps]:
        deed()
        seen.append(seat(floor))
    if steps == 4:
        carton = floor.events("carton_opened")[0]["data"]["sscc"]
        assert floor.scan(sscc(carton)).said.verdict is Verdict.ACCEPTED
        seen.append(seat(floor))
    for before in reversed(seen[:-1]):
        floor.press("undo")
        assert seat(floor) == before
    assert figures(floor)["stock"] == states[0]
    assert figures(floor)["carton_contents"] == []
    assert all(state == "voided" for (state,) in floor.wired.store.database.connection().exec_driver_sql("SELECT state FROM cartons"))


def seat(floor: Floor) -> tuple[Any, ...]:
    state = floor.wired.station.seat.work
    assert isinstance(state, Packing)
    return state.at, state.unit


def test_a_lot_and_a_carton_come_out_again(floor: Floor) -> None:
    carton = packed(floor, 0)
    pallet = opened(floor, pallet=True)
    floor.scan(sscc(carton))
    floor.scan(label(floor, 1))  # straight onto the pallet
    floor.press("unpack")
    assert isinstance(floor.desk.view(), ChoiceView)
    floor.press(f"choose:{carton}")
    assert tree(floor, pallet).cartons == ()
    floor.press("unpack", "choose:LOT-1")
    assert tree(floor, pallet).is_empty
    assert floor.scan(label(floor, 1)).said.verdict is Verdict.ACCEPTED
    before = figures(floor)
    rebuild(floor.wired.store.database)
    assert figures(floor) == before


def test_a_pallet_ships_with_all_that_is_on_it(floor: Floor) -> None:
    carton = packed(floor, 0)
    pallet = opened(floor, pallet=True)
    floor.scan(sscc(carton))
    floor.press("close")
    before = figures(floor)
    said = ships(floor, pallet).said
    assert (said.verdict, said.about["customer"]) == (Verdict.ACCEPTED, "Bakery Ltd.")
    assert tree(floor, carton).unit.state is tree(floor, pallet).unit.state is CartonState.SHIPPED
    assert (on_hand(floor), shipped(floor)) == (25, [25, 0])
    container = floor.wired.store.book.container(containers(floor)[0])
    assert container is not None
    assert container.quantity == 0
    # A restart keeps the state, reading the journal anew gives the same figures, undo gives the start.
    work = floor.wired.station.seat.work
    floor.restart()
    assert floor.wired.station.seat.work == work
    after = figures(floor)
    rebuild(floor.wired.store.database)
    assert figures(floor) == after
    floor.press("undo")
    same = ("cartons", "carton_contents", "containers")
    assert {name: figures(floor)[name] for name in same} == {name: before[name] for name in same}
    assert (on_hand(floor), shipped(floor)) == (50, [0, 0])
    assert floor.scan(sscc(pallet)).said.verdict is Verdict.ACCEPTED


def test_lines_fill_in_turn_and_more_than_they_want_is_asked(floor: Floor) -> None:
    floor.press("mode:receive")
    floor.scan(bag("LOT-1"))
    floor.press("mode:pack")
    assert ships(floor, packed(floor, 0, 1)).said.verdict is Verdict.ACCEPTED
    assert shipped(floor) == [30, 20]
    floor.press("mode:pack")
    third = packed(floor, 2)
    asked = ships(floor, third).said
    assert (asked.verdict, asked.reason, asked.about["over"]) == (Verdict.CHECK, Reason.OVER_PLAN, "20")
    floor.press("confirm")
    assert shipped(floor) == [30, 45]
    assert floor.events("shipment")[-1]["data"]["accepted_reasons"] == ["OVER_PLAN"]


@pytest.mark.parametrize("on_a_pallet", [True, False])
def test_nothing_held_leaves(floor: Floor, on_a_pallet: bool) -> None:
    unit = carton = packed(floor)
    if on_a_pallet:
        unit = opened(floor, pallet=True)
        floor.scan(sscc(carton))
        floor.press("close")
    hold(floor)
    said = ships(floor, unit).said
    assert (said.verdict, said.reason, said.ask, said.about["sscc"]) == (Verdict.STOP, Reason.LOT_ON_HOLD, Ask.ACKNOWLEDGE, carton)
    assert isinstance(floor.desk.view(), StopView)
    assert floor.scan(sscc(unit)).said.reason is Reason.ACKNOWLEDGE_FIRST
    floor.press("acknowledge")
    assert floor.events("shipment") == []


@pytest.mark.parametrize("fault", ["pallet", "open", "gone"])
def test_what_is_held_stops_whatever_else_is_wrong_with_its_carton(floor: Floor, fault: str) -> None:
    unit = packed(floor)
    match fault:
        case "pallet":
            opened(floor, pallet=True)
            floor.scan(sscc(unit))
        case "open":
            floor.scan(sscc(unit))
        case "gone":
            ships(floor, unit)
            floor.press("mode:pack")
    hold(floor)
    said = ships(floor, unit).said
    assert (said.verdict, said.reason, said.about["sscc"]) == (Verdict.STOP, Reason.LOT_ON_HOLD, unit)
    floor.press("acknowledge")


def test_a_lot_of_the_wrong_kind_never_gets_into_a_carton(floor: Floor) -> None:
    hold(floor)
    opened(floor)
    assert floor.scan(label(floor)).said.verdict is Verdict.REJECTED
    assert floor.scan(f"{BAG}1728033110RECALLED-1").said.verdict is Verdict.STOP


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (sscc_of("9520001", 9999) or "", Reason.CARTON_UNKNOWN),
        ("open", Reason.CARTON_OPEN),
        ("pallet", Reason.CARTON_ELSEWHERE),
        ("twice", Reason.ALREADY_COUNTED),
    ],
)
def test_a_carton_that_is_not_ready_stays(floor: Floor, wrong: str, reason: Reason) -> None:
    unit = wrong
    match wrong:
        case "open":
            unit = opened(floor)
            floor.scan(label(floor))
        case "pallet":
            unit = packed(floor)
            opened(floor, pallet=True)
            floor.scan(sscc(unit))
        case "twice":
            unit = packed(floor)
            ships(floor, unit)
    said = ships(floor, unit).said
    assert (said.verdict is not Verdict.ACCEPTED, said.reason) == (True, reason)


def test_a_carton_for_another_customer_is_a_stop(floor: Floor) -> None:
    floor.scan(OTHER_SHIP_ORDER)
    assert floor.wired.station.seat.mode == "pack"
    carton = packed(floor)
    assert floor.wired.store.prints.waiting(20)[-1].order.data["order"] == OTHER_SHIP_ORDER
    floor.press("mode:ship")
    said = ships(floor, carton).said
    assert (said.verdict, said.reason, said.about["packed_for"]) == (Verdict.STOP, Reason.WRONG_CUSTOMER, "CAFE")


def test_what_will_not_keep_long_enough_for_them_stays(floor: Floor) -> None:
    carton = packed(floor)
    floor.clock.advance((NOON.replace(year=2028, month=9, day=15) - NOON).total_seconds())
    said = ships(floor, carton).said
    assert (said.verdict is not Verdict.ACCEPTED, said.reason, said.about["least"]) == (True, Reason.SHELF_LIFE_SHORT, "90")
    # The other customer says nothing; the item's own 60 days hold.
    assert ships(floor, carton, OTHER_SHIP_ORDER).said.verdict is Verdict.ACCEPTED


def test_loose_goods_are_packed_first(floor: Floor) -> None:
    floor.press("mode:ship")
    floor.scan(SHIP_ORDER)
    said = floor.scan(label(floor)).said
    assert (said.verdict, said.reason) == (Verdict.REJECTED, Reason.NOT_EXPECTED_HERE)
    hero = view(floor).hero
    assert isinstance(hero, VerdictHero)
    assert hero.next_step.startswith("Pack them")


def test_a_late_undo_follows_the_goods(floor: Floor) -> None:
    ships(floor, packed(floor))
    floor.clock.advance(timedelta(minutes=10).total_seconds())
    floor.press("undo")
    assert [each.words for each in view(floor).actions] == ["The goods are here", "The goods left", "Cancel"]
    floor.press("choose:left")
    assert on_hand(floor) == 25
    assert floor.desk.said is not None
    assert floor.desk.said.reason is Reason.DOWNSTREAM_EXISTS
    floor.press("undo", "choose:here")
    shown = floor.desk.view()
    assert isinstance(shown, ChoiceView)
    floor.press(shown.tiles[0].action)
    assert on_hand(floor) == 50


def test_packing_is_not_undone_once_it_left(floor: Floor) -> None:
    ships(floor, packed(floor))
    floor.press("mode:pack", "undo")
    assert floor.desk.said is not None
    assert floor.desk.said.reason is Reason.DOWNSTREAM_EXISTS
    assert on_hand(floor) == 25


@pytest.mark.parametrize(("then", "verdict"), [("warn", Verdict.CHECK), ("block", Verdict.CHECK), ("off", Verdict.ACCEPTED)])
def test_a_hold_list_that_is_too_old(tmp_path: Path, then: str, verdict: Verdict) -> None:
    policies = {"data_too_old": {"hours": 2, "then": "off", "actions": {"ship": then}}}
    floor = Floor(new_database(tmp_path / "station", **SALES, policies=policies))
    floor.wired.store.reference.note_meeting(floor.clock.now(), online=True, complete=True)
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    floor.press("mode:pack")
    carton = packed(floor)
    floor.clock.advance(3 * 3600)
    said = ships(floor, carton).said
    assert (said.verdict, said.reason) == (verdict, None if then == "off" else Reason.DATA_TOO_OLD)
    assert int(said.about["data_age"]) >= 3 * 3600
    assert "3 h" in view(floor).document.note
    # A block leaves the yes to a second person.
    assert view(floor).actions[0].action == {"warn": "confirm", "block": "override", "off": "undo"}[then]
    floor.press("confirm")
    accepted = [each["data"]["accepted_reasons"] for each in floor.events("shipment")]
    assert accepted == {"warn": [["DATA_TOO_OLD"]], "block": [], "off": [[]]}[then]
    floor.close()


def test_numbers_that_are_used_up_are_said(floor: Floor) -> None:
    with floor.wired.store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM number_blocks WHERE kind = 'sscc'")
    floor.press("new_carton")
    assert floor.desk.said is not None
    assert floor.desk.said.reason is Reason.NUMBERS_USED_UP


def test_the_screens_show_what_is_inside_and_what_is_left(floor: Floor) -> None:
    carton = opened(floor)
    floor.scan(label(floor))
    outline = view(floor).outline
    assert outline is not None
    assert [(row.words, row.quantity) for row in outline.rows] == [(f"Carton …{carton[-7:]}", ""), ("LOT-1", "25 kg")]
    floor.press("close")
    ships(floor, carton)
    outline = view(floor).outline
    assert outline is not None
    assert [row.quantity for row in outline.rows] == ["25 of 30 kg", "0 of 25 kg", "1 lot"]
    assert isinstance(floor.wired.station.seat.work, Shipping)


OTHER = "scanner-2"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Floor]:
    """Two workers pack at one station, a scanner each; two bags of LOT-1 are there."""
    floor = Floor(new_database(tmp_path / "pair", **SALES), seat_of={"scanner-1": "1", OTHER: "2"})
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    floor.scan(bag("LOT-1"))
    floor.scan(SUPERVISOR, OTHER)
    for name in "12":
        floor.wired.seats.seat(name).press("mode:pack")
    yield floor
    floor.check()
    floor.close()


def other(floor: Floor, *touches: str) -> Outcome:
    """The second worker touches."""
    for touch in touches:
        floor.clock.advance(2)
        outcome = floor.wired.seats.seat("2").press(touch)
    return outcome


def test_a_carton_that_the_other_seat_shipped_is_not_closed_filled_or_shipped_again(pair: Floor) -> None:
    carton = opened(pair)
    pair.scan(label(pair))
    pair.scan(sscc(carton), OTHER)  # in both hands now
    other(pair, "close", "mode:ship")
    pair.scan(SHIP_ORDER, OTHER)
    assert pair.scan(sscc(carton), OTHER).said.verdict is Verdict.ACCEPTED
    pair.press("close")
    assert pair.scan(label(pair, 1)).said.reason is Reason.NOT_EXPECTED_HERE
    pair.press("unpack", "undo")
    assert pair.desk.said is not None
    assert (pair.desk.said.reason, pair.desk.said.about["left"]) == (Reason.DOWNSTREAM_EXISTS, "yes")
    assert tree(pair, carton).unit.state is CartonState.SHIPPED
    assert [len(pair.events(kind)) for kind in ("carton_closed", "packing", "unpacking", "correction")] == [1, 1, 0, 0]
    assert ships(pair, carton).said.reason is Reason.CARTON_ELSEWHERE
    assert on_hand(pair) == 25


def test_what_the_other_seat_took_out_is_not_packed_back_by_an_undo(pair: Floor) -> None:
    carton = opened(pair)
    pair.scan(label(pair))
    pair.scan(sscc(carton), OTHER)
    other(pair, "unpack")
    pair.wired.seats.seat("2").choose("LOT-1")
    assert tree(pair, carton).is_empty
    pair.press("undo")
    assert pair.desk.said is not None
    assert pair.desk.said.reason is Reason.DOWNSTREAM_EXISTS
    assert tree(pair, carton).unit.contents == ()


def test_a_carton_that_was_taken_off_and_shipped_is_not_put_back_by_an_undo(floor: Floor) -> None:
    carton = packed(floor, 0)
    pallet = opened(floor, pallet=True)
    floor.scan(sscc(carton))
    floor.scan(label(floor, 1))
    floor.press("unpack", f"choose:{carton}")
    ships(floor, carton)
    floor.press("mode:pack", "undo")
    assert floor.desk.said is not None
    assert (floor.desk.said.reason, floor.desk.said.about["left"]) == (Reason.DOWNSTREAM_EXISTS, "yes")
    assert tree(floor, pallet).cartons == ()


def test_while_the_reason_of_an_undo_is_asked_the_other_seat_may_go_on(pair: Floor) -> None:
    carton = packed(pair)
    pair.clock.advance(600)
    pair.press("undo")
    shown = pair.desk.view()
    assert isinstance(shown, ChoiceView)
    other(pair, "new_pallet")
    pair.scan(sscc(carton), OTHER)
    pair.press(shown.tiles[0].action)
    assert pair.desk.said is not None
    assert pair.desk.said.reason is Reason.DOWNSTREAM_EXISTS
    assert tree(pair, carton).unit.state is CartonState.CLOSED


def test_a_yes_to_one_carton_of_an_unknown_lot_is_none_to_the_next(floor: Floor) -> None:
    cartons = []
    for lot in ("STRANGE-1", "STRANGE-2"):
        cartons.append(opened(floor))
        floor.scan(bag(lot))
        floor.press("confirm", "close")
    for carton in cartons:
        floor.press("mode:ship")
        floor.scan(OTHER_SHIP_ORDER)
        assert floor.scan(sscc(carton)).said.reason is Reason.LOT_UNKNOWN
        floor.press("confirm")
    floor.press("mode:pack")
    assert ships(floor, packed(floor), OTHER_SHIP_ORDER).said.verdict is Verdict.ACCEPTED
    accepted = [each["data"]["accepted_reasons"] for each in floor.events("shipment")]
    assert accepted == [["LOT_UNKNOWN"], ["LOT_UNKNOWN"], []]


def test_a_stop_at_the_gate_says_how_old_the_hold_list_is(tmp_path: Path) -> None:
    floor = Floor(new_database(tmp_path / "station", **SALES))
    floor.wired.store.reference.note_meeting(floor.clock.now(), online=True, complete=True)
    floor.sign_in_and_open(SUPERVISOR)
    floor.scan(bag("LOT-1"))
    floor.press("mode:pack")
    carton = packed(floor)
    floor.press("home", "mode:quality")
    floor.scan(label(floor))
    floor.press("choose:hold")
    reasons = floor.desk.view()
    assert isinstance(reasons, ChoiceView)
    floor.press(reasons.tiles[0].action)
    floor.clock.advance(3 * 3600)
    ships(floor, carton)
    stop = floor.desk.view()
    assert isinstance(stop, StopView)
    assert "3 h" in stop.hold_list
    floor.close()


def test_no_more_comes_back_than_they_got(floor: Floor) -> None:
    ships(floor, packed(floor))
    floor.press("mode:return")
    floor.scan(bag("LOT-1"), after=5)
    floor.wired.station.choose("customer_return")
    floor.wired.station.give_quantity("20", None)
    floor.wired.station.choose("COMPLAINT")
    assert floor.events("customer_return")[0]["data"]["base_quantity"] == "20"
    floor.scan(bag("LOT-1"), after=5)
    floor.wired.station.choose("customer_return")
    floor.wired.station.give_quantity("6", None)
    asked = floor.wired.station.choose("COMPLAINT").said
    assert (asked.verdict, asked.reason, asked.about["there"]) == (Verdict.CHECK, Reason.LOT_SHORT, "5")
    assert words_of(asked, load_language(SOURCE)).why == "Only 5 kg of LOT-1 went there"
    floor.wired.station.choose("quantity")
    taken = floor.wired.station.give_quantity("5", None).said
    assert (taken.verdict, len(floor.events("customer_return"))) == (Verdict.ACCEPTED, 2)
