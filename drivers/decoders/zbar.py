"""ZBar: sees some blurred linear codes that zxing-cpp does not, and misreads more. It drops AIM identifiers."""

from __future__ import annotations

from typing import Any, Final

from pyzbar import pyzbar

from drivers.pictures import EVERY, Barcode, Corner, Picture, Symbology

# DataBar Expanded is left out: it comes back corrupted ("21SN42" as "2QSN42"). EAN-13 covers UPC-A as 0 and twelve digits.
_TYPES: Final[dict[str, Symbology]] = {
    "CODE128": Symbology.CODE128,
    "CODE39": Symbology.CODE39,
    "CODE93": Symbology.CODE93,
    "CODABAR": Symbology.CODABAR,
    "I25": Symbology.ITF,
    "EAN13": Symbology.EAN13,
    "EAN8": Symbology.EAN8,
    "UPCA": Symbology.UPCA,
    "UPCE": Symbology.UPCE,
    "DATABAR": Symbology.DATABAR,
    "QRCODE": Symbology.QRCODE,
}
#: AIM identifiers that follow from the symbology alone; Code 128 and QR would need to be told of FNC1.
_AIM: Final[dict[Symbology, str]] = {
    Symbology.CODE39: "]A0",
    Symbology.CODE93: "]G0",
    Symbology.CODABAR: "]F0",
    Symbology.EAN13: "]E0",
    Symbology.UPCA: "]E0",
    Symbology.UPCE: "]E0",
    Symbology.EAN8: "]E4",
    Symbology.DATABAR: "]e0",
}


class Decoder:
    """Decodes the families that ZBar knows; the others are not found."""

    def decode(self, picture: Picture, wanted: frozenset[Symbology] = EVERY) -> tuple[Barcode, ...]:
        """Return the barcodes of the `wanted` families."""
        symbols = [pyzbar.ZBarSymbol[name] for name, symbology in _TYPES.items() if symbology in wanted]
        if not symbols:
            return ()
        height, width = picture.shape
        found = pyzbar.decode((picture.tobytes(), width, height), symbols=symbols)
        return tuple(_barcode(each) for each in found)


def _barcode(found: Any) -> Barcode:
    symbology, data = _TYPES[found.type], bytes(found.data)
    # As a scanner sends them behind ]E0: thirteen digits.
    if symbology is Symbology.UPCA:
        data = data.zfill(13)
    elif symbology is Symbology.UPCE:
        data = _expanded(data).zfill(13)
    return Barcode(data.decode("utf-8", "replace"), symbology, _AIM.get(symbology), _corners(found), data)


def _expanded(data: bytes) -> bytes:
    """Return the twelve digits of UPC-A that the eight of UPC-E stand for (GS1 General Specifications, UPC-E barcodes)."""
    system, body, last, check = data[:1], data[1:6], data[6:7], data[7:]
    if last in b"012":
        return system + body[:2] + last + b"0000" + body[2:] + check
    if last in b"34":
        return system + body[: int(last)] + b"00000" + body[int(last) :] + check
    return system + body + b"0000" + last + check


def _corners(found: Any) -> tuple[Corner, Corner, Corner, Corner]:
    # Linear codes come with the points of the scan lines that crossed them, not with corners.
    box = found.rect
    if len(found.polygon) == 4:
        a, b, c, d = ((int(point.x), int(point.y)) for point in found.polygon)
        return (a, b, c, d)
    right, bottom = box.left + box.width, box.top + box.height
    return ((box.left, box.top), (right, box.top), (right, bottom), (box.left, bottom))
