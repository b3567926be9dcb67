"""Pictures compared as a person would: the same but for what Qt itself draws a hair differently from one time to the next."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

# Qt places letters over 64 px a tenth of a pixel further along once it has drawn the same font in other sizes: their edges get up
# to 31 levels (of 255) lighter or darker, in 0.3 % of a picture.
MOST_LEVELS = 48
MOST_PIXELS = 0.005


def same(one: QImage, other: QImage) -> bool:
    """Whether both show the same, but for the edges of large letters."""
    if one.size() != other.size():
        return False
    difference = abs(_levels(one) - _levels(other)).max(axis=2)
    return bool(difference.max() <= MOST_LEVELS and (difference > 0).mean() <= MOST_PIXELS)


def _levels(image: QImage) -> npt.NDArray[np.int16]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)  # four bytes a pixel, so that no line is padded
    levels = np.frombuffer(plain.constBits(), dtype=np.uint8).astype(np.int16)
    return levels.reshape(plain.height(), plain.width(), 4)
