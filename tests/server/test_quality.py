"""Holds, releases and results at the server: a lot is held while a hold on it stands, and what was made from it is told everywhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sync.protocol import AnswerKind, RecordIn
from tests.server.conftest import Counter
from tests.simulators.journals import StationJournal, receipt

OPERATORS = (
    RecordIn(kind="operator", key="op-1", body={"badge": "B1", "roles": ["worker"], "operator": "op-1"}),
    RecordIn(kind="operator", key="op-2", body={"badge": "B2", "roles": ["quality"], "operator": "op-2"}),
)


@pytest.fixture
def floor(counter: Counter, store: Any) -> Counter:
    store(*OPERATORS)
    return counter


def names(lot: str) -> dict[str, Any]:
    return {"item": "FLOUR", "lot": lot, "assigned_by": "V1"}


def made(lot: str, *sources: str, grade: str = "scanned") -> dict[str, Any]:
    inputs = [{**names(each), "quantity": "1", "unit": "kg", "grade": grade, "place": None, "container": None} for each in sources]
    counted = {"quantity": "1", "unit": "kg", "base_quantity": "1", "base_unit": "kg", "conversion": "1"}
    rest = {"expires_on": None, "disposition": "available", "containers": [], "place": "DOCK", "description": ""}
    return {**names(lot), "order": None, "transformation": "commingled", "inputs": inputs, **counted, **rest}


def released(lot: str, *holds: str, disposition: str = "available") -> dict[str, Any]:
    return {**names(lot), "lifts": list(holds), "disposition": disposition, "why": "ok"}


def measured(lot: str, passed: bool, disposition: str | None) -> dict[str, Any]:
    test = {"test": "moisture", "value": "15.5", "unit": "%", "low": None, "high": "14", "passed": passed}
    return {**names(lot), "tests": [test], "passed": passed, "disposition": disposition, "sample": None, "note": ""}


def told(counter: Counter, lot: str) -> dict[str, Any]:
    """What every station is told of a lot."""
    bodies = [json.loads(row[0]) for row in counter.rows("SELECT body FROM records WHERE kind = 'lot'")]
    (body,) = [each for each in bodies if each["lot"] == lot]
    return dict(body)


def ancestors(counter: Counter, lot: str) -> list[str]:
    return [each[1] for each in told(counter, lot).get("ancestors", ())]


def findings(counter: Counter, journal: StationJournal) -> list[str]:
    """Send everything; return the codes of what is to settle about the last event."""
    answers = counter.send(journal).answers
    assert not [each.words for each in answers if each.answer is AnswerKind.PARKED]
    return [each.code for each in answers[-1].exceptions]


def test_a_hold_stops_what_was_made_from_it_everywhere_and_a_release_frees_it(floor: Counter) -> None:
    journal = StationJournal("S1")
    journal.add("receipt", receipt(lot="A"))
    journal.add("production", made("B", "A"))
    journal.add("production", made("C", "B", grade="possible"))
    hold = journal.add("hold", {**names("A"), "why": "metal"})
    assert findings(floor, journal) == []
    assert (ancestors(floor, "B"), ancestors(floor, "C")) == (["A"], ["A"])
    said = told(floor, "A")
    assert (said["disposition"], said["base"]) == ("hold", "available")
    assert [(each["hold"], each["by"], each["why"]) for each in said["holds"]] == [(hold["id"], "op-1", "metal")]
    journal.add("release", released("A", str(hold["id"])), operator="op-2")
    assert findings(floor, journal) == []
    assert (told(floor, "A")["disposition"], ancestors(floor, "B"), ancestors(floor, "C")) == ("available", [], [])
    assert "holds" not in told(floor, "A")


def test_a_production_that_comes_after_the_hold_is_flagged_too(floor: Counter) -> None:
    first, second = StationJournal("S1"), StationJournal("S2", seed=2)
    first.add("receipt", receipt(lot="A"))
    first.add("hold", {**names("A"), "why": "metal"})
    floor.send(first)
    second.add("production", made("C", "B"))
    floor.send(second)
    assert ancestors(floor, "C") == []
    second.add("production", made("B", "A"))
    floor.send(second)
    assert ancestors(floor, "C") == ["A"]


def test_another_hold_still_stands_and_an_undone_one_does_not(floor: Counter) -> None:
    journal = StationJournal("S1")
    journal.add("receipt", receipt(lot="A"))
    first, second = (journal.add("hold", {**names("A"), "why": why}) for why in ("metal", "colour"))
    journal.add("release", released("A", str(first["id"])), operator="op-2")
    floor.send(journal)
    assert told(floor, "A")["disposition"] == "hold"
    journal.add("correction", {"corrects": second["id"], "corrected_kind": "hold", "why": "wrong lot"})
    assert findings(floor, journal) == []
    assert told(floor, "A")["disposition"] == "available"


def test_an_undone_release_holds_the_lot_again(floor: Counter) -> None:
    journal = StationJournal("S1")
    journal.add("production", made("B", "A"))
    hold = journal.add("hold", {**names("A"), "why": "metal"})
    release = journal.add("release", released("A", str(hold["id"])), operator="op-2")
    journal.add("correction", {"corrects": release["id"], "corrected_kind": "release", "why": "mistake"}, operator="op-2")
    assert findings(floor, journal) == []
    assert (told(floor, "A")["disposition"], ancestors(floor, "B")) == ("hold", ["A"])


def test_who_held_it_must_not_release_it_and_only_quality_may(floor: Counter) -> None:
    journal = StationJournal("S1")
    journal.add("receipt", receipt(lot="A"))
    hold = journal.add("hold", {**names("A"), "why": "metal"})
    journal.add("release", released("A", str(hold["id"])))
    assert findings(floor, journal) == ["SAME_PERSON", "NOT_ALLOWED"]
    assert told(floor, "A")["disposition"] == "available"  # it happened


def test_a_release_of_what_is_not_here_is_settled_by_a_person_and_counts_when_it_comes(floor: Counter) -> None:
    journal = StationJournal("S1")
    journal.add("receipt", receipt(lot="A"))
    journal.add("release", released("A", "nowhere"), operator="op-2")
    assert findings(floor, journal) == ["EVENT_UNKNOWN"]


def test_what_came_in_on_hold_is_free_when_the_receipt_was_a_mistake(floor: Counter) -> None:
    journal = StationJournal("S1")
    came_in = journal.add("receipt", receipt(lot="A", disposition="hold"))
    floor.send(journal)
    assert [each["hold"] for each in told(floor, "A")["holds"]] == [came_in["id"]]
    journal.add("correction", {"corrects": came_in["id"], "corrected_kind": "receipt", "why": "wrong lot"})
    floor.send(journal)
    assert told(floor, "A")["disposition"] == "available"


def test_the_plants_own_hold_is_lifted_and_does_not_come_back_with_the_file(floor: Counter, store: Any) -> None:
    record = RecordIn(kind="lot", key='["FLOUR","A","V1"]', body={**names("A"), "disposition": "hold"})
    store(record)
    assert told(floor, "A")["holds"] == [{"hold": "plant"}]
    journal = StationJournal("S1")
    journal.add("release", released("A", "plant"), operator="op-2")
    assert findings(floor, journal) == []
    store(record)
    assert told(floor, "A")["disposition"] == "available"


def test_results_are_kept_and_a_rejected_lot_stops_what_was_made_from_it(floor: Counter) -> None:
    journal = StationJournal("S1")
    journal.add("production", made("B", "A"))
    result = journal.add("qc_result", measured("A", False, "rejected"), operator="op-2")
    assert findings(floor, journal) == []
    assert (told(floor, "A")["disposition"], ancestors(floor, "B")) == ("rejected", ["A"])
    assert floor.rows("SELECT test, value, high, voided FROM qc_results") == [("moisture", "15.5", "14", False)]
    journal.add("correction", {"corrects": result["id"], "corrected_kind": "qc_result", "why": "wrong lot"}, operator="op-2")
    floor.send(journal)
    assert (told(floor, "A")["disposition"], ancestors(floor, "B")) == ("available", [])
    assert floor.rows("SELECT voided FROM qc_results") == [(True,)]


def test_a_worker_who_rejects_is_looked_at(floor: Counter) -> None:
    journal = StationJournal("S1")
    journal.add("qc_result", measured("A", False, "hold"))
    assert findings(floor, journal) == []
    journal.add("qc_result", measured("A", False, "rejected"))
    assert findings(floor, journal) == ["NOT_ALLOWED"]


def test_a_release_that_leaves_a_lot_on_hold_is_parked(floor: Counter) -> None:
    journal = StationJournal("S1")
    journal.add("release", released("A", disposition="hold"), operator="op-2")
    (answer,) = floor.send(journal).answers
    assert answer.answer is AnswerKind.PARKED
    assert "not hold" in str(answer.words)


def test_rework_makes_a_ring_and_nothing_hangs(floor: Counter) -> None:
    journal = StationJournal("S1")
    for target, source in (("B", "A"), ("A", "B"), ("C", "A")):
        journal.add("production", made(target, source))
    journal.add("hold", {**names("A"), "why": "metal"})
    floor.send(journal)
    assert (ancestors(floor, "A"), ancestors(floor, "B"), ancestors(floor, "C")) == ([], ["A"], ["A"])
