"""A hold on a delivery, a work order or a time at the server: every station's lots, also late ones, until quality releases it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from sync.protocol import AnswerKind
from tests.server.conftest import Counter
from tests.server.test_quality import OPERATORS, ancestors, made, names, told
from tests.simulators.journals import START, StationJournal, receipt
from traceability.hold_scopes import Came, HoldScope

QUALITY = "op-2"


@pytest.fixture
def floor(counter: Counter, store: Any) -> Counter:
    store(*OPERATORS)
    return counter


@pytest.fixture
def dock() -> StationJournal:
    return StationJournal("S1")


@pytest.fixture
def office() -> StationJournal:
    """Where quality sits: nothing comes in or is made here."""
    return StationJournal("S2", seed=2)


def scope(basis: str = "receipt", number: str | None = "PO-1", **changes: Any) -> dict[str, Any]:
    asked = {"why": "metal", "basis": basis, "basis_id": number, "since": None, "until": None, "with_used": False, "lots": 0}
    return {**asked, **changes}


def consumption(lot: str, order: str = "WO-1") -> dict[str, Any]:
    counted = {"quantity": "1", "unit": "kg", "base_quantity": "1", "base_unit": "kg", "conversion": "1"}
    return {**names(lot), "order": order, **counted, "container": None, "place": "DOCK", "description": ""}


def take_back(event: Any, **changes: Any) -> dict[str, Any]:
    return {"corrects": event["id"], "corrected_kind": event["kind"], "why": "mistake", **changes}


def send(floor: Counter, journal: StationJournal) -> dict[str, list[str]]:
    """Send everything; return what is to settle, by event."""
    answers = floor.send(journal).answers
    assert not [each.words for each in answers if each.answer is AnswerKind.PARKED]
    return {each.id: [one.code for one in each.exceptions] for each in answers}


def held(floor: Counter) -> set[str]:
    bodies = [json.loads(row[0]) for row in floor.rows("SELECT body FROM records WHERE kind = 'lot'")]
    return {each["lot"] for each in bodies if each["disposition"] == "hold"}


def in_force(floor: Counter) -> list[dict[str, Any]]:
    return [json.loads(row[0]) for row in floor.rows("SELECT body FROM records WHERE kind = 'hold_scope' AND body IS NOT NULL")]


def test_a_delivery_is_held_wherever_it_came_in_with_what_was_made_of_it(
    floor: Counter, dock: StationJournal, office: StationJournal
) -> None:
    for lot, order in (("A", "PO-1"), ("B", "PO-1"), ("OTHER", "PO-2"), ("BLIND", None)):
        dock.add("receipt", receipt(lot=lot, order=order))
    dock.add("production", made("CAKE", "A"))
    send(floor, dock)
    hold = office.add("scope_hold", scope())
    assert send(floor, office)[str(hold["id"])] == []
    assert held(floor) == {"A", "B"}
    assert ancestors(floor, "CAKE") == ["A"]
    (said,) = told(floor, "B")["holds"]
    assert (said["hold"], said["scope"], said["by"], said["why"]) == (hold["id"], hold["id"], "op-1", "metal")
    (open_one,) = in_force(floor)
    assert (open_one["scope"], open_one["basis"], open_one["number"]) == (hold["id"], "receipt", "PO-1")


def test_what_comes_late_is_held_and_found_once(floor: Counter, dock: StationJournal, office: StationJournal) -> None:
    hold = office.add("scope_hold", scope())
    send(floor, office)
    late, again = dock.add("receipt", receipt(lot="A")), dock.add("receipt", receipt(lot="A", disposition="hold"))
    answers = send(floor, dock)
    assert answers[str(late["id"])] == ["LOT_ON_HOLD"]
    assert answers[str(again["id"])] == []
    words = floor.rows("SELECT words FROM findings")[0][0]
    assert words == "lot 'A' of FLOUR belongs to order 'PO-1', which is on hold: it is held too"
    assert hold["id"] in [each["hold"] for each in told(floor, "A")["holds"]]


def test_a_receipt_that_was_a_mistake_does_not_keep_its_lot_held(floor: Counter, dock: StationJournal, office: StationJournal) -> None:
    office.add("scope_hold", scope())
    send(floor, office)
    wrong = dock.add("receipt", receipt(lot="A"))
    dock.add("receipt", receipt(lot="B"))
    right = dock.add("receipt", receipt(lot="B"))
    dock.add("correction", take_back(wrong))
    dock.add("correction", take_back(right))
    send(floor, dock)
    assert held(floor) == {"B"}  # more of it came with the delivery


@pytest.mark.parametrize("with_used", [True, False])
@pytest.mark.parametrize("late", [True, False])
def test_a_work_orders_lots_are_held_and_what_went_in_where_that_is_meant(
    with_used: bool, late: bool, floor: Counter, dock: StationJournal, office: StationJournal
) -> None:
    if late:
        office.add("scope_hold", scope("work_order", "WO-1", with_used=with_used))
        send(floor, office)
    for lot in ("A", "B", "C"):
        dock.add("receipt", receipt(lot=lot))
    dock.add("consumption", consumption("A"))
    dock.add("consumption", consumption("C", "WO-2"))
    direct = {**made("OUT", "B"), "order": "WO-1"}
    direct["inputs"][0]["place"] = "DOCK"
    dock.add("production", direct)
    send(floor, dock)
    if not late:
        office.add("scope_hold", scope("work_order", "WO-1", with_used=with_used))
        send(floor, office)
    assert held(floor) == ({"A", "B", "OUT"} if with_used else {"OUT"})


def test_a_time_holds_what_came_in_and_was_made_within_it(floor: Counter, dock: StationJournal, office: StationJournal) -> None:
    def at(minutes: int) -> str:
        return (START + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    for lot, minutes in (("BEFORE", -1), ("FIRST", 0), ("LAST", 30), ("AFTER", 31)):
        dock.add("receipt", receipt(lot=lot), occurred_at=at(minutes))
    dock.add("production", made("MADE", "BEFORE"), occurred_at=at(10))
    send(floor, dock)
    office.add("scope_hold", scope("time_window", None, since=at(0), until=at(30)))
    send(floor, office)
    assert held(floor) == {"FIRST", "LAST", "MADE"}
    dock.add("receipt", receipt(lot="LATE"), occurred_at=at(15))
    dock.add("receipt", receipt(lot="NEXT DAY"), occurred_at=at(1440))
    send(floor, dock)
    assert held(floor) == {"FIRST", "LAST", "MADE", "LATE"}


def test_in_one_message_the_lots_of_before_are_found_too(floor: Counter, dock: StationJournal) -> None:
    """Nothing of it is in the database yet when the hold is taken."""
    at = {"since": "2026-11-21T09:00:00Z", "until": "2026-11-21T11:00:00Z"}
    dock.add("receipt", receipt(lot="A", order=None))
    dock.add("scope_hold", scope("time_window", None, **at))
    send(floor, dock)
    assert held(floor) == {"A"}


def test_a_release_follows_to_every_station_and_ends_it(floor: Counter, dock: StationJournal, office: StationJournal) -> None:
    dock.add("receipt", receipt(lot="A"))
    dock.add("receipt", receipt(lot="WAITS", disposition="quarantine"))
    send(floor, dock)
    hold = office.add("scope_hold", scope())
    send(floor, office)
    other = dock.add("hold", {**names("A"), "why": "colour"})
    send(floor, dock)
    release = office.add("scope_release", {"scope": hold["id"], "why": ""}, operator=QUALITY)
    assert send(floor, office)[str(release["id"])] == []
    # Each stands as it would without: another hold stays, and so does what waits for QC.
    assert [each["hold"] for each in told(floor, "A")["holds"]] == [other["id"]]
    assert (told(floor, "WAITS")["disposition"], in_force(floor)) == ("quarantine", [])
    late = dock.add("receipt", receipt(lot="LATE"))
    assert send(floor, dock)[str(late["id"])] == []
    assert held(floor) == {"A"}

    office.add("correction", take_back(release), operator=QUALITY)
    send(floor, office)
    assert held(floor) == {"A", "WAITS", "LATE"}
    assert [each["scope"] for each in in_force(floor)] == [hold["id"]]


def test_who_held_it_must_not_release_it_and_only_quality_may(floor: Counter, office: StationJournal) -> None:
    hold = office.add("scope_hold", scope())
    mine = office.add("scope_release", {"scope": hold["id"], "why": ""})
    unknown = office.add("scope_release", {"scope": "nowhere", "why": ""}, operator=QUALITY)
    answers = send(floor, office)
    assert (answers[str(mine["id"])], answers[str(unknown["id"])]) == (["SAME_PERSON", "NOT_ALLOWED"], ["EVENT_UNKNOWN"])


def test_one_lot_of_it_is_released_alone_and_stays_free(floor: Counter, dock: StationJournal, office: StationJournal) -> None:
    dock.add("receipt", receipt(lot="A"))
    dock.add("receipt", receipt(lot="B"))
    send(floor, dock)
    hold = office.add("scope_hold", scope())
    send(floor, office)
    free = {**names("A"), "lifts": [hold["id"]], "disposition": "available", "why": ""}
    dock.add("release", free, operator=QUALITY)
    dock.add("receipt", receipt(lot="A"))
    send(floor, dock)
    assert held(floor) == {"B"}


def test_an_undone_hold_frees_what_it_reached(floor: Counter, dock: StationJournal, office: StationJournal) -> None:
    dock.add("receipt", receipt(lot="A"))
    dock.add("production", made("CAKE", "A"))
    send(floor, dock)
    office.add("correction", take_back(office.add("scope_hold", scope())))
    send(floor, office)
    assert (held(floor), ancestors(floor, "CAKE"), in_force(floor)) == (set(), [], [])
    dock.add("receipt", receipt(lot="B"))
    send(floor, dock)
    assert held(floor) == set()


def test_the_holds_that_its_station_made_are_not_made_twice(floor: Counter, office: StationJournal) -> None:
    office.add("receipt", receipt(lot="A"))
    group = office.draft("scope_hold", scope(lots=1))["id"]
    office.add("hold", {**names("A"), "why": "metal", "basis": "receipt", "basis_id": "PO-1", "group": group})
    office.add("scope_hold", scope(lots=1), id=group)
    send(floor, office)
    assert len(told(floor, "A")["holds"]) == 1
    office.add("scope_release", {"scope": group, "why": ""}, operator=QUALITY)
    send(floor, office)
    assert held(floor) == set()


@pytest.mark.parametrize("wrong", [scope("receipt", None), scope("work_order", ""), scope("time_window", None)])
def test_a_hold_on_nothing_is_parked(wrong: dict[str, Any], floor: Counter, office: StationJournal) -> None:
    office.add("scope_hold", wrong)
    assert [each.answer for each in floor.send(office).answers] == [AnswerKind.PARKED]


def test_no_order_is_no_order() -> None:
    assert not HoldScope("1", "receipt", None).takes_in(Came("received", None, START))
