"""Moves, counts, scrap, returns and the like: the books follow, undoing takes back, and the lot's balance keeps each apart."""

from __future__ import annotations

from typing import Any

import pytest

from server.reports.trace import Direction
from server.store.database import Database
from sync.protocol import RecordIn
from tests.server.test_uses import amounts, ask, codes, last, undo
from tests.simulators.journals import StationJournal, receipt

PLACES = (
    RecordIn(kind="place", key="CAGE", body={"place": "CAGE", "kind": "quarantine"}),
    RecordIn(kind="place", key="RACK", body={"place": "RACK", "kind": "rack"}),
    RecordIn(kind="customer", key="C1", body={"customer": "C1"}),
)
ROOM = "SELECT quantity FROM stock WHERE place = 'DOCK'"
LEFT = "SELECT quantity FROM containers WHERE serial = 'C-1'"


def event(**changes: Any) -> dict[str, Any]:
    """Return the data that every stock event has: 10 kg of FLOUR, lot L1, in container C-1 at the dock."""
    facts = {"item": "FLOUR", "lot": "L1", "assigned_by": "V1", "quantity": "10", "unit": "kg", "base_quantity": "10", "base_unit": "kg"}
    return {**facts, "conversion": "1", "container": "C-1", "place": "DOCK", "description": "Wheat flour", **changes}


def count(counted: str, difference: str, **changes: Any) -> dict[str, Any]:
    data = event(
        quantity=counted, base_quantity=counted, expected="25", difference=difference, round=1, opening=False, found=[], containers=[]
    )
    del data["container"]
    return data | changes


KINDS: dict[str, dict[str, Any]] = {
    "move": event(to_place="CAGE"),
    "count": count("24", "-1", found=[{"serial": "C-1", "counted": "24", "expected": "25", "place": "DOCK"}]),
    "adjustment": event(quantity="20", base_quantity="20", expected="25", difference="-5"),
    "sample": event(),
    "scrap": event(why="DAMAGED"),
    "split": event(containers=[{"serial": "S-1", "quantity": "6", "unit": "kg"}, {"serial": "S-2", "quantity": "4", "unit": "kg"}]),
    "vendor_return": event(vendor="V1", order="PO-1", why="WRONG"),
    "customer_return": event(customer="C1", order=None, containers=[], disposition="quarantine", why="COMPLAINT"),
}
#: At the dock and in the container afterwards, and what of the balance changes.
AFTER: dict[str, tuple[float, float, dict[str, str]]] = {
    "move": (15, 25, {"on_hand": "25"}),
    "count": (24, 24, {"on_hand": "24", "unaccounted": "1"}),
    "adjustment": (20, 20, {"on_hand": "20", "unaccounted": "5"}),
    "sample": (15, 15, {"on_hand": "15", "sampled": "10"}),
    "scrap": (15, 15, {"on_hand": "15", "scrapped": "10"}),
    "split": (25, 15, {"on_hand": "25"}),
    "vendor_return": (15, 15, {"on_hand": "15", "returned": "10"}),
    "customer_return": (35, 25, {"on_hand": "35", "unaccounted": "-10"}),  # it was never seen to leave: nobody knows whence it came
}
#: What is found about one of them as it is: of a lot that never left nothing can come back.
FOUND = {"customer_return": ["LOT_SHORT"]}
NOTHING = dict.fromkeys(("consumed", "shipped", "returned", "scrapped", "sampled", "unaccounted"), "0") | {"in": "25", "on_hand": "25"}


@pytest.fixture
def journal(store: Any) -> StationJournal:
    store(*PLACES)
    journal = StationJournal()
    journal.add("receipt", receipt(containers=[{"serial": "C-1", "quantity": "25", "unit": "kg"}]))
    return journal


def balance(database: Database) -> dict[str, str]:
    return {name: amount for name, amount in ask(database)["balance"].items() if name not in ("percent", "unit")}


@pytest.mark.parametrize("kind", KINDS)
def test_the_books_follow_and_undoing_takes_back(counter: Any, journal: StationJournal, database: Database, kind: str) -> None:
    happened = journal.add(kind, KINDS[kind])
    assert codes(last(counter, journal)) == FOUND.get(kind, [])
    room, left, changed = AFTER[kind]
    assert (amounts(counter, ROOM), amounts(counter, LEFT)) == ([room], [left])
    assert balance(database) == NOTHING | changed
    journal.add("correction", undo(happened))
    assert codes(last(counter, journal)) == []
    assert (amounts(counter, ROOM), amounts(counter, LEFT), balance(database)) == ([25], [25], NOTHING)
    assert counter.rows("SELECT serial, place FROM containers WHERE NOT voided") == [("C-1", "DOCK")]


def test_a_container_stands_where_it_was_moved_or_found(counter: Any, journal: StationJournal) -> None:
    where = "SELECT place FROM containers WHERE serial = 'C-1'"
    journal.add("move", KINDS["move"])
    counter.send(journal)
    assert counter.rows(where) == [("CAGE",)]
    found = [{"serial": "C-1", "counted": "25", "expected": "25", "place": "CAGE"}]
    journal.add("count", count("25", "25", place="RACK", expected="0", found=found))
    counter.send(journal)
    assert counter.rows(where) == [("RACK",)]


