"""Barcodes in pictures: what every decoder returns, and what it may be asked for."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

#: Grey, one byte a pixel, rows first.
Picture = NDArray[np.uint8]

#: x and y of a corner in pixels, from the upper left.
Corner = tuple[int, int]

#: A larger picture is no photograph of a label; a decoder would take minutes and gigabytes.
MOST_PIXELS = 100_000_000
MOST_BYTES = 4 * MOST_PIXELS


class Symbology(StrEnum):
    """The families of barcodes that a decoder can be asked for."""

    CODE128 = "code128"
    CODE39 = "code39"
    CODE93 = "code93"
    CODABAR = "codabar"
    ITF = "itf"
    EAN13 = "ean13"
    EAN8 = "ean8"
    UPCA = "upca"
    UPCE = "upce"
    DATABAR = "databar"
    DATABAR_LIMITED = "databar_limited"
    DATABAR_EXPANDED = "databar_expanded"
    QRCODE = "qrcode"
    MICROQR = "microqr"
    RMQR = "rmqr"
    DATAMATRIX = "datamatrix"
    PDF417 = "pdf417"
    MICROPDF417 = "micropdf417"
    AZTEC = "aztec"
    MAXICODE = "maxicode"


EVERY = frozenset(Symbology)
RETAIL = frozenset({Symbology.EAN13, Symbology.EAN8, Symbology.UPCA, Symbology.UPCE})
#: Read along one line, hence lost at an angle or in a blur.
LINEAR = RETAIL | {
    Symbology.CODE128,
    Symbology.CODE39,
    Symbology.CODE93,
    Symbology.CODABAR,
    Symbology.ITF,
    Symbology.DATABAR,
    Symbology.DATABAR_LIMITED,
    Symbology.DATABAR_EXPANDED,
}


@dataclass(frozen=True, slots=True)
class Barcode:
    """One barcode found in a picture."""

    text: str
    symbology: Symbology
    aim: str | None  # "]C1"; None where the decoder does not tell
    corners: tuple[Corner, Corner, Corner, Corner]  # upper left of the symbol first, then clockwise
    data: bytes  # verbatim: GS is 0x1d

    @property
    def scan(self) -> bytes:
        """What a hand scanner would have sent: AIM identifier and data."""
        return (self.aim or "").encode() + self.data


class Decoder(Protocol):
    """A library, or several, that finds barcodes in a picture."""

    def decode(self, picture: Picture, wanted: frozenset[Symbology] = EVERY) -> tuple[Barcode, ...]:
        """Return the barcodes of the `wanted` families; none found is empty, never an error."""


class PictureError(ValueError):
    """A file that is no picture: the words say what was got."""


def load(path: Path) -> Picture:
    """Return the picture in the file `path`, in grey; raise PictureError, or OSError where the file can't be read."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise PictureError(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    return parse(data)


def parse(data: bytes) -> Picture:
    """Return the picture that the bytes of a PNG, JPEG, TIFF, WebP … file hold, upright; what is transparent becomes white."""
    import io
    import warnings

    from PIL import Image, ImageOps, UnidentifiedImageError

    if not data:
        raise PictureError("the file is empty")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the size is judged here
            image = Image.open(io.BytesIO(data))
        if image.width * image.height > MOST_PIXELS:
            raise PictureError(f"it has {image.width} x {image.height} pixels; {MOST_PIXELS // 1_000_000} million are the most")
        return _grey(ImageOps.exif_transpose(image))
    except UnidentifiedImageError as error:
        raise PictureError("it is no picture of a known kind (PNG, JPEG, TIFF, WebP, BMP, GIF)") from error
    except Image.DecompressionBombError as error:
        raise PictureError(f"it has too many pixels; {MOST_PIXELS // 1_000_000} million are the most") from error
    except (OSError, SyntaxError, EOFError, struct.error) as error:  # what Pillow's readers raise on damaged files
        raise PictureError(f"the picture is damaged: {error}") from error


def _grey(image: Image.Image) -> Picture:
    from PIL import Image

    if image.mode.startswith("I"):  # 16 bits, which Pillow would clip
        return np.asarray(np.asarray(image).astype(np.uint32) // 257, np.uint8)
    if image.has_transparency_data:
        on_white = Image.new("RGBA", image.size, "white")
        on_white.alpha_composite(image.convert("RGBA"))
        image = on_white
    return np.ascontiguousarray(np.asarray(image.convert("L"), np.uint8))
