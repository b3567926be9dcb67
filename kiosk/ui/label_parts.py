"""The chips of a label that is being put together: item, lot, expiry, quantity, containers; filled or still missing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kiosk.presenters.views import LabelPart
from kiosk.ui.faces import mono, sans
from kiosk.ui.painting import draw_line, fitting
from kiosk.ui.style import Style


def draw_parts(painter: QPainter, style: Style, parts: tuple[LabelPart, ...], box: QRectF, ink: str, ground: str) -> None:
    """Draw a row of chips inside `box`: filled ones in `ink` with their value in `ground`, missing ones as dashed outlines."""
    gap = style.px(10, 8)
    chips = _places(style, parts, QRectF(box.left(), box.center().y() - style.px(38, 29), box.width(), style.px(76, 58)), gap)
    for part, chip in zip(parts, chips, strict=True):
        _draw_part(painter, style, part, chip, ink, ground)


def _places(style: Style, parts: tuple[LabelPart, ...], box: QRectF, gap: float) -> list[QRectF]:
    """Wide values get more of the row."""
    value_face, name_face = mono(style.px(24, 19)), sans(style.px(20, 18))
    wants = [max(value_face.width(part.value or ""), name_face.width(part.name)) + style.px(28, 20) for part in parts]
    room = box.width() - gap * (len(parts) - 1)
    spare = room - sum(wants)
    widths = [want + spare / len(parts) for want in wants] if spare >= 0 else [want * room / sum(wants) for want in wants]
    places, x = [], box.left()
    for wide in widths:
        places.append(QRectF(x, box.top(), wide, box.height()))
        x += wide + gap
    return places


def _draw_part(painter: QPainter, style: Style, part: LabelPart, chip: QRectF, ink: str, ground: str) -> None:
    radius, stroke = style.px(10, 8), style.px(2, 2)
    inner = chip.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
    pen = QPen(QColor(ink), stroke, Qt.PenStyle.SolidLine if part.value else Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(QColor(ink) if part.value else QColor(0, 0, 0, 0))
    painter.drawRoundedRect(inner, radius, radius)
    left, room = chip.left() + style.px(14, 10), chip.width() - style.px(26, 18)
    colour = ground if part.value else ink
    name_y = chip.top() + chip.height() * (0.29 if part.value else 0.5)
    name = fitting(lambda size: sans(size, 600), part.name, style.px(20, 18), room, style.px(14, 12))
    draw_line(painter, QPointF(left, name_y), part.name, name, colour, width=room)
    if part.value:
        value = fitting(mono, part.value, style.px(24, 19), room, style.px(16, 13))
        draw_line(painter, QPointF(left, chip.top() + chip.height() * 0.68), part.value, value, colour, width=room, middle=True)
