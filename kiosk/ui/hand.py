"""The raised hand of HOLD and STOP, drawn by us: four fingers, a palm, the fold of the thumb."""

from __future__ import annotations

import functools
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QTransform

GRID: Final = 960.0  # fine enough that curves stay curves when they are outlined
FINGERS: Final = ((188, 194), (352, 116), (518, 74), (686, 152))  # x, and y of the tip's centre
FINGER: Final = 74
PALM_TOP, PALM_BOTTOM, THUMB_TOP, THUMB_RIGHT = 464, 934, 452, 852


def hand_path(box: QRectF) -> QPainterPath:
    """Return the hand's outline inside the square `box`."""
    fit = QTransform.fromTranslate(box.x(), box.y()).scale(box.width() / GRID, box.height() / GRID)
    return fit.map(_hand())


@functools.cache
def _hand() -> QPainterPath:
    return _fingers().united(_palm()).subtracted(_fold())


def _fingers() -> QPainterPath:
    fingers = QPainterPath()
    for x, tip in FINGERS:
        line = QPainterPath(QPointF(x, tip))
        line.lineTo(x, PALM_TOP + FINGER)
        fingers = fingers.united(_outlined(line, FINGER, Qt.PenCapStyle.RoundCap))
    return fingers


def _palm() -> QPainterPath:
    left = FINGERS[0][0] - FINGER / 2
    middle = (left + THUMB_RIGHT) / 2
    palm = QPainterPath(QPointF(left, PALM_TOP))
    palm.lineTo(FINGERS[-1][0], PALM_TOP)
    palm.lineTo(FINGERS[-1][0], THUMB_TOP)
    palm.lineTo(THUMB_RIGHT, THUMB_TOP)
    palm.lineTo(THUMB_RIGHT, 600)
    palm.cubicTo(THUMB_RIGHT, 790, 700, PALM_BOTTOM, middle, PALM_BOTTOM)
    palm.cubicTo(310, PALM_BOTTOM, left, 790, left, 600)
    palm.closeSubpath()
    return palm


def _fold() -> QPainterPath:
    """Between the last finger and the thumb, then into the palm in two bends."""
    line = QPainterPath(QPointF(THUMB_RIGHT, THUMB_TOP - 22))
    line.lineTo(810, THUMB_TOP - 22)
    line.cubicTo(735, THUMB_TOP - 22, 702, 470, 702, 535)
    line.lineTo(702, 598)
    line.lineTo(606, 598)
    line.cubicTo(540, 598, 502, 640, 502, 700)
    line.lineTo(502, 742)
    return _outlined(line, 44, Qt.PenCapStyle.FlatCap)


def _outlined(line: QPainterPath, width: float, cap: Qt.PenCapStyle) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(cap)
    stroker.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return stroker.createStroke(line)
