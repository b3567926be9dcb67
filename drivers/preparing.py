"""Cheap changes to a picture that bring barcodes back: contrast, size, edges, another angle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.pictures import Corner, Picture

#: A picture of more pixels is not enlarged: its bars are wide enough, and it would cost the whole budget.
MOST_ENLARGED_PIXELS: Final = 1_000_000
_SLANT_PIXELS: Final = 400
_UPRIGHT_DEGREES: Final = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A changed picture, and the affine map (2 x 3) from its pixels back to the original's."""

    picture: Picture
    back: NDArray[np.float64]

    def corner(self, corner: Corner) -> Corner:
        """Return where `corner` is in the original."""
        x, y = self.back @ (*corner, 1.0)
        return (round(float(x)), round(float(y)))


def as_it_is(picture: Picture) -> Prepared:
    """Change nothing."""
    return Prepared(picture, np.eye(2, 3))


def contrasted(picture: Picture) -> Prepared:
    """Even out light and shadow, region by region (CLAHE)."""
    return Prepared(_equalised(picture), np.eye(2, 3))


def sharpened(picture: Picture, softness: float = 1.5) -> Prepared:
    """Sharpen edges that are about `softness` pixels soft."""
    return Prepared(_unsharp(picture, softness, 3.0 / softness), np.eye(2, 3))


def enlarged(picture: Picture) -> Prepared:
    """Twice the size, contrast evened out: for bars of about a pixel."""
    large, back = _doubled(_equalised(picture))
    return Prepared(large, back)


def doubled(picture: Picture) -> Prepared:
    """Twice the size, nothing else: for faint pictures that more contrast would only make noisy."""
    large, back = _doubled(picture)
    return Prepared(large, back)


def deblurred(picture: Picture) -> Prepared:
    """Twice the size, then edges steepened hard: for pictures out of focus."""
    large, back = _doubled(picture)
    return Prepared(_unsharp(large, 3.0, 3.0), back)


def straightened(picture: Picture, sharp: bool = False) -> Prepared | None:
    """Turn so that the bars stand upright, twice the size, contrast evened out or edges sharpened; None where they stand already."""
    degrees = slant_degrees(picture)
    if abs((degrees + 45) % 90 - 45) < _UPRIGHT_DEGREES:
        return None
    turn = turned(picture, degrees, 2.0 if picture.size <= MOST_ENLARGED_PIXELS else 1.0)
    return Prepared(_unsharp(turn.picture, 2.0, 2.0) if sharp else _equalised(turn.picture), turn.back)


def slant_degrees(picture: Picture) -> float:
    """Return by how much most edges lean (-90 to 90): the structure tensor, weighted by how much neighbours agree.

    On public pictures of linear codes, turned on purpose, it is right within 4 degrees.
    """
    shrink = min(1.0, _SLANT_PIXELS / max(picture.shape))
    small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA) if shrink < 1 else picture
    smooth = cv2.GaussianBlur(small, (0, 0), 1).astype(np.float32)
    across, down = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    around = (max(9, min(small.shape) // 12 | 1),) * 2
    xx, yy, xy = (np.asarray(cv2.boxFilter(product, -1, around)) for product in (across * across, down * down, across * down))
    agreement = np.hypot(xx - yy, 2 * xy)
    weights = agreement * (agreement / (xx + yy + 1e-3)) ** 4
    counts, _ = np.histogram(np.degrees(0.5 * np.arctan2(2 * xy, xx - yy)), bins=180, range=(-90, 90), weights=weights)
    # Five degrees are one peak, over the seam from 90 to -90 too.
    peaks = np.convolve(np.concatenate([counts[-2:], counts, counts[:2]]), np.ones(5), "valid")
    return float(np.argmax(peaks)) - 89.5


def turned(picture: Picture, degrees: float, scale: float = 1.0) -> Prepared:
    """Turn about the middle, nothing cut off; what appears at the edges is white, as paper is."""
    height, width = picture.shape
    there = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    cosine, sine = abs(there[0, 0]), abs(there[0, 1])
    new_width, new_height = round(height * sine + width * cosine), round(height * cosine + width * sine)
    there[:, 2] += ((new_width - width) / 2, (new_height - height) / 2)
    smooth = cv2.INTER_LINEAR if scale == 1 else cv2.INTER_CUBIC
    picture = _bytes(cv2.warpAffine(picture, there, (new_width, new_height), flags=smooth, borderValue=255))
    return Prepared(picture, np.asarray(cv2.invertAffineTransform(there), np.float64))


def _doubled(picture: Picture) -> tuple[Picture, NDArray[np.float64]]:
    if picture.size > MOST_ENLARGED_PIXELS:
        return picture, np.eye(2, 3)
    return _bytes(cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)), np.eye(2, 3) / 2


def _equalised(picture: Picture) -> Picture:
    return _bytes(cv2.createCLAHE(3.0, (8, 8)).apply(picture))


def _unsharp(picture: Picture, sigma: float, amount: float) -> Picture:
    return _bytes(cv2.addWeighted(picture, 1 + amount, cv2.GaussianBlur(picture, (0, 0), sigma), -amount, 0))


def _bytes(picture: object) -> Picture:
    return np.asarray(picture, np.uint8)
