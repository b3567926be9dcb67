"""The top bar holds the way home, the work's name and what is wrong with devices, however much is wrong at once."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from pytestqt.qtbot import QtBot

from kiosk.presenters.views import Chip, ChipTone, TopBar
from kiosk.ui.pressable import TapGuard, Touch
from kiosk.ui.style import Style
from kiosk.ui.top_bar import HealthChip, TopBarPanel
from kiosk.ui.window import Window
from tests.kiosk.ui.panels import LARGE, SMALL

LOUD = (
    Chip("barcode_reader", "No scanner", ChipTone.BAD),
    Chip("print_error", "Printer: no labels · 3 labels waiting", ChipTone.BAD),
    Chip("cloud_off", "Offline · 1 240 to send", ChipTone.WARN, "queue"),
)
BAR = TopBar("move_to_inbox", "Receiving", "Dock 3", "10:42", LOUD, "M. Alvarez", "sign_out", home=Chip("home", "Home", action="home"))


def shown(qtbot: QtBot, bar: TopBar, style: Style) -> TopBarPanel:
    parent = Window(style)
    qtbot.addWidget(parent)
    panel = TopBarPanel(style, Touch(lambda action: None, TapGuard()), parent)
    panel.resize(style.width, style.bar_height)
    panel.show_part(bar)
    parent.show()
    return panel


@pytest.mark.parametrize("style", [LARGE, SMALL], ids=["large", "small"])
@pytest.mark.parametrize("bar", [BAR, replace(BAR, chips=LOUD[:1]), replace(BAR, mode="Verpacken und versenden")])
def test_nothing_in_the_bar_lies_on_anything_else(qtbot: QtBot, bar: TopBar, style: Style) -> None:
    panel = shown(qtbot, bar, style)
    chips = [chip for chip in panel.findChildren(HealthChip) if chip.isVisible()]
    assert len(chips) == 1 + len(bar.chips)
    assert not any(one.geometry().intersects(other.geometry()) for one, other in combinations(chips, 2))
    assert all(panel.rect().contains(chip.geometry()) and chip.width() >= style.mm(10) for chip in chips)


@pytest.mark.parametrize("style", [LARGE, SMALL], ids=["large", "small"])
def test_the_work_s_name_is_whole_beside_three_loud_chips(qtbot: QtBot, cut_words: list[str], style: Style) -> None:
    shown(qtbot, BAR, style).grab()
    assert "Receiving" not in cut_words
    assert "Home" not in cut_words
