"""Association rules against the suites' `all_ok`, each scan taken as the whole label of one item."""

from __future__ import annotations

from datetime import date

from tests.corpora import cases
from traceability.barcodes import associations
from traceability.barcodes.read import read
from traceability.barcodes.reading import Reading

TODAY = date(2026, 11, 21)


def test_a_label_is_whole_exactly_when_the_suites_say_so() -> None:
    told = [case for case in cases("gs1/elements.jsonl") if case["scan"] and case.get("truth", {}).get("elements_ok")]
    assert len(told) > 1000
    wrong = []
    for case in told:
        reading = read(case["scan"], today=TODAY)
        assert isinstance(reading, Reading)
        refused = associations.refusals(reading.elements)
        if not case["truth"]["conflict"] and (not refused) != case["truth"]["all_ok"]:
            wrong.append((case["scan"], refused, case["engine"]))
    assert not wrong
