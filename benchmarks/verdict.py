"""From bytes at the driver to a painted verdict, durable, on a station that knows a million lots; first paint and memory.

Run: python -m benchmarks.verdict [--workflow all] [--lots 1000000] [--held 10000] [--scans 300] [--db DIR made by benchmarks.million_lots]
Quick: python -m benchmarks.million_lots --lots 20000 --held 200 --db /tmp/lots, then
       python -m benchmarks.verdict --lots 20000 --held 200 --db /tmp/lots --scans 20

Each kind of work (benchmarks/shift.py) is done as often as --scans says, with a clean lot, one on hold and one made from one on hold.
Goods are received in between, so that what the machine does meanwhile falls on both; "times" is p50 and p99 over those receipts'.
The database is copied first: nothing is booked in the one that is named.
"CPU" is what all threads of the process worked for one verdict, half of the verdicts took less. "statements" is how many statements one
takes: its look-ups, its commits and its view. That is the same on every machine.

The peer in the same run is the bare cost: two rows in one durable SQLite commit on the same disk, and one repaint of the screen.
Times are seconds of this machine; compare the ratios.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from sqlalchemy import event

from benchmarks.million_lots import HELD, LOTS, fill
from benchmarks.shift import CLEAN, WORKS, Answer, Hand, Lots
from benchmarks.station_store import bare_commit, timed
from config.plant import Record
from config.settings import Scanner, Screen, Settings, Sounds
from drivers.simulation.serial_scanner import SerialScanner
from kiosk.services.station import Station
from traceability.refusals import Verdict

STATION = "BENCH"
RECEIVE = "receive"
#: After so many turns of a work so many receipts.
TURNS, RECEIPTS = 10, 5
PATIENCE_SECONDS = 30
_FIRST_PAINT = """
import gc, os, sys, time
gc.disable()
started = time.perf_counter()
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from config.settings import Screen, Settings, Sounds
from kiosk.app.first_screen import first_window
screen = Screen(size="1280x800")
window = first_window(screen)
window.repaint()
first = time.perf_counter()
from kiosk.app.kiosk import build, leave_what_lasts_alone
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
kiosk = build(Settings(station="BENCH", database=Path(sys.argv[1]), screen=screen, sounds=Sounds(on=False)), window)
kiosk.start()
leave_what_lasts_alone()
shown = []
kiosk.bridge.shown.connect(lambda *_: (kiosk.window.repaint(), shown.append(time.perf_counter())))
while not shown:
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
print(first - started, shown[0] - started)
kiosk.stop()
"""


def milliseconds(figures: tuple[float, float]) -> str:
    return f"p50 {figures[0] * 1000:6.2f} ms   p99 {figures[1] * 1000:6.2f} ms"


def percentiles(ordered: Sequence[float]) -> tuple[float, float]:
    """Return p50 and p99 of sorted figures."""
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def first_paints(directory: Path, rounds: int = 5) -> tuple[list[float], list[float]]:
    """Start the kiosk in a new process each time; seconds from the interpreter's first line to the painted window, and to work."""
    command = [sys.executable, "-c", _FIRST_PAINT, str(directory)]
    # As it is installed: with bytecode, which the first start leaves behind.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    runs = [subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.split() for _ in range(rounds + 1)]
    return sorted(float(run[0]) for run in runs[1:]), sorted(float(run[1]) for run in runs[1:])


class Bench:
    """One kiosk with a serial scanner on a pty."""

    def __init__(self, directory: Path, scratch: Path) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from kiosk.app.kiosk import build

        self.application = QApplication.instance() or QApplication(["bench"])
        self.waker = QTimer()  # so that waiting ends even where nothing ever happens
        self.waker.start(1000)
        self.scanner = SerialScanner(scratch / "scanner")
        self.scanner.plug_in()
        device = Scanner(name="pty", driver="serial_line", options={"port": str(self.scanner.path)}, sends_gs=True)
        screen = Screen(size="1280x800")
        self.kiosk = build(Settings(station=STATION, database=directory, scanners=(device,), screen=screen, sounds=Sounds(on=False)))
        self.painted_at = 0.0
        self.kiosk.bridge.shown.connect(lambda *_: self._paint())
        self.kiosk.window.show()
        self.kiosk.start()
        self._until(lambda: not any(self.kiosk.desk.health.scanners.values()) and bool(self.kiosk.desk.health.scanners))

    def _paint(self) -> None:
        self.kiosk.window.repaint()
        self.painted_at = time.perf_counter()

    def _until(self, happened: Callable[[], bool]) -> None:
        """Sleep in Qt's loop, as the kiosk does: one that spins takes the interpreter away from the station's thread."""
        from PySide6.QtCore import QEventLoop

        limit = time.perf_counter() + PATIENCE_SECONDS
        while not happened():
            self.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > limit:
                raise SystemExit(f"the kiosk did not answer within {PATIENCE_SECONDS} s")

    def scan(self, text: str) -> float:
        """Scan; return the seconds from the bytes' writing to the painted answer."""
        before = self.kiosk.answered
        started = time.perf_counter()
        self.scanner.scan(text)
        self._until(lambda: self.kiosk.answered > before and self.painted_at > started and self.shown)
        return self.painted_at - started

    def press(self, action: str) -> None:
        """Touch, and wait until that is answered and painted."""
        before, started = self.kiosk.answered, time.perf_counter()
        self.kiosk.press(action)
        self._until(lambda: self.kiosk.answered > before and self.painted_at > started and self.shown)

    @property
    def shown(self) -> bool:
        """Whether the painted view is the one of the last answer."""
        return self.painted_at >= self.kiosk.answered_at

    def repaint(self, _number: int) -> None:
        self.kiosk.window.repaint()


