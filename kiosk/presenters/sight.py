"""What a screen is made of beside the work itself: the bar, the last answer, what is typed, what is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from kiosk.presenters.health import Health
from kiosk.presenters.language import Language
from kiosk.presenters.last_scans import LastScans
from kiosk.presenters.views import ScanList, TopBar
from kiosk.services.ports import LotBook
from traceability.items import Item
from traceability.workflows.step import Said

LONGEST_TYPED: Final = 60


@dataclass(frozen=True, slots=True)
class Typing:
    """What has been typed on the keypad, in which unit."""

    buffer: str = ""
    unit: str | None = None  # None: the item's base unit


@dataclass(frozen=True, slots=True)
class Sight:
    """What the desk shows now. `number` counts verdicts, so that a new one is seen; `overlay` lies over the work until it is left."""

    top: TopBar
    language: Language
    book: LotBook
    health: Health
    said: Said | None = None
    number: int = 0
    overlay: str = ""  # queue, type_lot, papers, summary …
    page: int = 0
    typing: Typing = field(default_factory=Typing)
    text: str = ""  # on the lot pad
    weight: tuple[Decimal, str] | None = None  # what stands still on the scale
    has_scale: bool = False
    has_camera: bool = False  # for photos
    digits: int = 0  # of a PIN that is being typed: how many, never which
    answers: LastScans = field(default_factory=LastScans)
    next_lot: Callable[[Item], str | None] = lambda _item: None  # the number that the next lot of an item will get; None: there is none

    @property
    def scans(self) -> ScanList:
        """The list of last scans."""
        return self.answers.shown(self.language)

    def item(self, code: str) -> Item | None:
        """An item by its own code."""
        return self.book.item(code)

    def item_name(self, code: str) -> str:
        """What an item is called; its code where nobody said."""
        item = self.book.item(code)
        return item.description or code if item else code

    def unit(self, code: str) -> str:
        """An item's base unit; nothing where the item is not known."""
        item = self.book.item(code)
        return item.unit if item else ""

    def say(self, key: str, /, **facts: str) -> str:
        """Return a text without the gaps that unknown facts leave."""
        return self.language.say(key, **facts).replace("  ", " ").strip()


def keyed(buffer: str, key: str) -> str:
    """Return what is typed after one more key."""
    if key == "back":
        return buffer[:-1]
    if key == "clear":
        return ""
    return (buffer + (" " if key == "space" else key))[:LONGEST_TYPED]
