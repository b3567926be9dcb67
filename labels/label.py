"""A printer-independent label: what stands where, in millimetres from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from labels.code128 import Row
from labels.media import Media


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the label, in millimetres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge, in millimetres from the label's top."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """The right edge, in millimetres from the label's left."""
        return self.x + self.width


class Align(Enum):
    """Where in its box a line of text stands."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """Words that shrink and wrap until they fit their box.

    `capitals_mm` is the height of a capital letter at most, `smallest_mm` at least. Text that does not fit at its smallest ends
    in "...", unless it is `whole`: then it goes on shrinking. A `code` (a lot) is whole and may break anywhere.
    """

    box: Box
    words: str
    capitals_mm: float
    smallest_mm: float = 1.4
    lines: int = 1
    bold: bool = True
    align: Align = Align.LEFT
    whole: bool = False
    code: bool = False
    middle: bool = False  # halfway down its box, instead of at its top
    white: bool = False  # on a black rectangle


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box of ink: filled, or a frame when `frame_mm` is given. A line is a thin filled one."""

    box: Box
    frame_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Stripes:
    """A band of slanted stripes, the floor's sign for "keep off"."""

    box: Box
    stripe_mm: float = 4.0


@dataclass(frozen=True, slots=True)
class Payload:
    """What a barcode carries: its fields as (identifier, value) pairs, and the text that a scanner sends for them.

    `text` is without AIM identifier; GS is U+001D. `gs1` marks GS1 data (FNC1 in first position).
    """

    fields: tuple[tuple[str, str], ...]
    text: str
    gs1: bool

    @property
    def human_readable(self) -> str:
        """The line that stands beside the symbol: (01)09520… (10)ABC."""
        return " ".join(f"({identifier}){value}" for identifier, value in self.fields) or self.text


class Symbology(Enum):
    """How a payload becomes dark and light."""

    CODE_128 = "Code 128"
    DATA_MATRIX = "DataMatrix"
    QR = "QR code"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A barcode in the middle of its box; `module_dots` is its narrowest bar, `modules` its width without quiet zones.

    `row` says how a Code 128 is to be encoded; the other symbologies have none.
    """

    box: Box
    symbology: Symbology
    payload: Payload
    modules: int
    module_dots: int
    row: Row | None = None


Mark = Text | Rectangle | Stripes | Symbol


@dataclass(frozen=True, slots=True)
class Label:
    """Everything that is printed on one label; `height_mm` is the paper used where the media has no height."""

    media: Media
    height_mm: float
    marks: tuple[Mark, ...]

    @property
    def payloads(self) -> tuple[Payload, ...]:
        """What its barcodes carry, in the order they stand."""
        return tuple(mark.payload for mark in self.marks if isinstance(mark, Symbol))
