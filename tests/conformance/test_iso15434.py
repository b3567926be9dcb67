"""ISO/IEC 15434 and MH10.8.2 against labels and tables that others published."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.corpora import cases, corpus
from traceability.barcodes import iso15434, mh10
from traceability.barcodes.read import read
from traceability.barcodes.reading import Format, Misread, Reading
from traceability.barcodes.vendor import Field, Mark, Rule, Sample, apply
from traceability.barcodes.vendor_learning import learn

TODAY = date(2026, 11, 21)
CASES: list[dict[str, Any]] = cases("iso15434.jsonl")


def enveloped(own: bool) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if bool(case["envelopes"]) is own]


def expected(case: dict[str, Any]) -> list[str]:
    """Return each field of the case, identifier and value together, in order."""
    fields = (field for envelope in case["envelopes"] for field in envelope["elements"])
    return [field if isinstance(field, str) else (field[0] or "") + field[1] for field in fields]


@pytest.mark.parametrize("case", enveloped(True))
def test_label(case: dict[str, Any]) -> None:
    result = iso15434.read(case["input"], case["input"], None, 0, TODAY)
    assert isinstance(result, Reading), result
    assert [element.identifier.removeprefix("format 01") + element.value for element in result.elements] == expected(case)
    assert (case["expect"] or {}).items() <= {element.identifier: element.value for element in result.elements}.items()
    assert bool(result.repairs) == (not case["input"].endswith("\x1e\x04") or "\x1d\x1e" in case["input"])


@pytest.mark.parametrize("case", enveloped(False))
def test_other_label(case: dict[str, Any]) -> None:
    """Vendors' own forms are no ISO/IEC 15434, and are not taken for it."""
    result = iso15434.read(case["input"], case["input"], None, 0, TODAY)
    assert isinstance(result, Misread)
    assert result.format is Format.ISO15434
    found = read(case["input"], today=TODAY)
    assert isinstance(found, Reading)
    assert found.format is Format.VENDOR
    assert case["expect"].items() <= {element.identifier: element.value for element in found.elements}.items()


TAUGHT = {
    "LCSC": {"pc": Field.ITEM, "qty": Field.QUANTITY, "on": Field.ORDER},
    "TME QR": {"PN": Field.ITEM, "QTY": Field.QUANTITY, "CPO": Field.ORDER},
    "TME DataMatrix": {"P": Field.ITEM, "Q": Field.QUANTITY, "K": Field.ORDER},
}


@pytest.mark.parametrize("case", enveloped(False))
def test_other_label_can_be_taught(case: dict[str, Any]) -> None:
    """Mark the values that the source expects: the rule reads them, in this label and in one with other values."""
    text, expect, fields = case["input"], case["expect"], TAUGHT[case["vendor"]]
    places = {
        key: text.index(f"{key}{sign}{expect[key]}") + len(key + sign)
        for key in fields
        for sign in (":", "")
        if f"{key}{sign}{expect[key]}" in text
    }
    marks = tuple(Mark(field, places[key], places[key] + len(expect[key])) for key, field in fields.items())
    rule = learn(case["vendor"], [Sample(text, marks)], TODAY)
    assert isinstance(rule, Rule), rule
    for quantity in (expect[next(key for key, field in fields.items() if field is Field.QUANTITY)], "4711"):
        start, end = next((mark.start, mark.end) for mark in marks if mark.field is Field.QUANTITY)
        found = apply(rule, text[:start] + quantity + text[end:], TODAY)
        assert isinstance(found, Reading)
        assert {element.identifier: element.value for element in found.elements} == {
            field.value: quantity if field is Field.QUANTITY else expect[key] for key, field in fields.items()
        }


def test_the_identifiers_are_those_of_the_table() -> None:
    published = {row["di"] for row in json.loads(corpus("tables/mh10_8_2_di.json").read_text("utf-8"))["identifiers"]} - {"FNC1", "[)>"}
    candidates = {f"{number or ''}{letter}" for number in range(1000) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | set(mh10.SIGNS)
    assert {identifier for identifier in candidates if mh10.is_assigned(identifier)} == published
