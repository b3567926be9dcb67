"""Goods that were fetched for an order stand in its staging place and stay on hand; undone, they are back."""

from __future__ import annotations

from typing import Any

import pytest

from server.store.database import Database
from tests.server.test_stock_changes import LEFT, NOTHING, balance, event
from tests.server.test_uses import WORK_ORDER, amounts, codes, last, undo
from tests.simulators.journals import StationJournal, receipt

PICK = event(order_kind="work_order", order="WO-1", line="FLOUR", whole=False, to_place="STAGE", proposed=None)
WHERE = "SELECT place, quantity FROM stock WHERE quantity <> '0' ORDER BY place"


@pytest.fixture
def journal(store: Any) -> StationJournal:
    store(WORK_ORDER)
    journal = StationJournal()
    journal.add("receipt", receipt(containers=[{"serial": "C-1", "quantity": "25", "unit": "kg"}]))
    return journal


def test_part_of_a_container_waits_in_staging(counter: Any, journal: StationJournal, database: Database) -> None:
    happened = journal.add("pick", PICK)
    assert codes(last(counter, journal)) == []
    assert counter.rows(WHERE) == [("DOCK", "15"), ("STAGE", "10")]
    assert (amounts(counter, LEFT), balance(database)) == ([15], NOTHING)
    journal.add("correction", undo(happened))
    assert codes(last(counter, journal)) == []
    assert (counter.rows(WHERE), amounts(counter, LEFT), balance(database)) == ([("DOCK", "25")], [25], NOTHING)


def test_a_whole_container_stands_in_staging(counter: Any, journal: StationJournal) -> None:
    happened = journal.add("pick", PICK | {"quantity": "25", "base_quantity": "25", "whole": True})
    counter.send(journal)
    assert counter.rows("SELECT place, quantity FROM containers") == [("STAGE", "25")]
    journal.add("correction", undo(happened))
    counter.send(journal)
    assert counter.rows("SELECT place, quantity FROM containers") == [("DOCK", "25")]


def test_what_is_odd_is_found_and_counts_all_the_same(counter: Any, journal: StationJournal) -> None:
    journal.add("pick", PICK | {"order": "WO-404", "container": None, "quantity": "30", "base_quantity": "30"})
    assert codes(last(counter, journal)) == ["ORDER_UNKNOWN", "LOT_SHORT"]
    assert counter.rows(WHERE) == [("DOCK", "-5"), ("STAGE", "30")]


def test_what_is_set_aside_moves_nothing(counter: Any, journal: StationJournal) -> None:
    lots = [{"line": "FLOUR", "item": "FLOUR", "lot": "L1", "assigned_by": "V1", "place": "DOCK", "base_quantity": "10", "base_unit": "kg"}]
    journal.add("allocation", {"order_kind": "work_order", "order": "WO-1", "lots": lots})
    assert codes(last(counter, journal)) == []
    assert counter.rows(WHERE) == [("DOCK", "25")]
