"""A station that knows a million lots: how long they take to load, how large the database is. Other benchmarks build on it.

Of the lots `--held` are on hold or were made from one that is: each tenth of them is held, the nine after it descend from it.
The look-up that every use of a lot asks for (held, or made from a held one?) is timed against the look-up of the lot alone.

Run: python -m benchmarks.million_lots [--lots 1000000] [--held 10000] [--db DIR]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.plant import Plant, Record
from kiosk.store.opening import import_plant, open_station
from traceability.barcodes.check_characters import mod10
from traceability.lots import LotKey

LOTS = 1_000_000
HELD = 10_000
CHAIN = 10
QUESTIONS = 2_000
ITEMS = 2_000
VENDOR = "V1"
PRODUCT = "PRODUCT"
PLACE, OTHER_PLACE = "A1", "A2"
ORDER_LINES = 30


def item_code(number: int) -> str:
    return f"ITEM-{number % ITEMS:04}"


def lot_code(number: int) -> str:
    return f"LOT{number:07}"


def lot_key(number: int) -> str:
    """Return the key of the lot's record."""
    return f'["{item_code(number)}","{lot_code(number)}","{VENDOR}"]'


def gtin(number: int) -> str:
    """Return the item's GTIN, with its check digit."""
    digits = f"0952012{number % ITEMS:06}"
    return digits + mod10(digits)


def orders_items(lots: int, held: int) -> range:
    """Return the numbers of the items that the orders of every kind of work name: lots of each are stopped, and lots of each are not."""
    first = (lots - held) % ITEMS
    return range(first, first + ORDER_LINES)


@dataclass(frozen=True, slots=True)
class ManyLots:
    """A plant of `lots` lots over two thousand items, with an order for each of the first hundred items; the last `held` are stopped."""

    lots: int
    held: int = 0

    def records(self) -> Iterator[Record]:
        yield from _plant(self.lots, self.held).records()
        for number in range(self.lots):
            item, lot = item_code(number), lot_code(number)
            on_hand = [{"place": PLACE, "quantity": "25"}]
            body = {
                "item": item,
                "lot": lot,
                "assigned_by": VENDOR,
                "expires_on": "2028-01-31",
                "disposition": "available",
                "on_hand": on_hand,
                **self._stopped(number),
            }
            yield Record("lot", lot_key(number), body)

    def _stopped(self, number: int) -> dict[str, Any]:
        place = number - (self.lots - self.held)
        if place < 0:
            return {}
        if place % CHAIN == 0:
            return {"disposition": "hold"}
        ancestor = number - place % CHAIN
        return {"ancestors": [[item_code(ancestor), lot_code(ancestor), VENDOR]]}


def _plant(lots: int, held: int) -> Plant:
    """Everything but the lots: besides the orders to receive, one order each to make, to ship and to fetch for, of many items."""
    items = [
        {"item": item_code(number), "gtin": gtin(number), "description": f"Material {number}", "unit": "kg", "units": {"bag": "25"}}
        for number in range(ITEMS)
    ]
    purchases = [
        {"order": f"PO{number}", "vendor": VENDOR, "lines": [{"item": item_code(number), "quantity": "100000", "unit": "bag"}]}
        for number in range(100)
    ]
    lines = [{"item": item_code(number), "quantity": "100000"} for number in orders_items(lots, held)]
    return Plant.model_validate(
        {
            "site": {"name": "BENCH WORKS", "company_prefix": "9520001"},
            "items": [*items, {"item": PRODUCT, "description": "What is made", "unit": "ea", "lot_pattern": "M{yy}{jjj}-{n:06}"}],
            "vendors": [{"vendor": VENDOR, "name": "Mill"}],
            "customers": [{"customer": "C1", "name": "Town Kitchen"}],
            "purchase_orders": purchases,
            "work_orders": [{"order": "WO0", "item": PRODUCT, "quantity": "100000", "components": lines}],
            "ship_orders": [{"order": "SO0", "customer": "C1", "lines": lines}],
            "places": [{"place": place} for place in (PLACE, OTHER_PLACE)],
            "stations": [{"station": "BENCH", "place": PLACE}],
        }
    )


def fill(directory: Path, lots: int = LOTS, held: int = 0) -> float:
    """Make a station's database that knows `lots` lots; return the seconds that it took."""
    started = time.perf_counter()
    import_plant(directory, ManyLots(lots, held))
    return time.perf_counter() - started


def ask(directory: Path, lots: int, held: int) -> None:
    """Time the look-ups, half of them of lots that are stopped."""
    store = open_station(directory, "BENCH")
    keys = [LotKey(item_code(each), lot_code(each), VENDOR) for each in _numbers(lots, held)]
    flagged = len(store.book.ancestors_on_hold(keys))
    alone, stopped = _timed(store.book.lot, keys), _timed(lambda key: store.book.ancestors_on_hold((key,)), keys)
    store.close()
    print(f"of {len(keys):,} lots asked {flagged:,} were made from a held one")
    for what, seconds in (("the lot alone", alone), ("made from a held one?", stopped)):
        print(f"{what:<24} p50 {seconds[len(seconds) // 2] * 1e6:6.0f} µs   p99 {seconds[int(len(seconds) * 0.99)] * 1e6:6.0f} µs")


def _numbers(lots: int, held: int) -> list[int]:
    half = QUESTIONS // 2
    free, stopped = max(1, (lots - held) // half), max(1, held // half)
    return [*range(0, lots - held, free), *range(lots - held, lots, stopped)]


def _timed(question: Callable[[LotKey], object], keys: list[LotKey]) -> list[float]:
    taken = []
    for key in keys:
        started = time.perf_counter()
        question(key)
        taken.append(time.perf_counter() - started)
    return sorted(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lots", type=int, default=LOTS)
    parser.add_argument("--held", type=int, default=HELD, help="so many are on hold or were made from one that is")
    parser.add_argument("--db", type=Path, metavar="DIR", help="keep the database here (default: a folder that is thrown away)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lotline-bench-") as scratch:
        directory = args.db or Path(scratch) / "db"
        seconds = fill(directory, args.lots, args.held)
        megabytes = (directory / "station.db").stat().st_size / 1e6
        ask(directory, args.lots, args.held)
    print(f"{args.lots:,} lots: loaded in {seconds:.1f} s ({args.lots / seconds:,.0f} a second), {megabytes:.0f} MB on disk")


if __name__ == "__main__":
    main()
