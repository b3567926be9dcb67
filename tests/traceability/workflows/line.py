"""A line without a database: it knows lots and containers, keeps what steps record, and counts stock as the books do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from tests.traceability.workflows.dock import BOTTLE, STARCH, SUGAR, TODAY, WORKER
from tests.traceability.workflows.hand import MORNING, Hand
from traceability.barcodes.reading import Facts
from traceability.containers import KnownContainer
from traceability.events import Event, EventCorrected, LotConsumed, LotReturned
from traceability.items import Item, ItemCode
from traceability.lots import Disposition, Lot, LotKey, ShelvedLot
from traceability.orders import Component, WorkOrder
from traceability.workflows import seat as seats
from traceability.workflows.consuming import Consuming
from traceability.workflows.inputs import (
    BadgeScanned,
    Circumstances,
    Input,
    LabelScanned,
    LotAnswer,
    LotQuestion,
    NotUnderstood,
    Typed,
    WorkOrderScanned,
)
from traceability.workflows.seat import SeatStep
from traceability.workflows.step import PrintOrder
from traceability.workflows.working import Asked

E = TypeVar("E", bound=Event)

HERE = "Line 1"

WARNED = replace(STARCH, code="WARNED", oldest_first="warn")
BLOCKED = replace(STARCH, code="BLOCKED", oldest_first="block")
PARTS = {"STARCH": "100", "BOTTLE": "10", "WARNED": "100", "BLOCKED": "100"}
ITEMS = {item.code: item for item in (STARCH, BOTTLE, WARNED, BLOCKED, SUGAR)}
ORDER = WorkOrder("WO1", "TABLET", Decimal(1000), "ea", tuple(Component(item, Decimal(amount)) for item, amount in PARTS.items()))
OTHER_ORDER = WorkOrder("WO2", "TABLET", Decimal(10), "ea", (Component("SUGAR", Decimal(5)),))
CLOSED_ORDER = WorkOrder("WO3", "TABLET", Decimal(10), "ea", closed=True)


@dataclass(slots=True)
class Line(Hand):
    """One seat at a machine. Each input takes two seconds unless `tick` says otherwise."""

    modes: tuple[str, ...] = ("consume",)
    lots: dict[LotKey, Lot] = field(default_factory=dict)
    places: dict[LotKey, dict[str, Decimal]] = field(default_factory=dict)  # where each lot stands
    containers: dict[str, KnownContainer] = field(default_factory=dict)
    prints: list[PrintOrder] = field(default_factory=list)

    # What a worker does.

    def at_work(self, order: WorkOrder = ORDER) -> Line:
        self.give(BadgeScanned(self.ref("B-1001"), WORKER))
        self.give(WorkOrderScanned(order, self.ref(order.number)))
        return self

    def container(self, serial: str, device: str = "s1") -> SeatStep:
        """Scan our own label."""
        known = self.containers[serial]
        facts, codes = Facts(serial=serial, lot=known.lot.code), (ItemCode(ITEMS[known.lot.item]),)
        return self.give(LabelScanned(self.ref(serial, device), facts, codes, counted_at=known.labelled_at, container=known))

    def label(
        self, item: Item | None = STARCH, *, pack: str | None = None, device: str = "s1", by: str | None = None, **facts: Any
    ) -> SeatStep:
        """Scan a vendor's label."""
        codes = (ItemCode(item, pack, by),) if item else ()
        measures = ((facts["quantity"], facts["unit"]),) if facts.get("unit") and "quantity" in facts else ()
        text = f"{item.code if item else ''}{sorted(facts.items(), key=str)}"
        return self.give(LabelScanned(self.ref(text, device), Facts(**facts), codes, measures=measures))

    def lot_code(self, text: str, device: str = "s1") -> SeatStep:
        """Scan a barcode that is nothing but a lot code."""
        return self.give(LabelScanned(self.ref(text, device), Facts(), plain=True, lot_items=self._items_of(text)))

    def types(self, text: str) -> SeatStep:
        return self.give(Typed(text, self._items_of(text.strip())))

    def give(self, given: Input) -> SeatStep:
        """Give one input; scans that it sets free are looked up anew and taken in their order, as the station does."""
        self.at += self.tick
        self.events += 1
        scan = getattr(given, "scan", None)
        if scan is not None:
            given = replace(given, scan=replace(scan, at=self.at))
            self.labels[scan.id] = given
        step = seats.advance(self.seat, given, self._now(given), self.modes)
        self.seat = step.state
        self._keep(step)
        for freed in step.freed:
            waited = self.labels[freed.id]
            assert isinstance(waited, LabelScanned | NotUnderstood | WorkOrderScanned)
            if isinstance(waited, LabelScanned):
                fresh = self.containers.get(waited.container.serial) if waited.container else None
                waited = replace(waited, freed=True, container=fresh)
            self.give(waited)
        return step

    # What the station would look up and keep.

    def _items_of(self, code: str) -> tuple[ItemCode, ...]:
        return tuple(ItemCode(ITEMS[item]) for item in dict.fromkeys(key.item for key in self.lots if key.code == code))

    def _now(self, given: Input) -> Circumstances:
        return Circumstances(
            at=self.at,
            today=TODAY,
            event_id=f"event-{self.events}",
            station="LINE1",
            place=HERE,
            site="SITE",
            operator=self.seat.operator,
            serial_prefix="L1-",
            next_serial=self.next_serial,
            policies=self.policies,
            lot=self._answer(given),
            made=self.made(given),
        )

    def _answer(self, given: Input) -> LotAnswer:
        asked = seats.question(self.seat, given)
        if not isinstance(asked, LotQuestion):
            return LotAnswer()
        same = [lot for key, lot in self.lots.items() if (key.item, key.code) == (asked.item, asked.code)]
        meant = [lot for lot in same if asked.assigned_by in (None, lot.key.assigned_by)]
        if len(meant) != 1:
            others = () if same else tuple(key.item for key in self.lots if key.code == asked.code)
            return LotAnswer(None, tuple(meant), of_others=others)
        places = tuple(self.places[meant[0].key].items()) if asked.where else ()
        return LotAnswer(meant[0], older=self._older(meant[0]), places=places)

    def _older(self, lot: Lot) -> ShelvedLot | None:
        free = [each for each in self.lots.values() if each.key.item == lot.key.item and each.disposition is Disposition.AVAILABLE]
        fresh = [
            each for each in free if each.on_hand > 0 and each.expires_on and lot.expires_on and TODAY <= each.expires_on < lot.expires_on
        ]
        return ShelvedLot(min(fresh, key=lambda each: each.expires_on or date.max), "Rack 7") if fresh else None

    def _keep(self, step: SeatStep) -> None:
        self.steps.append(step)
        self.prints.extend(step.prints)
        self.next_serial += step.serials_used
        for place, record in enumerate(step.records):
            id_ = record.id or f"event-{self.events}.{place}"
            self.records.append((id_, record))
            self._post(record.event, 1)

    def _post(self, event: Event, sign: int) -> None:
        match event:
            case LotConsumed():
                self._move(event, -sign)
                if event.container in self.containers:
                    had = self.containers[event.container]
                    self.containers[event.container] = replace(had, quantity=had.quantity - sign * event.base_quantity)
            case LotReturned():
                self._move(event, sign)
            case EventCorrected(corrects=corrects):
                self._post(next(record.event for id_, record in self.records if id_ == corrects), -1)

    def _move(self, event: LotConsumed | LotReturned, sign: int) -> None:
        key = LotKey(event.item, event.lot, event.assigned_by)
        if key in self.lots:
            self.lots[key] = replace(self.lots[key], on_hand=self.lots[key].on_hand + sign * event.base_quantity)
            there = self.places[key]
            there[event.place] = there.get(event.place, Decimal(0)) + sign * event.base_quantity

    # What a test asks.

    def knows(
        self, code: str, item: Item = STARCH, by: str = "NWS", on_hand: str = "1000", at: Mapping[str, str] | None = None, **what: Any
    ) -> Line:
        """Let the books have a lot, all of it here, or as `at` says which place holds how much."""
        key = LotKey(item.code, code, by)
        self.places[key] = {place: Decimal(amount) for place, amount in (at or {HERE: on_hand}).items()}
        self.lots[key] = Lot(key, on_hand=sum(self.places[key].values(), Decimal(0)), **what)
        return self

    def labelled(self, serial: str, code: str, item: Item = STARCH, amount: str = "25") -> Line:
        key = next(key for key in self.lots if (key.item, key.code) == (item.code, code))
        self.containers[serial] = KnownContainer(serial, key, Decimal(amount), item.unit, "Rack 1", MORNING)
        return self

    @property
    def work(self) -> Consuming:
        assert isinstance(self.seat.work, Consuming)
        return self.seat.work

    @property
    def question(self) -> Asked:
        assert self.work.question is not None
        return self.work.question

    def used(self, item: Item = STARCH) -> Decimal:
        component = self.work.order.component(item.code)
        assert component is not None
        return component.used

    def on_hand(self, code: str, item: Item = STARCH) -> Decimal:
        return next(lot.on_hand for key, lot in self.lots.items() if (key.item, key.code) == (item.code, code))

    def standing(self) -> list[LotConsumed | LotReturned]:
        """What nobody took back."""
        return [*self.live(LotConsumed, LotReturned)]
