"""The benchmark of the whole shift, tiny and without a clock: each kind of work gives its verdicts, and asks the database for no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from benchmarks.million_lots import fill
from benchmarks.shift import CLEAN, DESCENDANT, HELD, WORKS, Answer, Lots
from config.plant import Record
from kiosk.app.wiring import wire_station
from kiosk.presenters.bench import Bench
from kiosk.services.clocks import ScriptClock
from kiosk.services.station import Station
from tests.kiosk.floor import NOON
from traceability.refusals import Verdict

LOTS = Lots(2_100, 100)
#: More than a receipt: what is made names each lot that went into it; a card shows where a lot is, whence it came and where it went.
MORE_THAN_A_RECEIPT = {"produce": 12, "lookup": 8}
STOPPED = {"move": {Verdict.CHECK, Verdict.ACCEPTED}, "count": {Verdict.ASK}, "quality": {Verdict.ASK}, "lookup": {Verdict.ASK}}


class Hand:
    """A station without a screen, its statements counted."""

    def __init__(self, folder: Path) -> None:
        self.clock = ScriptClock(NOON)
        self.wired = wire_station(folder, "BENCH", self.clock, {}, has_server=False)
        store = self.wired.store
        self.bench = Bench(self.wired.seats, store.book, store.queue, self.clock)
        self.statements = 0
        event.listen(store.database.connection().engine, "before_cursor_execute", self._count)

    def _count(self, *_told: object) -> None:
        self.statements += 1

    @property
    def station(self) -> Station:
        return self.wired.station

    def scan(self, text: str) -> Answer:
        self.clock.advance(2)
        self.statements = 0
        outcome = self.bench.scan(text.encode(), "scanner")
        self.bench.view()
        return Answer(0, outcome.said.verdict, self.statements)

    def press(self, action: str) -> None:
        self.clock.advance(2)
        self.bench.press(action)
        self.bench.view()

    def tell(self, record: Record) -> None:
        self.wired.store.reference.store([record])


@pytest.fixture(scope="module")
def hand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    folder = tmp_path_factory.mktemp("shift")
    fill(folder, LOTS.lots, LOTS.held)
    hand = Hand(folder)
    yield hand
    hand.wired.store.close()


def turns(hand: Hand, work: str) -> dict[str, Answer]:
    """The second turn: what the first one read is in memory."""
    return [dict(WORKS[work](hand, LOTS, number)) for number in range(2)][1]


def test_no_work_asks_for_much_more_than_receiving_does(hand: Hand) -> None:
    received = turns(hand, "receive")[CLEAN].statements
    asked = {work: max(each.statements for each in turns(hand, work).values()) for work in WORKS if work != "receive"}
    assert {work: each for work, each in asked.items() if each > received + MORE_THAN_A_RECEIPT.get(work, 0)} == {}


@pytest.mark.parametrize("work", WORKS)
def test_each_work_takes_the_clean_lot_and_stops_the_others(hand: Hand, work: str) -> None:
    answers = turns(hand, work)
    asks = work in ("count", "quality", "lookup")
    assert answers[CLEAN].verdict is (Verdict.ASK if asks else Verdict.ACCEPTED)
    for which in {HELD, DESCENDANT} & answers.keys():
        assert answers[which].verdict in STOPPED.get(work, {Verdict.REJECTED, Verdict.STOP})
