"""The last action goes back without a question for a while, later with a reason that the correction carries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.traceability.workflows.dock import Dock
from tests.traceability.workflows.line import Line
from traceability.events import EventCorrected
from traceability.refusals import Verdict
from traceability.workflows.step import Ask


def used(minutes: float, **policies: str) -> Line:
    """A lot was used so long ago."""
    line = Line(policies=policies).knows("A1").labelled("S1", "A1").at_work()
    line.container("S1")
    line.at += timedelta(minutes=minutes) - line.tick
    return line


def test_at_once_nothing_is_asked() -> None:
    line = used(5)
    assert line.press("undo").said.verdict is Verdict.ACCEPTED
    assert [each.code for each in line.recorded(EventCorrected)] == [None]
    assert line.used() == 0


def test_later_the_reason_is_asked_and_stands_on_the_correction() -> None:
    line = used(5.1)
    step = line.press("undo")
    assert (step.said.verdict, step.said.ask) == (Verdict.ASK, Ask.CHOOSE_REASON)
    assert [each.id for each in step.said.choices] == ["WRONG_LOT", "WRONG_QUANTITY", "COUNTED_TWICE", "OTHER"]
    assert line.used() == 25
    line.choose("no such reason")
    assert line.used() == 25
    assert line.choose("WRONG_LOT").said.about["undone"] == "yes"
    assert [(each.why, each.code) for each in line.recorded(EventCorrected)] == [("undo", "WRONG_LOT")]
    assert line.used() == 0
    assert line.work.question is None


def test_whoever_has_no_reason_leaves_it_as_it_was() -> None:
    line = used(60)
    line.press("undo")
    line.press("cancel")
    assert line.recorded(EventCorrected) == []
    assert line.used() == 25
    assert line.work.question is None


@pytest.mark.parametrize(("minutes", "asked"), [("0", True), ("60", False)])
def test_the_plant_says_how_long(minutes: str, asked: bool) -> None:
    line = used(10, undo_minutes=minutes)
    line.press("undo")
    assert (line.work.question is not None) is asked


def test_a_receipt_goes_back_the_same_way() -> None:
    dock = Dock().receiving()
    dock.whole("A1")
    dock.at += timedelta(minutes=6)
    assert dock.press("undo").said.ask is Ask.CHOOSE_REASON
    dock.choose("no such reason")
    assert dock.recorded(EventCorrected) == []
    assert dock.choose("COUNTED_TWICE").said.about["undone"] == "yes"
    assert [(each.why, each.code) for each in dock.recorded(EventCorrected)] == [("undo", "COUNTED_TWICE")]
    assert dock.work.question is None
