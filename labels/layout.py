"""Blocks that templates are laid out of: a sheet of millimetres that scales with the media, captioned facts, symbols that fit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from labels import code128, datamatrix
from labels.label import Align, Box, Mark, Payload, Rectangle, Symbol, Symbology, Text
from labels.media import Media
from labels.refused import LabelRefused

#: Narrowest module in millimetres: what a hand scanner reads from a thermal print (GS1 General Specifications 5.12.3).
NARROWEST_MODULE_MM: Final = 0.25
_WIDEST_BAR_MM: Final = 0.51
_WIDEST_SQUARE_MM: Final = 0.9
_BAR_QUIET_MODULES: Final = 20  # ten on either side
_SQUARE_QUIET_MODULES: Final = 2
_QR_QUIET_MODULES: Final = 8
_QR_HOLDS: Final = (16, 29, 47, 67, 87)  # characters by version (ISO/IEC 18004, table 7, alphanumeric, Q)
_QR_CAPITALS: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ .-/:+*%$")
_RECEIPT_LENGTH: Final = 1.5  # a receipt is a tall label as long as this times its width
_WIDE_FROM: Final = 1.2  # width to height


@dataclass(frozen=True, slots=True)
class Sheet:
    """A label drawn on a design of 100 mm width, scaled to the media: `tall` designs are 150 mm high, wide ones 50 mm."""

    media: Media
    width_mm: float
    height_mm: float
    tall: bool

    @property
    def design_height(self) -> int:
        """Height of the design in its own millimetres."""
        return 150 if self.tall else 50

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        """Return the place on the media of a box in the design."""
        across, down = self.width_mm / 100, self.height_mm / self.design_height
        return Box(x * across, y * down, width * across, height * down)

    def size(self, millimetres: float) -> float:
        """Return a letter's height on the media."""
        return millimetres * min(self.width_mm / 100, self.height_mm / self.design_height)


def sheet(media: Media) -> Sheet:
    """Return the sheet for `media`, tall or wide as its sides are."""
    height = media.height_mm or media.width_mm * _RECEIPT_LENGTH
    return Sheet(media, media.width_mm, height, tall=media.width_mm / height < _WIDE_FROM)


def words(
    on: Sheet, box: Box, text: str | None, capitals: float, *, lines: int = 1, align: Align = Align.LEFT, bold: bool = True
) -> list[Mark]:
    """Return words for people; nothing where there are none."""
    size = on.size(capitals)
    return [Text(box, text, size, min(1.4, size), lines, bold, align)] if text else []


def code(on: Sheet, box: Box, text: str | None, capitals: float) -> list[Mark]:
    """Return a lot code, large, on two lines where that makes it larger; never cut, whatever its size."""
    return [Text(box, text, on.size(capitals), lines=2, code=True, middle=True)] if text else []


def human_readable(on: Sheet, box: Box, text: str | None, capitals: float, *, lines: int = 1, align: Align = Align.LEFT) -> list[Mark]:
    """Return what a barcode says, for people: whole, broken between its fields."""
    return [Text(box, text, on.size(capitals), lines=lines, whole=True, align=align)] if text else []


def fact(on: Sheet, box: Box, caption: str, value: str | None) -> list[Mark]:
    """Return a value under its caption; nothing, not even the caption, where there is no value."""
    if not value:
        return []
    head = on.size(2.4 if on.tall else 1.7)
    below = Box(box.x, box.y + head * 1.6, box.width, box.height - head * 1.6)
    return [
        Text(Box(box.x, box.y, box.width, head * 1.3), caption, head, smallest_mm=0.8, bold=False),
        Text(below, value, below.height, whole=True),
    ]


def rule(on: Sheet, y: float, *, x: float = 4) -> Rectangle:
    """Return a thin line across the label, from `x` on."""
    line = on.box(x, y, 96 - x, 0)
    return Rectangle(Box(line.x, line.y, line.width, 0.3))


def mark_reprint(box: Box) -> list[Mark]:
    """Say in white on black that this label was printed before."""
    inside = Box(box.x + 0.6, box.y + box.height * 0.22, box.width - 1.2, box.height * 0.78)
    return [Rectangle(box), Text(inside, "REPRINT", box.height * 0.56, smallest_mm=0.8, align=Align.CENTRE, white=True)]


def bars(media: Media, box: Box, payload: Payload) -> Symbol | None:
    """Return a Code 128 (GS1-128) symbol, or None where it would not fit or not be read."""
    if payload.gs1 and len(payload.text) > code128.GS1_LONGEST:
        return None
    for back_to_c in (False, True):
        row = code128.encode(payload.text, payload.gs1, back_to_c=back_to_c)
        dots = row and _module_dots(media, row.modules + _BAR_QUIET_MODULES, box.width, _WIDEST_BAR_MM)
        if row and dots:
            return Symbol(box, Symbology.CODE_128, payload, row.modules, dots, row)
    return None


def matrix(media: Media, box: Box, payload: Payload) -> Symbol | LabelRefused:
    """Return a DataMatrix, or refuse where the box is too small for what it must say."""
    side = datamatrix.side(payload)
    dots = side and _module_dots(media, side + _SQUARE_QUIET_MODULES, min(box.width, box.height), _WIDEST_SQUARE_MM)
    if not side or not dots:
        return LabelRefused(f"The barcode ({len(payload.text)} characters) does not fit on {media.name}; use a larger label.")
    return Symbol(box, Symbology.DATA_MATRIX, payload, side, dots)


def qr(media: Media, box: Box, payload: Payload) -> Symbol | None:
    """Return a QR code of error correction Q for capitals, digits and dots; None where it would not fit or not be read."""
    version = next((version for version, holds in enumerate(_QR_HOLDS, start=1) if len(payload.text) <= holds), None)
    if version is None or not _QR_CAPITALS.issuperset(payload.text):
        return None
    side = 17 + 4 * version
    dots = _module_dots(media, side + _QR_QUIET_MODULES, min(box.width, box.height), _WIDEST_SQUARE_MM)
    return Symbol(box, Symbology.QR, payload, side, dots) if dots else None


def _module_dots(media: Media, modules: int, room_mm: float, widest_mm: float) -> int | None:
    """Return the largest whole number of dots a module may have, or None when even the narrowest is too wide."""
    dot_mm = media.millimetres(1)
    # A hundredth forgives 203 dpi, whose two dots are 0.2502 mm, and its kin.
    narrowest = math.ceil(NARROWEST_MODULE_MM / dot_mm - 0.01)
    dots = min(int(room_mm / dot_mm / modules), int(widest_mm / dot_mm + 0.01))
    return dots if dots >= narrowest else None
