"""Plain words on the ground: a screen's question and what it is about, or what an empty list would hold."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from typing_extensions import override

from kiosk.ui.faces import sans
from kiosk.ui.painting import CENTRE, LEFT, draw_line, fits_wrapped, fitting, wrapped
from kiosk.ui.panel import Panel, sentence


@dataclass(frozen=True, slots=True)
class Caption:
    """A title and a line under it."""

    title: str
    words: str = ""


class CaptionPanel(Panel[Caption]):
    """The heading of a screen."""

    @override
    def spoken(self, value: Caption) -> str:
        return sentence(value.title, value.words)

    @override
    def paint(self, painter: QPainter, value: Caption, box: QRectF) -> None:
        style, palette, room = self.look, self.look.palette, box.width()
        title = fitting(lambda size: sans(size, 700), value.title, style.px(40, 30), room, style.px(24, 19))
        y = box.top() + box.height() * (0.32 if value.words else 0.5)
        draw_line(painter, QPointF(box.left(), y), value.title, title, palette.ink, width=room)
        words = fitting(sans, value.words, style.px(24, 19), room, style.px(18, 15))
        draw_line(painter, QPointF(box.left(), box.top() + box.height() * 0.76), value.words, words, palette.ink2, width=room)


class WordsPanel(Panel[str]):
    """A few lines of quiet words, centred or from the left."""

    centred = True

    @override
    def spoken(self, value: str) -> str:
        return value

    @override
    def paint(self, painter: QPainter, value: str, box: QRectF) -> None:
        style = self.look
        size, least = style.px(24, 19), style.px(18, 15)
        while size > least and not fits_wrapped(sans(size), value, box.width(), 3):
            size -= 1
        face = sans(size)
        lines = wrapped(face, value, box.width(), 3)
        y = box.center().y() - face.line_height * (len(lines) - 1) / 2
        x = box.center().x() if self.centred else box.left()
        for line in lines:
            draw_line(painter, QPointF(x, y), line, face, style.palette.ink2, align=CENTRE if self.centred else LEFT)
            y += face.line_height
