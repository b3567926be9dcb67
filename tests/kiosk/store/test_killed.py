"""Kill -9 at any moment loses nothing that the worker was told."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.store.opening import StationStore, open_station
from kiosk.store.verifying import verify
from tests.corpora import ROOT
from tests.kiosk.store.station_kit import label, receipt, record
from traceability.lots import LotKey

ROUNDS = 3
WORKER = """
import sys
from pathlib import Path
from kiosk.store.opening import open_station
from tests.kiosk.store.test_killed import work
work(open_station(Path(sys.argv[1]), "DOCK-1"))
"""


def work(store: StationStore) -> None:
    """Receive for ever; say each receipt's id once it is committed, as the screen says ACCEPTED."""
    while True:
        number = store.outbox.last_sequence()
        (event,) = record(store, receipt("L1", base="0.1"), prints=(label(f"S-{number}"),), seat={"after": number + 1}, serials_used=1)
        os.write(1, f"{event['id']}\n".encode())


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes can't be killed here")
def test_everything_that_was_told_is_there_after_a_kill(known_plant: Path, folder: Path) -> None:
    shutil.copytree(known_plant, folder)
    choose, told = random.Random(7), []
    for _ in range(ROUNDS):
        told += _killed_after(folder, choose.randint(1, 25), choose)
        store = open_station(folder, "DOCK-1")
        length = store.outbox.last_sequence()
        assert all(store.journal.envelope(event) for event in told)
        assert verify(store.database).ok
        # The parts of one piece of work came together: the event, its stock, its label, its serial and the seat.
        lot = store.book.lot(LotKey("FLOUR", "L1", "V1"))
        assert lot is not None
        assert lot.on_hand * 10 == length
        assert store.prints.waiting_count() == length
        assert store.journal.serials().next == length + 1
        assert store.journal.seats() == {"1": {"after": length}}
        # At most the one scan that was kept and not yet answered in each round.
        assert len(store.journal.unnamed_scans()) <= ROUNDS
        store.close()
    assert len(told) >= ROUNDS


def _killed_after(folder: Path, receipts: int, choose: random.Random) -> list[str]:
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    told = [worker.stdout.readline().strip() for _ in range(receipts)]
    # Somewhere inside the next piece of work: the machine's own speed decides where, differently every time.
    for _ in range(choose.randint(0, 20_000)):
        pass
    worker.kill()
    rest = worker.stdout.read().splitlines()
    worker.wait()
    worker.stdout.close()
    # A line that the kill cut short was not told.
    return told + [line for line in rest if len(line) == 36]
