"""A dock without a database: it looks lots up, keeps what steps record, and takes freed scans as the station does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from tests.traceability.workflows.hand import MORNING, Hand
from traceability.barcodes.reading import Facts
from traceability.events import Event, LotHeld, LotReceived
from traceability.items import Item, ItemCode
from traceability.lots import Disposition, Lot, LotKey
from traceability.operators import Operator, Role
from traceability.orders import OrderLine, PurchaseOrder
from traceability.refusals import Reason, Verdict
from traceability.workflows import seat as seats
from traceability.workflows.inputs import (
    BadgeScanned,
    Chosen,
    Circumstances,
    Input,
    LabelScanned,
    LotAnswer,
    LotQuestion,
    OrderScanned,
    Typed,
)
from traceability.workflows.receiving import Question, Receiving
from traceability.workflows.seat import SeatStep
from traceability.workflows.step import Ask

E = TypeVar("E", bound=Event)

TODAY = MORNING.date()
LATER = date(2028, 3, 31)

WORKER = Operator("op-1", "M. Alvarez", frozenset({Role.WORKER}))
CHIEF = Operator("op-2", "R. Chen", frozenset({Role.WORKER, Role.SUPERVISOR}))

STARCH = Item("STARCH", "Corn starch", "kg", gtin="09520123000011", packs={"bag": Decimal(25)}, over_receipt_percent=Decimal(5))
BOTTLE = Item("BOTTLE", "Bottle 100 ml", "ea", packs={"box": Decimal(144)}, lot_pattern="B{yy}{jjj}-{n:03}")
SUGAR = Item("SUGAR", "Sugar", "kg")  # on no order

ORDER = PurchaseOrder("PO1", "NWS", "Northwind", (OrderLine("1", "STARCH", Decimal(200)), OrderLine("2", "BOTTLE", Decimal(1000))))
OTHER_ORDER = PurchaseOrder("PO2", "NWS", "Northwind", (OrderLine("1", "SUGAR", Decimal(50)),))
CLOSED_ORDER = PurchaseOrder("PO3", "NWS", closed=True)


@dataclass(slots=True)
class Dock(Hand):
    """One seat and the little world around it. Each input takes two seconds unless `tick` says otherwise."""

    numbers_left: int = 1000
    modes: tuple[str, ...] = ("receive",)
    lots: dict[LotKey, Lot] = field(default_factory=dict)
    next_number: int = 1

    # What a worker does.

    def signed_in(self, who: Operator = WORKER) -> Dock:
        self.give(BadgeScanned(self.ref("B-1001"), who))
        return self

    def receiving(self, order: PurchaseOrder = ORDER, who: Operator = WORKER) -> Dock:
        self.signed_in(who).give(OrderScanned(order, self.ref(order.number or "")))
        return self

    def label(self, item: Item | None = STARCH, *, pack: str | None = None, device: str = "s1", text: str = "", **facts: Any) -> SeatStep:
        """Scan a label of `item` (None: it says no item), its code standing for `pack`."""
        codes = (ItemCode(item, pack),) if item else ()
        measures = ((facts["quantity"], facts["unit"]),) if facts.get("unit") and "quantity" in facts else ()
        text = text or f"{item.code if item else ''}{sorted(facts.items(), key=str)}"
        return self.give(LabelScanned(self.ref(text, device), Facts(**facts), codes, measures=measures))

    def whole(self, lot: str = "A1", amount: str = "25", item: Item = STARCH, device: str = "s1", **facts: Any) -> SeatStep:
        """Scan one label that says everything: item, lot, expiry, quantity in the item's unit."""
        facts = {"expires_on": LATER, **facts}
        return self.label(item, device=device, lot=lot, quantity=Decimal(amount), unit=item.unit, **facts)

    def plain(self, text: str, lot_items: tuple[Item, ...] = (), device: str = "s1") -> SeatStep:
        return self.give(LabelScanned(self.ref(text, device), Facts(), plain=True, lot_items=tuple(map(ItemCode, lot_items))))

    def types(self, text: str) -> SeatStep:
        return self.give(Typed(text))

    def choose(self, choice: str, **found: Any) -> SeatStep:
        return self.give(Chosen(choice, **found))

    # What the station does around it.

    def give(self, given: Input) -> SeatStep:
        """Let the seat answer, keep what it says to keep, and take the scans that it sets free."""
        scan = getattr(given, "scan", None)
        if scan is not None:
            self.labels[scan.id] = given
        step = self._advanced(given)
        self.at += self.tick
        return step

    def _advanced(self, given: Input) -> SeatStep:
        self.events += 1
        step = seats.advance(self.seat, given, self._now(given), self.modes)
        self.seat = step.state
        self.steps.append(step)
        self._keep(step)
        for freed in step.freed:
            waited = self.labels[freed.id]
            self._advanced(replace(waited, freed=True) if isinstance(waited, LabelScanned) else waited)
        return step

    def _now(self, given: Input) -> Circumstances:
        question = seats.question(self.seat, given)
        asked = question if isinstance(question, LotQuestion) else None
        lots = [lot for lot in self.lots.values() if asked and (lot.key.item, lot.key.code) == (asked.item, asked.code)]
        known = next((lot for lot in lots if asked and lot.key.assigned_by == asked.assigned_by), None)
        recent = tuple(key.code for key in self.lots if asked and key.item == asked.item) if known is None else ()
        return Circumstances(
            at=self.at,
            today=self.at.date(),
            event_id=f"event-{self.events}",
            station="DOCK3",
            place="Dock 3",
            site="SITE",
            made=self.made(given),
            operator=self.seat.operator,
            serial_prefix="D3-",
            next_serial=self.next_serial,
            next_lot_number=self.next_number if self.next_number <= self.numbers_left else None,
            policies=self.policies,
            lot=LotAnswer(known, tuple(lot for lot in lots if lot is not known), recent),
        )

    def _keep(self, step: SeatStep) -> None:
        self.next_serial += step.serials_used
        self.next_number += step.numbers_used
        for place, record in enumerate(step.records):
            self.records.append((record.id or f"event-{self.events}.{place}", record))
        self._know()

    def _know(self) -> None:
        """A lot is what its receipts and holds that stand say of it; what stops more wins."""
        for key in {key for key in self.lots if self.lots[key].on_hand} - {_key(each) for each in self.standing()}:
            del self.lots[key]
        for receipt in self.standing():
            had = self.lots.get(_key(receipt), Lot(_key(receipt)))
            worst = max(had.disposition, receipt.disposition, key=list(Disposition).index)
            self.lots[_key(receipt)] = Lot(_key(receipt), receipt.expires_on or had.expires_on, worst, Decimal(1))
        for held in self.recorded(LotHeld):
            key = LotKey(held.item, held.lot, held.assigned_by)
            if key in self.lots:
                self.lots[key] = replace(self.lots[key], disposition=Disposition.HOLD)

    # What a test asks.

    def knows(self, code: str, item: Item = STARCH, by: str = "NWS", **what: Any) -> Dock:
        self.lots[LotKey(item.code, code, by)] = Lot(LotKey(item.code, code, by), **what)
        return self

    @property
    def work(self) -> Receiving:
        assert isinstance(self.seat.work, Receiving)
        return self.seat.work

    @property
    def question(self) -> Question:
        assert self.work.question is not None
        return self.work.question

    def standing(self) -> list[LotReceived]:
        """The receipts that nobody took back."""
        return self.live(LotReceived)


def _key(receipt: LotReceived) -> LotKey:
    return LotKey(receipt.item, receipt.lot, receipt.assigned_by)


#: A label that is taken in, and nothing is asked.
ACCEPTED = (Verdict.ACCEPTED, None, Ask.SCAN_LABEL)


def told(step: SeatStep) -> tuple[Verdict | None, Reason | None, Ask | None]:
    """What the worker is told: verdict, reason, and what is wanted next."""
    return step.said.verdict, step.said.reason, step.said.ask
