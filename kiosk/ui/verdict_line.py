"""A verdict in one line, where a screen has no hero: home, when a scan was refused there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter
from typing_extensions import override

from kiosk.presenters.views import VerdictHero
from kiosk.ui.faces import mono, sans
from kiosk.ui.hero import colours_of
from kiosk.ui.marks import draw_verdict
from kiosk.ui.painting import RIGHT, draw_line, fitting, rounded, stripes
from kiosk.ui.panel import Panel, sentence


class VerdictLinePanel(Panel[VerdictHero]):
    """What, why and what next, in the verdict's colour, shape and texture; what was scanned stands at the right."""

    @override
    def spoken(self, value: VerdictHero) -> str:
        return sentence(value.word, value.reason or value.quantity, value.lot, value.next_step)

    @override
    def paint(self, painter: QPainter, value: VerdictHero, box: QRectF) -> None:
        style = self.look
        colours = colours_of(value.tone, style.palette)
        painter.save()
        painter.setClipPath(rounded(box, style.px(12, 10)))
        painter.fillRect(box, QColor(colours.fill))
        left = box.left()
        if colours.stripe:
            stripes(painter, QRectF(left, box.top(), style.px(28, 20), box.height()), colours.stripe, style.px(16, 12))
            left += style.px(28, 20)
        painter.restore()
        across = style.px(60, 46)
        left += style.px(16, 12)
        draw_verdict(painter, value.tone, QPointF(left + across / 2, box.center().y()), across, colours.on, colours.fill)
        left += across + style.px(18, 13)
        right, upper = box.right() - style.px(20, 14), box.top() + box.height() * 0.32
        word = sans(style.px(34, 26), 700)
        spent = draw_line(painter, QPointF(left, upper), value.word, word, colours.on, width=right - left) + style.px(24, 16)
        lot = fitting(mono, value.lot, style.px(26, 20), (right - left - spent) * 0.5, style.px(18, 15))
        draw_line(painter, QPointF(right, upper), value.lot, lot, colours.on, align=RIGHT, width=right - left - spent, middle=True)
        words = "  ·  ".join(filter(None, (value.reason or value.quantity, value.next_step)))
        face = fitting(lambda size: sans(size, 600), words, style.px(26, 20), right - left, style.px(18, 15))
        draw_line(painter, QPointF(left, box.top() + box.height() * 0.73), words, face, colours.on, width=right - left)
