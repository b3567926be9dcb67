"""The small stock works and the count at a whole station: what is asked, what is stopped, what the stock is afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.presenters.views import LotView
from kiosk.services.station import Outcome
from kiosk.store.rebuild import rebuild
from tests.kiosk.floor import WORKER, Floor, bag, new_database
from traceability.lots import Disposition, LotKey
from traceability.refusals import Reason, Verdict
from traceability.workflows.seat import open_scans
from traceability.workflows.step import Ask

PLACES = [
    {"place": "Dock 1", "kind": "receiving"},
    {"place": "Rack 7", "kind": "rack"},
    {"place": "Rack 8", "kind": "rack"},
    {"place": "Cage", "kind": "quarantine"},
]
LOTS = [
    {
        "item": "STARCH",
        "lot": "OPEN-1",
        "assigned_by": "NWS",
        "expires_on": "2028-03-31",
        "on_hand": [{"place": "Rack 7", "quantity": "60"}],
    },
    {"item": "STARCH", "lot": "HELD-1", "assigned_by": "NWS", "disposition": "hold", "on_hand": [{"place": "Dock 1", "quantity": "25"}]},
    {"item": "STARCH", "lot": "BAD-1", "assigned_by": "NWS", "disposition": "recalled", "on_hand": [{"place": "Dock 1", "quantity": "25"}]},
    {
        "item": "STARCH",
        "lot": "OLD-1",
        "assigned_by": "NWS",
        "expires_on": "2026-01-31",
        "on_hand": [{"place": "Dock 1", "quantity": "25"}],
    },
]


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    opened = Floor(
        new_database(tmp_path / "db", places=PLACES, lots=LOTS, tolerances=[{"for": "count", "item": "STARCH", "under_percent": "2"}])
    )
    opened.scan(WORKER)
    yield opened
    opened.check()
    opened.close()


def mode(floor: Floor, name: str) -> None:
    floor.press(f"mode:{name}")


def press(floor: Floor, verb: str) -> Outcome:
    floor.clock.advance(2)
    return floor.wired.station.press(verb)


def choose(floor: Floor, choice: str) -> Outcome:
    floor.clock.advance(2)
    return floor.wired.station.choose(choice)


def quantity(floor: Floor, amount: str) -> Outcome:
    floor.clock.advance(2)
    return floor.wired.station.give_quantity(amount, None)


def stock(floor: Floor, lot: str = "L1") -> dict[str, Decimal]:
    return dict(floor.wired.store.book.places_of(LotKey("STARCH", lot, "NWS")))


def received(floor: Floor, bags: int = 1) -> list[str]:
    """Our labels of bags of lot L1, each 25 kg, at the dock."""
    mode(floor, "receive")
    floor.scan("4500012345")
    for _ in range(bags):
        assert floor.scan(bag("L1"), after=5).said.verdict is Verdict.ACCEPTED
    return [event["data"]["containers"][0]["serial"] for event in floor.events("receipt")]


def left(floor: Floor, serial: str) -> tuple[Decimal, str]:
    container = floor.wired.store.book.container(serial)
    assert container is not None
    return container.quantity, container.place


def said(outcome: Outcome) -> tuple[Verdict | None, Ask | None, Reason | None]:
    return outcome.said.verdict, outcome.said.ask, outcome.said.reason


def kinds(outcome: Outcome) -> list[Any]:
    return [event["kind"] for event in outcome.recorded]


def test_a_container_is_moved_to_the_place_that_is_scanned_after_it(floor: Floor) -> None:
    (serial,) = received(floor)
    mode(floor, "move")
    assert said(floor.scan(serial)) == (Verdict.ASK, Ask.SCAN_PLACE, None)
    moved = floor.scan("Rack 7")
    assert (said(moved), kinds(moved)) == ((Verdict.ACCEPTED, Ask.SCAN_LABEL, None), ["move"])
    assert (stock(floor), left(floor, serial)) == ({"Rack 7": 25}, (25, "Rack 7"))
    assert len(moved.recorded[0]["scans"]) == 2, "the place's scan is named too"
    press(floor, "undo")
    assert (stock(floor), left(floor, serial)) == ({"Dock 1": 25}, (25, "Dock 1"))


def test_what_is_no_place_is_refused_where_a_place_is_asked_for_and_the_question_stays(floor: Floor) -> None:
    (serial,) = received(floor)
    mode(floor, "move")
    floor.scan(serial)
    unknown = (Verdict.REJECTED, Ask.SCAN_PLACE, Reason.PLACE_UNKNOWN)
    assert (said(floor.scan("Rack 77")), said(floor.wired.station.type("Rack 77"))) == (unknown, unknown)
    waits = floor.scan(bag("L1"), after=5).said
    assert (waits.verdict, waits.waiting) == (Verdict.ASK, 1)  # goods are no wrong answer: they wait their turn
    assert kinds(floor.scan("Rack 7")) == ["move"]


def test_what_is_no_place_is_refused_where_a_count_wants_one(floor: Floor) -> None:
    mode(floor, "count")
    unknown = (Verdict.REJECTED, Ask.SCAN_PLACE, Reason.PLACE_UNKNOWN)
    assert (said(floor.scan("Rack 77")), said(floor.wired.station.type("Rack 77"))) == (unknown, unknown)
    assert said(floor.scan(bag("OPEN-1")))[1] is Ask.SCAN_PLACE


def test_a_place_that_was_scanned_first_takes_all_that_follow(floor: Floor) -> None:
    first, second = received(floor, 2)
    mode(floor, "move")
    floor.scan("Rack 7")
    for serial in (first, second):
        assert floor.scan(serial, after=4).said.verdict is Verdict.ACCEPTED
    assert stock(floor) == {"Rack 7": 50}
    assert said(floor.scan(first, after=4))[2] is Reason.ALREADY_COUNTED


@pytest.mark.parametrize(
    ("lot", "place", "answer"),
    [
        ("BAD-1", "Rack 7", (Verdict.STOP, Ask.ACKNOWLEDGE, Reason.LOT_RECALLED)),
        ("BAD-1", "Cage", (Verdict.ACCEPTED, Ask.SCAN_LABEL, None)),
        ("HELD-1", "Rack 7", (Verdict.CHECK, Ask.DECIDE, Reason.LOT_ON_HOLD)),
        ("HELD-1", "Cage", (Verdict.ACCEPTED, Ask.SCAN_LABEL, None)),
        ("OLD-1", "Rack 7", (Verdict.ACCEPTED, Ask.SCAN_LABEL, None)),
    ],
)
def test_what_is_held_goes_to_be_kept_apart_and_a_recalled_lot_nowhere_else(floor: Floor, lot: str, place: str, answer: Any) -> None:
    mode(floor, "move")
    floor.scan(place)
    assert said(floor.scan(bag(lot))) == answer


@pytest.mark.parametrize("lot", ["HELD-1", "BAD-1", "OLD-1"])
def test_what_may_not_be_used_may_be_scrapped_with_a_reason(floor: Floor, lot: str) -> None:
    mode(floor, "scrap")
    assert said(floor.scan(bag(lot))) == (Verdict.ASK, Ask.CHOOSE_REASON, None)
    assert kinds(choose(floor, "DAMAGED")) == ["scrap"]
    assert stock(floor, lot) == {}


def test_the_plants_own_reasons_are_offered(tmp_path: Path) -> None:
    reasons = [{"code": "R1", "words": "Fell off the forklift", "for": "scrap"}, {"code": "R2", "for": "override"}]
    opened = Floor(new_database(tmp_path / "db", places=PLACES, lots=LOTS, reasons=reasons))
    opened.scan(WORKER)
    mode(opened, "scrap")
    assert [(each.id, each.words) for each in opened.scan(bag("OLD-1")).said.choices] == [("R1", "Fell off the forklift")]
    opened.close()


def test_more_than_is_there_is_asked_about(floor: Floor) -> None:
    mode(floor, "sample")
    floor.scan(bag("OLD-1"))
    assert said(quantity(floor, "26")) == (Verdict.CHECK, Ask.DECIDE, Reason.LOT_SHORT)
    assert kinds(quantity(floor, "0.5")) == ["sample"]
    assert stock(floor, "OLD-1") == {"Dock 1": Decimal("24.5")}


def test_an_adjustment_says_what_is_there_and_may_have_no_cause(floor: Floor) -> None:
    (serial,) = received(floor)
    mode(floor, "adjust")
    floor.scan(serial)
    assert said(quantity(floor, "24")) == (Verdict.ASK, Ask.CHOOSE_REASON, None)
    (event,) = choose(floor, "CAUSE_UNKNOWN").recorded
    assert (event["data"]["difference"], event["data"]["why"]) == ("-1", None)
    floor.scan(serial, after=5)
    quantity(floor, "0")
    (event,) = choose(floor, "DRIED").recorded
    assert (event["data"]["why"], stock(floor), left(floor, serial)) == ("DRIED", {}, (0, "Dock 1"))


def test_a_container_is_split_into_several_each_with_its_label(floor: Floor) -> None:
    (serial,) = received(floor)
    mode(floor, "split")
    floor.scan(serial)
    assert [each.id for each in quantity(floor, "5").said.choices] == ["1", "2", "5", "cancel"]
    split = choose(floor, "3")
    labels = [order.serial for order in split.printed]
    assert [left(floor, each) for each in (serial, *labels)] == [(10, "Dock 1"), *([(5, "Dock 1")] * 3)]
    assert stock(floor) == {"Dock 1": 25}
    press(floor, "undo")
    assert left(floor, serial) == (25, "Dock 1")
    assert all(floor.wired.store.book.container(each).voided for each in labels)


def test_what_comes_back_from_a_customer_waits_and_what_goes_to_the_vendor_is_gone(floor: Floor) -> None:
    (serial,) = received(floor)
    mode(floor, "return")
    floor.scan(serial)
    choose(floor, "vendor_return")
    (event,) = choose(floor, "WRONG_GOODS").recorded
    assert (event["data"]["vendor"], stock(floor)) == ("NWS", {})
    floor.scan(bag("L1"), after=5)
    choose(floor, "customer_return")
    quantity(floor, "2")
    asked = choose(floor, "COMPLAINT").said
    assert (asked.verdict, asked.reason, asked.about["there"]) == (Verdict.CHECK, Reason.LOT_SHORT, "0"), "nobody got any of it"
    assert [each.id for each in asked.choices] == ["confirm", "quantity", "cancel"]
    back = press(floor, "confirm")
    assert (kinds(back), len(back.printed), stock(floor)) == (["customer_return"], 1, {"Dock 1": 2})
    lot = floor.wired.store.book.lot(LotKey("STARCH", "L1", "NWS"))
    assert lot is not None
    assert lot.disposition is Disposition.QUARANTINE


def count(floor: Floor, place: str = "Rack 7") -> None:
    mode(floor, "count")
    floor.scan(place)


def test_a_count_within_the_tolerance_is_recorded_and_nobody_is_told_what_was_expected(floor: Floor) -> None:
    count(floor)
    floor.scan(bag("OPEN-1"))
    heard = floor.scan(bag("OPEN-1"), after=5)
    press(floor, "change")
    quantity(floor, "34")
    assert "60" not in str(heard.said) + str(floor.desk.view())
    finished = press(floor, "finish")
    data = finished.recorded[0]["data"]
    assert (data["expected"], data["quantity"], data["difference"], data["round"]) == ("60", "59", "-1", 1)
    assert (len(finished.recorded[0]["scans"]), stock(floor, "OPEN-1")) == (2, {"Rack 7": 59})
    press(floor, "undo")
    assert stock(floor, "OPEN-1") == {"Rack 7": 60}


def test_a_count_that_is_too_far_off_is_done_again_and_the_second_decides(floor: Floor) -> None:
    count(floor)
    floor.scan(bag("OPEN-1"))
    assert said(press(floor, "finish")) == (Verdict.CHECK, Ask.DECIDE, Reason.FACTS_CONFLICT)
    again = choose(floor, "recount")
    assert [each["data"]["why"] for each in again.recorded] == ["replaced"], "the first count's scans are named, and nothing is posted"
    floor.scan(bag("OPEN-1"), after=5)
    assert said(press(floor, "finish")) == (Verdict.ASK, Ask.CHOOSE_REASON, None)
    data = choose(floor, "CAUSE_UNKNOWN").recorded[0]["data"]
    assert (data["difference"], data["round"], data["why"]) == ("-35", 2, None)
    assert stock(floor, "OPEN-1") == {"Rack 7": 25}


def test_what_is_not_found_is_asked_about_and_counted_as_nothing(floor: Floor) -> None:
    count(floor)
    asked = press(floor, "finish")
    assert (said(asked), asked.said.about["lots"]) == ((Verdict.CHECK, Ask.DECIDE, Reason.LOT_MISSING), "OPEN-1")
    choose(floor, "none_left")
    choose(floor, "recount")
    press(floor, "finish")
    assert said(choose(floor, "none_left"))[1] is Ask.CHOOSE_REASON
    assert kinds(choose(floor, "OTHER")) == ["count", "document_finished"]
    assert stock(floor, "OPEN-1") == {}


def test_what_was_scanned_while_the_missing_were_asked_about_waits_for_its_place_and_is_not_lost(floor: Floor) -> None:
    count(floor)
    floor.scan(bag("OPEN-1"))
    for _ in range(2):
        press(floor, "finish")
        choose(floor, "recount")
    press(floor, "finish")
    assert floor.scan(bag("OPEN-1"), after=5).said.waiting == 1
    assert said(choose(floor, "none_left"))[1] is Ask.CHOOSE_REASON
    freed = choose(floor, "OTHER").then
    assert [said(each) for each in freed] == [(Verdict.ASK, Ask.SCAN_PLACE, None)]
    assert freed[0].scan is not None
    assert freed[0].scan.id in open_scans(floor.wired.station.seat)
    floor.check()


def test_a_container_found_elsewhere_stands_there_now(floor: Floor) -> None:
    (serial,) = received(floor)
    count(floor, "Rack 8")
    floor.scan(serial)
    assert said(floor.scan(serial, after=5))[0] is Verdict.DUPLICATE
    press(floor, "finish")
    assert (stock(floor), left(floor, serial)) == ({"Rack 8": 25}, (25, "Rack 8"))
    assert [(each["data"]["why"], each["data"]["container"]) for each in floor.events("move")] == [("FOUND_HERE", serial)]
    press(floor, "undo")
    assert (stock(floor), left(floor, serial)) == ({"Rack 8": 25}, (25, "Rack 8"))  # the count is; that it stands there is not
    press(floor, "undo")
    assert (stock(floor), left(floor, serial)) == ({"Dock 1": 25}, (25, "Dock 1"))


def test_a_lot_that_nobody_knew_is_walked_in(floor: Floor) -> None:
    count(floor, "Rack 8")
    assert said(floor.scan(bag("NEW-1"))) == (Verdict.CHECK, Ask.DECIDE, Reason.LOT_UNKNOWN)
    press(floor, "confirm")
    (event, _) = press(floor, "finish").recorded
    assert (event["data"]["opening"], event["data"]["expires_on"]) == (True, "2028-11-30")
    lot = floor.wired.store.book.lot(LotKey("STARCH", "NEW-1", "NWS"))
    assert lot is not None
    assert (lot.on_hand, str(lot.expires_on)) == (25, "2028-11-30")


def test_a_count_is_there_again_after_a_power_cut(floor: Floor) -> None:
    count(floor)
    floor.scan(bag("OPEN-1"))
    floor.scan(bag("OPEN-1"), after=5)
    floor.restart()
    press(floor, "change")
    quantity(floor, "35")
    assert press(floor, "finish").recorded[0]["data"]["difference"] == "0"


DEEDS = st.lists(
    st.tuples(st.sampled_from(("move", "scrap", "sample", "adjust", "split", "undo")), st.sampled_from((0, 1)), st.integers(0, 40)),
    max_size=6,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_stock_is_the_sum_of_what_was_done_and_undoing_all_gives_the_start(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int, int]]
) -> None:
    floor = Floor(new_database(tmp_path_factory.mktemp("floor") / "db", places=PLACES, lots=LOTS))
    floor.scan(WORKER)
    serials = received(floor, 2)
    mode(floor, "move")
    for deed, which, amount in deeds:
        if deed == "undo":
            press(floor, "undo")
            continue
        mode(floor, deed)
        floor.scan(serials[which], after=25)
        for act in (
            lambda: floor.scan("Rack 8"),
            lambda amount=amount: quantity(floor, str(amount)),
            lambda: press(floor, "confirm"),
            lambda: choose(floor, "1"),
            lambda: choose(floor, "OTHER"),
        ):
            if floor.wired.station.seat.work.question is not None:
                act()
        press(floor, "cancel")
    events = floor.events()
    undone = {event["data"]["corrects"] for event in events if event["kind"] == "correction"}
    total = sum((_change(event) for event in events if event["id"] not in undone), Decimal(0))
    assert sum(stock(floor).values(), Decimal(0)) == total
    before = stock(floor)
    rebuild(floor.wired.store.database)
    assert stock(floor) == before
    for name in ("move", "scrap", "sample", "adjust", "split"):
        mode(floor, name)
        for _ in floor.wired.station.seat.work.done:
            press(floor, "undo")
        assert floor.wired.station.seat.work.done == (), floor.desk.said
    assert stock(floor) == {"Dock 1": 50}
    assert [left(floor, serial) for serial in serials] == [(25, "Dock 1")] * 2
    floor.check()
    floor.close()


def _change(event: dict[str, Any]) -> Decimal:
    """What one event does to the whole of the lot, read from the journal by hand."""
    data = event["data"]
    match event["kind"]:
        case "receipt":
            return Decimal(data["base_quantity"])
        case "scrap" | "sample":
            return -Decimal(data["base_quantity"])
        case "adjustment":
            return Decimal(data["difference"])
        case _:
            return Decimal(0)


def test_a_lots_card_says_where_it_came_from_and_where_it_went(floor: Floor) -> None:
    (serial,) = received(floor)
    mode(floor, "scrap")
    floor.scan(bag("L1"), after=5)
    choose(floor, "DIRTY")
    before = stock(floor)
    mode(floor, "lookup")
    shown = floor.scan(serial, after=25)
    assert (shown.said.verdict, shown.said.about["vendors"], shown.said.about["disposition"]) == (Verdict.ASK, "NWS", "available")
    view = floor.desk.view()
    assert isinstance(view, LotView)
    uses = [row.words for row in view.uses.rows]
    assert (view.card.lot, [row.words for row in view.sources.rows], uses) == ("L1", ["NWS"], [serial, "Scrap"])
    assert said(floor.scan(bag("NOWHERE"), after=25)) == (Verdict.REJECTED, Ask.SCAN_LABEL, Reason.LOT_UNKNOWN)
    assert floor.scan("Rack 7").said.about["place"] == "Rack 7"
    assert "OPEN-1" in str(floor.desk.view())
    assert stock(floor) == before


def test_a_container_that_another_station_labelled_is_put_right_as_that_container(floor: Floor) -> None:
    foreign = bag("OPEN-1") + "\x1d21PACK2-7XYZ-12"
    mode(floor, "adjust")
    floor.scan(foreign)
    quantity(floor, "24")
    (event,) = choose(floor, "DRIED").recorded
    data = event["data"]
    assert (data["container"], data["expected"], data["difference"]) == ("PACK2-7XYZ-12", "25", "-1")
    assert stock(floor, "OPEN-1")["Rack 7"] == 59, "the other containers of the lot are left alone"
    assert left(floor, "PACK2-7XYZ-12") == (24, "Rack 7")
    before = stock(floor, "OPEN-1")
    rebuild(floor.wired.store.database)
    assert (stock(floor, "OPEN-1"), left(floor, "PACK2-7XYZ-12")) == (before, (24, "Rack 7"))
    floor.scan(foreign, after=25)
    quantity(floor, "20")
    assert choose(floor, "DRIED").recorded[0]["data"]["difference"] == "-4", "from now on it is known here"
    press(floor, "undo")
    press(floor, "undo")
    assert stock(floor, "OPEN-1") == {"Rack 7": 60}
    assert floor.wired.store.book.container("PACK2-7XYZ-12") is None


def test_a_container_that_is_not_found_holds_nothing_once_a_person_says_so(floor: Floor) -> None:
    first, second = received(floor, 2)
    mode(floor, "move")
    floor.scan("Rack 8")
    for serial in (first, second):
        floor.scan(serial, after=4)
    count(floor, "Rack 8")
    floor.scan(first, after=25)
    assert said(press(floor, "finish"))[2] is Reason.LOT_MISSING
    choose(floor, "none_left")
    choose(floor, "recount")
    floor.scan(first, after=25)
    press(floor, "finish")
    choose(floor, "none_left")
    (event, _) = choose(floor, "SPILLED").recorded
    assert (event["data"]["difference"], event["data"]["why"], stock(floor)) == ("-25", "SPILLED", {"Rack 8": 25})
    assert [left(floor, serial) for serial in (first, second)] == [(25, "Rack 8"), (0, "Rack 8")]
    before = stock(floor)
    rebuild(floor.wired.store.database)
    assert (stock(floor), left(floor, second)) == (before, (0, "Rack 8"))
    press(floor, "undo")
    assert [left(floor, serial) for serial in (first, second)] == [(25, "Rack 8")] * 2


def test_what_is_walked_in_says_its_expiry_scanned_or_typed(floor: Floor) -> None:
    count(floor, "Rack 8")
    for lot in ("NEW-1", "NEW-2"):
        floor.scan("]d20119520123000018" + f"10{lot}", after=25)
        assert floor.wired.station.press("confirm").said.ask is Ask.SCAN_EXPIRY
        if lot == "NEW-1":
            floor.scan("]d217281130")
        else:
            floor.clock.advance(2)
            assert said(floor.wired.station.type("not a day"))[2] is Reason.EXPIRY_MISSING
            floor.wired.station.type("2028-05-31")
    press(floor, "finish")
    days = [event["data"]["expires_on"] for event in floor.events("count")]
    assert days == ["2028-11-30", "2028-05-31"]


def test_a_container_that_another_station_labelled_is_counted_once(floor: Floor) -> None:
    count(floor)
    foreign = bag("OPEN-1") + "\x1d21PACK2-7XYZ-12"
    floor.scan(foreign)
    assert said(floor.scan(foreign, after=25))[2] is Reason.ALREADY_COUNTED
    floor.scan(bag("OPEN-1") + "\x1d21PACK2-7XYZ-13", after=25)
    press(floor, "finish")
    choose(floor, "recount")
    for number in ("12", "13"):
        floor.scan(bag("OPEN-1") + f"\x1d21PACK2-7XYZ-{number}", after=25)
    press(floor, "finish")
    (event, _) = choose(floor, "OTHER").recorded
    assert (event["data"]["quantity"], [each["serial"][-2:] for each in event["data"]["found"]]) == ("50", ["12", "13"])
