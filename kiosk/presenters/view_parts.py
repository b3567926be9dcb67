"""What screens are made of: bars, heroes, buttons, rows. Words are final: translated, formatted, ready to paint."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Tone(StrEnum):
    """What a verdict area says in one colour, shape and texture."""

    OK = "ok"
    CHECK = "check"
    HOLD = "hold"
    BAD = "bad"
    DUPLICATE = "dup"


class Mark(StrEnum):
    """The small sign in front of a row or a count."""

    OK = "ok"
    CHECK = "check"
    HOLD = "hold"
    BAD = "bad"
    DUPLICATE = "dup"
    WAITING = "waiting"
    SENDING = "sending"


class ChipTone(StrEnum):
    """How loud a health chip is: quiet when all is well."""

    QUIET = "quiet"
    WARN = "warn"
    BAD = "bad"


class Look(StrEnum):
    """How a button asks to be pressed; at most one PRIMARY a screen, and only when it is the next step."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `action` comes back when pressed; `why_disabled` stands under the label when it can't be."""

    action: str
    words: str
    icon: str = ""
    enabled: bool = True
    why_disabled: str = ""
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Chip:
    """A device's or the network's health, always in words. `action` (may be empty) opens the screen about it."""

    icon: str
    words: str
    tone: ChipTone = ChipTone.QUIET
    action: str = ""


@dataclass(frozen=True, slots=True)
class SeatBand:
    """What was said last at a seat that the screen does not show, in one line; a touch shows that seat.

    `tone` None: nothing was decided, `words` say what is wanted there. `number` counts verdicts over all seats.
    """

    action: str
    name: str
    user: str = ""
    tone: Tone | None = None
    word: str = ""
    lot: str = ""
    words: str = ""
    number: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class TopBar:
    """What work, where, how healthy, who, when."""

    icon: str
    mode: str
    place: str
    clock: str
    chips: tuple[Chip, ...] = ()
    user: str = ""
    user_action: str = ""
    left_handed: bool | None = None  # None: as the station is set up
    home: Chip | None = None  # the way to the other works, at the left end of every screen of one; None: there are none
    dimmed: bool = False  # nobody was here for a while: the first touch or scan only wakes the screen


@dataclass(frozen=True, slots=True)
class DocumentHeader:
    """The open document. `segments` holds how much of each line is done, 0 to 1, a line a segment."""

    number: str
    note: str
    progress: str = ""
    count: str = ""
    segments: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if any(not 0 <= share <= 1 for share in self.segments):
            raise ValueError(f"a document header got segments {self.segments}; each must be between 0 and 1")


@dataclass(frozen=True, slots=True)
class LabelPart:
    """A piece of a label that is being put together: filled (`value`) or still missing (None)."""

    name: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class ReadyHero:
    """Waiting for a scan. While a label is collected `parts` stand where the bar stands otherwise."""

    prompt: str
    item: str = ""
    line: str = ""
    received: str = ""
    to_go: str = ""
    fraction: float | None = None
    parts: tuple[LabelPart, ...] = ()
    hint: str = ""
    hint_icon: str = "help"
    tally: str = ""
    icon: str = "barcode_scanner"


@dataclass(frozen=True, slots=True)
class VerdictHero:
    """A verdict: what (`word`), why (`reason`, or `quantity` when all is well), what next (`next_step`).

    `number` counts verdicts; a new number flashes the edge frame once. `strip` recolours the strip only
    (a routine receipt into quarantine is OK with a CHECK strip). `tally` stands at the strip's right end.
    A touch does `action`; `more` says what that is.
    """

    tone: Tone
    word: str
    number: int
    reason: str = ""
    quantity: str = ""
    lot: str = ""
    detail: str = ""
    next_step: str = ""
    next_icon: str = "barcode_scanner"
    tally: str = ""
    parts: tuple[LabelPart, ...] = ()
    strip: Tone | None = None
    action: str = ""
    more: str = ""

    def opening(self, action: str, words: str) -> VerdictHero:
        """Return the verdict so that a touch anywhere on it does something; `words` say what."""
        return replace(self, action=action, more=words)


