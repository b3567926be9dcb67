"""Symbols and stripes as rows of dots, and a picture of a whole label: for previews and for what a printer can't do itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from labels.fitting import LINE_PITCH, fit
from labels.label import Label, Mark, Rectangle, Stripes, Symbol, Symbology, Text

if TYPE_CHECKING:
    import zxingcpp
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_PAPER: Final = 255
_INK: Final = 0
#: IBM Plex: height of a capital letter, in heights of the font.
_CAPITALS: Final = 0.698
_FAMILY: Final = "IBM Plex Sans"
_BOLD_AND_PLAIN: Final = {True: 700, False: 500}
_MEASURED_AT: Final = 200
_QR_STRENGTH: Final = {True: {"ec_level": "Q"}, False: {}}


def picture(label: Label) -> Image:
    """Return the label as a picture in grey, one pixel a dot."""
    from PIL import Image, ImageDraw

    size = (label.media.dots(label.media.width_mm), label.media.dots(label.height_mm))
    canvas = Image.new("L", size, _PAPER)
    pen = ImageDraw.Draw(canvas)
    for mark in label.marks:
        _draw(label, canvas, pen, mark)
    return canvas


def text_picture(words: str, capitals_dots: float, bold: bool) -> tuple[Image, int]:
    """Return one line of text in ink, cropped, and how many dots its top stands above (below, if negative) that of a capital."""
    from PIL import Image, ImageDraw

    font = _font(bold, round(capitals_dots / _CAPITALS))
    left, top, right, bottom = (round(edge) for edge in font.getbbox(words, anchor="ls"))
    canvas = Image.new("L", (max(1, right - left), max(1, bottom - top)), _PAPER)
    ImageDraw.Draw(canvas).text((-left, -top), words, _INK, font, anchor="ls")
    return canvas, -top - round(capitals_dots)


def symbol_picture(symbol: Symbol, height_dots: int) -> Image:
    """Return a barcode without quiet zones, one module `module_dots` wide; bars are `height_dots` high."""
    from PIL import Image

    modules = Image.fromarray(_modules(symbol)).convert("L")
    if symbol.symbology is Symbology.CODE_128:
        return modules.crop((0, 0, modules.width, 1)).resize((modules.width * symbol.module_dots, height_dots), Image.Resampling.NEAREST)
    return modules.resize((modules.width * symbol.module_dots, modules.height * symbol.module_dots), Image.Resampling.NEAREST)


def stripes_picture(width_dots: int, height_dots: int, stripe_dots: int) -> Image:
    """Return slanted stripes; two rows alike at a time, so that printers' run-length coding halves them."""
    from PIL import Image

    band = bytearray()
    for row in range(height_dots):
        shift = row - row % 2
        band += bytes(_INK if (column + shift) // stripe_dots % 2 else _PAPER for column in range(width_dots))
    return Image.frombytes("L", (width_dots, height_dots), bytes(band))


def measure(words: str, bold: bool) -> float:
    """Return how wide `words` are drawn, in heights of a capital letter."""
    return float(_font(bold, _MEASURED_AT).getlength(words)) / (_MEASURED_AT * _CAPITALS)


def _draw(label: Label, canvas: Image, pen: ImageDraw, mark: Mark) -> None:
    dots = label.media.dots
    x, y, width, height = dots(mark.box.x), dots(mark.box.y), dots(mark.box.width), dots(mark.box.height)
    match mark:
        case Text():
            _write(label, pen, mark)
        case Rectangle(frame_mm=None):
            pen.rectangle((x, y, x + max(width, 1) - 1, y + max(height, 1) - 1), fill=_INK)
        case Rectangle(frame_mm=frame):
            pen.rectangle((x, y, x + width - 1, y + height - 1), outline=_INK, width=max(1, dots(frame or 0)))
        case Stripes():
            canvas.paste(stripes_picture(width, height, dots(mark.stripe_mm)), (x, y))
        case Symbol():
            drawn = symbol_picture(mark, height)
            canvas.paste(drawn, (x + (width - drawn.width) // 2, y + (height - drawn.height) // 2))


def _write(label: Label, pen: ImageDraw, text: Text) -> None:
    per_mm = label.media.dpi / 25.4
    fitted = fit(text, lambda words: measure(words, text.bold))
    font = _font(text.bold, round(fitted.capitals_mm * per_mm / _CAPITALS))
    for number, line in enumerate(fitted.lines):
        spare = text.box.width * per_mm - font.getlength(line)
        baseline = (text.box.y + fitted.down_mm + fitted.capitals_mm * (1 + number * LINE_PITCH)) * per_mm
        at = (text.box.x * per_mm + spare * text.align.value, baseline)
        pen.text(at, line, _PAPER if text.white else _INK, font, anchor="ls")


@cache
def _font(bold: bool, pixels: int) -> FreeTypeFont:
    import fontpkg
    from PIL import ImageFont

    # Pillow's other layout engine needs FriBiDi from the system: where that is there, letters would stand elsewhere than where it isn't.
    basic = ImageFont.Layout.BASIC
    font = ImageFont.truetype(str(fontpkg.path(_FAMILY, _BOLD_AND_PLAIN[bold])), max(pixels, 4), layout_engine=basic)
    font.set_variation_by_axes([_BOLD_AND_PLAIN[bold], 100])
    return font


def _modules(symbol: Symbol) -> zxingcpp.Image:
    import zxingcpp

    formats = {
        Symbology.CODE_128: zxingcpp.BarcodeFormat.Code128,
        Symbology.DATA_MATRIX: zxingcpp.BarcodeFormat.DataMatrix,
        Symbology.QR: zxingcpp.BarcodeFormat.QRCode,
    }
    payload, kind = symbol.payload, formats[symbol.symbology]
    if payload.gs1:
        # GS1 data go in as [AI]value; square brackets stand in no GS1 value, round ones may.
        content = "".join(f"[{identifier}]{value}" for identifier, value in payload.fields)
        written = zxingcpp.create_barcode(content, kind, gs1=True, force_square=True)
    else:
        written = zxingcpp.create_barcode(payload.text, kind, force_square=True, **_QR_STRENGTH[symbol.symbology is Symbology.QR])
    return written.to_image(scale=1, add_hrt=False, add_quiet_zones=False)
