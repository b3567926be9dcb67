"""Taught rules for vendors' labels go to every station; what would misread a sample, or go back a version, is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from config import label_rules
from server.feed import RecordRefused
from sync.protocol import RecordIn
from tests.simulators.vendor_labels import marked, taught

FIRST = taught("V1", marked("CH:{lot AB-7};{quantity 25}"))
SECOND = taught("V1", marked("CH:{lot AB-7};{quantity 25}"), marked("CH:{lot 8};{quantity 1}"), previous=FIRST)


def record(body: dict[str, Any] | None, key: str = "V1") -> RecordIn:
    return RecordIn(kind=label_rules.KIND, key=key, body=body)


def test_a_rule_is_followed_by_later_versions_only(store: Callable[..., int], counter: Any) -> None:
    first, second = label_rules.body_of(FIRST), label_rules.body_of(SECOND)
    assert [store(record(body)) for body in (first, first, second, second)] == [1, 0, 1, 0]
    for late in (first, {**second, "samples": first["samples"]}):
        with pytest.raises(RecordRefused, match="version 2 is in use"):
            store(record(late))
    assert store(record(None)) == 1
    assert store(record(first)) == 1


def test_a_rule_that_misreads_its_sample_is_refused(store: Callable[..., int]) -> None:
    body = label_rules.body_of(FIRST)
    body["samples"][0]["text"] = "CH:AB-7;2X"
    with pytest.raises(RecordRefused, match="label_rule V1: Sample 1 would not be read"):
        store(record(body))
    with pytest.raises(RecordRefused, match="no rule for a vendor's label"):
        store(record({"vendor": "V1"}))


def test_a_rule_stands_under_its_own_vendor(store: Callable[..., int]) -> None:
    body = label_rules.body_of(FIRST)
    assert store(record(body, label_rules.key_of("V1", "drum"))) == 1
    for key in ("V2", label_rules.key_of("V2", "drum"), '["V1"]'):
        with pytest.raises(RecordRefused, match="the rule is for vendor 'V1'"):
            store(record(body, key))
