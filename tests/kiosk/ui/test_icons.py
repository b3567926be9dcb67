"""Icons exist, are tinted, and the hand is ours."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage

from kiosk.presenters.views import Mark
from kiosk.ui.faces import packaged_file
from kiosk.ui.hand import hand_path
from kiosk.ui.icons import draw_icon
from kiosk.ui.marks import draw_badge
from kiosk.ui.painting import painter_on
from kiosk.ui.style import Style
from tests.kiosk.ui.sample_views import VIEWS


def _icons(part: object) -> set[str]:
    if isinstance(part, tuple):
        return set().union(*(_icons(each) for each in part)) if part else set()
    if not dataclasses.is_dataclass(part):
        return set()
    own = {getattr(part, field.name) for field in dataclasses.fields(part) if field.name in ("icon", "next_icon", "hint_icon")}
    return (own - {""}).union(*(_icons(getattr(part, field.name)) for field in dataclasses.fields(part)))


def _drawn(name: str, colour: str = "#ff0000") -> QImage:
    image = QImage(48, 48, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("white"))
    with painter_on(image) as painter:
        draw_icon(painter, name, QPointF(24, 24), 48, colour)
    return image


@pytest.mark.parametrize(
    "name", sorted(set().union(*(_icons(view) for view in VIEWS.values())) | {"account_circle", "dialpad", "backspace", "sync"})
)
def test_every_icon_in_use_is_there_and_takes_its_colour(qapp: object, name: str) -> None:
    image = _drawn(name)
    colours = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    assert QColor("#ff0000") in colours
    assert all(colour.red() == 255 for colour in colours)


def test_a_misspelt_icon_says_so(qapp: object) -> None:
    with pytest.raises(KeyError, match="no icon 'frontt_hand'"):
        _drawn("frontt_hand")


def test_the_hand_fills_its_box(qapp: object) -> None:
    box = QRectF(10, 20, 100, 100)
    bounds = hand_path(box).boundingRect()
    assert box.contains(bounds)
    assert bounds.height() > 90


@pytest.mark.parametrize("mark", Mark)
def test_every_mark_looks_like_no_other(qapp: object, mark: Mark) -> None:
    def drawn(which: Mark) -> QImage:
        image = QImage(40, 40, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor("white"))
        with painter_on(image) as painter:
            draw_badge(painter, which, QPointF(20, 20), 32, Style())
        return image.convertToFormat(QImage.Format.Format_Grayscale8)  # the colour-blind see this much

    assert all(drawn(mark) != drawn(other) for other in Mark if other is not mark)


def test_a_missing_package_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no_such_package"):
        packaged_file("no_such_package", "file.ttf")
