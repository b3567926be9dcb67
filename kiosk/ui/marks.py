"""The signs of the verdicts: shape and glyph, so that colour is never the only code. Geometry in units of the radius R."""

from __future__ import annotations

import functools
from math import cos, pi, sin
from typing import Final, assert_never

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from kiosk.presenters.views import Mark, Tone
from kiosk.ui.hand import hand_path
from kiosk.ui.icons import draw_icon
from kiosk.ui.painting import painter_on
from kiosk.ui.style import Style

RADIUS_OF_MARK: Final = 0.48  # R of a mark that is 1 across: the outline's stroke takes the rest
TICK: Final = ((-0.46, 0.04), (-0.12, 0.38), (0.48, -0.32))
ANGLE: Final = ((0.5, -0.14), (0.5, 0.5), (-0.14, 0.5))


def draw_verdict(painter: QPainter, tone: Tone, centre: QPointF, across: float, fill: str, glyph: str) -> None:
    """Draw a verdict's large mark: its shape in `fill`, its glyph in `glyph`."""
    _draw(painter, Mark(tone.value), centre, across * RADIUS_OF_MARK, fill, glyph)


def draw_badge(painter: QPainter, mark: Mark, centre: QPointF, across: float, style: Style) -> None:
    """Draw the small mark of a row, a tally or a tile, in the colours that stand out on a surface."""
    if mark is Mark.SENDING:
        draw_icon(painter, "sync", centre, across, style.palette.ink3)
        return
    dpr = painter.device().devicePixelRatioF()
    pixmap = _badge(mark, across, *badge_colours(mark, style), dpr)
    half = pixmap.width() / dpr / 2
    painter.drawPixmap(QPointF(round(centre.x() - half), round(centre.y() - half)), pixmap)


@functools.lru_cache(maxsize=128)
def _badge(mark: Mark, across: float, fill: str, glyph: str, dpr: float) -> QPixmap:
    side = round(across * 1.16)  # the triangle is wider than the circle
    pixmap = QPixmap(round(side * dpr), round(side * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    with painter_on(pixmap) as painter:
        _draw(painter, mark, QPointF(side / 2, side / 2), across / 2.06, fill, glyph)
    return pixmap


def badge_colours(mark: Mark, style: Style) -> tuple[str, str]:
    """Return fill and glyph colour: on dark surfaces the bright text colours, where the fills would be too dim."""
    palette = style.palette
    match mark:
        case Mark.OK:
            return (palette.ok_text, palette.surface) if style.dark else (palette.ok, palette.on_ok)
        case Mark.BAD:
            return (palette.bad_text, palette.surface) if style.dark else (palette.bad, palette.on_bad)
        case Mark.DUPLICATE:
            return (palette.dup_text, palette.surface) if style.dark else (palette.dup, palette.on_dup)
        case Mark.CHECK | Mark.HOLD:
            return palette.warn, palette.on_warn
        case Mark.WAITING | Mark.SENDING:
            return palette.accent, palette.on_accent
    assert_never(mark)


def _draw(painter: QPainter, mark: Mark, centre: QPointF, radius: float, fill: str, glyph: str) -> None:
    painter.save()
    painter.translate(centre)
    painter.scale(radius, radius)
    painter.setPen(QPen(QColor(fill), 0.12, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(QColor(fill))
    _shape(painter, mark)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(glyph, 0.24))
    _glyph(painter, mark, glyph)
    painter.restore()


def _shape(painter: QPainter, mark: Mark) -> None:
    match mark:
        case Mark.OK:
            painter.drawEllipse(QPointF(0, 0), 1, 1)
        case Mark.BAD:
            corners = [QPointF(cos(turn), sin(turn)) * 1.04 for turn in (pi / 8 + pi / 4 * n for n in range(8))]
            painter.drawPolygon(QPolygonF(corners))
        case Mark.CHECK:
            painter.drawPolygon(QPolygonF([QPointF(0, -1.02), QPointF(1.08, 0.86), QPointF(-1.08, 0.86)]))
        case Mark.HOLD | Mark.DUPLICATE | Mark.WAITING | Mark.SENDING:
            painter.drawRoundedRect(QRectF(-0.92, -0.92, 1.84, 1.84), 0.28, 0.28)
        case _:
            assert_never(mark)


def _glyph(painter: QPainter, mark: Mark, colour: str) -> None:
    match mark:
        case Mark.OK:
            painter.drawPath(_line(TICK))
        case Mark.BAD:
            painter.drawPath(_line(((-0.38, -0.38), (0.38, 0.38))))
            painter.drawPath(_line(((0.38, -0.38), (-0.38, 0.38))))
        case Mark.CHECK:
            painter.drawPath(_line(((0, -0.06), (0, 0.3))))
            painter.setPen(_pen(colour, 0.2))
            painter.drawPoint(QPointF(0, 0.6))
        case Mark.HOLD:
            painter.fillPath(hand_path(QRectF(-0.68, -0.68, 1.36, 1.36)), QColor(colour))
        case Mark.DUPLICATE:
            painter.setPen(_pen(colour, 0.16))
            painter.drawRoundedRect(QRectF(-0.5, -0.5, 0.66, 0.66), 0.1, 0.1)
            painter.drawPath(_line(ANGLE))
        case Mark.WAITING | Mark.SENDING:
            painter.setPen(_pen(colour, 0.16))
            painter.drawEllipse(QPointF(0, 0), 0.5, 0.5)
            painter.drawPath(_line(((0, -0.24), (0, 0.04), (0.18, 0.16))))
        case _:
            assert_never(mark)


def _line(points: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(*point)
    return path


def _pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
