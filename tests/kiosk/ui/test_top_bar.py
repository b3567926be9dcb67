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


QUIET = (Chip("barcode_reader", "Scanner"), Chip("print", "Printer"), Chip("cloud_done", "Online · 44 to send", action="queue"))


def chips_in(panel: TopBarPanel) -> dict[str, int]:
    """Return where each chip begins that can be seen, but for the way home."""
    return {
        chip.shown.words: chip.x()
        for chip in panel.findChildren(HealthChip)
        if chip.isVisible() and chip.shown and chip.shown.words != "Home"
    }


@pytest.mark.parametrize("style", [LARGE, SMALL], ids=["large", "small"])
def test_where_there_is_room_every_device_is_seen(qtbot: QtBot, cut_words: list[str], style: Style) -> None:
    panel = shown(qtbot, replace(BAR, chips=QUIET), style)
    panel.grab()
    assert list(chips_in(panel)) == [chip.words for chip in QUIET]
    assert cut_words == []


@pytest.mark.parametrize("style", [LARGE, SMALL], ids=["large", "small"])
@pytest.mark.parametrize(
    ("home", "mode"), [(BAR.home, "Probe entnehmen und"), (None, "Verpacken und versenden hier")], ids=["home", "only work"]
)
def test_a_device_that_works_gives_way_to_words_and_the_others_keep_their_places(
    qtbot: QtBot, cut_words: list[str], style: Style, home: Chip | None, mode: str
) -> None:
    short = shown(qtbot, replace(BAR, chips=QUIET, mode="Move"), style)
    long = shown(qtbot, replace(BAR, chips=QUIET, mode=mode, home=home), style)
    long.grab()
    assert "Scanner" not in chips_in(long)
    assert chips_in(long).items() < chips_in(short).items()
    assert cut_words == []
    long.show_part(replace(BAR, chips=QUIET, mode="Move"))
    assert chips_in(long) == chips_in(short)


@pytest.mark.parametrize("style", [LARGE, SMALL], ids=["large", "small"])
def test_what_is_wrong_never_gives_way_nor_does_the_connection(qtbot: QtBot, style: Style) -> None:
    mixed = (QUIET[0], LOUD[1], QUIET[2])
    assert list(chips_in(shown(qtbot, replace(BAR, chips=mixed, mode="Probe entnehmen und"), style))) == [LOUD[1].words, QUIET[2].words]


@pytest.mark.parametrize("style", [LARGE, SMALL], ids=["large", "small"])
def test_the_name_of_the_only_work_is_whole_too(qtbot: QtBot, cut_words: list[str], style: Style) -> None:
    shown(qtbot, replace(BAR, home=None), style).grab()
    assert "Receiving" not in cut_words
