"""Send what the server does not have. Whatever the server says, no event leaves the journal and none holds up the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sync.http import Connection, TurnedAway
from sync.ports import Outbox
from sync.protocol import EVENTS, LARGEST_BATCH, LARGEST_BODY, PROTOCOL, Answer, AnswerKind, Answers, Events, withheld
from traceability.chain import Envelope

_BYTES_A_BATCH: Final = LARGEST_BODY // 2


@dataclass(slots=True)
class Tally:
    """What one meeting did so far; kept outside so that a broken connection does not lose the count."""

    taken: int = 0
    parked: int = 0
    pulled: int = 0

    def count(self, answers: Sequence[Answer]) -> None:
        """Count what the server answered."""
        parked = sum(each.answer is AnswerKind.PARKED for each in answers)
        self.taken += len(answers) - parked
        self.parked += parked


def push(connection: Connection, outbox: Outbox, station: str, now: Callable[[], datetime], tally: Tally) -> str | None:
    """Send until nothing waits; return None, or words on why it stopped early.

    Answers are kept batch by batch, so a broken connection (Unreachable, TurnedAway) costs at most one batch sent twice.
    """
    sent_again_from, first_before = 0, None
    while batch := list(_fitting(outbox.unsent(LARGEST_BATCH))):
        if batch[0]["id"] == first_before:
            return f"the server's answer for event {_sequence(batch[0])} can't be kept"
        reply = _sent(connection, outbox, station, batch)
        outbox.record_answers(reply.answers, now())
        tally.count(reply.answers)
        if reply.answers:
            first_before = batch[0]["id"]
            continue
        resume = reply.high_water + 1
        if resume >= _sequence(batch[0]) or resume == sent_again_from:
            return reply.words or "the server answered for no event"
        # The server was restored: it lacks events that it once acknowledged.
        outbox.resend_from(resume)
        sent_again_from = resume
    return None


def _fitting(events: Sequence[Envelope]) -> Iterator[Envelope]:
    """Yield the first of `events` that fit one request; always one, however large."""
    room = _BYTES_A_BATCH
    for place, event in enumerate(events):
        room -= len(json.dumps(event, separators=(",", ":")))
        if room < 0 and place:
            return
        yield event


def _sent(connection: Connection, outbox: Outbox, station: str, batch: Sequence[Envelope]) -> Answers:
    try:
        return connection.post(EVENTS, _message(outbox, station, batch), Answers)
    except TurnedAway as refused:
        if not refused.content_is_at_fault:
            raise
    # Something in the batch can't be taken. The first half goes alone; of a single event, only its place in the chain.
    if len(batch) > 1:
        return _sent(connection, outbox, station, batch[: len(batch) // 2])
    return connection.post(EVENTS, _message(outbox, station, [withheld(batch[0])]), Answers)


def _message(outbox: Outbox, station: str, batch: Sequence[Envelope]) -> Events:
    return Events(protocol=PROTOCOL, station=station, journal=outbox.journal(), events=list(batch))


def _sequence(event: Envelope) -> int:
    sequence = event["sequence"]
    if not isinstance(sequence, int):
        raise TypeError(f"the outbox gave an event whose sequence is {sequence!r}")
    return sequence