Hero = ReadyHero | VerdictHero


@dataclass(frozen=True, slots=True)
class QuantityTile:
    """What the last lot counted for. Without a `number` it says `nothing`. `action` opens the keypad; empty means it can't."""

    title: str
    number: str = ""
    unit: str = ""
    source: str = ""
    change: str = ""
    nothing: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Keypad:
    """A quantity being typed; the buffer is the presenter's. `packs` are one-touch amounts ("1 bag 25 kg"), three at most."""

    title: str
    buffer: str
    unit: str
    set_button: Button
    cancel_button: Button
    to_go: str = ""
    problem: str = ""
    decimal: str = "."
    packs: tuple[Button, ...] = ()
    unit_button: Button | None = None
    erase: str = ""  # read aloud, not painted

    def __post_init__(self) -> None:
        if len(self.packs) > 3:
            raise ValueError(f"a keypad got {len(self.packs)} pack buttons; there is room for 3")


@dataclass(frozen=True, slots=True)
class ScanRow:
    """One line of the last scans. `note` takes the mark's colour when something is wrong or held."""

    mark: Mark
    lot: str
    note: str
    time: str
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many scans ended so; `name` is read aloud, not painted."""

    mark: Mark
    count: int
    name: str


@dataclass(frozen=True, slots=True)
class ScanList:
    """The last scans, newest first. `empty` says what will stand here and how to fill it."""

    title: str
    rows: tuple[ScanRow, ...] = ()
    tallies: tuple[Tally, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One thing in an outline. `depth` says how far inside it is; `current` is the one that is worked on."""

    words: str
    note: str = ""
    quantity: str = ""
    depth: int = 0
    icon: str = ""
    mark: Mark | None = None
    current: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.depth <= 3:
            raise ValueError(f"an outline's row got depth {self.depth}; there is room for 0 to 3")


@dataclass(frozen=True, slots=True)
class Outline:
    """What is in what: cartons with their lots, lots that a lot was made from. The newest or the open one first."""

    title: str
    rows: tuple[OutlineRow, ...] = ()
    count: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing to choose. `detail` is its second line, `count` stands large at its right."""

    action: str
    words: str
    detail: str = ""
    icon: str = ""
    count: str = ""
    enabled: bool = True
    why_disabled: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where we are in a list that is longer than the screen. A disabled button means that end is reached."""

    words: str
    previous: Button
    following: Button


@dataclass(frozen=True, slots=True)
class Banner:
    """A state that colours the top of the send queue: offline since when, why, what leads back."""

    tone: ChipTone
    icon: str
    title: str
    words: str
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class StateTile:
    """A queue state with its count and age; pressing it filters the list."""

    action: str
    mark: Mark
    count: str
    name: str
    age: str
    selected: bool = False
    urgent: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One event that the server has not taken, worst first."""

    action: str
    mark: Mark
    kind: str
    lot: str
    quantity: str
    words: str
    age: str
    place: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value in a detail; `verbatim` values stand in the fixed-width face."""

    name: str
    value: str
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class LotCard:
    """One lot (or carton) at a glance: what it is, how it stands (in words, `mark` and `state`), and a few facts; four at most."""

    mark: Mark
    lot: str
    item: str
    state: str
    facts: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        if len(self.facts) > 4:
            raise ValueError(f"a lot's card got {len(self.facts)} facts; there is room for 4")


@dataclass(frozen=True, slots=True)
class QueueDetail:
    """What is wrong with the selected event and what settles it: best fix first, then others, then the one that can't be taken back."""

    mark: Mark
    title: str
    lot: str
    quantity: str
    words: str
    facts: tuple[Fact, ...] = ()
    best: Button | None = None
    others: tuple[Button, ...] = ()
    last_resort: Button | None = None

    def __post_init__(self) -> None:
        if len(self.others) > 2:
            raise ValueError(f"a queue detail got {len(self.others)} further actions; there is room for 2")


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One document line at the end: what was ordered, what came, what that means in words."""

    mark: Mark
    item: str
    detail: str
    received: str
    words: str
