"""What was made: in stock with its containers, its inputs walked both ways and at any depth, and widened by what comes late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from server.reports.trace import Direction, Question, Unanswerable, answered
from server.store.database import Database
from sync.protocol import Answer, RecordIn
from tests.server.test_uses import consumption, returned, undo
from tests.simulators.journals import START, StationJournal, receipt

RECORDS = (
    RecordIn(kind="item", key="BREAD", body={"item": "BREAD", "unit": "ea", "units": {"tray": "10"}}),
    RecordIn(kind="item", key="CRUMBS", body={"item": "CRUMBS", "unit": "kg"}),
    RecordIn(
        kind="work_order",
        key="WO-1",
        body={
            "order": "WO-1",
            "item": "BREAD",
            "quantity": "10",
            "unit": "tray",
            "by_products": ["CRUMBS"],
            "components": [{"item": "FLOUR", "quantity": "2", "unit": "bag"}],
        },
    ),
)


def input_(quantity: str = "10", lot: str = "L1", grade: str = "scanned", **changes: Any) -> dict[str, Any]:
    named = {"item": "FLOUR", "lot": lot, "assigned_by": "V1"}
    return {**named, "quantity": quantity, "unit": "kg", "grade": grade, "place": None, "container": None, **changes}


def production(*inputs: dict[str, Any], quantity: str = "20", **changes: Any) -> dict[str, Any]:
    """Return the data of 20 loaves, lot B1, out of WO-1 (100 loaves of 50 kg)."""
    return {
        "item": "BREAD",
        "lot": "B1",
        "assigned_by": "Mill",
        "order": "WO-1",
        "transformation": "made",
        "quantity": quantity,
        "unit": "ea",
        "base_quantity": quantity,
        "base_unit": "ea",
        "conversion": "1",
        "expires_on": "2026-12-05",
        "disposition": "quarantine",
        "inputs": list(inputs),
        "containers": [{"serial": "B-1", "quantity": quantity, "unit": "ea"}],
        "place": "OVEN",
        "description": "Bread",
        "accepted_reasons": [],
        **changes,
    }


@pytest.fixture
def journal(store: Any) -> StationJournal:
    store(*RECORDS)
    return StationJournal()


@pytest.fixture
def elsewhere() -> StationJournal:
    return StationJournal("S2", seed=2)


def send(counter: Any, journal: StationJournal) -> Answer:
    answer: Answer = counter.send(journal).answers[-1]
    return answer


def codes(answer: Answer) -> list[str]:
    return [each.code for each in answer.exceptions]


def ask(database: Database, direction: Direction, item: str = "FLOUR", lot: str = "L1", by: str = "V1") -> dict[str, Any]:
    with database.reading() as connection:
        answer = answered(connection, Question(item, lot, by, direction), START + timedelta(hours=1))
    assert not isinstance(answer, Unanswerable)
    return answer.model_dump(by_alias=True)


def edges(database: Database, lot: str = "B1", item: str = "BREAD") -> list[tuple[str, str, str]]:
    """What went straight into a lot: (lot, quantity, grade)."""
    found = ask(database, Direction.BACK, item, lot, "Mill")
    target = f"lot:{item}/{lot}/Mill"
    into = [each for each in found["edges"] if each["to"] == target and each["from"].startswith("lot:")]
    return sorted((each["from"].split("/")[1], each["quantity"], each["grade"]) for each in into)


def stock(counter: Any) -> dict[tuple[str, str], float]:
    rows = counter.rows("SELECT lots.code, stock.place, stock.quantity FROM stock JOIN lots ON lots.id = stock.lot_id")
    return {(row[0], row[1]): float(row[2]) for row in rows}


def test_receipt_to_product_is_traced_both_ways_with_the_work_order_between(
    counter: Any, journal: StationJournal, database: Database
) -> None:
    journal.add("receipt", receipt())
    journal.add("consumption", consumption())
    made = journal.add("production", production(input_()))
    assert codes(send(counter, journal)) == []
    forward, back = ask(database, Direction.FORWARD), ask(database, Direction.BACK, "BREAD", "B1", "Mill")
    flour, bread, order = "lot:FLOUR/L1/V1", "lot:BREAD/B1/Mill", "work_order:WO-1"
    ways = {(each["from"], each["to"], each["quantity"], each["unit"], each["grade"]) for each in forward["edges"]}
    assert {(flour, order, "10", "kg", "scanned"), (order, bread, "20", "ea", "scanned"), (flour, bread, "10", "kg", "scanned")} == ways
    assert [each["id"] for each in back["nodes"] if each["kind"] == "work_order"] == [order]
    assert ways < {(each["from"], each["to"], each["quantity"], each["unit"], each["grade"]) for each in back["edges"]}
    assert [(each["vendor"], each["lot"]) for each in back["received"]] == [("V1", "L1")]
    assert [(each["item"], each["place"], each["quantity"], each["sure"]) for each in forward["on_hand"]] == [
        ("FLOUR", "DOCK", "15", True),
        ("BREAD", "OVEN", "20", True),
    ]
    assert (back["balance"]["in"], back["balance"]["on_hand"], back["balance"]["percent"]) == ("20", "20", 100.0)
    assert counter.rows("SELECT serial FROM containers WHERE NOT voided") == [("B-1",)]
    assert {each["event"] for each in forward["edges"] if each["to"] == bread} == {made["id"]}


def test_what_was_made_of_what_was_made_is_found_at_any_depth(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("receipt", receipt())
    before = input_("5", place="DOCK")
    for depth in range(1, 6):
        mixed = {"order": None, "transformation": "repacked", "lot": f"R{depth}", "item": "FLOUR", "base_unit": "kg", "unit": "kg"}
        journal.add("production", production(before, quantity="5", containers=[], **mixed))
        before = input_("5", f"R{depth}", assigned_by="Mill", place="OVEN")
    send(counter, journal)
    forward = ask(database, Direction.FORWARD)
    assert [each["lot"] for each in forward["on_hand"]] == ["L1", "R5"]
    assert (forward["balance"]["consumed"], forward["balance"]["on_hand"], forward["balance"]["percent"]) == ("5", "20", 100.0)
    back = ask(database, Direction.BACK, "FLOUR", "R5", "Mill")
    assert [each["lot"] for each in back["received"]] == ["L1"]


def test_by_the_recipe_it_is_taken_off_the_stock_and_into_the_order(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("receipt", receipt(containers=[{"serial": "C-1", "quantity": "25", "unit": "kg"}]))
    made = journal.add("production", production(input_("10", grade="backflushed", place="DOCK", container="C-1")))
    assert codes(send(counter, journal)) == []
    assert stock(counter) == {("L1", "DOCK"): 15, ("B1", "OVEN"): 20}
    forward = ask(database, Direction.FORWARD)
    assert forward["balance"]["consumed"] == "10"
    assert ("lot:FLOUR/L1/V1", "work_order:WO-1", "backflushed") in {(each["from"], each["to"], each["grade"]) for each in forward["edges"]}
    journal.add("correction", undo(made))
    assert codes(send(counter, journal)) == []
    assert stock(counter) == {("L1", "DOCK"): 25, ("B1", "OVEN"): 0}
    assert [float(row[0]) for row in counter.rows("SELECT quantity FROM containers WHERE serial = 'C-1'")] == [25]


@pytest.mark.parametrize("consumed_first", [True, False])
def test_what_another_station_consumed_is_drawn_whichever_comes_first(
    counter: Any, journal: StationJournal, elsewhere: StationJournal, database: Database, consumed_first: bool
) -> None:
    elsewhere.add("receipt", receipt())
    elsewhere.add("consumption", consumption())
    for number in range(3):
        journal.add("sign_in", {}, occurred_at=f"2026-11-21T10:0{number}:30.000000Z")
    journal.add("production", production(), occurred_at="2026-11-21T10:05:00.000000Z")
    answers = [send(counter, each) for each in ((elsewhere, journal) if consumed_first else (journal, elsewhere))]
    assert edges(database) == [("L1", "10", "scanned")]
    assert codes(answers[-1]) == []
    # What the station could not say is open only until another one has said it.
    assert counter.rows("SELECT code FROM findings WHERE settled_at IS NULL") == []
    assert ask(database, Direction.FORWARD)["completeness"]["exceptions"] == 0


def test_nothing_known_of_what_went_in_is_for_a_person_to_settle(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("production", production())
    assert codes(send(counter, journal)) == ["INPUTS_UNKNOWN"]
    assert ask(database, Direction.BACK, "BREAD", "B1", "Mill")["completeness"]["exceptions"] == 1, "it never looks whole"


def test_never_more_is_named_than_was_consumed(
    counter: Any, journal: StationJournal, elsewhere: StationJournal, database: Database
) -> None:
    elsewhere.add("receipt", receipt())
    elsewhere.add("consumption", consumption(quantity="12", base_quantity="12"))
    journal.add("production", production(), occurred_at="2026-11-21T11:00:00.000000Z")
    journal.add("production", production(lot="B2", containers=[]), occurred_at="2026-11-21T12:00:00.000000Z")
    journal.add("production", production(lot="B3", containers=[]), occurred_at="2026-11-21T13:00:00.000000Z")
    send(counter, elsewhere)
    send(counter, journal)
    assert edges(database) == [("L1", "10", "scanned")]
    assert edges(database, "B2") == [("L1", "2", "scanned")]
    assert edges(database, "B3") == [("L1", "0", "possible")]


def test_scanned_late_is_possible_where_the_recipe_still_lacks_it(counter: Any, journal: StationJournal, database: Database) -> None:
    for lot in ("L1", "L2", "L3"):
        journal.add("receipt", receipt(lot=lot))
    journal.add("consumption", consumption(quantity="6", base_quantity="6"))
    journal.add("production", production(input_("6")))
    journal.add("consumption", consumption(lot="L2"))
    send(counter, journal)
    assert edges(database) == [("L1", "6", "scanned"), ("L2", "0", "possible")]
    forward = ask(database, Direction.FORWARD, lot="L2")
    assert {each["item"]: each["sure"] for each in forward["on_hand"]} == {"FLOUR": True, "BREAD": False}


def test_what_was_consumed_after_a_whole_output_is_not_drawn(counter: Any, journal: StationJournal, database: Database) -> None:
    for lot in ("L1", "L2"):
        journal.add("receipt", receipt(lot=lot))
    journal.add("consumption", consumption())
    journal.add("production", production(input_("10")))
    journal.add("consumption", consumption(lot="L2"))
    send(counter, journal)
    assert edges(database) == [("L1", "10", "scanned")]


def test_between_two_clocks_there_is_doubt(counter: Any, journal: StationJournal, elsewhere: StationJournal, database: Database) -> None:
    journal.add("receipt", receipt())
    journal.add("consumption", consumption())
    journal.add("production", production(input_("10")), occurred_at="2026-11-21T11:00:00.000000Z")
    elsewhere.add("consumption", consumption(lot="L2"), occurred_at="2026-11-21T11:04:00.000000Z")
    elsewhere.add("consumption", consumption(lot="L3"), occurred_at="2026-11-21T11:06:00.000000Z")
    send(counter, journal)
    send(counter, elsewhere)
    assert edges(database) == [("L1", "10", "scanned"), ("L2", "0", "possible")]


def test_by_products_have_the_same_inputs_and_say_no_quantity(
    counter: Any, journal: StationJournal, elsewhere: StationJournal, database: Database
) -> None:
    elsewhere.add("receipt", receipt())
    elsewhere.add("consumption", consumption())
    crumbs = {"item": "CRUMBS", "lot": "C1", "transformation": "by_product", "base_unit": "kg", "unit": "kg", "containers": []}
    journal.add("production", production(quantity="1", **crumbs), occurred_at="2026-11-21T11:00:00.000000Z")
    send(counter, elsewhere)
    assert codes(send(counter, journal)) == []
    assert edges(database, "C1", "CRUMBS") == [("L1", "0", "scanned")]


def test_a_consumption_undone_or_given_back_makes_an_output_say_too_much(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("receipt", receipt())
    used = journal.add("consumption", consumption())
    journal.add("production", production(input_("10")))
    journal.add("return_to_stock", returned())
    assert codes(send(counter, journal)) == ["INPUT_OVERSTATED"]
    journal.add("correction", undo(used))
    answer = send(counter, journal)
    assert codes(answer) == ["INPUT_OVERSTATED"]
    assert "name 10 kg of lot 'L1'" in answer.exceptions[0].words
    assert edges(database) == [("L1", "10", "scanned")]  # what the event said stands until a person settles it


def test_what_the_server_drew_from_a_consumption_goes_with_it(
    counter: Any, journal: StationJournal, elsewhere: StationJournal, database: Database
) -> None:
    elsewhere.add("receipt", receipt())
    used = elsewhere.add("consumption", consumption())
    journal.add("production", production(), occurred_at="2026-11-21T11:00:00.000000Z")
    send(counter, journal)
    send(counter, elsewhere)
    assert edges(database) == [("L1", "10", "scanned")]
    elsewhere.add("correction", undo(used))
    assert codes(send(counter, elsewhere)) == []
    assert edges(database) == []


def test_undone_it_is_off_the_books_and_what_used_it_is_named(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("receipt", receipt())
    journal.add("consumption", consumption())
    made = journal.add("production", production(input_()))
    cake = {"item": "BREAD", "lot": "B1", "assigned_by": "Mill", "unit": "ea", "base_unit": "ea", "place": "OVEN"}
    journal.add("consumption", consumption(order="WO-9", quantity="2", base_quantity="2", **cake))
    journal.add("correction", undo(made))
    answer = send(counter, journal)
    assert codes(answer) == ["DOWNSTREAM_EXISTS"]
    assert "work order 'WO-9'" in answer.exceptions[0].words
    assert edges(database) == [("L1", "10", "possible")]  # a recall of the flour must still reach what the bread went into
    assert counter.rows("SELECT serial FROM containers WHERE NOT voided") == []
    assert ask(database, Direction.BACK, "BREAD", "B1", "Mill")["balance"]["in"] == "0"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"order": "WO-404"}, ["ORDER_UNKNOWN", "INPUT_OVERSTATED"]),
        ({"item": "FLOUR", "base_unit": "kg", "unit": "kg"}, ["ITEM_NOT_ON_ORDER"]),
        ({"item": "CAKE"}, ["ITEM_UNKNOWN", "ITEM_NOT_ON_ORDER"]),
        ({"inputs": [input_("10", "L9")]}, ["LOT_UNKNOWN", "INPUT_OVERSTATED"]),
        ({"inputs": [input_("26", place="DOCK")]}, ["LOT_SHORT"]),
    ],
)
def test_what_does_not_fit_is_found_and_counts_all_the_same(
    counter: Any, journal: StationJournal, changes: dict[str, Any], found: list[str]
) -> None:
    journal.add("receipt", receipt())
    journal.add("consumption", consumption())
    journal.add("production", production(input_()) | changes)
    assert codes(send(counter, journal)) == found
    assert stock(counter)["B1", "OVEN"] == 20


@pytest.mark.parametrize("changes", [{"inputs": [input_("-1")]}, {"base_quantity": "-1"}, {"inputs": [input_(lot=" ")]}, {"place": " "}])
def test_what_cannot_be_is_parked(counter: Any, journal: StationJournal, changes: dict[str, Any]) -> None:
    journal.add("production", production() | changes)
    assert send(counter, journal).answer.value == "parked"
    assert stock(counter) == {}
