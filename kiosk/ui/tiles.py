"""Tiles: something to choose, with a second line, an icon and a count."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.views import Tile
from kiosk.ui.faces import Face, mono, sans
from kiosk.ui.icons import draw_icon
from kiosk.ui.painting import RIGHT, draw_line, fits_wrapped, fitting, wrapped
from kiosk.ui.panel import sentence
from kiosk.ui.pressable import Pressable, Touch
from kiosk.ui.style import Style


class TilePanel(Pressable[Tile]):
    """A tile. `verbatim` sets its words in the fixed-width face: lots and codes are compared character by character."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget, *, verbatim: bool = False) -> None:
        super().__init__(style, touch, parent)
        self._verbatim = verbatim

    @override
    def action(self, value: Tile) -> str:
        return value.action if value.enabled else ""

    @override
    def spoken(self, value: Tile) -> str:
        return sentence(value.words, value.count, value.detail, "" if value.enabled else value.why_disabled)

    @override
    def paint(self, painter: QPainter, value: Tile, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        fill = palette.accent_soft if self.isDown() else palette.surface if value.enabled else palette.sunken
        border = palette.line_strong if value.enabled else palette.line
        self.draw_box(painter, box, fill, border, lip=None if value.enabled else 0)
        inner = box.adjusted(style.px(22, 16), 0, -style.px(22, 16), -style.px(4, 3))
        if value.icon:
            self._paint_icon(painter, value, inner)
            inner.setLeft(inner.left() + style.px(86, 66))
        if value.count:
            face = sans(style.px(44, 34), 700)
            ink = palette.ink if value.enabled else palette.ink3
            wide = draw_line(painter, QPointF(inner.right(), inner.center().y()), value.count, face, ink, align=RIGHT)
            inner.setRight(inner.right() - wide - style.px(16, 12))
        self._paint_words(painter, value, inner)

    def _paint_icon(self, painter: QPainter, value: Tile, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        colour = palette.ink if value.enabled else palette.ink3
        draw_icon(painter, value.icon, QPointF(box.left() + style.px(32, 25), box.center().y()), style.px(60, 46), colour)

    def _paint_words(self, painter: QPainter, value: Tile, box: QRectF) -> None:
        style, palette = self.look, self.look.palette
        ink = palette.ink if value.enabled else palette.ink3
        face = self._face(value.words, box.width())
        lines = wrapped(face, value.words, box.width())
        detail = value.detail if value.enabled else value.why_disabled or value.detail
        gap, small = face.line_height * 0.92, style.px(32, 25)
        y = box.center().y() - (gap * (len(lines) - 1) + (small if detail else 0)) / 2
        for line in lines:
            draw_line(painter, QPointF(box.left(), y), line, face, ink)
            y += gap
        if detail:
            second = fitting(sans, detail, style.px(21, 18), box.width(), style.px(16, 14))
            draw_line(painter, QPointF(box.left(), y - gap + small), detail, second, palette.ink2, width=box.width())

    def _face(self, words: str, room: float) -> Face:
        style = self.look
        if self._verbatim:
            return fitting(mono, words, style.px(26, 20), room, style.px(16, 14))
        size, least = style.px(28, 22), style.px(18, 16)
        if sans(size, 600).width(words) > room:
            size = style.px(24, 19)
        while size > least and not fits_wrapped(sans(size, 600), words, room):
            size -= 1
        return sans(size, 600)
