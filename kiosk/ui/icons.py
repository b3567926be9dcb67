"""Icons from Material Symbols (filled), tinted and kept as pixmaps: drawing an outline at every repaint is slow."""

from __future__ import annotations

import functools
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPainterPath, QPen, QPixmap

from kiosk.ui.faces import packaged_file
from kiosk.ui.font_axes import with_axes
from kiosk.ui.hand import hand_path
from kiosk.ui.painting import painter_on

PACKAGE: Final = "qtmaterialsymbols"
EM: Final = 960.0  # the symbols' own grid
# The variable font leaves hairlines between the parts of a filled glyph. A thin outline closes them; the lower weight pays for it.
AXES: Final = {"FILL": 1.0, "wght": 480.0, "opsz": 40.0, "GRAD": 0.0}
OUTLINE: Final = 0.019 * EM


def draw_icon(painter: QPainter, name: str, centre: QPointF, size: float, colour: str) -> None:
    """Draw an icon of `size` px around `centre`."""
    dpr = painter.device().devicePixelRatioF()
    pixmap = _pixmap(name, colour, round(size), dpr)
    painter.drawPixmap(QPointF(round(centre.x() - size / 2), round(centre.y() - size / 2)), pixmap)


@functools.lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, dpr: float) -> QPixmap:
    pixmap = QPixmap(round(size * dpr), round(size * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    with painter_on(pixmap) as painter:
        painter.scale(size / EM, size / EM)
        if name == "front_hand":  # the font's own hand has a stray sliver at the thumb
            painter.fillPath(hand_path(QRectF(0, 0, EM, EM)), QColor(colour))
        else:
            _paint_symbol(painter, name, colour)
    return pixmap


def _paint_symbol(painter: QPainter, name: str, colour: str) -> None:
    painter.setPen(QPen(QColor(colour), OUTLINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(QColor(colour))
    painter.drawPath(_outline(name))


@functools.cache
def _outline(name: str) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(0, EM, _font(), chr(_code_point(name)))
    return path


@functools.cache
def _font() -> QFont:
    file = packaged_file(PACKAGE, "resources/MaterialSymbolsOutlined.ttf")
    number = QFontDatabase.addApplicationFont(str(file))
    font = QFont(QFontDatabase.applicationFontFamilies(number)[0])
    font.setPixelSize(round(EM))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return with_axes(font, AXES)


def has_icon(name: str) -> bool:
    """Tell whether there is an icon of this name."""
    return name in _code_points()


def _code_point(name: str) -> int:
    try:
        return _code_points()[name]
    except KeyError:
        raise KeyError(f"there is no icon {name!r} among the Material Symbols") from None


@functools.cache
def _code_points() -> dict[str, int]:
    text = packaged_file(PACKAGE, "resources/MaterialSymbolsOutlined.codepoints").read_text(encoding="ascii")
    return {name: int(code, 16) for name, code in (line.split() for line in text.splitlines() if line)}
