"""What went into work orders: stock, containers, findings for what should not have been, and the way forward to the order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from server.reports.trace import Direction, Question, Unanswerable, answered
from server.store.database import Database
from sync.protocol import Answer, RecordIn
from tests.simulators.journals import START, StationJournal, receipt

WORK_ORDER = RecordIn(
    kind="work_order",
    key="WO-1",
    body={"order": "WO-1", "item": "BREAD", "quantity": "100", "components": [{"item": "FLOUR", "quantity": "50"}]},
)


def consumption(**changes: Any) -> dict[str, Any]:
    """Return the data of a consumption of 10 kg of FLOUR, lot L1, for WO-1."""
    return {
        "item": "FLOUR",
        "lot": "L1",
        "assigned_by": "V1",
        "order": "WO-1",
        "quantity": "10",
        "unit": "kg",
        "base_quantity": "10",
        "base_unit": "kg",
        "conversion": "1",
        "container": None,
        "place": "DOCK",
        "description": "Wheat flour",
        "accepted_reasons": [],
        **changes,
    }


def returned(**changes: Any) -> dict[str, Any]:
    data = consumption(quantity="4", base_quantity="4", containers=[{"serial": "R-1", "quantity": "4", "unit": "kg"}])
    return {name: value for name, value in data.items() if name not in ("container", "accepted_reasons")} | changes


def undo(event: Any) -> dict[str, Any]:
    return {"corrects": event["id"], "corrected_kind": event["kind"], "why": "undo"}


@pytest.fixture
def journal(store: Any) -> StationJournal:
    store(WORK_ORDER)
    return StationJournal()


def last(counter: Any, journal: StationJournal) -> Answer:
    answer: Answer = counter.send(journal).answers[-1]
    return answer


def codes(answer: Answer) -> list[str]:
    return [each.code for each in answer.exceptions]


def ask(database: Database, direction: Direction = Direction.FORWARD) -> dict[str, Any]:
    with database.reading() as connection:
        answer = answered(connection, Question("FLOUR", "L1", "V1", direction), START + timedelta(hours=1))
    assert not isinstance(answer, Unanswerable)
    return answer.model_dump(by_alias=True)


def amounts(counter: Any, question: str) -> list[float]:
    return [float(row[0]) for row in counter.rows(question)]


def test_stock_and_container_shrink_and_come_back_when_undone(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt(containers=[{"serial": "C-1", "quantity": "25", "unit": "kg"}]))
    used = journal.add("consumption", consumption(container="C-1"))
    assert codes(last(counter, journal)) == []
    left = "SELECT quantity FROM containers WHERE serial = 'C-1'"
    assert (amounts(counter, "SELECT quantity FROM stock"), amounts(counter, left)) == ([15], [15])
    journal.add("correction", undo(used))
    assert codes(last(counter, journal)) == []
    assert (amounts(counter, "SELECT quantity FROM stock"), amounts(counter, left)) == ([25], [25])


def test_a_remnant_comes_back_in_a_container_of_its_own(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("receipt", receipt())
    journal.add("consumption", consumption())
    back = journal.add("return_to_stock", returned())
    assert codes(last(counter, journal)) == []
    assert amounts(counter, "SELECT quantity FROM stock") == [19]
    assert counter.rows("SELECT serial FROM containers WHERE NOT voided") == [("R-1",)]
    assert ask(database)["balance"]["consumed"] == "6"
    journal.add("correction", undo(back))
    counter.send(journal)
    assert (amounts(counter, "SELECT quantity FROM stock"), counter.rows("SELECT serial FROM containers WHERE NOT voided")) == ([15], [])


def test_a_correction_that_comes_first_undoes_what_comes_after(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    used = journal.draft("consumption", consumption())
    journal.envelopes.append(used)
    journal.add("correction", undo(used))
    counter.send(journal)
    assert amounts(counter, "SELECT quantity FROM stock") == [25]


def test_the_same_event_again_counts_once(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    journal.add("consumption", consumption())
    counter.send(journal)
    counter.send(journal)
    assert amounts(counter, "SELECT quantity FROM stock") == [15]


@pytest.mark.parametrize(
    ("came_in", "used", "found"),
    [
        ({"disposition": "hold"}, {}, ["LOT_ON_HOLD"]),
        ({"disposition": "quarantine"}, {}, ["LOT_IN_QUARANTINE"]),
        ({"expires_on": "2026-11-01"}, {}, ["LOT_EXPIRED"]),
        ({}, {"quantity": "26", "base_quantity": "26"}, ["LOT_SHORT"]),
        ({}, {"place": "ELSEWHERE"}, ["LOT_SHORT"]),
        ({}, {"order": "WO-9"}, ["ORDER_UNKNOWN"]),
        ({}, {"lot": "L2"}, ["LOT_UNKNOWN", "LOT_SHORT"]),
        ({}, {"unit": "l", "base_unit": "l"}, ["UNIT_UNKNOWN"]),
        ({"item": "SALT"}, {"item": "SALT"}, ["ITEM_UNKNOWN", "ITEM_NOT_ON_ORDER"]),
    ],
)
def test_what_should_not_have_been_is_a_fact_with_an_exception(
    counter: Any, journal: StationJournal, came_in: dict[str, Any], used: dict[str, Any], found: list[str]
) -> None:
    journal.add("receipt", receipt(**came_in))
    journal.add("consumption", consumption(**used))
    answer = last(counter, journal)
    assert (answer.answer, codes(answer)) == ("exception", found)


def test_a_closed_order_is_said_so(counter: Any, journal: StationJournal, store: Any) -> None:
    store(WORK_ORDER.model_copy(update={"body": WORK_ORDER.body | {"closed": True}}))
    journal.add("receipt", receipt())
    journal.add("consumption", consumption())
    assert codes(last(counter, journal)) == ["ORDER_CLOSED"]


@pytest.mark.parametrize(
    "wrong", [{"lot": " "}, {"order": ""}, {"base_quantity": "-1"}, {"quantity": "0.0000000001"}, {"place": " "}, {"container": 7}]
)
def test_what_can_not_be_is_parked_and_changes_nothing(counter: Any, journal: StationJournal, wrong: dict[str, Any]) -> None:
    journal.add("receipt", receipt())
    journal.add("consumption", consumption(**wrong))
    answer = last(counter, journal)
    assert (answer.answer, bool(answer.words)) == ("parked", True)
    assert amounts(counter, "SELECT quantity FROM stock") == [25]


def test_a_return_that_can_not_be_is_parked(counter: Any, journal: StationJournal) -> None:
    journal.add("return_to_stock", returned(containers=[{"serial": " ", "quantity": "4", "unit": "kg"}]))
    assert last(counter, journal).answer == "parked"


def test_a_lot_is_traced_forward_to_its_work_order(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("receipt", receipt())
    used = journal.add("consumption", consumption(), approver="boss", override_reason="urgent")
    back = journal.add("return_to_stock", returned())
    counter.send(journal)
    answer = ask(database)
    assert {"id": "work_order:WO-1", "kind": "work_order", "order": "WO-1", "item": "BREAD"} in answer["nodes"]
    ways = {(each["from"], each["to"], each["quantity"], each["unit"], each["grade"], each["event"]) for each in answer["edges"]}
    assert ways == {
        ("lot:FLOUR/L1/V1", "work_order:WO-1", "10", "kg", "overridden", used["id"]),
        ("work_order:WO-1", "lot:FLOUR/L1/V1", "4", "kg", "scanned", back["id"]),
    }
    balance = answer["balance"]
    assert (balance["in"], balance["on_hand"], balance["consumed"], balance["unaccounted"], balance["percent"]) == (
        "25",
        "19",
        "6",
        "0",
        100,
    )


def test_what_was_undone_is_not_traced_and_needs_no_settling(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("receipt", receipt(disposition="hold"))
    used = journal.add("consumption", consumption())
    counter.send(journal)
    assert ask(database)["completeness"]["exceptions"] == 1
    journal.add("correction", undo(used))
    counter.send(journal)
    answer = ask(database)
    assert (answer["edges"], answer["completeness"]["exceptions"], answer["balance"]["consumed"]) == ((), 0, "0")
    assert not any(node["kind"] == "work_order" for node in answer["nodes"])


def test_the_way_back_names_no_work_order(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("receipt", receipt())
    journal.add("consumption", consumption())
    counter.send(journal)
    assert not any(node["kind"] == "work_order" for node in ask(database, Direction.BACK)["nodes"])


def test_an_undone_receipt_names_what_its_goods_went_into(counter: Any, journal: StationJournal) -> None:
    came = journal.add("receipt", receipt())
    journal.add("consumption", consumption())
    journal.add("correction", undo(came))
    answer = last(counter, journal)
    assert codes(answer) == ["DOWNSTREAM_EXISTS"]
    assert "work order 'WO-1'" in answer.exceptions[0].words


def test_an_undone_receipt_of_goods_that_are_there_names_nothing(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    used = journal.add("consumption", consumption())
    journal.add("correction", undo(used))
    again = journal.add("receipt", receipt(containers=[]))
    journal.add("consumption", consumption())
    journal.add("correction", undo(again))
    assert codes(last(counter, journal)) == []
