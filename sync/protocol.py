"""The wire between a station and the central server: what either end may say, with its limits. docs/protocol.md tells the story."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from traceability.number_blocks import Numbered

#: Said on every call. An older one that is still understood stays accepted; any other is refused in words that say which end to update.
#: 2: numbers are leased by kind, and the feed says what each journal did on an order.
PROTOCOL: Final = 2
OLDEST_PROTOCOL: Final = 2

LARGEST_BATCH: Final = 500  # events in one POST
LARGEST_PAGE: Final = 1000  # changes in one answer
LARGEST_IMPORT: Final = 1000  # records in one POST
LARGEST_BODY: Final = 8 * 1024 * 1024  # bytes of a request once unpacked
LARGEST_PACKED_BODY: Final = 4 * 1024 * 1024  # bytes of a request as they come

LARGEST_PIECE: Final = 512 * 1024  # bytes of a photo or paper in one PUT
LARGEST_QUESTION: Final = 100  # photos and papers asked about at once

HELLO: Final = "/v1/hello"
EVENTS: Final = "/v1/events"
CHANGES: Final = "/v1/changes"
RECORDS: Final = "/v1/records"
TRACE: Final = "/v1/trace"
OVERRIDES: Final = "/v1/overrides"
ATTACHMENTS: Final = "/v1/attachments"  # of an event; behind a slash: one content by its SHA-256
ATTACHMENTS_MISSING: Final = "/v1/attachments/missing"

#: Kinds of records that come from the floor: what each journal did on an order, and what it set aside for one.
ORDER_PROGRESS: Final = "order_progress"
SET_ASIDE: Final = "set_aside"

Name = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f\x7f]+$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
JournalId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Message(BaseModel):
    """What all messages share: frozen, and nothing unknown slips through."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Call(Message):
    """What every message to the server says first; a connection posts nothing else."""

    protocol: int


class AnswerKind(StrEnum):
    """What became of one event."""

    ACKNOWLEDGED = "acknowledged"  # the server has it
    EXCEPTION = "exception"  # has it, and found something to settle
    PARKED = "parked"  # keeps its envelope, could not take its content: a person must look


class Finding(Message):
    """Something to settle about an event that was taken: a stable code and words for a person."""

    code: str
    words: str


class Answer(Message):
    """What became of the event `id`; `words` say why it was parked."""

    id: str
    sequence: int
    answer: AnswerKind
    exceptions: tuple[Finding, ...] = ()
    words: str | None = None


class NumbersLeft(Message):
    """How many numbers of one kind a station still has, and the last of all its blocks."""

    left: Annotated[int, Field(ge=0, lt=2**53)]
    highest: Annotated[int, Field(ge=0, lt=2**53)] = 0


class Hello(Call):
    """A station says who it is, what it runs, and how far its journal goes."""

    station: Name
    journal: JournalId
    versions: dict[Annotated[str, StringConstraints(max_length=40)], Annotated[str, StringConstraints(max_length=120)]] = Field(
        default_factory=dict, max_length=20
    )
    last_sequence: Annotated[int, Field(ge=0, lt=2**53)] = 0
    numbers: dict[Numbered, NumbersLeft] = Field(default_factory=dict)  # of each kind that the station wants


class NumberBlock(Message):
    """Numbers of one kind that this station alone may use, both ends included."""

    kind: Numbered
    first: int
    last: int


class Welcome(Message):
    """The server's greeting. `epoch` changes when it was restored; `high_water` is the journal's last event there (0: none)."""

    epoch: str
    high_water: int
    server_time: datetime
    cursor_epoch: str
    numbers: tuple[NumberBlock, ...] = ()


class Events(Call):
    """A batch of envelopes in the order of their sequence. Each is judged on its own, so they are any JSON objects here."""

    station: Name
    journal: JournalId
    events: Annotated[list[dict[str, Any]], Field(max_length=LARGEST_BATCH)]


class Answers(Message):
    """An answer for each event that was judged. After a gap none are: `high_water` says from where to send again."""

    epoch: str
    high_water: int
    answers: tuple[Answer, ...]
    words: str | None = None


class Change(Message):
    """One record of reference data as it is now; `body` null: it is gone."""

    cursor: int
    kind: Name
    key: Annotated[str, StringConstraints(max_length=500)]
    body: dict[str, Any] | None


class Changes(Message):
    """What changed since a cursor, oldest first; `cursor` is where to go on."""

    epoch: str
    changes: tuple[Change, ...]
    cursor: int
    more: bool


class RecordIn(Message):
    """One record of reference data to be stored; `body` null removes it."""

    kind: Name
    key: Annotated[str, StringConstraints(max_length=500)]
    body: dict[str, Any] | None


class Records(Call):
    """Reference data from whoever administers the plant."""

    records: Annotated[list[RecordIn], Field(max_length=LARGEST_IMPORT)]


class Stored(Message):
    """How many records were new or differed from what was there."""

    epoch: str
    changed: int
    unchanged: int


class Missing(Call):
    """A station asks how much the server has of these photos and papers."""

    station: Name
    sha256: Annotated[list[Sha256], Field(max_length=LARGEST_QUESTION)]


class Held(Message):
    """How much of one content the server has: the next piece begins at `have`; `whole`: all of it, and proven."""

    sha256: Sha256
    have: int
    whole: bool


class Holdings(Message):
    """What the server has of what was asked; what no event of this station announced is left out."""

    epoch: str
    held: tuple[Held, ...]


class Announced(Message):
    """A photo or paper of an event; `here`: its bytes are at the server."""

    event: str  # the event that announced it
    to_event: str
    sha256: str
    media_type: str
    size: int
    name: str
    taken_by: str
    here: bool


class AnnouncedList(Message):
    """The photos and papers of one event, in the order in which they came."""

    attachments: tuple[Announced, ...]


class Problem(Message):
    """Why a request as a whole was not taken: a stable code and words for a person."""

    code: str
    words: str


#: An envelope whose content can't travel goes as these keys and `withheld: true`: the chain stays whole, the event is parked.
CHAIN_KEYS: Final = ("id", "journal", "sequence", "previous", "hash", "station", "kind")


def withheld(envelope: dict[str, Any]) -> dict[str, Any]:
    """Return the envelope's place in the chain without its content."""
    return {**{key: envelope.get(key) for key in CHAIN_KEYS}, "withheld": True}
