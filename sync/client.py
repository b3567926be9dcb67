"""One meeting of a station with the server: shake hands, send what waits, read what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sync.attachments import AttachmentSender, Sitting
from sync.http import Connection, TurnedAway, Unreachable
from sync.ports import AttachmentStore, NumberStore, Outbox, ReferenceStore
from sync.protocol import HELLO, PROTOCOL, Hello, NumbersLeft, Welcome
from sync.pull import pull
from sync.push import Tally, push
from traceability.number_blocks import Numbered


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How it went. `online`: the server answered. `complete`: all was sent and read. `words` say what is wrong and what leads back."""

    online: bool
    complete: bool = False
    pushed: int = 0  # events that the server took now
    parked: int = 0  # events that it parked now
    pulled: int = 0  # changes read
    words: str | None = None
    server_time: datetime | None = None  # for the clock offset
    attached: int = 0  # photos and papers that the server has now
    more: bool = False  # photos and papers wait, and the server takes them: meet again at once


@dataclass(slots=True)
class SyncSession:
    """A station's end of the wire. `clock` is asked when answers are kept; events are sent whole or as far as it gets."""

    station: str
    connection: Connection
    outbox: Outbox
    references: ReferenceStore
    versions: Mapping[str, str] = field(default_factory=dict)
    numbers: NumberStore | None = None
    attachments: AttachmentStore | None = None

    def sync_once(self, now: Callable[[], datetime]) -> SyncReport:
        """Meet the server once. Never raises for a network or a server that says no: the report tells, and all that waits still waits."""
        try:
            welcome = self._greeted()
        except Unreachable as error:
            return SyncReport(online=False, words=str(error))
        except TurnedAway as error:
            return SyncReport(online=True, words=_not_greeted(error))
        return self._exchanged(welcome, now)

    def _greeted(self) -> Welcome:
        message = Hello(
            protocol=PROTOCOL,
            station=self.station,
            journal=self.outbox.journal(),
            versions=dict(self.versions),
            last_sequence=self.outbox.last_sequence(),
            numbers=_left(self.numbers) if self.numbers else {},
        )
        welcome = self.connection.post(HELLO, message, Welcome)
        if self.numbers is not None:
            for block in welcome.numbers:
                self.numbers.add(block.kind, block.first, block.last)
        if welcome.high_water < self.outbox.high_water():
            # The server was restored from a backup: what it once acknowledged is gone there and still here.
            self.outbox.resend_from(welcome.high_water + 1)
        return welcome

    def _exchanged(self, welcome: Welcome, now: Callable[[], datetime]) -> SyncReport:
        tally, sitting, online, complete, words = Tally(), Sitting(), True, False, self._older_than_the_server(welcome)
        try:
            stopped = push(self.connection, self.outbox, self.station, now, tally)
            pull(self.connection, self.references, welcome.cursor_epoch, tally)
            complete, words = stopped is None, stopped or words
            if complete:
                self._send_attachments(welcome, now, tally, sitting)
        except Unreachable as error:
            online, complete, words = False, False, str(error)
        except TurnedAway as error:
            words = error.words
        words = words or sitting.words
        return SyncReport(online, complete, tally.taken, tally.parked, tally.pulled, words, welcome.server_time, sitting.sent, sitting.more)

    def _send_attachments(self, welcome: Welcome, now: Callable[[], datetime], tally: Tally, sitting: Sitting) -> None:
        if self.attachments is None:
            return

        def events_first() -> None:
            push(self.connection, self.outbox, self.station, now, tally)

        AttachmentSender(self.connection, self.station, self.attachments, events_first).send(welcome.epoch, sitting)

    def _older_than_the_server(self, welcome: Welcome) -> str | None:
        if welcome.high_water <= self.outbox.last_sequence():
            return None
        return (
            f"the server holds {welcome.high_water} events of this station's journal and the station only {self.outbox.last_sequence()}: "
            "the station's database was put back from a copy; begin a new journal before working on"
        )


def _not_greeted(refused: TurnedAway) -> str:
    """Say why the server did not greet us. One that can't read a greeting is of another protocol: ours is in no other way malformed."""
    if not refused.content_is_at_fault:
        return refused.words
    return f"the server does not understand protocol {PROTOCOL}, which this station speaks: update Lotline on the older of the two"


def _left(numbers: NumberStore) -> dict[Numbered, NumbersLeft]:
    return {kind: NumbersLeft(left=numbers.left(kind), highest=numbers.highest(kind)) for kind in Numbered}
