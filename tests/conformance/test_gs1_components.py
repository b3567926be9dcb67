"""Every component check against the GS1 Syntax Engine's own suite, with the characters that it marks."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.corpora import cases
from tests.gs1_linters import LINTERS
from traceability.barcodes.flaws import Flaw

CASES = cases("gs1/linters.jsonl")


def _needs_prefix_list(case: dict[str, Any]) -> bool:
    """Five cases ran with a made-up list of allocated company prefixes; with none (ours, and the rest of the suite) they are valid."""
    return case["error"] == "The GS1 Company Prefix is invalid." and case["input"].isdigit()


def _marked(text: str, flaw: Flaw | None) -> str | None:
    return flaw and f"{text[: flaw.start]}*{text[flaw.start : flaw.end]}*{text[flaw.end :]}"


@pytest.mark.parametrize("linter", LINTERS)
def test_a_check_marks_what_the_suite_marks(linter: str) -> None:
    tried = [case for case in CASES if case["linter"] == linter and not _needs_prefix_list(case)]
    assert tried
    wrong = [
        (case["input"], case["markup"], got)
        for case in tried
        if (got := _marked(case["input"], LINTERS[linter](case["input"]))) != case["markup"]
    ]
    assert not wrong


def test_no_linter_of_the_suite_is_left_out() -> None:
    counted = Counter(case["linter"] for case in CASES)
    assert set(counted) - set(LINTERS) == {"_stubs"}
    assert sum(map(_needs_prefix_list, CASES)) == 5