class Shift:
    """The bench as somebody who works there: times each scan and counts what the database is asked for it."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.statements = 0
        event.listen(bench.kiosk.wired.store.database.connection().engine, "before_cursor_execute", self._count)

    def _count(self, *_told: object) -> None:
        self.statements += 1

    @property
    def station(self) -> Station:
        return self.bench.kiosk.desk.station

    @property
    def verdict(self) -> Verdict | None:
        said = self.bench.kiosk.desk.said
        return said.verdict if said is not None else None

    def scan(self, text: str) -> Answer:
        self.statements, worked = 0, time.process_time()
        seconds = self.bench.scan(text)
        return Answer(seconds, self.verdict, self.statements, time.process_time() - worked)

    def press(self, action: str) -> None:
        self.bench.press(action)

    def tell(self, record: Record) -> None:
        self.bench.kiosk.wired.store.reference.store([record])


Found = dict[tuple[str, str], list[Answer]]


def answers(shift: Hand, lots: Lots, works: Iterable[str], scans: int) -> tuple[Found, dict[str, list[Answer]]]:
    """Do each of `works` so often; return the answers by work and which lot it was, and the receipts in between by work.

    The first tenth only warms up.
    """
    found: Found = {}
    received: dict[str, list[Answer]] = {}
    receipts = iter(range(10**9))
    _receive(shift, lots, receipts, 1)
    for work in works:
        for number in range(scans + scans // 10):
            turn = _receive(shift, lots, receipts, 1) if work == RECEIVE else WORKS[work](shift, lots, number)
            for which, answer in turn:
                if number >= scans // 10:
                    found.setdefault((work, which), []).append(answer)
            if work != RECEIVE and number % TURNS == TURNS - 1:
                shift.press(f"mode:{RECEIVE}")
                between = [answer for which, answer in _receive(shift, lots, receipts, RECEIPTS) if which == CLEAN]
                shift.press(f"mode:{work}")
                if number >= scans // 10:
                    received.setdefault(work, []).extend(between)
        if work == RECEIVE:
            received[work] = found[work, CLEAN]
    return found, received


def _receive(shift: Hand, lots: Lots, receipts: Iterator[int], often: int) -> list[tuple[str, Answer]]:
    return [each for _ in range(often) for each in WORKS[RECEIVE](shift, lots, next(receipts))]


def table(found: Found, received: dict[str, list[Answer]]) -> Iterator[str]:
    """Yield a line a kind of work, lot and verdict."""
    yield f"{'work':<9} {'lot':<16} {'verdict':<10} {'p50':>9} {'p99':>12} {'times':>11} {'CPU':>9} {'statements':>11}"
    for (work, which), every in found.items():
        beside = percentiles(sorted(each.seconds for each in received[work]))
        for verdict in dict.fromkeys(each.verdict for each in every):
            same = [each for each in every if each.verdict is verdict]
            p50, p99 = percentiles(sorted(each.seconds for each in same))
            asked, _ = percentiles(sorted(each.statements for each in same))
            worked, _ = percentiles(sorted(each.cpu_seconds for each in same))
            times = f"{p50 / beside[0]:.2f} {p99 / beside[1]:.2f}"
            took = f"{p50 * 1000:>6.2f} ms {p99 * 1000:>9.2f} ms {times:>11} {worked * 1000:>6.2f} ms {asked:>11}"
            yield f"{work:<9} {which:<16} {verdict or '-':<10} {took}"


def measure(directory: Path, scratch: Path, lots: Lots, works: Sequence[str], scans: int) -> None:
    """Print the table, the peers, and how the first of the works compares with them."""
    bench = Bench(directory, scratch)
    found, received = answers(Shift(bench), lots, works, scans)
    bare = timed(bare_commit(scratch), 1000)
    repaint = timed(bench.repaint, 200)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bench.kiosk.stop()
    print("\n".join(table(found, received)))
    print(f"bare durable SQLite commit, 2 rows  {milliseconds(bare)}")
    print(f"one repaint of the whole screen     {milliseconds(repaint)}")
    limit = 5 * (bare[1] + repaint[1])
    for work in works:
        clean = percentiles(sorted(each.seconds for each in found[work, CLEAN]))
        print(f"{work}: p99 over 5 times (bare commit + repaint), p99: {clean[1] / limit:.2f}   (aim: at most 1; and p99 under 50 ms)")
    print(f"memory, largest                     {memory:6.0f} MB   (aim: under 150)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lots", type=int, default=LOTS)
    parser.add_argument("--held", type=int, default=HELD, help="of these so many on hold or made from one that is")
    parser.add_argument("--scans", type=int, default=300, help="how often each kind of work is done")
    parser.add_argument("--workflow", choices=[*WORKS, "all"], default="all", help="the kind of work that is measured")
    parser.add_argument("--db", type=Path, metavar="DIR", help="a database made by benchmarks.million_lots (default: one is made)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lotline-bench-") as folder:
        scratch = Path(folder)
        directory = scratch / "db"
        if args.db is None:
            fill(directory, args.lots, args.held)
        else:
            shutil.copytree(args.db, directory)
        for what, seconds in zip(("first paint, warm", "ready to work, warm"), first_paints(directory), strict=True):
            print(f"start to {what:<27}median {seconds[len(seconds) // 2]:.2f} s, worst {seconds[-1]:.2f} s   (aim: under 0.6)")
        measure(directory, scratch, Lots(args.lots, args.held), list(WORKS) if args.workflow == "all" else [args.workflow], args.scans)


if __name__ == "__main__":
    main()
