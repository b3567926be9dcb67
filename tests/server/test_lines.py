"""What one station loaded and another made of: possible in it, whichever of the events reaches the server first."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from server.store.database import Database
from sync.protocol import RecordIn
from tests.server.test_made import RECORDS, edges, input_, production, send
from tests.server.test_uses import consumption, undo
from tests.simulators.journals import START, StationJournal, receipt

PLACES = tuple(
    RecordIn(kind="place", key=name, body={"place": name, "kind": kind}) for name, kind in (("Hopper", "line"), ("Tank", "tank"))
)


def load(lot: str, place: str = "Hopper", order: str | None = "WO-1", **changes: Any) -> dict[str, Any]:
    named = {"item": "FLOUR", "lot": lot, "assigned_by": "V1", "unit": "kg", "container": None, "description": "Wheat flour"}
    return {**named, "place": place, "order": order, "vessel": place == "Tank", "used_by": None, **changes}


def at(minutes: int) -> str:
    return (START + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@pytest.fixture
def filler(store: Any) -> StationJournal:
    """Where it is loaded."""
    store(*RECORDS, *PLACES)
    return StationJournal()


@pytest.fixture
def packer() -> StationJournal:
    """Where it is counted."""
    return StationJournal("S2", seed=2)


@pytest.mark.parametrize("order", tuple(permutations(range(3))), ids=str)
def test_whatever_comes_first_the_lot_before_is_possible(
    counter: Any, filler: StationJournal, packer: StationJournal, database: Database, order: tuple[int, ...]
) -> None:
    third = StationJournal("S1", seed=3)
    filler.add("line_loaded", load("OLD", order="WO-0"), occurred_at=at(0))
    third.add("line_loaded", load("L1"), occurred_at=at(60))
    packer.add("production", production(input_("10")), occurred_at=at(65))
    for number in order:
        send(counter, (filler, third, packer)[number])
    assert edges(database) == [("L1", "10", "scanned"), ("OLD", "0", "possible")]


def test_after_the_overlap_and_after_it_was_empty_it_is_not(
    counter: Any, filler: StationJournal, packer: StationJournal, database: Database, store: Any
) -> None:
    store(RecordIn(kind="policies", key="policies", body={"overlap_minutes": 10}))
    filler.add("line_loaded", load("OLD", order="WO-0"), occurred_at=at(0))
    filler.add("line_cleared", {"place": "Hopper", "order": None}, occurred_at=at(30))
    filler.add("line_loaded", load("OLDER", order="WO-0"), occurred_at=at(31))
    filler.add("line_loaded", load("L1"), occurred_at=at(60))
    send(counter, filler)
    packer.add("production", production(input_("10")), occurred_at=at(65))
    packer.add("production", production(input_("10"), lot="B2", containers=[]), occurred_at=at(69))
    packer.add("production", production(input_("10"), lot="B3", containers=[]), occurred_at=at(80))
    packer.add("production", production(input_("10"), lot="B4", containers=[]), occurred_at=at(90))
    send(counter, packer)
    assert [edges(database, lot)[1:] for lot in ("B1", "B2", "B3", "B4")] == [[("OLDER", "0", "possible")]] * 3 + [[]]


def test_whatever_went_into_a_vessel_anywhere_stays_until_it_is_clean(
    counter: Any, filler: StationJournal, packer: StationJournal, database: Database
) -> None:
    filler.add("receipt", receipt(lot="SILO", place="Tank"), occurred_at=at(0))
    filler.add("line_loaded", load("L1", "Tank"), occurred_at=at(9000))
    send(counter, filler)
    packer.add("production", production(input_("10")), occurred_at=at(9010))
    send(counter, packer)
    assert edges(database) == [("L1", "10", "scanned"), ("SILO", "0", "possible")]
    clean = filler.add("clean_out", {"place": "Tank", "order": None}, occurred_at=at(9020))
    send(counter, filler)
    packer.add("production", production(input_("10"), lot="B2", containers=[]), occurred_at=at(9030))
    packer.add("production", production(input_("10"), lot="B3", containers=[]), occurred_at=at(9040))
    send(counter, packer)
    assert [lot for lot, *_ in edges(database, "B2")] == ["L1", "SILO"]  # begun before it was cleaned
    assert [lot for lot, *_ in edges(database, "B3")] == ["L1"]
    filler.add("correction", undo(clean))
    send(counter, filler)
    assert [lot for lot, *_ in edges(database, "B3")] == ["L1", "SILO"]


def test_a_loading_that_is_undone_with_its_use_takes_its_edge_along(
    counter: Any, filler: StationJournal, packer: StationJournal, database: Database
) -> None:
    filler.add("receipt", receipt(lot="WRONG"), occurred_at=at(0))
    used = filler.add("consumption", consumption(lot="WRONG", order="WO-0"), occurred_at=at(1))
    filler.add("line_loaded", load("WRONG", used_by=used["id"]), occurred_at=at(1))
    filler.add("line_loaded", load("L1"), occurred_at=at(2))
    send(counter, filler)
    packer.add("production", production(input_("10")), occurred_at=at(5))
    send(counter, packer)
    assert [lot for lot, *_ in edges(database)] == ["L1", "WRONG"]
    filler.add("correction", undo(used), occurred_at=at(6))
    send(counter, filler)
    assert [lot for lot, *_ in edges(database)] == ["L1"]


@pytest.mark.parametrize("kind", ["line_loaded", "line_cleared", "clean_out"])
def test_a_place_without_a_name_is_parked(counter: Any, filler: StationJournal, kind: str) -> None:
    filler.add(kind, load("L1", " ") if kind == "line_loaded" else {"place": " ", "order": None})
    assert "place is empty" in str(send(counter, filler).words)
