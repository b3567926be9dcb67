"""Pictures compared as a person would: the same but for what Qt itself draws a hair differently from one time to the next."""

from __future__ import annotations

import numpy
import numpy.typing
from PySide6.QtGui import QImage

# Qt places letters over 64 px a twentieth of a pixel further along once it has drawn the same font in other sizes: their edges get
# up to 12 grey levels lighter or darker, in 0.2 % of a picture.
MOST_LEVELS = 16
MOST_PIXELS = 0.01


def same(one: QImage, other: QImage) -> bool:
    """Whether both show the same, but for the edges of large letters."""
    if one.size() != other.size():
        return False
    difference = abs(_levels(one) - _levels(other)).max(axis=2)
    return bool(difference.max() <= MOST_LEVELS and (difference > 0).mean() <= MOST_PIXELS)


def _levels(image: QImage) -> numpy.typing.NDArray[numpy.int16]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)  # four bytes a pixel, so that no line is padded
    levels = numpy.frombuffer(plain.constBits(), dtype=numpy.uint8).astype(numpy.int16)
    return levels.reshape(plain.height(), plain.width(), 4)
