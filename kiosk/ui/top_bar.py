"""The top bar: what work and where at the left; scanner, printer, connection, user and clock at the right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.presenters.health import MOST_CHIPS
from kiosk.presenters.views import Chip, ChipTone, TopBar
from kiosk.ui.faces import sans
from kiosk.ui.icons import draw_icon
from kiosk.ui.painting import RIGHT, draw_line
from kiosk.ui.panel import Panel, sentence
from kiosk.ui.pressable import Pressable, Touch
from kiosk.ui.style import Style


class HealthChip(Pressable[Chip]):
    """A chip is drawn as a pill but answers to a touch over the bar's whole height."""

    @override
    def action(self, value: Chip) -> str:
        return value.action

    @override
    def spoken(self, value: Chip) -> str:
        return value.words

    def drawn_width(self, value: Chip) -> int:
        """Return how wide the pill gets."""
        style = self.look
        return round(style.px(48, 38) + sans(style.px(20, 18), 600).width(value.words) + style.px(24, 17))

    @override
    def paint(self, painter: QPainter, value: Chip, box: QRectF) -> None:
        style = self.look
        fill, ink = self._colours(value.tone)
        tall = style.px(48, 40)
        pill = QRectF(0, (box.height() - tall) / 2, box.width(), tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(style.palette.line_strong if self.isDown() else fill))
        painter.drawRoundedRect(pill, tall / 2, tall / 2)
        draw_icon(painter, value.icon, QPointF(style.px(26, 21), pill.center().y()), style.px(30, 25), ink)
        room = box.width() - style.px(48, 38) - style.px(16, 12)
        draw_line(painter, QPointF(style.px(48, 38), pill.center().y() + 1), value.words, sans(style.px(20, 18), 600), ink, width=room)

    def _colours(self, tone: ChipTone) -> tuple[str, str]:
        palette = self.look.palette
        match tone:
            case ChipTone.QUIET:
                return palette.chrome_hi, palette.on_chrome
            case ChipTone.WARN:
                return palette.warn, palette.on_warn
            case ChipTone.BAD:
                return palette.bad, palette.on_bad


class UserArea(Pressable[TopBar]):
    """Who is signed in, and the clock; pressing it switches the user."""

    @override
    def action(self, value: TopBar) -> str:
        return value.user_action

    @override
    def spoken(self, value: TopBar) -> str:
        return sentence(value.user, value.clock)

    def drawn_width(self, value: TopBar) -> int:
        """Return how wide user and clock get."""
        style = self.look
        user = style.px(38, 30) + sans(style.px(20, 18)).width(value.user) + style.px(23, 14) if value.user else 0
        return round(user + sans(style.px(24, 19), 600).width(value.clock) + style.px(20, 14))

    @override
    def paint(self, painter: QPainter, value: TopBar, box: QRectF) -> None:
        style, palette, middle = self.look, self.look.palette, box.center().y() + 1
        draw_line(
            painter,
            QPointF(box.right() - style.px(20, 14), middle),
            value.clock,
            sans(style.px(24, 19), 600),
            palette.on_chrome,
            align=RIGHT,
        )
        if value.user:
            draw_icon(painter, "account_circle", QPointF(style.px(14, 11), middle), style.px(34, 27), palette.on_chrome2)
            draw_line(painter, QPointF(style.px(38, 30), middle), value.user, sans(style.px(20, 18)), palette.on_chrome)


