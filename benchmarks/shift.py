"""The whole shift as a benchmark plays it: in each kind of work a clean lot, a held one, and one that was made from a held one.

A scan that ends with a verdict is timed; what is touched or scanned between two such scans is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from benchmarks.million_lots import CHAIN, ITEMS, ORDER_LINES, OTHER_PLACE, VENDOR, gtin, item_code, lot_code, lot_key
from config.plant import Record
from kiosk.services.station import Station
from traceability.barcodes.command import command_card
from traceability.refusals import Verdict
from traceability.workflows.modes import OpenWork

GS = "\x1d"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a scan, in how long, how many statements the database was asked for it, and how long the processor worked."""

    seconds: float
    verdict: Verdict | None
    statements: int
    cpu_seconds: float = 0.0


class Hand(Protocol):
    """Somebody at the station."""

    @property
    def station(self) -> Station:
        """The station, to be looked at."""

    def scan(self, text: str) -> Answer:
        """Scan; return what came of it."""

    def press(self, action: str) -> None:
        """Touch."""

    def tell(self, record: Record) -> None:
        """Have the station told something, as the server would."""


@dataclass(frozen=True, slots=True)
class Lots:
    """Which lots of the plant are clean, held, or made from a held one; all of items that the orders name."""

    lots: int
    held: int

    def clean(self, number: int) -> int:
        """Return the number of a lot that nothing stops."""
        base = self.lots - self.held
        return base - ITEMS * (1 + number // ORDER_LINES % (base // ITEMS)) + number % ORDER_LINES

    def stopped(self, number: int) -> int:
        """Return the number of a lot that is on hold."""
        return self.lots - self.held + CHAIN * (number % (ORDER_LINES // CHAIN))

    def made_from_stopped(self, number: int) -> int:
        """Return the number of a lot that was made from one on hold."""
        return self.stopped(number) + 1 + number % (CHAIN - 1)


#: What a turn of a kind of work gives: which lot it was, and what came of its scan.
Turn = Iterator[tuple[str, Answer]]
CLEAN, HELD, DESCENDANT = "clean", "held", "made from held"


def label(lot: int, number: int, kilos: str = "000001") -> str:
    """Return a barcode that says item, weight, lot and a serial of its own, so that no two are the same label."""
    return f"]d201{gtin(lot)}3100{kilos}10{lot_code(lot)}{GS}21{number}"


def _three(lots: Lots, number: int) -> tuple[tuple[str, int], ...]:
    return (CLEAN, lots.clean(number)), (HELD, lots.stopped(number)), (DESCENDANT, lots.made_from_stopped(number))


def _settle(hand: Hand) -> None:
    """Answer whatever is still asked, so that the next scan starts from nothing."""
    for _ in range(5):
        seat = hand.station.seat
        if seat.latched is not None:
            hand.press("acknowledge")
        elif isinstance(seat.work, OpenWork) and seat.work.question is not None:
            hand.press("cancel")
        else:
            return


def receive(hand: Hand, _lots: Lots, number: int) -> Turn:
    """The label's first barcode is the item; the second, measured, completes it."""
    if number == 0:
        hand.press("mode:receive")
        hand.scan("PO0")
    hand.scan(item_code(0))
    yield CLEAN, hand.scan(f"]C1310000002510N{number:06}")
    if isinstance(hand.station.seat.work, OpenWork) and hand.station.seat.work.question is not None:
        hand.press("confirm")
    yield "unknown", hand.scan(lot_code(number) + "?")


def pack(hand: Hand, lots: Lots, number: int) -> Turn:
    """Lots into cartons of the order, twenty in each."""
    if number == 0:
        hand.press("mode:pack")
        hand.scan("SO0")
    if number % 20 == 0:
        hand.press("new_carton")
    for which, lot in _three(lots, number):
        yield which, hand.scan(label(lot, number))
        _settle(hand)
    if number % 20 == 19:
        hand.press("close")


def produce(hand: Hand, _lots: Lots, number: int) -> Turn:
    """So many pieces of the product, as a quantity card says them."""
    if number == 0:
        hand.press("mode:produce")
        hand.scan("WO0")
    yield CLEAN, hand.scan(command_card("QTY", str(1 + number % 50)))
    _settle(hand)


def _packed(hand: Hand, lot: int, serial: int) -> str:
    """Pack one lot into a carton of its own; return the carton's SSCC."""
    hand.press("new_carton")
    hand.scan(label(lot, serial))
    sscc = hand.station.seat.work.at
    hand.press("close")
    return sscc


def ship(hand: Hand, lots: Lots, number: int) -> Turn:
    """A carton at the gate; the second was packed before what is in it turned out to be made from a held lot."""
    hand.press("mode:pack")
    if number == 0:
        hand.scan("SO0")
    clean, spoilt = (_packed(hand, lots.clean(each), each) for each in (2 * number, 2 * number + 1))
    hand.press("mode:ship")
    if number == 0:
        hand.scan("SO0")
    turned_out = lots.clean(2 * number + 1)
    hand.tell(_made_from(turned_out, lots.stopped(number)))
    yield CLEAN, hand.scan(f"]C100{clean}")
    _settle(hand)
    yield DESCENDANT, hand.scan(f"]C100{spoilt}")
    _settle(hand)
    hand.tell(_made_from(turned_out))  # for the works that come after


def _made_from(lot: int, *ancestors: int) -> Record:
    """What the server says of a lot that turns out to be made from others."""
    body = {"item": item_code(lot), "lot": lot_code(lot), "assigned_by": VENDOR, "disposition": "available"}
    return Record("lot", lot_key(lot), {**body, "ancestors": [[item_code(each), lot_code(each), VENDOR] for each in ancestors]})


def _each_scan(mode: str, first: str | None = None) -> Callable[[Hand, Lots, int], Turn]:
    """Return the work of a mode in which one scan says all; `first` is the paper or place that opens it."""

    def turn(hand: Hand, lots: Lots, number: int) -> Turn:
        if number == 0:
            hand.press(f"mode:{mode}")
            if first is not None:
                hand.scan(first)
        for which, lot in _three(lots, number):
            yield which, hand.scan(label(lot, number))
            _settle(hand)

    return turn


WORKS: Final[dict[str, Callable[[Hand, Lots, int], Turn]]] = {
    "receive": receive,
    "consume": _each_scan("consume", "WO0"),
    "pick": _each_scan("pick", "SO0"),
    "pack": pack,
    "produce": produce,
    "ship": ship,
    "move": _each_scan("move", OTHER_PLACE),
    "count": _each_scan("count", OTHER_PLACE),
    "quality": _each_scan("quality"),
    "lookup": _each_scan("lookup"),
}
