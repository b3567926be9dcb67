"""Send photos and papers, piece by piece, after the events that announce them. What the server has of each, it says itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sync.http import Connection, TurnedAway
from sync.ports import AttachmentStore
from sync.protocol import ATTACHMENTS, ATTACHMENTS_MISSING, LARGEST_PIECE, LARGEST_QUESTION, PROTOCOL, Held, Holdings, Missing

#: Bytes in one meeting; then the wire looks around once more before it goes on.
MOST_BYTES: Final = 16 * LARGEST_PIECE
DAMAGED: Final = "a photo or paper is damaged or gone on this station's disk; the server will never get it"


@dataclass(slots=True)
class Sitting:
    """What one meeting did with photos and papers; `words` say what is wrong with one of them."""

    sent: int = 0
    bytes_left: int = MOST_BYTES
    more: bool = False
    words: str | None = None


@dataclass(frozen=True, slots=True)
class AttachmentSender:
    """Sends one station's photos and papers. `between` is called before each piece: events go first."""

    connection: Connection
    station: str
    store: AttachmentStore
    between: Callable[[], None]

    def send(self, epoch: str, sitting: Sitting) -> None:
        """Send what waits, as far as one meeting goes. A broken connection (Unreachable) leaves what was sent at the server."""
        waiting = self.store.unsent(epoch, LARGEST_QUESTION)
        if not waiting:
            return
        held = {each.sha256: each for each in self._asked(waiting)}
        for sha256 in waiting:
            if sha256 not in held:
                continue  # its event is not there any more, or not yet: asked again at the next meeting
            if not self._one(held[sha256], epoch, sitting):
                return
        sitting.more = len(waiting) == LARGEST_QUESTION and sitting.sent > 0  # only what moves is gone on with at once

    def _asked(self, waiting: Sequence[str]) -> Sequence[Held]:
        said = Missing(protocol=PROTOCOL, station=self.station, sha256=list(waiting))
        return self.connection.post(ATTACHMENTS_MISSING, said, Holdings).held

    def _one(self, held: Held, epoch: str, sitting: Sitting) -> bool:
        """Send the rest of one content; return whether there is room for another."""
        content = None if held.whole else self.store.content(held.sha256)
        if content is None and not held.whole:
            sitting.words = DAMAGED
            self.store.settle(held.sha256, epoch, DAMAGED)
            return True
        while content is not None and not held.whole:
            if sitting.bytes_left <= 0:
                sitting.more = True
                return False
            self.between()
            piece = content[held.have : held.have + LARGEST_PIECE]
            before = held
            try:
                held = self.connection.put(f"{ATTACHMENTS}/{held.sha256}", piece, Held, offset=held.have)
            except TurnedAway as refused:
                sitting.words = refused.words
                return refused.code == "not_the_same"  # that is about this one only
            sitting.bytes_left -= len(piece)
            if held == before:
                sitting.words = "the server took a piece of a photo or paper and has no more of it than before"
                return True
        self.store.settle(held.sha256, epoch)
        sitting.sent += 1
        return True
