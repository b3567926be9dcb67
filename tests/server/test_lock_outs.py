"""Whoever is locked out for wrong PINs at one station is so at every station."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from server.store.columns import stamped
from sync.protocol import AnswerKind
from tests.server.conftest import Counter
from tests.simulators.journals import START, StationJournal


def refused(minutes: float | None = 10, reason: str = "LOCKED_OUT", **about: str) -> dict[str, Any]:
    until = {} if minutes is None else {"locked_until": (START + timedelta(minutes=minutes)).isoformat()}
    return {"workflow": "consume", "reason": reason, "about": {"approver": "op-7", **until, **about}}


def told(counter: Counter) -> list[dict[str, Any]]:
    return [json.loads(row[0]) for row in counter.rows("SELECT body FROM records WHERE kind = 'lock_out'")]


def send(counter: Counter, *refusals: dict[str, Any]) -> list[dict[str, Any]]:
    journal = StationJournal()
    for each in refusals:
        journal.add("refusal", each)
    assert {each.answer for each in counter.send(journal).answers} == {AnswerKind.ACKNOWLEDGED}
    return told(counter)


def test_every_station_is_told_until_when(counter: Counter) -> None:
    assert send(counter, refused()) == [{"person": "op-7", "until": stamped(START + timedelta(minutes=10))}]


def test_a_shorter_lock_takes_nothing_from_a_longer_one(counter: Counter) -> None:
    assert send(counter, refused(10), refused(12), refused(5))[0]["until"] == stamped(START + timedelta(minutes=12))


def test_nobody_is_locked_out_for_longer_than_a_lock_lasts(counter: Counter) -> None:
    assert send(counter, refused(10_000))[0]["until"] == stamped(START + timedelta(minutes=15))


@pytest.mark.parametrize("event", [refused(reason="PIN_WRONG"), refused(None), refused(locked_until="soon"), refused(approver="")])
def test_other_refusals_lock_nobody_out(event: dict[str, Any], counter: Counter) -> None:
    assert send(counter, event) == []
