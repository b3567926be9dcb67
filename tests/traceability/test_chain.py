"""The chain's canonical bytes are RFC 8785's, and no change to a journal goes unseen."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.journals import StationJournal, first_break
from traceability.chain import FIRST_PREVIOUS, NotCanonical, canonical, hash_of, sealed

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12)
ENVELOPES = st.dictionaries(TEXT, VALUES, max_size=6)


@given(ENVELOPES)
def test_canonical_bytes_are_those_of_another_implementation(envelope: dict[str, Any]) -> None:
    assert canonical(envelope) == rfc8785.dumps(envelope)


def test_keys_are_sorted_as_utf_16() -> None:
    # U+FB33 sorts after U+1F600 in UTF-16 code units and before it by code point.
    envelope = {"\ufb33": 1, "\U0001f600": 2, "1": 3, "\r": 4, "ö": 5}
    assert canonical(envelope) == rfc8785.dumps(envelope)


@pytest.mark.parametrize("value", [1.5, float("nan"), 2**53, -(2**53), "\ud800", {"a": 1.0}, [b"x"], {1: "x"}])
def test_what_can_not_be_exact_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical({"value": value})


def test_the_hash_is_over_everything_but_itself() -> None:
    envelope = sealed({"a": "1", "previous": FIRST_PREVIOUS})
    assert hash_of(envelope) == envelope["hash"]
    assert hash_of({**envelope, "a": "2"}) != envelope["hash"]


def _journal(length: int) -> list[dict[str, Any]]:
    journal = StationJournal()
    for number in range(length):
        journal.add("refusal", {"workflow": "receive", "reason": "ITEM_UNKNOWN", "about": {"n": str(number)}})
    return list(journal.envelopes)


def test_a_whole_journal_has_no_break() -> None:
    assert first_break(_journal(20)) is None
    assert first_break([]) is None


@given(st.integers(0, 7), st.sampled_from(["change", "drop", "swap", "reseal", "insert"]))
def test_no_change_goes_unseen(place: int, damage: str) -> None:
    journal = copy.deepcopy(_journal(10))
    match damage:
        case "change":
            journal[place]["data"]["about"]["n"] = "changed"
        case "drop":
            del journal[place]
        case "swap":
            journal[place], journal[place + 1] = journal[place + 1], journal[place]
        case "reseal":  # the forger gives the changed event a right hash of its own
            journal[place] = sealed({**journal[place], "operator": "someone else"})
        case _:
            journal.insert(place, journal[place])
    found = first_break(journal)
    assert found is not None
    assert found.sequence in (place, place + 1, place + 2)


def test_a_break_says_what_is_wrong() -> None:
    journal = _journal(3)
    journal[1]["data"]["about"]["n"] = 1.5
    found = first_break(journal)
    assert found is not None
    assert "can't be read" in found.words
