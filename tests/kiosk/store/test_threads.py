"""The worker scans while the sync's thread keeps answers and reference data: neither loses anything, neither stops the other."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kiosk.store.opening import StationStore
from kiosk.store.verifying import verify
from sync.protocol import Answer, AnswerKind
from tests.kiosk.store.station_kit import NOW, receipt, record
from tests.kiosk.store.test_reference import lot_change
from traceability.lots import LotKey

RECEIPTS = 150


class Shift:
    """Three threads on one store; what goes wrong in any of them is kept for the test."""

    def __init__(self, store: StationStore) -> None:
        self.store = store
        self.done = threading.Event()
        self.faults: list[BaseException] = []

    def run(self) -> None:
        threads = [threading.Thread(target=self._guarded, args=(work,)) for work in (self.scan_all, self.answer_all, self.change_all)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as fault:  # noqa: BLE001  # handed to the test's own thread
            self.faults.append(fault)
            self.done.set()

    def scan_all(self) -> None:
        for number in range(RECEIPTS):
            record(self.store, receipt(f"L{number % 3}", base="1"))
        self.done.set()

    def answer_all(self) -> None:
        while (events := self.store.outbox.unsent(20)) or not self.done.is_set():
            answers = [Answer(id=str(e["id"]), sequence=int(str(e["sequence"])), answer=AnswerKind.ACKNOWLEDGED) for e in events]
            self.store.outbox.record_answers(answers, NOW)

    def change_all(self) -> None:
        number = 0
        while not self.done.is_set():
            number += 1
            self.store.reference.apply([lot_change("1", LotKey("SALT", f"N{number}", "V2"))], number, "epoch-1")


def test_answers_and_changes_come_in_while_the_worker_commits(store: StationStore) -> None:
    shift = Shift(store)
    shift.run()
    assert shift.faults == []
    assert verify(store.database).ok
    figures = store.queue.figures(NOW)
    assert (figures.waiting, figures.sent_today) == (0, RECEIPTS)
    assert sum(lot.on_hand for number in range(3) for lot in store.book.lots_with_code(f"L{number}")) == RECEIPTS
    assert store.book.lot(LotKey("SALT", "N1", "V2")) is not None