class TopBarPanel(Panel[TopBar]):
    """The whole bar."""

    def __init__(self, style: Style, touch: Touch, parent: QWidget) -> None:
        super().__init__(style, parent)
        self._home = HealthChip(style, touch, self)
        self._chips = [HealthChip(style, touch, self) for _ in range(MOST_CHIPS)]
        self._user = UserArea(style, touch, self)

    @override
    def spoken(self, value: TopBar) -> str:
        return sentence(value.mode, value.place)

    @override
    def changed(self, value: TopBar) -> None:
        if value.home is not None:
            self._home.show_part(value.home)
        self._home.setVisible(value.home is not None)
        for chip, part in zip(self._chips, value.chips, strict=False):
            chip.show_part(part)
        for chip in self._chips[len(value.chips) :]:
            chip.hide()
        self._user.show_part(value)
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        if self.shown is None:
            return
        style, height = self.look, self.height()
        left = self.width() - self._user.drawn_width(self.shown)
        self._user.setGeometry(left, 0, self.width() - left, height)
        left -= style.px(23, 14)
        start = style.px(59, 50)  # where a work is the only one its picture stays
        if self.shown.home is not None:
            self._home.setGeometry(style.px(14, 9), 0, self._home.drawn_width(self.shown.home), height)
            start = self._home.geometry().right() + 1
        apart = style.px(10, 7)
        name = sans(style.px(28, 23), 700).width(self.shown.mode) + style.px(28, 19)
        room = round(left - start - name)
        chips = list(zip(self._chips, self.shown.chips, strict=False))
        kept = _kept([(part, chip.drawn_width(part) + apart) for chip, part in chips], room)
        for chip, part in chips:
            chip.setVisible(part in kept)
        chips = [(chip, part) for chip, part in chips if part in kept]
        widths = _narrowed([chip.drawn_width(part) for chip, part in chips], room - apart * len(chips))
        for (chip, _), wide in reversed(list(zip(chips, widths, strict=True))):
            chip.setGeometry(left - wide, 0, wide, height)
            left -= wide + apart

    @override
    def paint(self, painter: QPainter, value: TopBar, box: QRectF) -> None:
        style, palette, middle = self.look, self.look.palette, box.center().y() + 1
        painter.fillRect(box, QColor(palette.chrome))
        name, place = sans(style.px(28, 23), 700), sans(style.px(24, 19))
        x = self._paint_icon(painter, value, middle, name.width(value.mode) + style.px(34, 26) + place.width(value.place))
        room = self._left_end() - x
        x += draw_line(painter, QPointF(x, middle), value.mode, name, palette.on_chrome, width=room) + style.px(16, 13)
        if value.place and x + style.px(18, 13) + place.width(value.place) < self._left_end():
            painter.fillRect(
                QRectF(x, middle - style.px(14, 11), 2, style.px(28, 23)), QColor(palette.ink3 if not style.dark else palette.line)
            )
            draw_line(painter, QPointF(x + style.px(18, 13), middle), value.place, place, palette.on_chrome2)

    def _paint_icon(self, painter: QPainter, value: TopBar, middle: float, words: float) -> float:
        """Return where the words begin. Beside the way home a narrow panel has no room for a picture of the work: its name says enough."""
        style = self.look
        left, wide = self._home.geometry().right() + 1.0 if value.home is not None else 0.0, style.px(75, 61)
        if value.home is not None and left + wide + words >= self._left_end():
            return left + style.px(16, 11)
        draw_icon(painter, value.icon, QPointF(left + style.px(40, 31), middle), style.px(40, 34), style.palette.on_chrome)
        return left + wide

    def _left_end(self) -> float:
        """Where the chips begin."""
        shown = [chip for chip in self._chips if not chip.isHidden()]
        return float((shown[0] if shown else self._user).x() - self.look.px(12, 8))


def _kept(chips: list[tuple[Chip, int]], room: int) -> list[Chip]:
    """Say which chips stay. A device that works gives way, the leftmost first, so that the others keep their places and their words."""
    short = sum(wide for _, wide in chips) - room
    kept = []
    for chip, wide in chips:
        if short > 0 and chip.tone is ChipTone.QUIET and not chip.action:
            short -= wide
        else:
            kept.append(chip)
    return kept


def _narrowed(wanted: list[int], room: int) -> list[int]:
    """Where all chips are loud at once the longest give way: their words are cut, none lies on the work's name or on the way home."""
    most = max(wanted, default=0)
    while most > 1 and sum(min(each, most) for each in wanted) > room:
        most -= 1
    return [min(each, most) for each in wanted]
