"""May this lot come in: its date, where it stands, what it looks like."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.traceability.workflows.dock import (
    ACCEPTED,
    LATER,
    STARCH,
    TODAY,
    Dock,
    told,
)
from traceability.lots import Disposition
from traceability.refusals import Reason, Verdict
from traceability.workflows.step import Ask

YESTERDAY = TODAY - timedelta(days=1)
SOON = TODAY + timedelta(days=30)


@pytest.mark.parametrize(
    ("policy", "verdict", "into"),
    [
        ("refuse", Verdict.REJECTED, None),
        ("quarantine", Verdict.ACCEPTED, Disposition.QUARANTINE),
        ("hold", Verdict.HOLD, Disposition.HOLD),
        ("accept", Verdict.ACCEPTED, Disposition.AVAILABLE),
    ],
)
def test_an_expired_lot_by_policy(policy: str, verdict: Verdict, into: Disposition | None) -> None:
    dock = Dock(policies={"expired": policy}).receiving()
    step = dock.whole(expires_on=YESTERDAY)
    assert step.said.verdict is verdict
    assert [receipt.disposition for receipt in dock.standing()] == ([into] if into else [])
    if verdict in (Verdict.REJECTED, Verdict.HOLD):
        assert step.said.reason is Reason.LOT_EXPIRED


def test_the_last_good_day_is_good() -> None:
    assert told(Dock().receiving().whole(expires_on=TODAY)) == ACCEPTED


@pytest.mark.parametrize(
    ("policy", "verdict", "into"),
    [
        ("check", Verdict.CHECK, None),
        ("refuse", Verdict.REJECTED, None),
        ("quarantine", Verdict.ACCEPTED, Disposition.QUARANTINE),
        ("hold", Verdict.HOLD, Disposition.HOLD),
        ("accept", Verdict.ACCEPTED, Disposition.AVAILABLE),
    ],
)
def test_a_lot_near_its_expiry_by_policy(policy: str, verdict: Verdict, into: Disposition | None) -> None:
    dock = Dock(policies={"near_expiry": policy}).receiving()
    step = dock.whole(item=replace(STARCH, min_remaining_days=60), expires_on=SOON)
    assert step.said.verdict is verdict
    assert [receipt.disposition for receipt in dock.standing()] == ([into] if into else [])


def test_near_expiry_is_asked_once_a_lot_and_date() -> None:
    dock, item = Dock().receiving(), replace(STARCH, min_remaining_days=60)
    assert dock.whole(item=item, expires_on=SOON).said.choices[0].id == "confirm"
    assert told(dock.press("confirm")) == ACCEPTED
    assert told(dock.whole(item=item, expires_on=SOON)) == ACCEPTED
    assert all(Reason.LOT_NEAR_EXPIRY in receipt.accepted_reasons for receipt in dock.standing())
    assert dock.whole(item=item, expires_on=SOON + timedelta(1)).said.reason is Reason.LOT_EXPIRY_DIFFERS


def test_a_stored_expiry_is_kept_and_a_differing_one_asks() -> None:
    dock = Dock().receiving().knows("A1", expires_on=LATER)
    assert told(dock.whole("A1", expires_on=None)) == ACCEPTED
    assert dock.standing()[0].expires_on == LATER
    step = dock.whole("A1", expires_on=LATER + timedelta(1))
    assert told(step) == (Verdict.CHECK, Reason.LOT_EXPIRY_DIFFERS, Ask.DECIDE)
    assert told(dock.press("confirm")) == ACCEPTED


def test_a_wanted_expiry_is_scanned_typed_or_asked_by_name() -> None:
    item = replace(STARCH, expiry_required=True)
    dock = Dock().receiving()
    assert told(dock.whole(item=item, expires_on=None)) == (Verdict.ASK, None, Ask.SCAN_EXPIRY)
    assert told(dock.types("2028-01-31")) == ACCEPTED  # a date is a date where one is wanted, not a lot
    assert (dock.standing()[0].lot, dock.standing()[0].expires_on.isoformat()) == ("A1", "2028-01-31")
    dock.whole("A2", item=item, expires_on=None)
    assert told(dock.press("confirm")) == (Verdict.CHECK, Reason.EXPIRY_MISSING, Ask.SCAN_EXPIRY)
    assert dock.types("soon").said.about["message"] == "a date like 2027-11-30 is expected"
    assert told(dock.label(None, expires_on=LATER)) == ACCEPTED


@pytest.mark.parametrize("counts", [True, False])
def test_best_before_is_an_expiry_only_where_the_item_says_so(counts: bool) -> None:
    item = replace(STARCH, expiry_required=True, best_before_is_expiry=counts)
    dock = Dock().receiving()
    step = dock.whole(item=item, expires_on=None, best_before=LATER)
    assert step.said.ask is (Ask.SCAN_LABEL if counts else Ask.SCAN_EXPIRY)


def test_shelf_life_sets_the_expiry_from_the_production_date() -> None:
    dock = Dock().receiving()
    dock.whole(item=replace(STARCH, expiry_days=365), expires_on=None, produced_on=TODAY)
    assert dock.standing()[0].expires_on == TODAY + timedelta(days=365)


def test_a_shelf_life_beyond_the_calendar_is_none() -> None:
    dock = Dock().receiving()
    assert told(dock.whole(item=replace(STARCH, expiry_days=10**9), expires_on=None, produced_on=TODAY)) == ACCEPTED
    assert dock.standing()[0].expires_on is None


@pytest.mark.parametrize(
    ("stands", "verdict", "reason", "into"),
    [
        (Disposition.AVAILABLE, Verdict.ACCEPTED, None, Disposition.AVAILABLE),
        (Disposition.QUARANTINE, Verdict.ACCEPTED, None, Disposition.QUARANTINE),
        (Disposition.HOLD, Verdict.HOLD, Reason.LOT_ON_HOLD, Disposition.HOLD),
        (Disposition.REJECTED, Verdict.REJECTED, Reason.LOT_REJECTED, None),
        (Disposition.RECALLED, Verdict.STOP, Reason.LOT_RECALLED, None),
    ],
)
def test_a_known_lot_is_taken_in_as_it_stands(
    stands: Disposition, verdict: Verdict, reason: Reason | None, into: Disposition | None
) -> None:
    dock = Dock().receiving().knows("A1", disposition=stands)
    step = dock.whole("A1")
    assert (step.said.verdict, step.said.reason) == (verdict, reason)
    assert [receipt.disposition for receipt in dock.standing()] == ([into] if into else [])


def test_on_hold_is_worse_than_expired() -> None:
    dock = Dock().receiving().knows("A1", disposition=Disposition.HOLD)
    step = dock.whole("A1", expires_on=YESTERDAY)
    assert (step.said.verdict, step.said.reason) == (Verdict.HOLD, Reason.LOT_ON_HOLD)
    assert [each.template for each in step.prints] == ["lot", "hold_tag"]


def test_an_item_may_be_received_into_quarantine() -> None:
    dock = Dock().receiving()
    dock.whole(item=replace(STARCH, receive_into=Disposition.QUARANTINE))
    assert dock.standing()[0].disposition is Disposition.QUARANTINE


def test_a_recall_latches_until_it_is_acknowledged() -> None:
    dock = Dock().receiving().knows("A1", disposition=Disposition.RECALLED)
    assert told(dock.whole("A1")) == (Verdict.STOP, Reason.LOT_RECALLED, Ask.ACKNOWLEDGE)
    assert told(dock.whole("A2")) == (Verdict.STOP, Reason.ACKNOWLEDGE_FIRST, Ask.ACKNOWLEDGE)
    assert dock.seat.latched is not None
    assert dock.seat.latched.refused_meanwhile == 1
    assert told(dock.press("acknowledge")) == (Verdict.ASK, None, Ask.SCAN_LABEL)
    assert told(dock.whole("A2")) == ACCEPTED


def test_a_card_acknowledges_too() -> None:
    dock = Dock().receiving().knows("A1", disposition=Disposition.RECALLED)
    dock.whole("A1")
    dock.press("confirm", card=True)
    assert dock.seat.latched is None


def test_the_same_code_from_another_vendor_is_asked_about() -> None:
    dock = Dock().receiving().knows("A1", by="OTHER")
    step = dock.whole("A1")
    assert told(step) == (Verdict.CHECK, Reason.LOT_LOOKS_LIKE, Ask.DECIDE)
    assert step.said.about["assigned_by"] == "OTHER"
    assert told(dock.press("confirm")) == ACCEPTED
    assert dock.standing()[0].accepted_reasons == (Reason.LOT_LOOKS_LIKE,)


@pytest.mark.parametrize("typed", ["A10O4", "A1004X", "A104", "B1004"])
def test_a_typed_lot_one_slip_off_a_recent_one_is_asked_about(typed: str) -> None:
    dock = Dock().receiving().knows("A1004")
    dock.label(STARCH, pack="bag")
    step = dock.types(typed)
    assert told(step) == (Verdict.CHECK, Reason.LOT_LOOKS_LIKE, Ask.DECIDE)
    assert told(dock.choose("A1004")) == ACCEPTED
    assert dock.standing()[0].lot == "A1004"


@pytest.mark.parametrize("typed", ["A1004", "Z9", "A10045X"])
def test_a_typed_lot_that_is_known_or_far_off_is_taken(typed: str) -> None:
    dock = Dock().receiving().knows("A1004")
    dock.label(STARCH, pack="bag")
    assert told(dock.types(typed)) == ACCEPTED


def test_a_scanned_lot_one_off_is_no_slip_of_the_finger() -> None:
    dock = Dock().receiving().knows("A1004")
    assert told(dock.whole("A1005")) == ACCEPTED


def test_a_no_comes_before_a_doubt() -> None:
    dock = Dock().receiving().knows("A1", by="OTHER")
    assert dock.whole("A1", expires_on=YESTERDAY).said.reason is Reason.LOT_EXPIRED
