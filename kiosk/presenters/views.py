"""What each screen shows, exactly. The screens are a pure function of these values; whatever is pressed comes back as its action.

Actions are short words: `undo`, `hold`, `reprint`, `type_lot`, `finish`, `change_quantity`, `key:7`, `key:.`, `key:back`, `set`, `cancel`,
`pack:1`, `choose:2`, `page:next`, `page:previous`, `filter:parked`, `select:EVENT_ID`, `try_now`, `try_again`, `correct`, `void`, `back`,
`acknowledge`, `mode:receive`, `language:de`, `queue`, `scanner`, `printer`, `user`, `sign_out`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.view_parts import (
    Banner,
    Button,
    Chip,
    ChipTone,
    DocumentHeader,
    Fact,
    Hero,
    Keypad,
    LabelPart,
    Look,
    LotCard,
    Mark,
    Outline,
    OutlineRow,
    Pages,
    QuantityTile,
    QueueDetail,
    QueueRow,
    ReadyHero,
    ScanList,
    ScanRow,
    SeatBand,
    StateTile,
    SummaryRow,
    Tally,
    Tile,
    Tone,
    TopBar,
    VerdictHero,
)

MOST_TILES = 8
MOST_MATCHES = 4
MOST_ACTIONS = 4
MOST_STATES = 5
MOST_BESIDE = 3
QUEUE_ROWS = 3  # what always fits, on the small panel and under a banner: page by this
SUMMARY_ROWS = 4


@dataclass(frozen=True, slots=True)
class SignInView:
    """Who is there? A refused badge shows as a verdict; `resume` says what stayed open."""

    top: TopBar
    hero: Hero
    languages: tuple[Button, ...] = ()
    resume: str = ""


@dataclass(frozen=True, slots=True)
class HomeView:
    """What work? Eight tiles at most; a document's code goes there directly. `others` stand beside the way out.

    `hero` is what was refused here last; None: nothing was.
    """

    top: TopBar
    title: str
    hint: str
    tiles: tuple[Tile, ...]
    sign_out: Button
    others: tuple[Button, ...] = ()
    hero: VerdictHero | None = None

    def __post_init__(self) -> None:
        _at_most(MOST_TILES, self.tiles, "home tiles")


@dataclass(frozen=True, slots=True)
class ReceiveView:
    """May this lot be taken in? Also the shape of every other scanning workflow."""

    top: TopBar
    document: DocumentHeader
    hero: Hero
    side: QuantityTile | Keypad
    scans: ScanList
    actions: tuple[Button, ...]
    finish: Button
    outline: Outline | None = None  # stands where the last scans stand

    def __post_init__(self) -> None:
        _at_most(MOST_ACTIONS, self.actions, "actions")


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """Which one: a line, a reason, a vendor, an item, an order? `context` says what the answer is for; `empty` what would stand here."""

    top: TopBar
    question: str
    context: str
    tiles: tuple[Tile, ...]
    back: Button
    pages: Pages | None = None
    empty: str = ""
    others: tuple[Button, ...] = ()

    def __post_init__(self) -> None:
        _at_most(MOST_TILES, self.tiles, "tiles")


@dataclass(frozen=True, slots=True)
class TypeLotView:
    """What stands on the label that can't be scanned? `problem` says what is wrong with the text as it stands."""

    top: TopBar
    title: str
    buffer: str
    hint: str
    use: Button
    back: Button
    matches: tuple[Tile, ...] = ()
    matches_title: str = ""
    problem: str = ""
    erase: str = ""  # read aloud, not painted

    def __post_init__(self) -> None:
        _at_most(MOST_MATCHES, self.matches, "matches")


@dataclass(frozen=True, slots=True)
class LotView:
    """Where did it come from, where did it go? Scanning another shows that one."""

    top: TopBar
    card: LotCard
    sources: Outline
    uses: Outline
    back: Button
    actions: tuple[Button, ...] = ()
    hint: str = ""

    def __post_init__(self) -> None:
        _at_most(MOST_BESIDE, self.actions, "actions beside Back")


@dataclass(frozen=True, slots=True)
class PinView:
    """Does a second person agree? The hero says to what; the pad shows a dot for each figure of the PIN, never the figure."""

    top: TopBar
    hero: Hero
    pad: Keypad


@dataclass(frozen=True, slots=True)
class QueueView:
    """Is anything stuck, since when, and what settles it?"""

    top: TopBar
    states: tuple[StateTile, ...]
    title: str
    order: str
    rows: tuple[QueueRow, ...]
    back: Button
    banner: Banner | None = None
    detail: QueueDetail | None = None
    pages: Pages | None = None
    empty: str = ""

    def __post_init__(self) -> None:
        _at_most(MOST_STATES, self.states, "state tiles")


@dataclass(frozen=True, slots=True)
class StopView:
    """Stop. Latched until acknowledged by touch or card."""

    word: str
    reason: str
    lot: str
    detail: str
    next_step: str
    acknowledge: Button
    hint: str
    number: int
    tone: Tone | None = None  # None: STOP, which sounds again and again
    next_icon: str = "front_hand"
    refused_meanwhile: str = ""
    hold_list: str = ""  # how old the knowledge is that stopped it, at the gate


@dataclass(frozen=True, slots=True)
class FaultView:
    """The kiosk itself can't do its duty (it can't store scans, its clock is wrong): scanning is locked."""

    word: str
    reason: str
    next_step: str
    contact: str = ""
    facts: tuple[Fact, ...] = ()
    button: Button | None = None
    next_icon: str = "call"


@dataclass(frozen=True, slots=True)
class SummaryView:
    """What came, what is short, over or held, before the document is closed."""

    top: TopBar
    document: DocumentHeader
    title: str
    rows: tuple[SummaryRow, ...]
    back: Button
    finish: Button
    warning: str = ""
    pages: Pages | None = None


View = SignInView | HomeView | ReceiveView | ChoiceView | TypeLotView | LotView | PinView | QueueView | StopView | FaultView | SummaryView


def _at_most(most: int, things: tuple[object, ...], name: str) -> None:
    if len(things) > most:
        raise ValueError(f"a screen got {len(things)} {name}; there is room for {most}: show the rest on further pages")


__all__ = [
    "Banner",
    "Button",
    "Chip",
    "ChipTone",
    "ChoiceView",
    "DocumentHeader",
    "Fact",
    "FaultView",
    "Hero",
    "HomeView",
    "Keypad",
    "LabelPart",
    "Look",
    "LotCard",
    "LotView",
    "Mark",
    "Outline",
    "OutlineRow",
    "Pages",
    "PinView",
    "QuantityTile",
    "QueueDetail",
    "QueueRow",
    "QueueView",
    "ReadyHero",
    "ReceiveView",
    "ScanList",
    "ScanRow",
    "SeatBand",
    "SignInView",
    "StateTile",
    "StopView",
    "SummaryRow",
    "SummaryView",
    "Tally",
    "Tile",
    "Tone",
    "TopBar",
    "TypeLotView",
    "VerdictHero",
    "View",
]
