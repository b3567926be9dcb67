"""OpenCV's own detectors: EAN, UPC-A and QR. A third opinion; it needs no other library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2

from drivers.pictures import EVERY, Barcode, Corner, Picture, Symbology

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TYPES: Final[dict[str, Symbology]] = {
    "EAN_13": Symbology.EAN13,
    "EAN_8": Symbology.EAN8,
    "UPC_A": Symbology.UPCA,
}


class Decoder:
    """Decodes EAN, UPC-A and QR; the others are not found."""

    def __init__(self) -> None:
        self._retail = cv2.barcode.BarcodeDetector()
        self._qr = cv2.QRCodeDetector()

    def decode(self, picture: Picture, wanted: frozenset[Symbology] = EVERY) -> tuple[Barcode, ...]:
        """Return the barcodes of the `wanted` families."""
        found: list[Barcode] = []
        if not wanted.isdisjoint(_TYPES.values()):
            found += [each for each in self._decode_retail(picture) if each.symbology in wanted]
        if Symbology.QRCODE in wanted:
            found += self._decode_qr(picture)
        return tuple(found)

    def _decode_retail(self, picture: Picture) -> list[Barcode]:
        any_found, texts, types, places = self._retail.detectAndDecodeWithType(picture)
        if not any_found:
            return []
        rows = zip(texts, types, places, strict=True)
        return [_retail(text, _TYPES[kind], place) for text, kind, place in rows if text and kind in _TYPES]

    def _decode_qr(self, picture: Picture) -> list[Barcode]:
        try:
            any_found, texts, places, _ = self._qr.detectAndDecodeMulti(picture)
        except cv2.error:
            return []  # an assertion of its own fails on some dark pictures: it has found nothing there
        if not any_found:
            return []
        rows = zip(texts, places, strict=True)
        return [Barcode(text, Symbology.QRCODE, None, _corners(place), text.encode()) for text, place in rows if text]


def _retail(digits: str, symbology: Symbology, place: NDArray[np.float32]) -> Barcode:
    """Behind ]E0 a scanner sends 13 digits, of UPC-A too."""
    text, aim = (digits, "]E4") if symbology is Symbology.EAN8 else (digits.zfill(13), "]E0")
    return Barcode(text, symbology, aim, _corners(place), text.encode())


def _corners(place: NDArray[np.float32]) -> tuple[Corner, Corner, Corner, Corner]:
    a, b, c, d = ((round(float(x)), round(float(y))) for x, y in place.reshape(-1, 2)[:4])
    return (a, b, c, d)
