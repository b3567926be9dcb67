"""What a label is printed on: its size in millimetres and the printer's dots per inch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from labels.refused import LabelRefused

#: Dots per inch of label printers (8, 12 and 24 dots a millimetre).
RESOLUTIONS: Final = (203, 300, 600)
#: Millimetres: narrower can't carry a barcode, longer is no label.
SHORTEST_SIDE_MM: Final = 25
LONGEST_SIDE_MM: Final = 300
#: A receipt has no height of its own: its paper's printable width in millimetres.
RECEIPTS: Final = {"receipt80": 72, "receipt58": 48}

_MM_PER_INCH: Final = 25.4
_SIZE: Final = re.compile(r"([1-9]\d{1,2})x([1-9]\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Media:
    """A label size; `height_mm` is None on a roll of receipt paper, which is as long as what stands on it."""

    name: str
    width_mm: int
    height_mm: int | None
    dpi: int = 203

    def dots(self, millimetres: float) -> int:
        """Return the nearest whole number of dots."""
        return round(millimetres * self.dpi / _MM_PER_INCH)

    def millimetres(self, dots: int) -> float:
        """Return how long `dots` are."""
        return dots * _MM_PER_INCH / self.dpi


def read_media(name: str, dpi: int = 203) -> Media | LabelRefused:
    """Read "100x150" (width x height in mm) or "receipt80"."""
    if dpi not in RESOLUTIONS:
        return _wrong(f"{dpi} dots per inch is not a printer's resolution; expected one of {', '.join(map(str, RESOLUTIONS))}.")
    if name in RECEIPTS:
        return Media(name, RECEIPTS[name], None, dpi)
    size = _SIZE.fullmatch(name)
    if size is None:
        return _wrong(f"{name!r} is no label size; expected width x height in millimetres such as '100x150', or {_or(RECEIPTS)}.")
    width, height = int(size[1]), int(size[2])
    if not (min(width, height) >= SHORTEST_SIDE_MM and max(width, height) <= LONGEST_SIDE_MM):
        return _wrong(f"{name!r} is no label size; each side must be {SHORTEST_SIDE_MM} to {LONGEST_SIDE_MM} mm.")
    return Media(name, width, height, dpi)


def _wrong(words: str) -> LabelRefused:
    return LabelRefused(words, asked_wrong=True)


def _or(names: dict[str, int]) -> str:
    return " or ".join(map(repr, names))
