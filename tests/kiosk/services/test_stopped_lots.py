"""A lot on hold stops what was made from it: at this station at once, from its own edges."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kiosk.services.ports import Work
from tests.kiosk.floor import WORK_ORDER, Floor, bag
from tests.kiosk.store.test_taints import made
from traceability.events import Event, LotHeld, LotInput, LotReleased
from traceability.genealogy import Grade
from traceability.lots import Disposition, LotKey
from traceability.refusals import Reason, Verdict
from traceability.workflows.step import Record

INGREDIENT = LotKey("STARCH", "LOT-1", "NWS")


def commit(floor: Floor, event: Event) -> None:
    """As another workflow of this station would record it."""
    stamp = floor.wired.station._stamp(floor.clock.now())
    floor.wired.store.journal.commit(Work(stamp, (Record(event),)))


@pytest.fixture
def floor(floor: Floor) -> Floor:
    """LOT-1 was received, and mixed into MIX-1, which may go into a work order again."""
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    used = LotInput("STARCH", "LOT-1", "NWS", Decimal(5), "kg", Grade.POSSIBLE, place="Dock 1")
    commit(floor, replace(made("MIX-1"), item="STARCH", assigned_by="NWS", inputs=(used,), base_quantity=Decimal(25), place="Dock 1"))
    return floor


def verdict_of(floor: Floor, scan: str) -> tuple[Verdict | None, Reason | None]:
    said = floor.scan(scan).said
    return said.verdict, said.reason


def test_what_was_made_from_a_held_lot_may_not_be_used(floor: Floor) -> None:
    commit(floor, LotHeld("STARCH", "LOT-1", "NWS", "metal"))
    floor.scan(WORK_ORDER)
    assert verdict_of(floor, bag("MIX-1")) == (Verdict.REJECTED, Reason.ANCESTOR_ON_HOLD)
    (refused,) = floor.events("refusal")
    assert (refused["data"]["about"]["ancestor"], refused["data"]["about"]["lot"]) == ("LOT-1", "MIX-1")
    assert verdict_of(floor, bag("LOT-1")) == (Verdict.REJECTED, Reason.LOT_ON_HOLD)
    assert floor.events("consumption") == []


def test_after_the_release_it_may(floor: Floor) -> None:
    commit(floor, LotHeld("STARCH", "LOT-1", "NWS", "metal"))
    (hold,) = floor.wired.store.book.holds_on(INGREDIENT)
    commit(floor, LotReleased("STARCH", "LOT-1", "NWS", (hold.id,), Disposition.AVAILABLE))
    floor.scan(WORK_ORDER)
    assert verdict_of(floor, bag("MIX-1"))[0] is Verdict.ACCEPTED


def test_receives_own_touch_on_hold_does_it_too(floor: Floor) -> None:
    floor.scan(bag("LOT-1"))
    floor.press("hold")
    (hold,) = floor.wired.store.book.holds_on(INGREDIENT)
    assert hold.by == floor.events("hold")[0]["operator"]
    floor.scan(WORK_ORDER)
    assert verdict_of(floor, bag("MIX-1")) == (Verdict.REJECTED, Reason.ANCESTOR_ON_HOLD)


def test_the_worse_of_two_reasons_is_said(floor: Floor) -> None:
    commit(floor, LotHeld("STARCH", "LOT-1", "NWS", "metal"))
    commit(floor, LotHeld("STARCH", "MIX-1", "NWS", "colour"))
    floor.scan(WORK_ORDER)
    assert verdict_of(floor, bag("MIX-1")) == (Verdict.REJECTED, Reason.LOT_ON_HOLD)