def test_what_is_walked_in_at_go_live_came_in(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("count", count("40", "40", lot="L2", expected="0", opening=True, expires_on="2027-05-01"))
    assert codes(last(counter, journal)) == []
    assert counter.rows("SELECT expires_on FROM lots WHERE code = 'L2'") == [("2027-05-01",)]
    with database.reading() as connection:
        from server.reports.accounts import accounts
        from traceability.movements import Account

        (lot,) = (row[0] for row in counter.rows("SELECT id FROM lots WHERE code = 'L2'"))
        assert accounts(connection, lot)[Account.IN] == 40


def test_a_difference_with_its_cause_is_accounted_for(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("adjustment", KINDS["adjustment"] | {"why": "WRONG_RECEIPT"})
    counter.send(journal)
    assert balance(database) == NOTHING | {"in": "20", "on_hand": "20"}


def test_what_comes_back_from_a_customer_waits_for_quality(counter: Any, journal: StationJournal) -> None:
    journal.add("customer_return", KINDS["customer_return"])
    counter.send(journal)
    assert counter.rows("SELECT disposition FROM lots") == [("quarantine",)]


@pytest.mark.parametrize(
    ("kind", "changes", "found"),
    [
        ("scrap", {"base_quantity": "30"}, ["LOT_SHORT"]),
        ("sample", {"lot": "L9", "container": None}, ["LOT_UNKNOWN", "LOT_SHORT"]),
        ("scrap", {"order": "WO-9"}, ["ORDER_UNKNOWN"]),
        ("vendor_return", {"vendor": "V9"}, ["VENDOR_UNKNOWN"]),
        ("customer_return", {"customer": "C9"}, ["CUSTOMER_UNKNOWN", "LOT_SHORT"]),
        ("move", {"base_unit": "l"}, ["UNIT_UNKNOWN"]),
    ],
)
def test_what_should_not_have_been_is_a_fact_with_an_exception(
    counter: Any, journal: StationJournal, kind: str, changes: dict[str, Any], found: list[str]
) -> None:
    journal.add(kind, KINDS[kind] | changes)
    answer = last(counter, journal)
    assert (answer.answer, codes(answer)) == ("exception", found)


@pytest.mark.parametrize(("place", "found"), [("CAGE", []), ("RACK", ["LOT_RECALLED"])])
def test_a_recalled_lot_may_only_move_to_be_kept_apart(counter: Any, store: Any, place: str, found: list[str]) -> None:
    store(*PLACES)
    journal = StationJournal()
    journal.add("receipt", receipt(disposition="recalled"))
    journal.add("move", event(container=None, to_place=place))
    assert codes(last(counter, journal)) == found


@pytest.mark.parametrize(
    "impossible",
    [
        ("move", {"to_place": " "}),
        ("scrap", {"base_quantity": "-1"}),
        ("adjustment", {"difference": "9999999999999"}),
        ("split", {"lot": ""}),
    ],
)
def test_what_no_event_can_say_is_parked(counter: Any, journal: StationJournal, impossible: tuple[str, dict[str, Any]]) -> None:
    kind, changes = impossible
    journal.add(kind, KINDS[kind] | changes)
    assert last(counter, journal).answer == "parked"


def test_a_trace_names_waste_samples_and_returns_and_where_what_came_back_stands(
    counter: Any, journal: StationJournal, database: Database
) -> None:
    for kind in ("sample", "scrap", "vendor_return"):
        journal.add(kind, KINDS[kind] | {"quantity": "5", "base_quantity": "5", "why": "BAD"})
    labelled = [{"serial": "R-1", "quantity": "10", "unit": "kg"}]
    journal.add("customer_return", KINDS["customer_return"] | {"order": "SO-1", "containers": labelled})
    journal.add("move", event(container="R-1", to_place="CAGE"))
    undone = journal.add("scrap", KINDS["scrap"])
    journal.add("correction", undo(undone))
    counter.send(journal)
    trace = ask(database)
    brief = {
        name: [(each["quantity"], each["party"], each["order"], each["why"]) for each in trace[name]]
        for name in ("sampled", "scrapped", "returned", "came_back")
    }
    assert brief == {
        "sampled": [("5", None, None, "BAD")],
        "scrapped": [("5", None, None, "BAD")],
        "returned": [("5", "V1", "PO-1", "BAD")],
        "came_back": [("10", "C1", "SO-1", "COMPLAINT")],
    }
    assert trace["came_back"][0]["stands"] == ({"container": "R-1", "place": "CAGE", "quantity": "10", "unit": "kg"},)
    kinds = [node["kind"] for node in trace["nodes"]]
    assert sorted(kinds) == ["customer", "customer_return", "lot", "sample", "scrap", "vendor", "vendor_return"]
    names = {node["id"] for node in trace["nodes"]}
    assert all({edge["from"], edge["to"]} <= names for edge in trace["edges"])
    lot, returned = "lot:FLOUR/L1/V1", f"customer_return:{trace['came_back'][0]['event']}"
    assert {("customer:C1", returned), (returned, lot)} <= {(edge["from"], edge["to"]) for edge in trace["edges"]}
    back = ask(database, Direction.BACK)
    assert not any(back[name] for name in ("sampled", "scrapped", "returned", "came_back"))


def test_a_figure_put_right_from_another_than_the_books_have_is_to_be_settled(counter: Any, journal: StationJournal) -> None:
    journal.add("scrap", KINDS["scrap"] | {"why": "BAD"})
    journal.add("adjustment", KINDS["adjustment"])
    assert codes(last(counter, journal)) == ["FACTS_CONFLICT"]
