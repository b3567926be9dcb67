"""What each journal did on an order is told to every station, by journal; what was set aside is told until it is fetched or left."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sync.protocol import ORDER_PROGRESS, SET_ASIDE, AnswerKind
from tests.server.test_made import input_, production
from tests.server.test_picking import PICK
from tests.server.test_shipping import shipment
from tests.server.test_uses import WORK_ORDER, consumption, returned, undo
from tests.simulators.journals import StationJournal, receipt

ASIDE = {"line": "FLOUR", "item": "FLOUR", "lot": "L1", "assigned_by": "V1", "place": "DOCK", "base_quantity": "25", "base_unit": "kg"}


@pytest.fixture
def journal(store: Any) -> StationJournal:
    store(WORK_ORDER)
    return StationJournal()


def told(counter: Any, kind: str) -> dict[str, Any]:
    rows = counter.rows(f"SELECT key, body FROM records WHERE kind = '{kind}' AND body IS NOT NULL")
    return {key: json.loads(body) for key, body in rows}


def shares(counter: Any, order_kind: str, order: str, journal: StationJournal) -> dict[str, dict[str, str]]:
    body = told(counter, ORDER_PROGRESS)[json.dumps([order_kind, order], separators=(",", ":"))]
    assert (body["order_kind"], body["order"]) == (order_kind, order)
    mine: dict[str, dict[str, str]] = body["journals"][journal.id]
    return mine


def test_each_journal_s_share_is_told_and_what_is_undone_is_taken_back(counter: Any, journal: StationJournal) -> None:
    first = journal.add("receipt", receipt())
    journal.add("receipt", receipt(quantity="5", base_quantity="5", containers=[]))
    counter.send(journal)
    assert shares(counter, "purchase_order", "PO-1", journal) == {"received": {"1": "30"}}
    counter.send(journal)  # sent twice, counted once
    journal.add("correction", undo(first))
    counter.send(journal)
    assert shares(counter, "purchase_order", "PO-1", journal) == {"received": {"1": "5"}}


def test_used_returned_made_and_taken_by_the_recipe(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    used = journal.add("consumption", consumption())
    journal.add("return_to_stock", returned())
    made = journal.add("production", production(input_("3", grade="backflushed", place="DOCK"), input_("2")))
    counter.send(journal)
    assert shares(counter, "work_order", "WO-1", journal) == {"used": {"FLOUR": "9"}, "made": {"": "20"}}
    for event in (made, used):
        journal.add("correction", undo(event))
    counter.send(journal)
    assert shares(counter, "work_order", "WO-1", journal) == {"used": {"FLOUR": "-4"}, "made": {"": "0"}}


def test_what_left_is_told_by_the_order_s_line(counter: Any, journal: StationJournal) -> None:
    event = journal.add("shipment", shipment())
    counter.send(journal)
    assert shares(counter, "ship_order", "SO-1", journal) == {"shipped": {"1": "25"}}
    journal.add("correction", undo(event))
    counter.send(journal)
    assert shares(counter, "ship_order", "SO-1", journal) == {"shipped": {"1": "0"}}


def test_a_correction_that_comes_first_counts_nothing(counter: Any, journal: StationJournal) -> None:
    event = journal.add("receipt", receipt(quantity="7", base_quantity="7", containers=[]))
    later = StationJournal("S1", seed=3)
    later.add("correction", undo(event))
    counter.send(later)
    counter.send(journal)
    assert shares(counter, "purchase_order", "PO-1", journal) == {"received": {"1": "0"}}


def test_a_parked_event_counts_nothing(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt(quantity="-1", base_quantity="-1"))
    (answer,) = counter.send(journal).answers
    assert answer.answer is AnswerKind.PARKED
    assert told(counter, ORDER_PROGRESS) == {}


def test_what_is_set_aside_is_told_until_it_is_fetched_or_the_order_is_left(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    journal.add("allocation", {"order_kind": "work_order", "order": "WO-1", "lots": [ASIDE]})
    counter.send(journal)
    key = json.dumps(["work_order", "WO-1", journal.id], separators=(",", ":"))
    (body,) = told(counter, SET_ASIDE).values()
    assert (body["journal"], [(each["lot"], each["place"], each["quantity"]) for each in body["lots"]]) == (
        journal.id,
        [("L1", "DOCK", "25")],
    )
    picked = journal.add("pick", PICK | {"proposed": ASIDE})
    counter.send(journal)
    assert told(counter, SET_ASIDE)[key]["lots"][0]["quantity"] == "15"
    assert shares(counter, "work_order", "WO-1", journal)["picked"] == {"FLOUR": "10"}
    journal.add("correction", undo(picked))
    counter.send(journal)
    assert told(counter, SET_ASIDE)[key]["lots"][0]["quantity"] == "25"
    again = journal.add("pick", PICK | {"proposed": ASIDE})
    journal.add("allocation", {"order_kind": "work_order", "order": "WO-1", "lots": [ASIDE | {"base_quantity": "15"}]})
    journal.add("correction", undo(again))  # what was fetched before it was set aside anew gives nothing back to that
    counter.send(journal)
    assert told(counter, SET_ASIDE)[key]["lots"][0]["quantity"] == "15"
    journal.add("document_finished", {"workflow": "pick", "document": "WO-1", "document_kind": "work_order"})
    counter.send(journal)
    assert told(counter, SET_ASIDE) == {}


def test_a_server_that_did_not_count_by_journal_yet_counts_what_it_has(counter: Any, journal: StationJournal) -> None:
    undone = journal.add("receipt", receipt())
    journal.add("receipt", receipt(quantity="5", base_quantity="5", containers=[]))
    journal.add("consumption", consumption())
    journal.add("return_to_stock", returned())
    journal.add("production", production(input_("3", grade="backflushed", place="DOCK"), input_("2")))
    journal.add("pick", PICK)
    journal.add("shipment", shipment())
    journal.add("receipt", receipt(quantity="-1", base_quantity="-1"))
    journal.add("correction", undo(undone))
    counter.send(journal)
    before = told(counter, ORDER_PROGRESS)
    counter.take_step_again("0010", "DELETE FROM records WHERE kind = 'order_progress'")
    assert told(counter, ORDER_PROGRESS) == before
