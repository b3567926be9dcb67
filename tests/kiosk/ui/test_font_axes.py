"""Axes of variable fonts reach the letters on the oldest and the newest Qt."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from kiosk.ui.faces import SANS, packaged_file, sans
from kiosk.ui.font_axes import with_axes


def test_a_heavier_weight_is_wider_and_the_rest_stays(qapp: object) -> None:
    assert packaged_file(*SANS).is_file()
    plain = QFont(sans(40).font.family())
    plain.setPixelSize(40)
    heavy = with_axes(plain, {"wght": 700.0})
    assert (heavy.family(), heavy.pixelSize()) == (plain.family(), 40)
    assert QFontMetricsF(heavy).horizontalAdvance("Scan a lot") > QFontMetricsF(plain).horizontalAdvance("Scan a lot") + 5


def test_two_axes_are_two_axes(qapp: object) -> None:
    plain = QFont(sans(40).font.family())
    plain.setPixelSize(40)
    narrow = with_axes(plain, {"wdth": 85.0, "wght": 700.0})
    heavy = with_axes(plain, {"wght": 700.0})
    assert QFontMetricsF(narrow).horizontalAdvance("Scan a lot") < QFontMetricsF(heavy).horizontalAdvance("Scan a lot")


def test_a_font_that_has_axes_already_is_refused(qapp: object) -> None:
    with pytest.raises(ValueError, match="already has axes"):
        with_axes(sans(40, 600).font, {"wght": 700.0})
