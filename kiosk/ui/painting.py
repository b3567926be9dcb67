"""Strokes that every part shares: text lines that sit on their capitals' middle, cards, pressable boxes, hazard stripes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPaintDevice, QPainter, QPainterPath, QPen

from kiosk.ui.faces import Face

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0


@contextmanager
def painter_on(device: QPaintDevice) -> Iterator[QPainter]:
    """Give a painter that smooths edges and is ended whatever happens: one that outlives its device takes the process with it."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.end()


def darker(colour: str, times: float) -> str:
    """Return `colour` that many times darker."""
    bright = QColor(colour)
    return QColor(round(bright.red() / times), round(bright.green() / times), round(bright.blue() / times)).name()


def cut(face: Face, text: str, width: float, middle: bool = False) -> str:
    """Return `text` shortened to `width` with an ellipsis, at its end or in its middle."""
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    return face.measures.elidedText(text, mode, width)


def draw_line(
    painter: QPainter,
    at: QPointF,
    text: str,
    face: Face,
    colour: str,
    *,
    align: float = LEFT,
    width: float | None = None,
    middle: bool = False,
) -> float:
    """Draw one line whose capitals are centred on `at.y()`; return its width. What is wider than `width` is cut."""
    if width is not None and face.width(text) > width + 0.5:
        text = cut(face, text, width, middle)
    drawn = face.width(text)
    painter.setFont(face.font)
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(at.x() - drawn * align, at.y() + face.cap_height / 2), text)
    return drawn


def fitting(face_of: Callable[[int], Face], text: str, size: int, width: float, least: int) -> Face:
    """Return the largest face, `size` px at most and `least` at least, in which `text` is not wider than `width`."""
    wide = face_of(size).width(text)
    return face_of(size if wide <= width else max(least, int(size * width / wide)))


def wrapped(face: Face, text: str, width: float, most: int = 2) -> tuple[str, ...]:
    """Return `text` in `most` lines at most, broken between words; a line that is still too wide is cut."""
    return tuple(line if face.width(line) <= width + 0.5 else cut(face, line, width) for line in _broken(face, text, width, most))


def fits_wrapped(face: Face, text: str, width: float, most: int = 2) -> bool:
    """Tell whether `text` needs no cutting in `most` lines."""
    return all(face.width(line) <= width + 0.5 for line in _broken(face, text, width, most))


def _broken(face: Face, text: str, width: float, most: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and (len(lines) == most or face.width(f"{lines[-1]} {word}") <= width):
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def card(painter: QPainter, box: QRectF, fill: str, border: str, radius: float, stroke: float = 1.0) -> None:
    """Draw a rounded surface with its border inside `box`."""
    inset = stroke / 2
    painter.setPen(QPen(QColor(border), stroke))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


def pressable_box(painter: QPainter, box: QRectF, fill: str, border: str, radius: float, stroke: float, lip: float) -> None:
    """Draw a box with a mechanical lip: a thicker edge at the bottom, in the border's colour, gone while pressed (`lip` 0)."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(border))
    painter.drawRoundedRect(box, radius, radius)
    painter.setBrush(QColor(fill))
    inner = box.adjusted(stroke, stroke, -stroke, -max(lip, stroke))
    painter.drawRoundedRect(inner, radius - stroke, radius - stroke)


def rounded(box: QRectF, radius: float) -> QPainterPath:
    """Return a rounded box as a path, for clipping."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    return path


def stripes(painter: QPainter, box: QRectF, colour: str, thick: float) -> None:
    """Draw hazard stripes rising to the right inside `box`, from its top left corner, `thick` px along the edge and as far apart."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    reach = box.height()
    x = box.left()
    while x < box.right() + reach:
        top = [QPointF(x, box.top()), QPointF(x + thick, box.top())]
        painter.drawPolygon([*top, QPointF(x + thick - reach, box.bottom()), QPointF(x - reach, box.bottom())])
        x += 2 * thick
    painter.restore()


def rule(painter: QPainter, left: float, right: float, y: float, colour: str | QColor, thick: float = 1.0) -> None:
    """Draw a thin horizontal line."""
    painter.fillRect(QRectF(left, y, right - left, thick), QColor(colour))
