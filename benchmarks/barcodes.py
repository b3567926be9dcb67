"""How fast a GS1 lot label is read, side by side with biip in the same run; import time; memory over many scans.

Run: python -m benchmarks.barcodes [--scans 1000000] [--repeats 7]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from traceability.barcodes.read import read
from traceability.barcodes.reading import Reading

TODAY = date(2026, 11, 21)
LABELS = {
    "GTIN, expiry, lot": "]C1010952012345678817271130" + "10ABC123",
    "GTIN, lot, expiry, serial": "]d20109520123456788" + "10LOT-0042\x1d17271130" + "21SN000123",
    "GTIN, lot, expiry, net weight": "]C10109520123456788" + "3103012500" + "17271130" + "10B-77/19",
    "SSCC": "]C1" + "00095201234567891235",
    "SSCC, contents, count, lot": "]C1" + "00095201234567891235" + "0209520123456788" + "3748\x1d10PALLET7",
}
# Published by the GS1 Barcode Syntax Engine project for its C library, and what a call through ctypes costs. Not run here.
C_ENGINE = (("GS1 Syntax Engine in C (its published figure)", 0.5), ("the same through ctypes (measured once)", 1.0))


def microseconds(works: Sequence[Callable[[], object]], repeats: int, loops: int = 300) -> list[float]:
    """Return the best of `repeats` runs of each work, in µs of processor time a call.

    The works take turns, so that whatever else the machine does falls on all alike.
    """
    best = [float("inf")] * len(works)
    for _ in range(repeats):
        for place, work in enumerate(works):
            started = time.process_time()
            for _ in range(loops):
                work()
            best[place] = min(best[place], time.process_time() - started)
    return [seconds / loops * 1e6 for seconds in best]


def import_milliseconds(module: str, repeats: int = 15) -> float:
    """Return the least processor time that importing `module` takes in a fresh interpreter with its bytecode at hand."""
    code = f"import time; t = time.process_time(); import {module}; print((time.process_time() - t) * 1e3)"
    with tempfile.TemporaryDirectory() as cache:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
            "PYTHONPYCACHEPREFIX": cache
        }
        return min(float(subprocess.check_output([sys.executable, "-c", code], env=environment)) for _ in range(repeats))


def compare(repeats: int) -> None:
    """Print the table of labels."""
    import biip

    print(f"{'label':<32}{'Lotline µs':>12}{'biip µs':>12}{'times faster':>14}")
    ours_all = theirs_all = 0.0
    for name, scan in LABELS.items():
        assert isinstance(read(scan, today=TODAY), Reading), name
        assert biip.parse(scan).gs1_message is not None, name
        ours, theirs = microseconds((partial(read, scan, today=TODAY), partial(biip.parse, scan)), repeats)
        ours_all, theirs_all = ours_all + ours, theirs_all + theirs
        print(f"{name:<32}{ours:>12.1f}{theirs:>12.1f}{theirs / ours:>14.1f}")
    count = len(LABELS)
    print(f"{'mean':<32}{ours_all / count:>12.1f}{theirs_all / count:>12.1f}{theirs_all / ours_all:>14.1f}")
    for name, figure in C_ENGINE:
        print(f"{name:<32}{figure:>12.1f}")


def memory(scans: int) -> None:
    """Print how much memory is held after a tenth of the scans and after all of them."""
    labels = [*LABELS.values(), "]C10109520123456780", "plain", "+E490HE21KL1", "[)>\x1e06\x1d1TABC\x1e\x04", "https://a/01/09520123456788"]
    tracemalloc.start()
    for number in range(scans // 10):
        read(f"{labels[number % len(labels)]}{number % 7}", today=TODAY)
    early = tracemalloc.get_traced_memory()[0]
    for number in range(scans - scans // 10):
        read(f"{labels[number % len(labels)]}{number % 7}", today=TODAY)
    late = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    print(f"memory held after {scans // 10} scans: {early / 1024:.1f} KiB; after {scans}: {late / 1024:.1f} KiB")


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=int, default=1_000_000, help="how many for the memory run; 0 leaves it out")
    parser.add_argument("--repeats", type=int, default=25)
    args = parser.parse_args()
    compare(args.repeats)
    for module in ("traceability.barcodes.read", "biip"):
        print(f"import of {module}: {import_milliseconds(module):.1f} ms")
    if args.scans:
        memory(args.scans)


if __name__ == "__main__":
    main()
