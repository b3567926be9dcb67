"""ZPL II: a label printer's bytes. Text in the printer's own ^A0, other alphabets as pictures; nothing typed becomes a command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from labels import code128, zpl_font
from labels.fitting import LINE_PITCH, Measure, fit
from labels.label import Box, Label, Mark, Rectangle, Stripes, Symbol, Symbology, Text
from labels.media import Media

MEDIA: Final = None  # the template's own

#: Sent as they are; every other character goes as two hexadecimal digits behind a backslash (^FH\).
_SAFE: Final = frozenset(" ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;-+/()[]=%*#!?'\"<>@&$|{}_")
_CONTROLS: Final = {
    code128.Control.START_B: ">:",
    code128.Control.START_C: ">;",
    code128.Control.TO_B: ">6",
    code128.Control.TO_C: ">5",
    code128.Control.FNC1: ">8",
}
_ESCAPES: Final = "_#@|$!%&*+=?{}"
_QR_FRAME_DOTS: Final = 10  # printers set a QR code lower than asked by this


def render(label: Label, copies: int) -> bytes:
    """Return one ^XA … ^XZ format that prints `copies`."""
    media = label.media
    head = f"^XA^CI28^LH0,0^PW{media.dots(media.width_mm)}^LL{media.dots(label.height_mm)}"
    fields = (field for mark in label.marks for field in _fields(media, mark))
    tail = "^XZ" if copies == 1 else f"^PQ{copies}^XZ"
    return "\n".join([head, *fields, tail, ""]).encode("ascii")


def _fields(media: Media, mark: Mark) -> Iterator[str]:
    match mark:
        case Text():
            yield from _text(media, mark)
        case Rectangle():
            yield _rectangle(media, mark)
        case Stripes():
            yield _stripes(media, mark)
        case Symbol():
            yield _symbol(media, mark)
        case _:
            assert_never(mark)


def _text(media: Media, text: Text) -> Iterator[str]:
    own = zpl_font.is_printable(text.words)
    width_of = zpl_font.measure if own else _drawn_width(text)
    fitted = fit(text, width_of)
    for number, line in enumerate(fitted.lines):
        spare = text.box.width - width_of(line) * fitted.capitals_mm
        x = text.box.x + spare * text.align.value
        y = text.box.y + fitted.down_mm + number * fitted.capitals_mm * LINE_PITCH
        if own:
            yield _own_line(media, line, x, y, fitted.capitals_mm, text.white)
        else:
            yield _drawn_line(media, line, x, y, fitted.capitals_mm, text)


def _own_line(media: Media, line: str, x: float, y: float, capitals_mm: float, white: bool) -> str:
    height = max(10, media.dots(capitals_mm / zpl_font.CAPITALS))
    return f"{_at(media, x, y)}{'^FR' if white else ''}^A0N,{height},{height}{_data(line)}"


def _drawn_line(media: Media, line: str, x: float, y: float, capitals_mm: float, text: Text) -> str:
    from labels.dots import text_picture
    from labels.zpl_graphics import graphic

    drawn, above = text_picture(line, capitals_mm * media.dpi / 25.4, text.bold)
    return f"^FO{max(0, media.dots(x))},{max(0, media.dots(y) - above)}{'^FR' if text.white else ''}{graphic(drawn)}^FS"


def _drawn_width(text: Text) -> Measure:
    from labels.dots import measure

    return lambda words: measure(words, text.bold)


def _rectangle(media: Media, mark: Rectangle) -> str:
    width, height = max(1, media.dots(mark.box.width)), max(1, media.dots(mark.box.height))
    thick = min(width, height) if mark.frame_mm is None else max(1, media.dots(mark.frame_mm))
    return f"{_at(media, mark.box.x, mark.box.y)}^GB{width},{height},{thick}^FS"


def _stripes(media: Media, mark: Stripes) -> str:
    from labels.dots import stripes_picture
    from labels.zpl_graphics import graphic

    drawn = stripes_picture(media.dots(mark.box.width), media.dots(mark.box.height), media.dots(mark.stripe_mm))
    return f"{_at(media, mark.box.x, mark.box.y)}{graphic(drawn)}^FS"


def _symbol(media: Media, symbol: Symbol) -> str:
    if not symbol.payload.text.isascii():
        return _drawn_symbol(media, symbol)
    match symbol:
        case Symbol(row=code128.Row() as row):
            return _code128(media, symbol, row)
        case Symbol(symbology=Symbology.QR):
            return _qr(media, symbol)
        case _:
            return _datamatrix(media, symbol)


def _code128(media: Media, symbol: Symbol, row: code128.Row) -> str:
    steps = "".join(_CONTROLS[step] if isinstance(step, code128.Control) else _escaped(step.replace(">", ">0")) for step in row.steps)
    height = media.dots(symbol.box.height)
    where = _centred(media, symbol.box, symbol.modules * symbol.module_dots, height)
    return f"{where}^BY{symbol.module_dots},3,{height}^BCN,{height},N,N,N^FH\\^FD{steps}^FS"


def _datamatrix(media: Media, symbol: Symbol) -> str:
    """Rows and columns are given, so that every printer makes the same square.

    The symbol's own escape (`_1` is FNC1) is a sign that the text does not have: printers disagree on how to double it.
    """
    sign = next((sign for sign in _ESCAPES if sign not in symbol.payload.text), None)
    if sign is None:
        return _drawn_symbol(media, symbol)
    text = _escaped(symbol.payload.text)
    data = f"{sign}1{text}".replace("\\1D", f"{sign}1") if symbol.payload.gs1 else text
    side = symbol.modules * symbol.module_dots
    where = _centred(media, symbol.box, side, side)
    return f"{where}^BXN,{symbol.module_dots},200,{symbol.modules},{symbol.modules},6,{sign}^FH\\^FD{data}^FS"


def _qr(media: Media, symbol: Symbol) -> str:
    side = symbol.modules * symbol.module_dots
    x = media.dots(symbol.box.x) + (media.dots(symbol.box.width) - side) // 2
    y = media.dots(symbol.box.y) + (media.dots(symbol.box.height) - side) // 2 - _QR_FRAME_DOTS
    # ^BY is set anew: the height of bars before it would push the code down.
    return f"^FO{max(0, x)},{max(0, y)}^BY2,3,{_QR_FRAME_DOTS}^BQN,2,{symbol.module_dots}^FH\\^FDQA,{_escaped(symbol.payload.text)}^FS"


def _drawn_symbol(media: Media, symbol: Symbol) -> str:
    from labels.dots import symbol_picture
    from labels.zpl_graphics import graphic

    drawn = symbol_picture(symbol, media.dots(symbol.box.height))
    return f"{_centred(media, symbol.box, drawn.width, drawn.height)}{graphic(drawn)}^FS"


def _centred(media: Media, box: Box, width_dots: int, height_dots: int) -> str:
    x = media.dots(box.x) + (media.dots(box.width) - width_dots) // 2
    y = media.dots(box.y) + (media.dots(box.height) - height_dots) // 2
    return f"^FO{max(0, x)},{max(0, y)}"


def _at(media: Media, x: float, y: float) -> str:
    return f"^FO{max(0, media.dots(x))},{max(0, media.dots(y))}"


def _data(text: str) -> str:
    return f"^FH\\^FD{_escaped(text)}^FS"


def _escaped(text: str) -> str:
    return "".join(character if character in _SAFE else f"\\{ord(character):02X}" for character in text)
