"""ESC/POS: a receipt printer's bytes. Bars that stand alone across the paper are the printer's own (GS k); the rest is a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from labels import code128
from labels.dots import picture
from labels.label import Label, Mark, Symbol
from labels.refused import LabelRefused

if TYPE_CHECKING:
    from PIL.Image import Image

MEDIA: Final = "receipt80"
#: The widest paper that receipt printers print on, in millimetres.
WIDEST_MM: Final = 104

_RESET: Final = b"\x1b@"
_LEFT, _CENTRE = b"\x1ba\x00", b"\x1ba\x01"
_NO_PRINTED_TEXT: Final = b"\x1dH\x00"
_FEED_AND_CUT: Final = b"\x1dV\x42\x00"
_CODE128: Final = 73
_TALLEST_STRIP: Final = 240  # rows a picture command: cheap printers hold no more
_MODULE_DOTS: Final = range(2, 7)
_CONTROLS: Final = {
    code128.Control.START_B: b"{B",
    code128.Control.TO_B: b"{B",
    code128.Control.START_C: b"{C",
    code128.Control.TO_C: b"{C",
    code128.Control.FNC1: b"{1",
}


def render(label: Label, copies: int) -> bytes | LabelRefused:
    """Return the bytes that print `copies` of the label, each cut off."""
    if label.media.width_mm > WIDEST_MM:
        return LabelRefused(f"{label.media.name} is wider than the {WIDEST_MM} mm of a receipt printer; use 'receipt80'.")
    own = _own_bars(label)
    printers = [symbol for symbol, _ in own]
    rest = picture(replace(label, marks=tuple(mark for mark in label.marks if mark not in printers)))
    ink = rest.point(lambda grey: 255 if grey < 128 else 0, "1")
    body = b"".join(_slices(label, ink, own))
    return (_RESET + body + _FEED_AND_CUT) * copies


def _slices(label: Label, ink: Image, own: list[tuple[Symbol, code128.Row]]) -> Iterator[bytes]:
    dots = label.media.dots
    done = 0
    for symbol, row in own:
        top = dots(symbol.box.y)
        yield from _rows(ink, done, top)
        yield _bars(symbol, row, dots(symbol.box.height))
        done = top + dots(symbol.box.height)
    yield from _rows(ink, done, ink.height)


def _rows(ink: Image, top: int, bottom: int) -> Iterator[bytes]:
    """Yield pictures of the rows with ink, and feeds over those without."""
    while top < bottom:
        high = min(bottom - top, _TALLEST_STRIP)
        strip = ink.crop((0, top, ink.width, top + high))
        box = strip.getbbox()
        if box is None:
            yield b"\x1bJ" + bytes([high])
        else:
            if box[1]:
                yield b"\x1bJ" + bytes([box[1]])
            yield _raster(strip.crop((0, box[1], box[2], high)))
        top += high


def _raster(strip: Image) -> bytes:
    from escpos.image import EscposImage

    dots = EscposImage(strip.point(lambda ink: 0 if ink else 255, "L"))  # it wants ink on paper, dark on light
    across, down, rows = int(dots.width_bytes), int(dots.height), bytes(dots.to_raster_format())
    return b"\x1dv0\x00" + across.to_bytes(2, "little") + down.to_bytes(2, "little") + rows


def _own_bars(label: Label) -> list[tuple[Symbol, code128.Row]]:
    """Return the Code 128 symbols that share their height with no other mark and that the printer can draw, from the top."""
    found = [(mark, mark.row) for mark in label.marks if isinstance(mark, Symbol) and mark.row and _is_printers(label, mark)]
    return sorted(found, key=lambda pair: pair[0].box.y)


def _is_printers(label: Label, symbol: Symbol) -> bool:
    if symbol.module_dots not in _MODULE_DOTS or label.media.dots(symbol.box.height) > 255:
        return False
    return not any(_share_rows(symbol, mark) for mark in label.marks if mark is not symbol)


def _share_rows(one: Mark, other: Mark) -> bool:
    return one.box.y < other.box.bottom and other.box.y < one.box.bottom


def _bars(symbol: Symbol, row: code128.Row, height_dots: int) -> bytes:
    data = _data(row)
    setup = _CENTRE + _NO_PRINTED_TEXT + b"\x1dh" + bytes([height_dots]) + b"\x1dw" + bytes([symbol.module_dots])
    return setup + b"\x1dk" + bytes([_CODE128, len(data)]) + data + _LEFT


def _data(row: code128.Row) -> bytes:
    """Return symbol characters as GS k wants them: {B, {C and {1, pairs of digits as one byte, a brace doubled."""
    return b"".join(_CONTROLS[step] if isinstance(step, code128.Control) else _character(step) for step in row.steps)


def _character(step: str) -> bytes:
    if len(step) == 2:
        return bytes([int(step)])
    return b"{{" if step == "{" else step.encode()
