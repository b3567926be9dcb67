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


def test_answers_and_changes_come_in_while_the_worker_commits(store: StationStore) -> None:
    done, faults = threading.Event(), []

    def guarded(work: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            except BaseException as fault:  # noqa: BLE001  # handed to the test's own thread
                faults.append(fault)

        return threading.Thread(target=run)

    def scan_all() -> None:
        for number in range(RECEIPTS):
            record(store, receipt(f"L{number % 3}", base="1"))
        done.set()

    def answer_all() -> None:
        while not done.is_set() or store.outbox.unsent(1):
            answers = [
                Answer(id=str(e["id"]), sequence=int(str(e["sequence"])), answer=AnswerKind.ACKNOWLEDGED) for e in store.outbox.unsent(20)
            ]
            store.outbox.record_answers(answers, NOW)

    def change_all() -> None:
        number = 0
        while not done.is_set():
            number += 1
            store.reference.apply([lot_change("1", LotKey("SALT", f"N{number}", "V2"))], number, "epoch-1")

    threads = [guarded(each) for each in (scan_all, answer_all, change_all)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert verify(store.database).ok
    figures = store.queue.figures(NOW)
    assert (figures.waiting, figures.sent_today) == (0, RECEIPTS)
    assert sum(lot.on_hand for number in range(3) for lot in store.book.lots_with_code(f"L{number}")) == RECEIPTS
    assert store.book.lot(LotKey("SALT", "N1", "V2")) is not None
