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

STEP = 10
#: A day's work that no server has taken, on a journal of its own.
MANY_EVENTS = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
    INSERT INTO events (journal, sequence, id, kind, occurred_at, body, hash)
    SELECT 'another', i, 'many-' || i, 'refusal', '2026-11-20T10:00:00.000000Z', x'00', 'none' FROM n
"""


class Hand:
    """A station without a screen, its statements counted."""

    def __init__(self, folder: Path) -> None:
        self.clock = ScriptClock(NOON)
        self.wired = wire_station(folder, "BENCH", self.clock, {}, has_server=False)
        store = self.wired.store
        self.bench = Bench(self.wired.seats, store.book, store.queue, self.clock)
        self.statements = self.steps = 0
        self.asked: dict[str, object] = {}  # every statement, with parameters of one time
        connection = store.database.connection()
        event.listen(connection.engine, "before_cursor_execute", self._count)
        connection.connection.dbapi_connection.set_progress_handler(self._step, STEP)

    def _step(self) -> int:
        self.steps += STEP
        return 0

    def _count(self, *told: object) -> None:
        self.statements += 1
        self.asked.setdefault(str(told[2]), told[3])

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


#: What grows with the plant or with the days.
GROWS = ("lots", "stock", "records", "events", "scans", "movements", "lot_facts", "containers", "item_codes", "taints", "told_ancestors")
GROWS += ("holds", "uses", "productions", "edges", "cartons", "carton_contents", "allocations", "picks", "print_jobs", "operators")


def test_every_question_of_a_verdict_is_answered_by_an_index(hand: Hand) -> None:
    for work in WORKS:
        turns(hand, work)
    connection = hand.wired.store.database.connection()
    searched = {statement for statement in hand.asked if statement.split()[0] in ("SELECT", "UPDATE", "DELETE")}
    scanned = {}
    for statement in searched:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", hand.asked[statement])
        read_whole = [step for *_, step in plan if any(step.startswith(f"SCAN {table}") for table in GROWS) and "VIRTUAL" not in step]
        if read_whole:
            scanned[statement] = read_whole
    assert len(searched) > 40
    assert scanned == {}


def steps(hand: Hand, work: str) -> int:
    """How many steps SQLite's machine takes for the second turn's clean lot: what an index finds costs the same among any number."""
    hand.steps = 0
    turns(hand, work)
    return hand.steps


def test_no_verdict_takes_longer_because_much_waits_to_be_sent(hand: Hand) -> None:
    works = ("receive", "consume", "move")
    before = {work: steps(hand, work) for work in works}
    with hand.wired.store.database.writing() as connection:
        connection.exec_driver_sql(MANY_EVENTS)
    assert {work: after for work in works if (after := steps(hand, work)) > 1.5 * before[work]} == {}


@pytest.mark.parametrize("work", WORKS)
def test_each_work_takes_the_clean_lot_and_stops_the_others(hand: Hand, work: str) -> None:
    answers = turns(hand, work)
    asks = work in ("count", "quality", "lookup")
    assert answers[CLEAN].verdict is (Verdict.ASK if asks else Verdict.ACCEPTED)
    for which in {HELD, DESCENDANT} & answers.keys():
        assert answers[which].verdict in STOPPED.get(work, {Verdict.REJECTED, Verdict.STOP})
