"""What a count asks at its end, what is walked in at go-live, and what is taken back of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kiosk.presenters.views import ChoiceView, ReceiveView
from kiosk.services.station import Outcome
from tests.kiosk import any_shift
from tests.kiosk.any_shift import EVERYTHING, RACK
from tests.kiosk.floor import STARCH, WORKER, Floor, bag, new_database
from traceability.events import from_data
from traceability.lots import LotKey
from traceability.movements import Account, effect_of
from traceability.refusals import Reason, Verdict
from traceability.workflows.step import Ask

SITE = "EXAMPLE TABLETS"


def floor_with(folder: Path, **changes: Any) -> Floor:
    floor = Floor(new_database(folder, **(EVERYTHING | changes)))
    floor.scan(WORKER)
    floor.press("mode:count")
    floor.scan(RACK)
    return floor


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    """75 kg of S-2 and 25 kg of OLD stand on the rack that is counted."""
    floor = floor_with(tmp_path / "station")
    yield floor
    any_shift.rebuilt_alike(floor)
    floor.check()
    floor.close()


def press(floor: Floor, verb: str) -> Outcome:
    floor.clock.advance(2)
    return floor.wired.station.press(verb)


def choose(floor: Floor, choice: str) -> Outcome:
    floor.clock.advance(2)
    return floor.wired.station.choose(choice)


def found(floor: Floor, lot: str, amount: str) -> None:
    floor.scan(bag(lot), after=25)
    floor.wired.station.press("change")
    floor.wired.station.give_quantity(amount, None)


def counts(floor: Floor) -> dict[str, dict[str, Any]]:
    return {event["data"]["lot"]: event["data"] for event in floor.events("count")}


def account(data: dict[str, Any]) -> Account:
    event: Any = from_data("count", data)
    return effect_of(event).account


def counted_twice(floor: Floor, amount: str) -> Outcome:
    """S-2 is off in both rounds; OLD is as the books have it."""
    found(floor, "S-2", amount)
    found(floor, "OLD", "25")
    assert press(floor, "finish").said.reason is Reason.FACTS_CONFLICT
    choose(floor, "recount")
    found(floor, "S-2", amount)
    return press(floor, "finish")


@pytest.mark.parametrize(("answer", "why", "where"), [("DRIED", "DRIED", Account.IN), ("CAUSE_UNKNOWN", None, Account.UNEXPLAINED)])
def test_a_difference_that_the_recount_confirms_asks_why(floor: Floor, answer: str, why: str | None, where: Account) -> None:
    asked = counted_twice(floor, "70").said
    assert (asked.verdict, asked.ask, asked.about["lot"]) == (Verdict.ASK, Ask.CHOOSE_REASON, "S-2")
    assert [each.id for each in asked.choices] == ["WRONG_BOOKING", "DRIED", "SPILLED", "OTHER", "CAUSE_UNKNOWN"]
    assert "75" not in str(asked) + str(floor.desk.view()), "nobody is told what was expected"
    floor.restart()
    assert isinstance(floor.desk.view(), ChoiceView)
    choose(floor, answer)
    assert (counts(floor)["S-2"]["why"], account(counts(floor)["S-2"])) == (why, where)
    assert (counts(floor)["OLD"]["why"], counts(floor)["OLD"]["difference"]) == (None, "0")


def test_the_plants_own_reasons_are_offered_and_each_lot_is_asked_about(tmp_path: Path) -> None:
    reasons = [{"code": "MICE", "words": "Mice", "for": "count"}, {"code": "LATE", "for": "undo"}]
    floor = floor_with(tmp_path / "station", reasons=reasons)
    press(floor, "finish")
    choose(floor, "none_left")
    choose(floor, "recount")
    press(floor, "finish")
    asked = [choose(floor, "none_left").said]
    asked.append(choose(floor, "MICE").said)
    assert [each.about["lot"] for each in asked] == ["S-2", "OLD"] or [each.about["lot"] for each in asked] == ["OLD", "S-2"]
    assert [each.id for each in asked[0].choices] == ["MICE", "CAUSE_UNKNOWN"]
    choose(floor, "CAUSE_UNKNOWN")
    assert sorted(str(data["why"]) for data in counts(floor).values()) == ["MICE", "None"]
    floor.close()


def test_within_the_tolerance_nobody_asks(tmp_path: Path) -> None:
    floor = floor_with(tmp_path / "station", tolerances=[{"for": "count", "item": "STARCH", "under_percent": "10"}])
    found(floor, "S-2", "70")
    found(floor, "OLD", "25")
    press(floor, "finish")
    assert (counts(floor)["S-2"]["difference"], counts(floor)["S-2"]["why"]) == ("-5", None)
    floor.close()


def test_who_goes_on_counting_is_asked_anew(floor: Floor) -> None:
    counted_twice(floor, "70")
    press(floor, "cancel")
    found(floor, "S-2", "5")
    assert press(floor, "finish").said.verdict is Verdict.ACCEPTED, "75 kg were found after all"
    assert counts(floor)["S-2"]["difference"] == "0"


def walked_in(floor: Floor, label: str, *answers: str) -> None:
    floor.scan(label, after=25)
    floor.press("confirm", *answers)


def finished(floor: Floor) -> Outcome:
    found(floor, "S-2", "75")
    found(floor, "OLD", "25")
    return press(floor, "finish")


def test_what_is_walked_in_gets_a_label_a_container_and_undo_voids_them(floor: Floor) -> None:
    walked_in(floor, bag("NEW-1"))
    floor.press("change")
    floor.wired.station.give_quantity("2.5", "bag")
    outcome = finished(floor)
    labels = [(each.data["lot"], each.data["quantity"], each.data["gtin"], each.data["place"]) for each in outcome.printed]
    assert labels == [("NEW-1", amount, "09520123000011", RACK) for amount in ("25", "25", "12.5")]
    assert outcome.printed[0].data["expires_on"] == "2028-11-30"
    serials = [each.serial for each in outcome.printed]
    assert [each["serial"] for each in counts(floor)["NEW-1"]["containers"]] == serials
    first = floor.wired.store.book.container(serials[0])
    assert first is not None
    assert (first.quantity, first.place, first.lot) == (25, RACK, LotKey("STARCH", "NEW-1", "NWS"))
    assert outcome.said.about["labels"] == "3"
    floor.press("undo", "undo", "undo")
    assert any_shift.stock(floor) == any_shift.opening()
    assert floor.scan(serials[0], after=25).said.reason is Reason.LABEL_VOID


@pytest.mark.parametrize(("policy", "typed", "labels"), [("never", True, 0), ("unreadable", False, 0), ("unreadable", True, 1)])
def test_the_items_policy_says_whether(tmp_path: Path, policy: str, typed: bool, labels: int) -> None:
    items = [{**item, "label_on_receipt": policy, "expiry_required": False} for item in EVERYTHING["items"]]
    floor = floor_with(tmp_path / "station", items=items, lots=[])
    floor.scan(STARCH if typed else f"{STARCH}310000001010NEW-1")
    if typed:
        floor.wired.station.type("NEW-1")
    floor.press("confirm", "choose:own_lot")
    if typed:
        floor.wired.station.give_quantity("10", None)
    assert len(press(floor, "finish").printed) == labels
    assert counts(floor)["NEW-1"]["base_quantity"] == "10"
    floor.close()


@pytest.mark.parametrize(("answer", "by"), [("own_lot", SITE), ("NWS", "NWS"), ("source_unknown", "unknown")])
def test_whose_lot_it_is_is_asked_once_where_neither_label_nor_books_say(floor: Floor, answer: str, by: str) -> None:
    label = f"{STARCH}17281130310000001010WALK-1"
    walked_in(floor, label)
    assert floor.desk.said is not None
    assert floor.desk.said.ask is Ask.CHOOSE_VENDOR
    assert [each.id for each in floor.desk.said.choices] == ["own_lot", "NWS", "GLASS", "source_unknown", "cancel"], "the item's own first"
    floor.restart()
    choose(floor, answer)
    assert floor.scan(label, after=25).said.ask is Ask.SCAN_LABEL, "asked once a lot"
    finished(floor)
    assert [data["assigned_by"] for lot, data in counts(floor).items() if lot == "WALK-1"] == [by]
    assert floor.wired.store.book.lot(LotKey("STARCH", "WALK-1", by)) is not None


def test_undo_takes_back_the_last_line_then_the_recorded_ones_also_once_another_place_is_open(floor: Floor) -> None:
    found(floor, "OLD", "25")
    found(floor, "S-2", "74")
    assert rows(floor) == [("S-2", "74 kg"), ("OLD", "25 kg")]
    press(floor, "undo")
    assert rows(floor) == [("OLD", "25 kg")]
    found(floor, "S-2", "74")
    press(floor, "finish")
    choose(floor, "recount")
    found(floor, "S-2", "74")
    press(floor, "finish")
    choose(floor, "OTHER")
    assert sorted(rows(floor)) == [("OLD", "25 kg"), ("S-2", "74 kg")], "what was recorded last stands there until another place is counted"
    floor.scan("Dock 1")
    press(floor, "undo")
    press(floor, "undo")
    assert any_shift.stock(floor) == any_shift.opening()
    assert len(floor.events("correction")) == 2
    assert Decimal(counts(floor)["S-2"]["difference"]) == -1


def rows(floor: Floor) -> list[tuple[str, str]]:
    view = floor.bench.view()
    assert isinstance(view, ReceiveView)
    assert view.outline is not None
    return [(row.words, row.quantity) for row in view.outline.rows]
