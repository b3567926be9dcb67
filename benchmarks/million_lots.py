"""A station that knows a million lots: how long they take to load, how large the database is. Other benchmarks build on it.

Run: python -m benchmarks.million_lots [--lots 1000000] [--db DIR]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.plant import Plant, Record
from kiosk.store.opening import import_plant

LOTS = 1_000_000
ITEMS = 2_000
VENDOR = "V1"


def item_code(number: int) -> str:
    return f"ITEM-{number % ITEMS:04}"


def lot_code(number: int) -> str:
    return f"LOT{number:07}"


@dataclass(frozen=True, slots=True)
class ManyLots:
    """A plant of `lots` lots over two thousand items, with an order for each of the first hundred items."""

    lots: int

    def records(self) -> Iterator[Record]:
        yield from _plant().records()
        for number in range(self.lots):
            item, lot = item_code(number), lot_code(number)
            on_hand = [{"place": "A1", "quantity": "25"}]
            body = {
                "item": item,
                "lot": lot,
                "assigned_by": VENDOR,
                "expires_on": "2028-01-31",
                "disposition": "available",
                "on_hand": on_hand,
            }
            yield Record("lot", f'["{item}","{lot}","{VENDOR}"]', body)


def _plant() -> Plant:
    items = [
        {"item": item_code(number), "description": f"Material {number}", "unit": "kg", "units": {"bag": "25"}} for number in range(ITEMS)
    ]
    orders = [
        {"order": f"PO{number}", "vendor": VENDOR, "lines": [{"item": item_code(number), "quantity": "100000", "unit": "bag"}]}
        for number in range(100)
    ]
    vendors = [{"vendor": VENDOR, "name": "Mill"}]
    return Plant.model_validate(
        {"items": items, "vendors": vendors, "purchase_orders": orders, "stations": [{"station": "BENCH", "place": "DOCK"}]}
    )


def fill(directory: Path, lots: int = LOTS) -> float:
    """Make a station's database that knows `lots` lots; return the seconds that it took."""
    started = time.perf_counter()
    import_plant(directory, ManyLots(lots))
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lots", type=int, default=LOTS)
    parser.add_argument("--db", type=Path, metavar="DIR", help="keep the database here (default: a folder that is thrown away)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lotline-bench-") as scratch:
        directory = args.db or Path(scratch) / "db"
        seconds = fill(directory, args.lots)
        megabytes = (directory / "station.db").stat().st_size / 1e6
    print(f"{args.lots:,} lots: loaded in {seconds:.1f} s ({args.lots / seconds:,.0f} a second), {megabytes:.0f} MB on disk")


if __name__ == "__main__":
    main()
