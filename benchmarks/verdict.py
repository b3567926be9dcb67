"""From bytes at the driver to a painted verdict, durable, on a station that knows a million lots; first paint and memory.

Run: python -m benchmarks.verdict [--lots 1000000] [--held 10000] [--scans 300] [--db DIR made by benchmarks.million_lots]

The peer in the same run is the bare cost: two rows in one durable SQLite commit on the same disk, and one repaint of the screen.
Times are seconds of this machine; compare the ratios.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks.million_lots import HELD, LOTS, fill, item_code, lot_code
from benchmarks.station_store import bare_commit, timed
from config.settings import Scanner, Screen, Settings, Sounds
from drivers.simulation.serial_scanner import SerialScanner

STATION = "BENCH"
_FIRST_PAINT = """
import os, sys, time
started = time.perf_counter()
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from config.settings import Screen, Settings, Sounds
from kiosk.app.first_screen import first_window
screen = Screen(size="1280x800")
window = first_window(screen)
window.repaint()
first = time.perf_counter()
from kiosk.app.kiosk import build
from PySide6.QtWidgets import QApplication
kiosk = build(Settings(station="BENCH", database=Path(sys.argv[1]), screen=screen, sounds=Sounds(on=False)), window)
kiosk.start()
shown = []
kiosk.bridge.shown.connect(lambda *_: (kiosk.window.repaint(), shown.append(time.perf_counter())))
while not shown:
    QApplication.processEvents()
print(first - started, shown[0] - started)
kiosk.stop()
"""


def milliseconds(figures: tuple[float, float]) -> str:
    return f"p50 {figures[0] * 1000:6.2f} ms   p99 {figures[1] * 1000:6.2f} ms"


def percentiles(ordered: list[float]) -> tuple[float, float]:
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
        from PySide6.QtWidgets import QApplication

        from kiosk.app.kiosk import build

        self.application = QApplication.instance() or QApplication(["bench"])
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

    def _until(self, happened: object) -> None:
        assert callable(happened)
        limit = time.perf_counter() + 30
        while not happened():
            self.application.processEvents()
            if time.perf_counter() > limit:
                raise SystemExit("the kiosk did not answer within 30 s")

    def scan(self, text: str) -> float:
        """Scan; return the seconds from the bytes' writing to the painted answer."""
        before = self.kiosk.answered
        started = time.perf_counter()
        self.scanner.scan(text)
        self._until(lambda: self.kiosk.answered > before and self.painted_at > started and self.shown)
        return self.painted_at - started

    @property
    def shown(self) -> bool:
        """Whether the painted view is the one of the last answer."""
        return self.painted_at >= self.kiosk.answered_at

    def repaint(self, _number: int) -> None:
        self.kiosk.window.repaint()


def measure(directory: Path, scratch: Path, scans: int) -> None:
    bench = Bench(directory, scratch)
    bench.scan("PO0")
    taken: list[float] = []
    refused: list[float] = []
    for number in range(scans + scans // 10):
        item = item_code(0)
        bench.scan(item)  # the label's first barcode: the item; the second, measured, completes it
        seconds = bench.scan(f"]C1310000002510N{number:06}")
        if bench.kiosk.desk.station.seat.work.question is not None:  # type: ignore[union-attr]
            bench.kiosk.press("confirm")
        taken.append(seconds)
        refused.append(bench.scan(lot_code(number * 7 % LOTS) + "?"))
    taken, refused = sorted(taken[scans // 10 :]), sorted(refused[scans // 10 :])
    bare = timed(bare_commit(scratch), 1000)
    repaint = timed(bench.repaint, 200)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bench.kiosk.stop()
    accepted = percentiles(taken)
    print(f"scan to painted ACCEPTED, durable   {milliseconds(accepted)}")
    print(f"scan to painted REJECTED, durable   {milliseconds(percentiles(refused))}")
    print(f"bare durable SQLite commit, 2 rows  {milliseconds(bare)}")
    print(f"one repaint of the whole screen     {milliseconds(repaint)}")
    limit = 5 * (bare[1] + repaint[1])
    print(f"p99 of ACCEPTED over 5 times (bare commit + repaint), p99: {accepted[1] / limit:.2f}   (aim: at most 1; and p99 under 50 ms)")
    print(f"memory, largest                     {memory:6.0f} MB   (aim: under 150)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lots", type=int, default=LOTS)
    parser.add_argument("--held", type=int, default=HELD, help="of these so many on hold or made from one that is")
    parser.add_argument("--scans", type=int, default=300)
    parser.add_argument("--db", type=Path, metavar="DIR", help="a database made by benchmarks.million_lots (default: one is made)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lotline-bench-") as folder:
        scratch = Path(folder)
        directory = args.db or scratch / "db"
        if args.db is None:
            fill(directory, args.lots, args.held)
        for what, seconds in zip(("first paint, warm", "ready to work, warm"), first_paints(directory), strict=True):
            print(f"start to {what:<27}median {seconds[len(seconds) // 2]:.2f} s, worst {seconds[-1]:.2f} s   (aim: under 0.6)")
        measure(directory, scratch, args.scans)


if __name__ == "__main__":
    main()
