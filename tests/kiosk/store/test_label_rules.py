"""Rules that were taught for vendors' labels, as the station's book tells them."""

from __future__ import annotations

import itertools
from typing import Any

from config import label_rules
from kiosk.store.opening import StationStore
from sync.protocol import Change
from tests.simulators.vendor_labels import TODAY, marked, taught

DRUM = taught("V1", marked("DRUM CH:{lot AB-7}"))
SACK = taught("V1", marked("SACK CH:{lot AB-7}"))
OTHERS = taught("V10", marked("CH:{lot AB-7}"))
_cursors = itertools.count(1)


def apply(store: StationStore, *records: tuple[str, dict[str, Any] | None]) -> None:
    changes = [Change(cursor=next(_cursors), kind=label_rules.KIND, key=key, body=body) for key, body in records]
    store.reference.apply(changes, changes[-1].cursor, "epoch-1")


def test_a_vendor_has_a_rule_for_each_kind_of_its_labels(store: StationStore) -> None:
    assert store.book.label_rules("V1", TODAY) == ()
    apply(
        store,
        (label_rules.key_of("V1"), label_rules.body_of(DRUM)),
        (label_rules.key_of("V1", "sack"), label_rules.body_of(SACK)),
        (label_rules.key_of("V10"), label_rules.body_of(OTHERS)),
    )
    assert store.book.label_rules("V1", TODAY) == (DRUM, SACK)
    assert store.book.label_rules("V10", TODAY) == (OTHERS,)
    assert store.book.label_rules('V1","', TODAY) == ()


def test_a_rule_is_read_back_once_until_it_changes(store: StationStore) -> None:
    apply(store, ("V1", label_rules.body_of(DRUM)))
    (first,) = store.book.label_rules("V1", TODAY)
    assert store.book.label_rules("V1", TODAY)[0] is first
    newer = taught("V1", marked("DRUM CH:{lot AB-7}"), marked("DRUM CH:{lot 8}"), previous=DRUM)
    apply(store, ("V1", label_rules.body_of(newer)))
    assert store.book.label_rules("V1", TODAY) == (newer,)
    apply(store, ("V1", None))
    assert store.book.label_rules("V1", TODAY) == ()


def test_a_rule_that_misreads_its_own_samples_is_left_out(store: StationStore) -> None:
    damaged = label_rules.body_of(DRUM)
    damaged["segments"][0]["text"] = "DRUM LOT:"
    apply(store, ("V1", damaged), (label_rules.key_of("V1", "sack"), label_rules.body_of(SACK)))
    assert store.book.label_rules("V1", TODAY) == (SACK,)
