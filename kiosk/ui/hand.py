"""The raised hand of HOLD and STOP, drawn by us: four fingers, a palm, the fold of the thumb."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QTransform

# On a grid of 24: x and top of each finger; all end in the palm.
FINGERS: Final = ((4.55, 5.6), (8.45, 3.6), (12.35, 2.2), (16.25, 3.9))
FINGER: Final = 2.1
PALM_TOP: Final = 11.2


def hand_path(box: QRectF) -> QPainterPath:
    """Return the hand's outline inside the square `box`."""
    hand = _fingers().united(_palm()).subtracted(_fold())
    fit = QTransform.fromTranslate(box.x(), box.y()).scale(box.width() / 24, box.height() / 24)
    return fit.map(hand)


def _fingers() -> QPainterPath:
    fingers = QPainterPath()
    for x, top in FINGERS:
        fingers.addPath(_stroke(((x, top), (x, PALM_TOP + 1)), FINGER))
    return fingers.simplified()


def _palm() -> QPainterPath:
    left, right = FINGERS[0][0] - FINGER / 2, FINGERS[-1][0] + FINGER / 2
    palm = QPainterPath(QPointF(left, PALM_TOP))
    palm.lineTo(right, PALM_TOP)
    palm.lineTo(right, 9.9)  # the thumb leaves the palm at the right and turns up
    palm.cubicTo(right, 9.3, right + 0.5, 9.2, right + 1.0, 9.2)
    palm.lineTo(20.6, 9.2)
    palm.lineTo(20.6, 14.6)
    palm.cubicTo(20.6, 19.6, 17.0, 23.0, 12.05, 23.0)
    palm.cubicTo(7.1, 23.0, left, 19.6, left, 14.6)
    palm.closeSubpath()
    return palm


def _fold() -> QPainterPath:
    line = QPainterPath(QPointF(21.2, 12.6))
    line.lineTo(18.6, 12.6)
    line.cubicTo(16.4, 12.6, 16.9, 15.6, 14.6, 15.6)
    line.cubicTo(12.4, 15.6, 12.0, 17.0, 12.0, 18.4)
    return _outlined(line, 1.35, Qt.PenCapStyle.FlatCap)


def _stroke(points: tuple[tuple[float, float], ...], width: float) -> QPainterPath:
    line = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        line.lineTo(*point)
    return _outlined(line, width, Qt.PenCapStyle.RoundCap)


def _outlined(line: QPainterPath, width: float, cap: Qt.PenCapStyle) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(cap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(line)
