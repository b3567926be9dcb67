"""HIBC against barcodes and rules that others published."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.corpora import cases
from traceability.barcodes import hibc
from traceability.barcodes.reading import Misread, Reading

TODAY = date(2026, 11, 21)
CASES: list[dict[str, Any]] = cases("hibc.jsonl")


def of(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


def said(reading: Reading) -> dict[str, str]:
    return {element.identifier: element.value for element in reading.elements}


@pytest.mark.parametrize("case", of("scan"))
def test_scan(case: dict[str, Any]) -> None:
    if case["valid"] and case["mod43_ok"] is False:
        pytest.skip("the source's own check character is wrong")
    scan, aim = case["input"], case["aim"]
    offset = len(aim or "")
    result = hibc.read(scan[offset:], scan, aim, offset, TODAY)
    if case["valid"] is None:  # no verdict in the source; its check character is right
        assert isinstance(result, Reading)
    elif not case["valid"]:
        assert isinstance(result, Misread)
        assert "character" in result.message or "HIBC has" in result.message
    else:
        assert isinstance(result, Reading), result
        assert case["fields"].items() <= said(result).items()


@pytest.mark.parametrize("case", of("structure"))
def test_structure(case: dict[str, Any]) -> None:
    """The source's check characters are dummies: put the right one and read."""
    scan = hibc.write(case["input"][:-1], TODAY)
    assert isinstance(scan, str), scan
    result = hibc.read(scan, scan, None, 0, TODAY)
    assert isinstance(result, Reading), result
    assert said(result) == case["fields"]


@pytest.mark.parametrize("case", of("encode"))
def test_writing(case: dict[str, Any]) -> None:
    result = hibc.write(case["input"], TODAY)
    assert isinstance(result, str) == case["valid"], result
    if case["fields"]:
        assert result == case["fields"]["with_check"]
    if isinstance(result, str):
        assert isinstance(hibc.read(result, result, None, 0, TODAY), Reading)
