"""What the station's end of the wire needs from the station: roles that its store plays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sync.protocol import Answer, Change
from traceability.chain import Envelope
from traceability.number_blocks import Numbered


class Outbox(Protocol):
    """The journal, seen as the queue of what the server does not have. Nothing is ever removed from it."""

    def journal(self) -> str:
        """Return the journal's id."""

    def last_sequence(self) -> int:
        """Return the sequence of the newest event (0: none yet)."""

    def unsent(self, limit: int) -> Sequence[Envelope]:
        """Return the oldest events without an answer, in order of sequence; a parked one only after someone said 'try again'."""

    def record_answers(self, answers: Sequence[Answer], at: datetime) -> None:
        """Keep what the server said about each event, durably, before the next are sent."""

    def high_water(self) -> int:
        """Return the highest sequence that has an answer (0: none)."""

    def resend_from(self, sequence: int) -> None:
        """Forget the answers from `sequence` on, parked ones included: the server no longer has those events."""


@dataclass(frozen=True, slots=True)
class FeedPosition:
    """How far the server's reference data was read. `epoch` None: never."""

    epoch: str | None
    cursor: int


class ReferenceStore(Protocol):
    """Where the server's reference data lands."""

    def cursor(self) -> FeedPosition:
        """Return how far was read."""

    def apply(self, changes: Sequence[Change], cursor: int, epoch: str) -> None:
        """Store `changes` and the new position in one transaction. The same change may come twice; the newest wins."""


class NumberStore(Protocol):
    """The numbers that the station gives to its own lots and cartons."""

    def left(self, kind: Numbered) -> int:
        """Return how many are left."""

    def highest(self, kind: Numbered) -> int:
        """Return the last number of all blocks that it ever had (0: none)."""

    def add(self, kind: Numbered, first: int, last: int) -> None:
        """Keep a leased block."""


class AttachmentStore(Protocol):
    """Photos and papers of events that the server has taken."""

    def unsent(self, epoch: str, limit: int) -> Sequence[str]:
        """Return the SHA-256 of what this life of the server's database was not yet sent, oldest first."""

    def content(self, sha256: str) -> bytes | None:
        """Return the bytes; None where they are not there, or not what they were."""

    def settle(self, sha256: str, epoch: str, words: str = "") -> None:
        """Note, durably, that the server has it, or in words why it is not sent."""
