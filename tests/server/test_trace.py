"""Where a lot came from, how whole the answer is, and whether the balance closes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, select

from server.reports import trace
from server.reports.trace import Direction, Question, Unanswerable
from server.store.database import Database
from server.store.tables import edges, envelopes, lots
from sync.protocol import RecordIn
from tests.simulators.journals import START, StationJournal, receipt


def ask(database: Database, lot: str = "L1", by: str | None = None, direction: Direction = Direction.BOTH) -> Any:
    with database.reading() as connection:
        answer = trace.answered(connection, Question("FLOUR", lot, by, direction), START)
    return answer if isinstance(answer, Unanswerable) else answer.model_dump(mode="json")


@pytest.fixture
def journal() -> StationJournal:
    return StationJournal()


def test_a_received_lot_leads_back_to_vendor_and_order(database: Database, counter: Any, journal: StationJournal) -> None:
    event = journal.add("receipt", receipt(quantity="2", unit="bag", base_quantity="50", conversion="25"))
    journal.add("receipt", receipt(place="COLD"))
    counter.send(journal)
    answer = ask(database)
    assert answer["lot"] == {"item": "FLOUR", "lot": "L1", "assigned_by": "V1"}
    assert answer["received"][0] == {
        "vendor": "V1",
        "order": "PO-1",
        "item": "FLOUR",
        "lot": "L1",
        "quantity": "50",
        "unit": "kg",
        "occurred_at": "2026-11-21T10:00:00.000000Z",
    }
    assert {(each["place"], each["quantity"], each["sure"]) for each in answer["on_hand"]} == {("DOCK", "50", True), ("COLD", "25", True)}
    assert answer["balance"] | {"percent": None} == {
        **dict.fromkeys(("consumed", "shipped", "returned", "scrapped", "sampled", "unaccounted"), "0"),
        "in": "75",
        "on_hand": "75",
        "percent": None,
        "unit": "kg",
    }
    assert answer["balance"]["percent"] == 100
    receipt_node = f"receipt:{event['id']}"
    assert {each["kind"] for each in answer["nodes"]} == {"lot", "receipt", "vendor"}
    ways = {(each["from"], each["to"]) for each in answer["edges"]}
    assert {("vendor:V1", receipt_node), (receipt_node, "lot:FLOUR/L1/V1")} <= ways
    assert {node["id"] for node in answer["nodes"]} >= {end for way in ways for end in way}


def test_the_directions(database: Database, counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    counter.send(journal)
    back, forward = ask(database, direction=Direction.BACK), ask(database, direction=Direction.FORWARD)
    assert (len(back["received"]), back["on_hand"]) == (1, [])
    assert (forward["received"], len(forward["on_hand"])) == ([], 1)
    assert back["balance"] == forward["balance"]


def test_an_overridden_receipt_is_graded_so(database: Database, counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt(), approver="boss", override_reason="urgent")
    counter.send(journal)
    assert {each["grade"] for each in ask(database)["edges"]} == {"overridden"}


def test_what_was_undone_is_not_received(database: Database, counter: Any, journal: StationJournal) -> None:
    event = journal.add("receipt", receipt(item="FLOUR", vendor="V9"))
    counter.send(journal)
    assert ask(database)["completeness"]["exceptions"] == 1
    journal.add("correction", {"corrects": event["id"], "corrected_kind": "receipt", "why": "undo"})
    counter.send(journal)
    answer = ask(database)
    assert (answer["received"], answer["on_hand"], answer["balance"]["in"]) == ([], [], "0")
    assert answer["balance"]["percent"] is None
    assert answer["completeness"]["exceptions"] == 0


def test_a_forked_receipt_is_marked(database: Database, counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    counter.send(journal)
    journal.envelopes.clear()
    journal._random.seed(5)
    journal.add("receipt", receipt())
    counter.send(journal)
    assert sorted(node["fork"] for node in ask(database)["nodes"] if node["kind"] == "receipt") == [False, True]


def test_two_lots_of_one_name_ask_whose(database: Database, counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    journal.add("receipt", receipt(assigned_by="V2", vendor="V2"))
    counter.send(journal)
    answer = ask(database)
    assert answer.ambiguous
    assert "'V1', 'V2'" in answer.words
    assert ask(database, by="V2")["lot"]["assigned_by"] == "V2"
    assert not ask(database, lot="L9").ambiguous


def test_it_says_who_has_not_called_and_what_is_parked(database: Database, counter: Any, store: Any, journal: StationJournal) -> None:
    store(RecordIn(kind="station", key="S9", body={"station": "S9"}))
    journal.add("receipt", receipt())
    journal.add("receipt", receipt(quantity="many"))  # of this lot
    journal.add("receipt", receipt(lot="L2", quantity="many"))  # plainly of another
    journal.add("sign_in", {"odd": "key"})  # speaks of no lot
    journal.add("teleport", {})  # nobody knows
    counter.send(journal)
    journal.add("sign_in", {})
    journal.add("sign_in", {})
    counter.greet(journal)
    whole = ask(database)["completeness"]
    assert whole["parked"] == 2
    assert whole["stations"] == [
        {"station": "S1", "last_sync_at": "2026-11-21T10:00:00.000000Z", "waiting": 2},
        {"station": "S2", "last_sync_at": None, "waiting": None},
        {"station": "S9", "last_sync_at": None, "waiting": None},
    ]


def test_lots_made_from_it_are_reached_with_their_doubt(database: Database, counter: Any, journal: StationJournal) -> None:
    for lot in ("L1", "L2", "L3"):
        journal.add("receipt", receipt(lot=lot))
    counter.send(journal)
    with database.writing() as connection:
        numbers = {row.code: row.id for row in connection.execute(select(lots.c.code, lots.c.id))}
        event = connection.execute(select(envelopes.c.id)).scalars().first()
        row = {"quantity": Decimal(5), "unit": "kg", "envelope_id": event, "voided": False}
        ways = [("L1", "L2", "scanned", False), ("L2", "L3", "possible", False), ("L3", "L1", "scanned", True)]
        made = [
            {**row, "id": n, "source": numbers[source], "target": numbers[target], "grade": grade, "voided": undone}
            for n, (source, target, grade, undone) in enumerate(ways, 1)
        ]
        connection.execute(insert(edges), made)
    answer = ask(database, direction=Direction.FORWARD)
    assert {(each["lot"], each["sure"]) for each in answer["on_hand"]} == {("L1", True), ("L2", True), ("L3", False)}
    assert [(each["from"], each["to"], each["grade"]) for each in answer["edges"]] == [
        ("lot:FLOUR/L1/V1", "lot:FLOUR/L2/V1", "scanned"),
        ("lot:FLOUR/L2/V1", "lot:FLOUR/L3/V1", "possible"),
    ]
    assert {each["lot"] for each in ask(database, lot="L3", direction=Direction.BACK)["received"]} == {"L1", "L2", "L3"}
