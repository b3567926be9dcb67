"""A station's journal in memory: makes sealed envelopes and plays the ports that the sync engine needs."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sync.ports import FeedPosition
from sync.protocol import Answer, AnswerKind, Change
from traceability.chain import FIRST_PREVIOUS, Break, Envelope, link_fault, sealed
from traceability.ids import uuid7

START = datetime(2026, 11, 21, 10, tzinfo=UTC)


def receipt(**changes: Any) -> dict[str, Any]:
    """Return the data of a receipt of 25 kg of FLOUR, lot L1, against PO-1 line 1."""
    return {
        "item": "FLOUR",
        "lot": "L1",
        "assigned_by": "V1",
        "vendor": "V1",
        "order": "PO-1",
        "line": "1",
        "quantity": "25",
        "unit": "kg",
        "base_quantity": "25",
        "base_unit": "kg",
        "conversion": "1",
        "expires_on": "2027-11-30",
        "disposition": "available",
        "containers": [],
        "lot_source": "vendor",
        "place": "DOCK",
        "description": "Wheat flour",
        **changes,
    }


@dataclass
class StationJournal:
    """Seeded, so that a failure can be played again."""

    station: str = "S1"
    seed: int = 1
    envelopes: list[Envelope] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    records: dict[tuple[str, str], dict[str, Any] | None] = field(default_factory=dict)
    position: FeedPosition = field(default_factory=lambda: FeedPosition(None, 0))
    sends: list[str] = field(default_factory=list)
    at_once: int = 500  # fewer make more requests

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self.id = self._uuid()

    def _uuid(self) -> str:
        return uuid7(START + timedelta(seconds=len(self.envelopes)), self._random.randbytes(10))

    def add(self, kind: str, data: dict[str, Any], /, **changes: Any) -> Envelope:
        """Append one event; `changes` replace parts of its envelope before it is sealed."""
        envelope = self.draft(kind, data, **changes)
        self.envelopes.append(envelope)
        return envelope

    def draft(self, kind: str, data: dict[str, Any], /, **changes: Any) -> Envelope:
        """Return the next event without appending it."""
        previous = self.envelopes[-1]["hash"] if self.envelopes else FIRST_PREVIOUS
        at = START + timedelta(seconds=2 * len(self.envelopes))
        return sealed(
            {
                "id": self._uuid(),
                "journal": self.id,
                "sequence": len(self.envelopes) + 1,
                "previous": previous,
                "station": self.station,
                "kind": kind,
                "version": 1,
                "occurred_at": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                "zone": "Europe/Berlin",
                "monotonic_us": 1_000_000 * len(self.envelopes),
                "clock_offset_ms": None,
                "operator": "op-1",
                "approver": None,
                "override_reason": None,
                "place": "DOCK",
                "documents": [],
                "scans": [],
                "read": {},
                "how": "scanned",
                "rules": {"asked": [], "cache_age_seconds": None},
                "app_version": "0.1.0",
                "labels": [],
                "data": data,
                **changes,
            }
        )

    # What sync.ports asks for.

    def journal(self) -> str:
        return self.id

    def last_sequence(self) -> int:
        return len(self.envelopes)

    def unsent(self, limit: int) -> Sequence[Envelope]:
        waiting = (each for each in self.envelopes if each["id"] not in self.answers or each["id"] in self.again)
        return [each for each, _ in zip(waiting, range(min(limit, self.at_once)), strict=False)]

    def record_answers(self, answers: Sequence[Answer], at: datetime) -> None:
        assert at.tzinfo is not None
        for answer in answers:
            self.answers[answer.id] = answer
            self.again.discard(answer.id)
            self.sends.append(answer.id)

    def high_water(self) -> int:
        return max((int(str(each["sequence"])) for each in self.envelopes if each["id"] in self.answers), default=0)

    def resend_from(self, sequence: int) -> None:
        for each in self.envelopes[sequence - 1 :]:
            self.answers.pop(str(each["id"]), None)

    def try_again(self, event_id: str) -> None:
        assert self.answers[event_id].answer is AnswerKind.PARKED
        self.again.add(event_id)

    def cursor(self) -> FeedPosition:
        return self.position

    def apply(self, changes: Sequence[Change], cursor: int, epoch: str) -> None:
        self.records.update({(each.kind, each.key): each.body for each in changes})
        self.position = FeedPosition(epoch, cursor)


def first_break(envelopes: Iterable[Mapping[str, object]]) -> Break | None:
    """Walk one journal's envelopes; return the first that is changed, missing or out of place."""
    previous = FIRST_PREVIOUS
    for expected, envelope in enumerate(envelopes, 1):
        if words := link_fault(envelope, expected, previous):
            return Break(str(envelope.get("journal")), expected, words)
        previous = str(envelope["hash"])
    return None
