"""zxing-cpp: every symbology that Lotline knows, AIM identifiers, and the fewest wrong reads. The first choice."""

from __future__ import annotations

from typing import Final

import zxingcpp
from zxingcpp import BarcodeFormat as Format

from drivers.pictures import EVERY, Barcode, Picture, Symbology

_FORMATS: Final[dict[Symbology, Format]] = {
    Symbology.CODE128: Format.Code128,
    Symbology.CODE39: Format.Code39,
    Symbology.CODE93: Format.Code93,
    Symbology.CODABAR: Format.Codabar,
    Symbology.ITF: Format.ITF,
    Symbology.EAN13: Format.EAN13,
    Symbology.EAN8: Format.EAN8,
    Symbology.UPCA: Format.UPCA,
    Symbology.UPCE: Format.UPCE,
    Symbology.DATABAR: Format.DataBar,
    Symbology.DATABAR_LIMITED: Format.DataBarLtd,
    Symbology.DATABAR_EXPANDED: Format.DataBarExp,
    Symbology.QRCODE: Format.QRCode,
    Symbology.MICROQR: Format.MicroQRCode,
    Symbology.RMQR: Format.RMQRCode,
    Symbology.DATAMATRIX: Format.DataMatrix,
    Symbology.PDF417: Format.PDF417,
    Symbology.MICROPDF417: Format.MicroPDF417,
    Symbology.AZTEC: Format.Aztec,
    Symbology.MAXICODE: Format.MaxiCode,
}

#: What zxing-cpp says that it found, where that is finer than our families.
_FAMILIES: Final[dict[Format, Symbology]] = {found: family for family, found in _FORMATS.items()} | {
    Format.Code39Std: Symbology.CODE39,
    Format.Code39Ext: Symbology.CODE39,
    Format.Code32: Symbology.CODE39,
    Format.PZN: Symbology.CODE39,
    Format.ITF14: Symbology.ITF,
    Format.ISBN: Symbology.EAN13,
    Format.DataBarOmni: Symbology.DATABAR,
    Format.DataBarStk: Symbology.DATABAR,
    Format.DataBarStkOmni: Symbology.DATABAR,
    Format.DataBarExpStk: Symbology.DATABAR_EXPANDED,
    Format.CompactPDF417: Symbology.PDF417,
    Format.AztecCode: Symbology.AZTEC,
    Format.AztecRune: Symbology.AZTEC,
    Format.QRCodeModel1: Symbology.QRCODE,
    Format.QRCodeModel2: Symbology.QRCODE,
}


class Decoder:
    """Binarises by the surroundings of a pixel, or, with `global_threshold`, by the whole picture (cheaper; sometimes sees more)."""

    def __init__(self, global_threshold: bool = False) -> None:
        self._binarizer = zxingcpp.Binarizer.GlobalHistogram if global_threshold else zxingcpp.Binarizer.LocalAverage

    def decode(self, picture: Picture, wanted: frozenset[Symbology] = EVERY) -> tuple[Barcode, ...]:
        """Return the barcodes of the `wanted` families."""
        if not wanted:
            return ()
        found = zxingcpp.read_barcodes(
            picture,
            formats=zxingcpp.BarcodeFormats([_FORMATS[symbology] for symbology in sorted(wanted)]),
            # Any other mode rewrites the data: GS becomes a picture character, AIs get parentheses.
            text_mode=zxingcpp.TextMode.Plain,
            binarizer=self._binarizer,
        )
        return tuple(_barcode(each) for each in found if each.valid and each.format in _FAMILIES)


def _barcode(found: zxingcpp.Barcode) -> Barcode:
    place = found.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    a, b, c, d = ((corner.x, corner.y) for corner in corners)
    return Barcode(found.text, _FAMILIES[found.format], found.symbology_identifier or None, (a, b, c, d), bytes(found.bytes))
