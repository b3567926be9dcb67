"""What one kind of work brings to the screens that all kinds share. A file each, `<mode>_sheet.py`, with a `SHEET`, found by its name."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button, DocumentHeader, Outline, QuantityTile, SummaryRow, Tile, View
from traceability.items import Item

#: The tile that several small works share, and its icon.
GROUPS: Final = {"stock": "shelves"}


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted now and how far it is; stands under the prompt. `fraction` from 0 to 1; None: there is nothing to fill."""

    item: str = ""
    line: str = ""
    so_far: str = ""
    to_go: str = ""
    fraction: float | None = None
    icon: str = "barcode_scanner"
    hint: str = ""  # while nothing is asked or begun; empty: as everywhere


@dataclass(frozen=True, slots=True)
class Pad:
    """A quantity that is asked: of what, under which title, and how much there is room for."""

    item: Item
    title: str
    to_go: str = ""
    set_words: str = ""  # on the button that takes it; empty: as everywhere
    cancel: Button | None = None  # what stands where Cancel stands otherwise
    signed: bool = False  # what is measured may be below nothing: a key for the sign
    has_packs: bool = True  # the one-touch amounts take the place of the work's own buttons


@dataclass(frozen=True, slots=True)
class Beginning:
    """The screen while no document is open: what the header says, and what to scan. `papers`: it can be picked from a list."""

    title: str
    note: str
    prompt: str
    hint: str = ""
    hint_icon: str = "list"
    nothing: str = ""  # in the quantity tile
    tile: str = ""  # the quantity tile's title
    actions: tuple[Button, ...] = ()
    finish: Button | None = None


@dataclass(frozen=True, slots=True)
class Papers:
    """The open documents to pick from; `empty` says what would stand here."""

    question: str
    context: str
    tiles: tuple[Tile, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of work on the shared screens. Each function takes this work's own state and what is seen beside it.

    Only `icon`, `header` and `finish` are needed. What is left out is as the shared screens do it.
    """

    icon: str
    header: Callable[[Any, Sight], DocumentHeader]
    finish: Callable[[Any, Sight], Button]
    goal: Callable[[Any, Any, Sight], Goal] | None = None  # state, the label begun (or None)
    actions: Callable[[Any, Sight], tuple[Button, ...]] | None = None  # four at most, while nothing is asked
    last: Callable[[Any, Sight], QuantityTile] | None = None  # what was done last
    pad: Callable[[Any, Any, Sight], Pad | None] | None = None  # state, what is asked
    tally: Callable[[Any, Sight], str] | None = None  # state; at the right of the verdict's strip
    question: Callable[[Any, Any, Sight], str] | None = None  # over the tiles of a choice
    outline: Callable[[Any, Sight], Outline | None] | None = None  # instead of the last scans: what is in what
    rows: Callable[[Any, Sight], tuple[SummaryRow, ...] | None] | None = None  # the summary; without it `finish` finishes at once
    warnings: Callable[[Any], dict[str, int]] | None = None  # counted sentences by their keys
    closing: str = "title.leave"  # the summary's title
    beginning: Callable[[Sight], Beginning] | None = None  # while no document is open
    papers: Callable[[Sight], Papers] | None = None
    own: Callable[[Any, Sight], View | None] | None = None  # a screen of its own for some states; None: the shared one
    still_open: Callable[[Any, Sight], str] | None = None  # said at sign-in
    beside: Callable[[Any, Sight], tuple[Button, ...]] | None = None  # further touches in the details of what was done last
    counts: bool = True  # a label begun lacks its quantity until it has one
    group: str = ""  # of GROUPS: its tile is in that submenu


@cache
def sheet_of(mode: str) -> Sheet:
    """Return the sheet of a kind of work."""
    sheet = importlib.import_module(f"kiosk.presenters.{mode}_sheet").SHEET
    assert isinstance(sheet, Sheet)
    return sheet
