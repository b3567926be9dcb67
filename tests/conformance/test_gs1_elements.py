"""GS1 element strings against the test suites of three other projects, and real labels."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.corpora import cases
from traceability.barcodes.flaws import picture
from traceability.barcodes.read import ReaderSettings, read
from traceability.barcodes.reading import Format, Misread, Outcome, Reading

TODAY = date(2026, 11, 21)
CASES = [case for case in cases("gs1/elements.jsonl") if case["scan"] is not None and not case.get("truth", {}).get("conflict")]
JUDGED = [case for case in CASES if "truth" in case]
LABELS = cases("gs1/field_labels.jsonl")
ASSUME = ReaderSettings(assume_gs1=True)
GS1_CARRIERS = ("]C1", "]e0", "]d2", "]Q3", "]J1")


def _pairs(outcome: Outcome) -> list[list[str]]:
    assert isinstance(outcome, Reading)
    return [[element.identifier, element.value] for element in outcome.elements]


def _expected(case: dict[str, Any]) -> list[list[str]] | None:
    found: list[list[str]] | None = (case["engine"] or {}).get("ais") or case["ais"]
    return found


def _accepted(outcome: Outcome) -> bool:
    # The engine takes no scan without an AIM identifier; for us such a scan is a plain code, with no GS1 element in it.
    return isinstance(outcome, Reading) and (outcome.aim is not None or outcome.format is not Format.PLAIN)


def test_enough_cases_are_judged() -> None:
    assert len(JUDGED) > 2800


def test_every_case_is_accepted_or_refused_rightly() -> None:
    wrong = [case["scan"] for case in JUDGED if _accepted(read(case["scan"], today=TODAY)) != case["truth"]["elements_ok"]]
    assert not wrong


def test_elements_are_those_of_the_suites() -> None:
    told = [case for case in JUDGED if case["truth"]["elements_ok"] and _expected(case)]
    assert len(told) > 500
    wrong = [(case["scan"], got) for case in told if (got := _pairs(read(case["scan"], today=TODAY))) != _expected(case)]
    assert not wrong


def _fault_before(marked: str) -> tuple[str, str]:
    before, fault, _ = marked.split("|")
    return before, fault


def test_the_same_characters_are_marked() -> None:
    told = [case for case in JUDGED if (case["engine"] or {}).get("markup") and not case["truth"]["elements_ok"]]
    assert len(told) > 1000
    wrong = []
    for case in told:
        outcome = read(case["scan"], today=TODAY)
        assert isinstance(outcome, Misread)
        # The engine shows nothing after the component; a line end is our terminator, never data.
        if not case["scan"].endswith("\n") and _fault_before(outcome.marked) != _fault_before(picture(case["engine"]["markup"])):
            wrong.append((case["scan"], outcome.marked, case["engine"]["markup"]))
    assert not wrong


def test_the_position_is_that_of_the_mark() -> None:
    for case in JUDGED:
        outcome = read(case["scan"], today=TODAY)
        if isinstance(outcome, Misread) and outcome.marked.startswith("("):
            assert outcome.position is not None
            assert picture(outcome.scan[outcome.position :]).startswith(_fault_before(outcome.marked)[1]), case["scan"]


def test_every_element_comes_back_from_its_written_form() -> None:
    """The suites' own bracketed or square notation says what the elements are."""
    shapes = {"square": re.compile(r"\[(\d+)\]([^\[]*)"), "bracketed": re.compile(r"\((\d+)\)([^(\\]*)")}
    told = [case for case in JUDGED if case["truth"]["elements_ok"] and case["form"] in shapes]
    assert len(told) > 900
    for case in told:
        written = shapes[case["form"]].findall(case["input"])
        if "".join("".join(pair) for pair in written) == re.sub(r"[\[\]()]", "", case["input"]):
            assert _pairs(read(case["scan"], today=TODAY)) == [list(pair) for pair in written], case["scan"]


@pytest.mark.parametrize("case", LABELS, ids=[label["id"] for label in LABELS])
def test_a_real_label(case: dict[str, Any]) -> None:
    settings = ReaderSettings(assume_gs1=True, separator="|") if "|" in case["scan"] else ASSUME
    outcome = read(case["scan"], settings, today=TODAY)
    if case["gs_missing"]:
        assert isinstance(outcome, Misread)
    else:
        assert _pairs(outcome) == case["ais"]
