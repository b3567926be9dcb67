"""How long the rules take to answer: one input at a seat, nothing read and nothing written.

Run: python -m benchmarks.advance [--repeats 2000]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

from traceability.barcodes.reading import Facts
from traceability.items import Item, ItemCode
from traceability.operators import Operator
from traceability.orders import OrderLine, PurchaseOrder
from traceability.workflows.inputs import Circumstances, Input, LabelScanned, Pressed
from traceability.workflows.receiving import Receiving
from traceability.workflows.seat import Seat, advance
from traceability.workflows.step import ScanRef

AT = datetime(2026, 11, 21, 8, tzinfo=UTC)
ITEM = Item("STARCH", "Corn starch", "kg", packs={"bag": Decimal(25)}, expiry_required=True, min_remaining_days=60)
LINES = tuple(OrderLine(str(number), item, Decimal(10**6)) for number, item in enumerate(["STARCH", *(f"I{n}" for n in range(29))]))
SEAT = Seat(Operator("1", "M. Alvarez"), "receive", Receiving(PurchaseOrder("PO1", "NWS", "Northwind", LINES)))
NOW = Circumstances(AT, AT.date(), "event", "DOCK3", "Dock 3", "SITE", SEAT.operator, "D3-", 1, 1)
WHOLE = Facts(gtin="09520123000011", lot="A1", expires_on=date(2028, 3, 31), quantity=Decimal("25.00"), unit="kg")
AIM_MICROSECONDS = 50


def label(facts: Facts) -> LabelScanned:
    """Return a scan that says `facts` of the item."""
    return LabelScanned(ScanRef("scan", "s1", AT, "barcode"), facts, (ItemCode(ITEM),), measures=((Decimal("25.00"), "kg"),))


def busy() -> Seat:
    """Return a seat in the middle of a delivery: a dozen receipts and three refusals to look back at."""
    seat = SEAT
    for number in range(15):
        at = AT + timedelta(seconds=2 * number)
        facts = replace(WHOLE, lot=f"L{number}", expires_on=date(2020, 1, 1) if number % 5 == 4 else WHOLE.expires_on)
        given = replace(label(facts), scan=ScanRef(f"scan-{number}", "s1", at, f"barcode {number}"))
        seat = advance(seat, given, replace(NOW, at=at, event_id=f"event-{number}")).state
    return seat


def microseconds(work: Callable[[], object], repeats: int) -> float:
    """Return the median of single calls, in µs."""
    took = []
    for _ in range(repeats):
        started = time.perf_counter_ns()
        work()
        took.append(time.perf_counter_ns() - started)
    return statistics.median(took) / 1000


def main() -> None:
    """Print one line a kind of input."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=2000)
    repeats = parser.parse_args().repeats
    later = busy()
    works: dict[str, tuple[Seat, Input]] = {
        "a whole label, taken in": (SEAT, label(WHOLE)),
        "a whole label, amid a delivery": (later, label(WHOLE)),
        "part of a label": (SEAT, label(Facts(gtin=WHOLE.gtin))),
        "an expired lot, refused": (SEAT, label(replace(WHOLE, expires_on=date(2020, 1, 1)))),
        "undo": (later, Pressed("undo")),
    }
    print(f"{'advance(), order of 30 lines':<34} median µs (aim: under {AIM_MICROSECONDS})")
    for name, (seat, given) in works.items():
        print(f"{name:<34} {microseconds(partial(advance, seat, given, NOW), repeats):8.1f}")


if __name__ == "__main__":
    main()
