"""Whatever is done, in whatever order, in whatever kind of work: the screen answers, nothing is lost, and the figures are right."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from tests.kiosk import any_shift
from tests.kiosk.any_shift import ANSWERS, CODES, GOODS, PAPERS, QUALITY, SUPERVISOR, WORKER
from tests.kiosk.floor import Floor
from tests.kiosk.ledger import forbidden_uses, on_hand, taken_unasked
from traceability.refusals import Verdict
from traceability.workflows.modes import MODES


class AnyShift(RuleBasedStateMachine):
    """One station in the hands of somebody who does anything at all."""

    floor: Floor

    @initialize(badge=st.sampled_from((WORKER, SUPERVISOR, QUALITY)), mode=st.sampled_from(MODES))
    def come_to_work(self, badge: str, mode: str) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.floor = any_shift.everything(self.folder)
        self.floor.scan(badge)
        self.begin_some_work(mode)

    @rule(code=st.sampled_from(CODES), after=st.sampled_from((0.2, 2.0, 25.0)), device=st.sampled_from(("scanner-1", "scanner-2")))
    def scan(self, code: str, after: float, device: str) -> None:
        outcome = self.floor.scan(code, device, after)
        assert outcome.said.verdict is not None or outcome.said.ask is not None
        if outcome.said.verdict is Verdict.REJECTED:
            assert outcome.recorded, "a refused scan is in the journal"

    @rule(mode=st.sampled_from(MODES))
    def begin_some_work(self, mode: str) -> None:
        self.floor.press("cancel", "acknowledge", "home", f"mode:{mode}")
        for paper in PAPERS.get(mode, ()):
            self.floor.scan(paper)

    @rule(code=st.sampled_from(GOODS), answers=st.sampled_from((0, 0, 1, 2)))
    def scan_goods(self, code: str, answers: int) -> None:
        self.floor.scan(code)
        for _ in range(answers):
            self.floor.press("confirm")

    @rule()
    def say_yes(self) -> None:
        self.floor.press("confirm")

    @rule(which=st.integers(0, 7))
    def scan_one_of_our_labels(self, which: int) -> None:
        printed = any_shift.codes_printed(self.floor)
        if printed:
            self.floor.scan(printed[which % len(printed)])

    @rule(which=st.integers(0, 60))
    def touch(self, which: int) -> None:
        offered = any_shift.touches(self.floor)
        if offered:
            self.floor.press(offered[which % len(offered)])

    @rule(amount=st.sampled_from(("1", "5", "25", "0.5", "99999", "0", "x")), unit=st.sampled_from((None, "kg", "bag", "box")))
    def give_a_quantity(self, amount: str, unit: str | None) -> None:
        self.floor.clock.advance(2)
        self.floor.wired.station.give_quantity(amount, unit)

    @rule(text=st.sampled_from(("S-1", "T-1", "NEW-1", "Rack 7", "2027-11-30", "", "?")))
    def type_something(self, text: str) -> None:
        self.floor.clock.advance(2)
        self.floor.wired.station.type(text)

    @rule()
    def pull_the_plug(self) -> None:
        """Everything in memory is gone; the worker is back where they were."""
        seat, view = self.floor.wired.station.seat, type(self.floor.desk.view())
        self.floor.restart()
        assert self.floor.wired.station.seat == seat
        if not self.floor.desk._overlay:
            assert type(self.floor.desk.view()).__name__ == view.__name__ or view.__name__ in ("TypeLotView", "SummaryView", "ChoiceView")

    @precondition(lambda self: hasattr(self, "floor"))
    @invariant()
    def the_screen_answers(self) -> None:
        assert self.floor.desk.view() is not None
        assert self.floor.wired.station.fault is None

    @precondition(lambda self: hasattr(self, "floor"))
    @invariant()
    def the_stock_is_what_was_done(self) -> None:
        assert any_shift.stock(self.floor) == on_hand(any_shift.opening(), any_shift.live_events(self.floor))
        assert any_shift.pieces_beside_the_books(self.floor) == {}

    def teardown(self) -> None:
        if not hasattr(self, "floor"):
            return
        self.floor.check()
        assert forbidden_uses(self.floor.events(), any_shift.EVERYTHING) == []
        assert taken_unasked(any_shift.opening(), self.floor.events()) == []
        any_shift.rebuilt_alike(self.floor)
        self.floor.close()
        shutil.rmtree(self.folder)


Doing = tuple[str, tuple[str, ...]]
DOINGS = st.tuples(st.sampled_from(GOODS), st.lists(st.sampled_from(ANSWERS), max_size=3).map(tuple))


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(doings=st.lists(DOINGS, min_size=1, max_size=5))
def test_undoing_all_that_was_done_gives_the_start(mode: str, doings: list[Doing]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        floor = any_shift.everything(Path(folder))
        floor.scan(QUALITY)
        floor.press("home", f"mode:{mode}")
        for paper in PAPERS.get(mode, ()):
            floor.scan(paper)
        start, orders = any_shift.stock(floor), any_shift.progress(floor)
        for code, answers in doings:
            floor.scan(code)
            floor.press(*answers)
        for _ in range(2 * len(doings)):  # scans that waited come with their own questions
            floor.press(*sorted({"acknowledge", "cancel"} & set(any_shift.touches(floor))))
        while "undo" in any_shift.touches(floor):
            before = len(floor.events("correction", "abandonment"))
            floor.press("undo")
            if len(floor.events("correction", "abandonment")) == before:
                break  # the screen asks why: that is a question of its own, or says why not
        assert any_shift.stock(floor) == start
        assert any_shift.progress(floor) == orders
        floor.check()
        floor.close()


@pytest.mark.slow
def test_whatever_is_done() -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        AnyShift, settings=settings(max_examples=15, stateful_step_count=60, deadline=None, suppress_health_check=checks, print_blob=True)
    )
