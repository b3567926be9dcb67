"""A worker at a seat without a database: what every kit of the rules does alike, wherever that seat stands."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from traceability.events import Event, EventCorrected, ScanRefused
from traceability.refusals import Reason
from traceability.workflows import seat as seats
from traceability.workflows.inputs import Chosen, Input, MadeAnswer, MadeQuestion, NotUnderstood, Pressed, QuantityGiven
from traceability.workflows.seat import Seat, SeatStep
from traceability.workflows.step import Record, ScanRef

E = TypeVar("E", bound=Event)

MORNING = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@dataclass(slots=True)
class Hand(ABC):
    """One seat. Each input takes two seconds unless `tick` says otherwise; what steps record is kept."""

    seat: Seat = field(default_factory=Seat)
    at: datetime = MORNING
    tick: timedelta = timedelta(seconds=2)
    policies: Mapping[str, str] = field(default_factory=dict)
    modes: tuple[str, ...] = ()
    records: list[tuple[str, Record]] = field(default_factory=list)
    steps: list[SeatStep] = field(default_factory=list)
    labels: dict[str, Input] = field(default_factory=dict)  # scan id -> what it was taken for, for when it is freed
    went_to: tuple[str, ...] = ()  # what the books say of what is undone
    next_serial: int = 1
    events: int = 0
    scans: int = 0

    @abstractmethod
    def give(self, given: Input) -> SeatStep:
        """Let the seat answer, keep what it says to keep, and take the scans that it sets free, as the station does."""

    # What a worker does.

    def noise(self, reason: Reason = Reason.BARCODE_INVALID) -> SeatStep:
        return self.give(NotUnderstood(self.ref("%%%"), reason, {"text": "%%%"}))

    def press(self, verb: str, argument: str | None = None, card: bool = False) -> SeatStep:
        return self.give(Pressed(verb, argument, self.ref(f"..K.{verb}") if card else None))

    def quantity(self, text: str, unit: str | None = None) -> SeatStep:
        return self.give(QuantityGiven(Decimal(text), unit, text))

    def choose(self, choice: str) -> SeatStep:
        return self.give(Chosen(choice))

    # What the station does around it.

    def ref(self, text: str, device: str = "s1") -> ScanRef:
        self.scans += 1
        return ScanRef(f"scan-{self.scans}", device, self.at, text)

    def made(self, given: Input) -> MadeAnswer:
        """Where what is taken back went on to."""
        asked = seats.question(self.seat, given)
        return MadeAnswer(downstream=self.went_to if isinstance(asked, MadeQuestion) and asked.undoing else ())

    # What a test asks.

    def recorded(self, kind: type[E]) -> list[E]:
        return [record.event for _, record in self.records if isinstance(record.event, kind)]

    def live(self, *kinds: type[E]) -> list[E]:
        """What was recorded of these kinds and nobody took back."""
        gone = {each.corrects for each in self.recorded(EventCorrected)}
        return [record.event for id_, record in self.records if isinstance(record.event, kinds) and id_ not in gone]

    def refused(self) -> list[Reason]:
        return [each.reason for each in self.recorded(ScanRefused)]

    def named(self) -> list[str]:
        """Every scan id as often as an event names it."""
        return [scan for _, record in self.records for scan in record.scans]
