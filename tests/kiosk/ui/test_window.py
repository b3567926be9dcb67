"""Every view paints on every panel in both themes, without a warning, the same each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.presenters.views import Tone, View
from kiosk.ui.dim_cover import DimCover
from kiosk.ui.edge_frame import EdgeFrame
from kiosk.ui.hero import VerdictPanel, colours_of
from kiosk.ui.screenshot import picture, render
from kiosk.ui.style import Style
from kiosk.ui.tokens import LIGHT, Theme
from kiosk.ui.window import WAKE
from tests.kiosk.ui.panels import LARGE, PANELS, SMALL, pressables, shown
from tests.kiosk.ui.pictures import same
from tests.kiosk.ui.sample_views import BAD, OK, READY, RECEIVE, STOP, VIEWS


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("style", [LARGE, SMALL], ids=["large", "small"])
def test_every_view_paints_the_same_each_time(qtbot: QtBot, view: View, theme: Theme, style: Style) -> None:
    style = replace(style, theme=theme)
    once = picture(view, style)
    assert (once.width(), once.height()) == (style.width, style.height)
    assert len({once.pixel(x, y) for x in range(0, style.width, 16) for y in range(0, style.height, 16)}) > 2
    assert same(once, picture(view, style))


@pytest.mark.parametrize("tone", Tone)
def test_a_verdict_fills_the_hero_with_its_colour(qtbot: QtBot, tone: Tone) -> None:
    image = picture(replace(RECEIVE, hero=replace(OK, tone=tone)), LARGE)
    colours = colours_of(tone, LIGHT)
    assert image.pixelColor(700, 215).name() == colours.fill.lower()
    assert image.pixelColor(600, 590).name() == colours.strip.lower()
    striped = {image.pixelColor(30, y).name() for y in range(230, 570)} - {colours.fill.lower()}
    assert bool(striped) == (tone in (Tone.BAD, Tone.HOLD))


def test_a_picture_of_something_else_is_noticed(qtbot: QtBot) -> None:
    ready, later = picture(RECEIVE, LARGE), replace(RECEIVE, top=replace(RECEIVE.top, clock="10:43"))
    assert not same(ready, picture(later, LARGE))
    assert not same(ready, picture(RECEIVE, SMALL))


def test_a_view_replaces_the_one_before(qtbot: QtBot) -> None:
    window = shown(RECEIVE, replace(LARGE, reduce_motion=True))
    qtbot.addWidget(window)
    for view in (
        VIEWS["receive_check"],
        VIEWS["stop_fullscreen"],
        VIEWS["supervisor"],
        VIEWS["queue_empty"],
        VIEWS["receive_packs"],
        RECEIVE,
    ):
        window.show_view(view)
        assert same(window.grab().toImage(), picture(view, LARGE))


def test_a_verdict_lights_the_edge_once(qtbot: QtBot) -> None:
    window = shown(replace(RECEIVE, hero=READY), LARGE)
    qtbot.addWidget(window)
    frame = window.findChild(EdgeFrame)
    assert not frame.isVisible()
    window.show_view(replace(RECEIVE, hero=BAD))
    assert window.grab().toImage().pixelColor(3, 400).name() == LIGHT.bad.lower()
    qtbot.waitUntil(lambda: not frame.isVisible(), timeout=3000)
    window.show_view(replace(RECEIVE, hero=BAD, top=replace(RECEIVE.top, clock="10:43")))
    assert not frame.isVisible()
    window.show_view(replace(RECEIVE, hero=replace(BAD, number=BAD.number + 1)))
    assert frame.isVisible()


def test_the_edge_stays_dark_for_who_wants_no_motion(qtbot: QtBot) -> None:
    window = shown(replace(RECEIVE, hero=BAD), replace(LARGE, reduce_motion=True))
    qtbot.addWidget(window)
    assert not window.findChild(EdgeFrame).isVisible()


def test_a_touch_goes_through_the_edge(qtbot: QtBot) -> None:
    window = shown(replace(RECEIVE, hero=BAD), LARGE)
    qtbot.addWidget(window)
    finish = next(part for part in pressables(window) if part.accessibleName() == "Finish delivery")
    corner = finish.mapTo(window, QPoint(finish.width() - 2, finish.height() - 2))
    assert window.childAt(corner) is finish


def test_the_left_hand_gets_the_columns_the_other_way_round(qtbot: QtBot) -> None:
    right, left = shown(RECEIVE, LARGE), shown(RECEIVE, replace(LARGE, left_handed=True))
    for window in (right, left):
        qtbot.addWidget(window)

    def places(window: object) -> dict[str, int]:
        return {part.accessibleName(): part.mapTo(window, QPoint(0, 0)).x() for part in pressables(window)}

    assert places(right)["Finish delivery"] > places(right)["Undo last"]
    assert places(left)["Finish delivery"] < places(left)["Undo last"]
    assert places(left)["Undo last"] < places(left)["Type lot"]


def test_a_new_theme_and_a_new_size_show_the_same_view(qtbot: QtBot) -> None:
    window = shown(VIEWS["supervisor"], LARGE)
    qtbot.addWidget(window)
    window.restyle(replace(LARGE, theme=Theme.DARK))
    assert same(window.grab().toImage(), picture(VIEWS["supervisor"], replace(LARGE, theme=Theme.DARK)))
    window.restyle(replace(window.look, theme=Theme.LIGHT, px_per_mm=SMALL.px_per_mm))
    window.resize(SMALL.width, SMALL.height)
    assert same(window.grab().toImage(), picture(VIEWS["supervisor"], SMALL))


@pytest.mark.parametrize("size", [(640, 480), (800, 480), (1366, 768), (2560, 1440)])
@pytest.mark.parametrize("name", ["receive_check", "type_lot", "supervisor", "sign_in"])
def test_a_panel_out_of_spec_still_shows_everything(qtbot: QtBot, name: str, size: tuple[int, int]) -> None:
    window = shown(VIEWS[name], Style(*size, px_per_mm=6.68))
    qtbot.addWidget(window)
    for part in pressables(window):
        assert part.width() > 0
        assert part.height() > 0
        assert window.rect().contains(part.mapTo(window, QPoint(0, 0)))


def test_a_picture_is_written(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "ok.png"
    render(VIEWS["receive_ok"], (1280, 800), Theme.LIGHT, file)
    assert same(QImage(str(file)), picture(VIEWS["receive_ok"], LARGE))
    with pytest.raises(OSError, match="could not be written"):
        render(VIEWS["receive_ok"], (1280, 800), Theme.LIGHT, tmp_path / "missing" / "ok.png")


def test_verdict_is_read_aloud_whole(qtbot: QtBot) -> None:
    window = shown(VIEWS["receive_bad"], LARGE)
    qtbot.addWidget(window)
    spoken = window.findChild(VerdictPanel).accessibleName()
    assert spoken == "REJECTED, This lot expired on 31 Mar 2026, NWS-230311-A, Corn starch USP, Put it on the HOLD pallet and tell QC"


def test_the_panels_tell_their_layout() -> None:
    assert [style.compact for style in PANELS.values()] == [False, True, False]
    assert LARGE.px(12, 8) == 12
    assert SMALL.px(12, 8) == 8
    assert LARGE.mm(15) == 89


def test_a_touch_on_the_dimmed_screen_only_wakes_it(qtbot: QtBot) -> None:
    window = shown(VIEWS["dimmed"], LARGE)
    qtbot.addWidget(window)
    said: list[str] = []
    window.pressed.connect(said.append)
    cover = window.findChild(DimCover)
    assert cover.isVisible()
    assert cover.geometry() == window.rect()
    QTest.mouseClick(cover, Qt.MouseButton.LeftButton, pos=QPoint(100, 740))  # Undo lies there
    assert said == [WAKE]
    window.show_view(RECEIVE)
    assert not cover.isVisible()


def test_the_columns_change_sides_with_the_worker_s_hand(qtbot: QtBot) -> None:
    window = shown(RECEIVE, LARGE)
    qtbot.addWidget(window)

    def finish_at() -> int:
        (place,) = [part.mapTo(window, QPoint(0, 0)).x() for part in pressables(window) if part.action(part.shown) == "finish"]
        return place

    right = finish_at()
    window.show_view(replace(RECEIVE, top=replace(RECEIVE.top, left_handed=True)))
    assert finish_at() < LARGE.width / 2 < right
    window.show_view(STOP)  # nothing to mirror there: the hand stays
    window.show_view(replace(RECEIVE, top=replace(RECEIVE.top, left_handed=True)))
    assert finish_at() < LARGE.width / 2
    window.show_view(RECEIVE)  # as the station is set up
    assert finish_at() == right
