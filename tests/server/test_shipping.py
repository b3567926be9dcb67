"""Cartons and shipments at the server: who got what in which carton, what should not have left, and the way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from server.feed import changes_since
from server.reports.trace import Direction, Question, Unanswerable, answered
from server.store.database import Database
from server.store.tables import edges, envelopes, lots
from sync.protocol import Answer, AnswerKind, RecordIn
from tests.simulators.journals import START, StationJournal, receipt

C1, P1 = "095200010000000010", "095200010000000027"
SALES = (
    RecordIn(kind="customer", key="BAKERY", body={"customer": "BAKERY", "name": "Bakery Ltd.", "min_remaining_days": 30}),
    RecordIn(
        kind="ship_order",
        key="SO-1",
        body={"order": "SO-1", "customer": "BAKERY", "lines": [{"line": "1", "item": "FLOUR", "quantity": "1", "unit": "bag"}]},
    ),
)


def opened(sscc: str = C1, **changes: Any) -> dict[str, Any]:
    return {"sscc": sscc, "level": "carton", "order": "SO-1", "customer": "BAKERY", "place": "DOCK", "again": False, **changes}


def amount(quantity: str = "25", **changes: Any) -> dict[str, Any]:
    known = {"item": "FLOUR", "lot": "L1", "assigned_by": "V1", "base_quantity": quantity, "base_unit": "kg"}
    return {**known, "container": None, "place": "DOCK", **changes}


def packing(sscc: str = C1, quantity: str = "25", **changes: Any) -> dict[str, Any]:
    counted = {"quantity": quantity, "unit": "kg", "conversion": "1", "description": "Wheat flour", "accepted_reasons": []}
    return {"sscc": sscc, "level": "carton", **amount(quantity), **counted, **changes}


def shipment(sscc: str = C1, cartons: tuple[str, ...] = (), *, quantity: str = "25", **changes: Any) -> dict[str, Any]:
    inside = {**amount(quantity), "sscc": cartons[0] if cartons else sscc, "description": "Wheat flour", "line": "1"}
    whom = {"order": "SO-1", "customer": "BAKERY", "customer_name": "Bakery Ltd.", "place": "DOCK", "accepted_reasons": []}
    level = "pallet" if cartons else "carton"
    return {"sscc": sscc, "level": level, "cartons": list(cartons), "contents": [inside], **whom, **changes}


def undo(event: Any) -> dict[str, Any]:
    return {"corrects": event["id"], "corrected_kind": event["kind"], "why": "undo"}


@pytest.fixture
def journal(store: Any) -> StationJournal:
    store(*SALES)
    journal = StationJournal()
    journal.add("receipt", receipt(quantity="50", base_quantity="50"))
    return journal


def packed_on_a_pallet(journal: StationJournal) -> None:
    journal.add("carton_opened", opened())
    journal.add("packing", packing())
    journal.add("carton_closed", {"sscc": C1, "level": "carton"})
    journal.add("carton_opened", opened(P1, level="pallet"))
    journal.add("carton_loaded", {"sscc": C1, "pallet": P1})
    journal.add("carton_closed", {"sscc": P1, "level": "pallet"})


def codes(answer: Answer) -> set[str]:
    return {each.code for each in answer.exceptions}


def forward(database: Database, lot: str = "L1") -> Any:
    with database.reading() as connection:
        found = answered(connection, Question("FLOUR", lot, "V1", Direction.FORWARD), START + timedelta(hours=1))
    assert not isinstance(found, Unanswerable)
    return found


def test_a_trace_names_the_customer_the_order_and_the_carton(counter: Any, journal: StationJournal, database: Database) -> None:
    packed_on_a_pallet(journal)
    journal.add("shipment", shipment(P1, (C1,)))
    assert {each.answer for each in counter.send(journal).answers} == {AnswerKind.ACKNOWLEDGED}
    trace = forward(database)
    (left,) = trace.shipped
    assert (left.customer, left.order, left.sscc, left.quantity, left.unit, left.sure) == ("BAKERY", "SO-1", C1, "25", "kg", True)
    assert (trace.balance.shipped, trace.balance.on_hand, trace.balance.unaccounted) == ("25", "25", "0")
    ways = {(edge.source.split(":")[0], edge.target.split(":")[0]) for edge in trace.edges}
    assert ways == {("lot", "carton"), ("carton", "pallet"), ("pallet", "shipment"), ("shipment", "customer")}
    ids = {node["id"] for node in trace.nodes}
    assert all(end in ids for edge in trace.edges for end in (edge.source, edge.target))


def test_an_undone_shipment_leaves_no_trace_and_gives_everything_back(counter: Any, journal: StationJournal, database: Database) -> None:
    packed_on_a_pallet(journal)
    counter.send(journal)
    before = forward(database)
    journal.add("correction", undo(journal.add("shipment", shipment(P1, (C1,)))))
    counter.send(journal)
    after = forward(database)
    assert after.shipped == ()
    assert (after.edges, after.balance, after.on_hand) == (before.edges, before.balance, before.on_hand)


def test_what_is_taken_out_of_a_carton_went_nowhere(counter: Any, journal: StationJournal, database: Database) -> None:
    packed_on_a_pallet(journal)
    out = journal.add("unpacking", {"sscc": C1, "level": "carton", "contents": [amount("25")], "cartons": []})
    counter.send(journal)
    assert forward(database).edges == ()
    journal.add("correction", undo(out))
    counter.send(journal)
    assert len(forward(database).edges) == 2


def test_a_shipment_is_taken_before_its_packing_is_here(counter: Any, journal: StationJournal, database: Database) -> None:
    journal.add("shipment", shipment())
    assert codes(counter.send(journal).answers[-1]) == {"CARTON_UNKNOWN"}
    assert forward(database).shipped[0].sscc == C1
    other = StationJournal("S2", seed=2)
    other.add("carton_opened", opened())
    other.add("packing", packing())
    assert codes(counter.send(other).answers[-1]) == {"CARTON_ELSEWHERE"}
    assert forward(database).balance.on_hand == "25"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"order": "SO-9"}, "ORDER_UNKNOWN"),
        ({"customer": "CAFE"}, "WRONG_CUSTOMER"),
        ({"contents": [{**shipment()["contents"][0], "item": "SALT", "lot": "S1"}]}, "ITEM_NOT_ON_ORDER"),
        ({"contents": [{**shipment()["contents"][0], "base_quantity": "26"}]}, "OVER_PLAN"),
        ({"contents": [{**shipment()["contents"][0], "base_quantity": "51"}]}, "LOT_SHORT"),
        ({"contents": [{**shipment()["contents"][0], "lot": "L9"}]}, "LOT_UNKNOWN"),
    ],
)
def test_what_does_not_fit_is_found_and_counted(
    change: dict[str, Any], code: str, counter: Any, journal: StationJournal, database: Database
) -> None:
    packed_on_a_pallet(journal)
    journal.add("shipment", shipment(**change))
    answer = counter.send(journal).answers[-1]
    assert answer.answer is AnswerKind.EXCEPTION
    assert code in codes(answer)


@pytest.mark.parametrize(("days", "code"), [("2026-12-10", "SHELF_LIFE_SHORT"), ("2026-11-19", "LOT_EXPIRED")])
def test_shelf_life_is_looked_at(days: str, code: str, counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt(lot="L2", expires_on=days))
    packed_on_a_pallet(journal)
    journal.add("shipment", shipment(contents=[{**shipment()["contents"][0], "lot": "L2"}]))
    assert code in codes(counter.send(journal).answers[-1])


@pytest.mark.parametrize("same_batch", [True, False])
def test_a_held_lot_that_left_is_found(same_batch: bool, counter: Any, journal: StationJournal) -> None:
    journal.add("hold", {"item": "FLOUR", "lot": "L1", "assigned_by": "V1", "why": "metal"})
    packed_on_a_pallet(journal)
    if not same_batch:
        counter.send(journal)
    journal.add("shipment", shipment())
    assert codes(counter.send(journal).answers[-1]) == {"LOT_ON_HOLD"}


def made_of(lot: str) -> dict[str, Any]:
    used = {
        "item": "FLOUR",
        "lot": lot,
        "assigned_by": "V1",
        "quantity": "5",
        "unit": "kg",
        "grade": "possible",
        "place": None,
        "container": None,
    }
    counted = {"quantity": "5", "unit": "kg", "base_quantity": "5", "base_unit": "kg", "conversion": "1", "expires_on": None}
    names = {"item": "FLOUR", "lot": "MADE", "assigned_by": "SITE", "order": None, "transformation": "repacked", "place": "DOCK"}
    return {**names, **counted, "disposition": "available", "inputs": [used], "containers": [], "description": "Wheat flour"}


@pytest.mark.parametrize("disposition", ["rejected", "hold"])
def test_what_was_made_from_a_rejected_lot_is_found_as_the_stations_stop_it(
    disposition: str, counter: Any, journal: StationJournal
) -> None:
    journal.add("receipt", receipt(lot="BAD", disposition=disposition))
    journal.add("production", made_of("BAD"))
    inside = {**shipment()["contents"][0], "lot": "MADE", "assigned_by": "SITE", "base_quantity": "5"}
    journal.add("shipment", shipment(contents=[inside]))
    assert "ANCESTOR_ON_HOLD" in codes(counter.send(journal).answers[-1])


@pytest.mark.parametrize("undone", [(0,), (1,), (0, 1), (1, 0)])
def test_of_two_shipments_of_one_carton_undoing_either_leaves_it_shipped(
    undone: tuple[int, ...], counter: Any, journal: StationJournal, database: Database
) -> None:
    packed_on_a_pallet(journal)
    sent = [journal.add("shipment", shipment(P1, (C1,))), journal.add("shipment", shipment(P1, (C1,)))]
    assert "CARTON_ELSEWHERE" in codes(counter.send(journal).answers[-1])
    for which in undone:
        journal.add("correction", undo(sent[which]))
    counter.send(journal)
    with database.reading() as connection:
        told = {each.key: each.body for each in changes_since(connection, 0, 1000).changes if each.kind == "carton"}
    expected = ("closed", None) if len(undone) == 2 else ("shipped", sent[1 - undone[0]]["id"])
    assert [(told[each]["state"], told[each].get("shipment")) for each in (C1, P1)] == [expected] * 2


@pytest.mark.parametrize("grade", ["scanned", "possible"])
def test_what_was_made_from_a_held_lot_and_left_is_found(grade: str, counter: Any, journal: StationJournal, database: Database) -> None:
    for lot in ("MIDDLE", "HELD"):
        journal.add("receipt", receipt(lot=lot))
    packed_on_a_pallet(journal)
    counter.send(journal)
    with database.writing() as connection:
        numbers = {row.code: row.id for row in connection.execute(select(lots.c.code, lots.c.id))}
        first = connection.execute(select(envelopes.c.id).limit(1)).scalar_one()
        same = {"quantity": 1, "unit": "kg", "grade": grade, "envelope_id": first, "taken": False, "voided": False}
        ways = [("HELD", "MIDDLE"), ("MIDDLE", "L1"), ("L1", "MIDDLE")]  # rework: a cycle must not hang the gate
        rows = [{"id": n, "source": numbers[a], "target": numbers[b], **same} for n, (a, b) in enumerate(ways, 1)]
        connection.execute(insert(edges), rows)
    journal.add("hold", {"item": "FLOUR", "lot": "HELD", "assigned_by": "V1", "why": "metal"})
    journal.add("shipment", shipment())
    answer = counter.send(journal).answers[-1]
    assert codes(answer) == {"ANCESTOR_ON_HOLD"}
    assert "'HELD'" in answer.exceptions[0].words


@pytest.mark.parametrize("many", [1, 12])
def test_the_gate_asks_once_a_level_however_many_lots_leave(many: int, counter: Any, journal: StationJournal, database: Database) -> None:
    """A chain of three steps: each of the lots comes from one that is held."""
    journal.add("receipt", receipt(lot="HELD"))
    for step, before in (("M1", "HELD"), ("M2", "M1")):
        journal.add("production", {**made_of(before), "lot": step, "assigned_by": "V1"})
    contents = []
    for number in range(many):
        journal.add("production", {**made_of("M2"), "lot": f"OUT-{number}"})
        contents.append({**shipment()["contents"][0], "lot": f"OUT-{number}", "assigned_by": "SITE", "base_quantity": "1"})
    journal.add("hold", {"item": "FLOUR", "lot": "HELD", "assigned_by": "V1", "why": "metal"})
    counter.send(journal)
    sent = journal.add("shipment", shipment(contents=contents))
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    answer = counter.send(journal, sent).answers[-1]
    assert [each.code for each in answer.exceptions].count("ANCESTOR_ON_HOLD") == many
    assert all("'HELD'" in each.words for each in answer.exceptions if each.code == "ANCESTOR_ON_HOLD")
    walks = [each for each in asked if "FROM edges" in each and "edges.target IN" in each]
    assert len(walks) == 4  # the lots, M2, M1, HELD


def test_no_carton_with_a_wrong_sscc_is_taken(counter: Any, journal: StationJournal) -> None:
    journal.add("carton_opened", opened("095200010000000011"))
    answer = counter.send(journal).answers[-1]
    assert answer.answer is AnswerKind.PARKED
    assert "check digit" in answer.words


def test_every_station_hears_of_a_carton(counter: Any, journal: StationJournal, database: Database) -> None:
    packed_on_a_pallet(journal)
    sent = journal.add("shipment", shipment(P1, (C1,)))
    counter.send(journal)
    with database.reading() as connection:
        told = {each.key: each.body for each in changes_since(connection, 0, 1000).changes if each.kind == "carton"}
    assert told[C1]["contents"] == [{"item": "FLOUR", "lot": "L1", "assigned_by": "V1", "quantity": "25", "unit": "kg", "place": "DOCK"}]
    assert (told[C1]["state"], told[C1]["parent"], told[C1]["shipment"]) == ("shipped", P1, sent["id"])
    assert told[P1]["cartons"] == [C1]


def test_an_undone_receipt_names_the_carton_and_the_customer(counter: Any, store: Any) -> None:
    store(*SALES)
    journal = StationJournal()
    came = journal.add("receipt", receipt(quantity="25", base_quantity="25", containers=[]))
    journal.add("carton_opened", opened())
    journal.add("packing", packing())
    first = journal.add("correction", undo(came))
    answer = counter.send(journal).answers[-1]
    assert codes(answer) == {"DOWNSTREAM_EXISTS"}
    assert f"carton {C1}" in answer.exceptions[0].words
    assert first["kind"] == "correction"
    other = journal.add("receipt", receipt(quantity="25", base_quantity="25", containers=[]))
    journal.add("carton_closed", {"sscc": C1, "level": "carton"})
    journal.add("shipment", shipment())
    journal.add("correction", undo(other))
    assert "ship order 'SO-1' to BAKERY" in counter.send(journal).answers[-1].exceptions[-1].words
