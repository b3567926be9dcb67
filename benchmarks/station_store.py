"""What keeping a scan and a receipt costs, beside the bare cost of two rows in SQLite on the same disk; look-ups among a million lots.

Run: python -m benchmarks.station_store [--lots 1000000] [--rounds 1000] [--db DIR made by benchmarks.million_lots]
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from benchmarks.million_lots import LOTS, VENDOR, ManyLots, fill, item_code, lot_code
from kiosk.services.ports import RawScan, Stamp, Work
from kiosk.store.opening import StationStore, open_station
from traceability.events import Container, LotReceived
from traceability.ids import ENTROPY_BYTES, uuid7
from traceability.lots import Disposition, LotKey
from traceability.workflows.step import PrintOrder, Record

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
STAMP = Stamp(occurred_at=NOW, zone="UTC", monotonic_us=1, clock_offset_ms=0, operator=None, place="DOCK", app_version="bench")


def new_id() -> str:
    return uuid7(NOW, os.urandom(ENTROPY_BYTES))


def timed_in_turn(works: Sequence[Callable[[int], object]], rounds: int) -> list[tuple[float, float]]:
    """Return p50 and p99 of each work, in seconds. They take turns, so that whatever else the disk does falls on all alike."""
    taken: list[list[float]] = [[] for _ in works]
    for number in range(rounds + rounds // 10):
        for place, work in enumerate(works):
            started = time.perf_counter()
            work(number)
            taken[place].append(time.perf_counter() - started)
    measured = [sorted(each[rounds // 10 :]) for each in taken]  # the first tenth warms up
    return [(each[len(each) // 2], each[len(each) * 99 // 100]) for each in measured]


def timed(work: Callable[[int], object], rounds: int) -> tuple[float, float]:
    """Return p50 and p99 of a call, in seconds."""
    return timed_in_turn([work], rounds)[0]


def bare_commit(directory: Path) -> Callable[[int], object]:
    """Two rows in one durable transaction, nothing else: what the disk and SQLite cost."""
    raw = sqlite3.connect(directory / "bare.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB)")
    scan, event = os.urandom(60), os.urandom(1500)

    def commit(_number: int) -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO rows (body) VALUES (?)", (scan,))
        raw.execute("INSERT INTO rows (body) VALUES (?)", (event,))
        raw.execute("COMMIT")

    return commit


def receipt(number: int) -> LotReceived:
    serial = f"BENCH-0000-{number}"
    return LotReceived(
        item=item_code(number % 100),
        lot=f"NEW{number // 40}",
        assigned_by=VENDOR,
        vendor=VENDOR,
        order=f"PO{number % 100}",
        line="1",
        quantity=Decimal(1),
        unit="bag",
        base_quantity=Decimal(25),
        base_unit="kg",
        conversion=Decimal(25),
        expires_on=date(2028, 1, 31),
        disposition=Disposition.AVAILABLE,
        containers=(Container(serial, Decimal(25), "kg"),),
        lot_source="vendor",
        place="DOCK",
        description="Material",
    )


class Receiving:
    """Scans and receipts as the station keeps them, with a label and the seat."""

    def __init__(self, store: StationStore) -> None:
        self.store = store
        self.scan = ""
        self.first = store.outbox.last_sequence()

    def keep_scan(self, _number: int) -> None:
        self.scan = new_id()
        self.store.journal.keep_scan(RawScan(self.scan, "front", b"\x1d0109521234543213\x1d10ABC123", "]C1", NOW))

    def commit(self, number: int) -> None:
        received = receipt(self.first + number)
        label = PrintOrder("lot", received.containers[0].serial, {"lot": received.lot, "item": received.item})
        record = Record(received, scans=(self.scan,) if self.scan else (), documents=(("purchase_order", str(received.order)),))
        self.store.journal.commit(Work(STAMP, (record,), (label,), {"order": received.order, "state": "AwaitLabel"}, serials_used=1))
        self.scan = ""

    def both(self, number: int) -> None:
        self.keep_scan(number)
        self.commit(number)


def show(name: str, figures: tuple[float, float], unit: str, beside: tuple[float, float] | None = None) -> None:
    scale = {"ms": 1e3, "µs": 1e6}[unit]
    times = f"   {figures[0] / beside[0]:.1f} times the bare commit" if beside else ""
    print(f"  {name:<58} p50 {figures[0] * scale:8.2f} {unit}   p99 {figures[1] * scale:8.2f} {unit}{times}")


def show_commits(store: StationStore, directory: Path, rounds: int) -> None:
    print("Durable (WAL, synchronous FULL), in turn:")
    work = Receiving(store)
    bare, scan, receipt_of_it = timed_in_turn([bare_commit(directory), work.keep_scan, work.commit], rounds)
    show("two rows, bare SQLite on the same disk", bare, "ms")
    show("a raw scan kept", scan, "ms", bare)
    show("its receipt: event, stock, container, order, label, seat", receipt_of_it, "ms", bare)


def show_lookups(store: StationStore, lots: int, rounds: int) -> None:
    def number(turn: int) -> int:
        return turn * 7919 % lots

    book = store.book
    print(f"Look-ups among {lots:,} lots:")
    show("a lot by its key, with stock", timed(lambda n: book.lot(LotKey(item_code(number(n)), lot_code(number(n)), VENDOR)), rounds), "µs")
    show("lots by code", timed(lambda n: book.lots_with_code(lot_code(number(n))), rounds), "µs")
    show("a code that no lot has", timed(lambda n: book.lots_with_code(f"NONE{n}"), rounds), "µs")
    show("an item's twenty latest lots", timed(lambda n: book.recent_lot_codes(item_code(n), 20), rounds), "µs")
    show("an item", timed(lambda n: book.item(item_code(n)), rounds), "µs")
    show("what a barcode's code stands for", timed(lambda n: book.item_codes(item_code(n), VENDOR), rounds), "µs")
    show("an order with its line", timed(lambda n: book.purchase_order(f"PO{n % 100}"), rounds), "µs")


def show_while_loading(store: StationStore, rounds: int) -> None:
    """The worker's receipts while the sync's thread loads lots as fast as it may."""
    stop = threading.Event()

    def load() -> None:
        records = ManyLots(LOTS).records()
        while not stop.is_set():
            store.reference.store(record for record, _ in zip(records, range(250), strict=False))

    loader = threading.Thread(target=load)
    loader.start()
    work = Receiving(store)
    figures = timed(work.both, rounds)
    stop.set()
    loader.join()
    print("While the server's lots come in on another thread:")
    show("a scan, then its receipt", figures, "ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lots", type=int, default=LOTS)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--db", type=Path, metavar="DIR")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lotline-bench-") as scratch:
        if args.db is None:
            fill(Path(scratch) / "db", args.lots)
        store = open_station(args.db or Path(scratch) / "db", "BENCH")
        show_commits(store, Path(scratch), args.rounds)
        show_lookups(store, args.lots, args.rounds)
        show_while_loading(store, args.rounds)
        store.close()


if __name__ == "__main__":
    main()
