"""What the design language asks of every screen on every panel: sizes in millimetres, no overlap, no focus, a name for everything."""

from __future__ import annotations

import dataclasses
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.presenters.views import QUEUE_ROWS, SUMMARY_ROWS, Button, Chip, Look, QuantityTile, QueueRow, StateTile, Tile, View
from kiosk.ui.buttons import PressButton
from kiosk.ui.keys import KeyCap
from kiosk.ui.pressable import Pressable
from kiosk.ui.queue_list import QueueRowPanel
from kiosk.ui.style import Style
from kiosk.ui.summary_list import SummaryRowPanel
from tests.kiosk.ui.panels import PANELS, painted, pressables, shown
from tests.kiosk.ui.sample_views import VIEWS

every_view = pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
every_panel = pytest.mark.parametrize("style", PANELS.values(), ids=PANELS.keys())


def _place(part: QWidget) -> QRect:
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


def _millimetres(part: Pressable) -> tuple[float, float]:
    return part.width() / part.look.px_per_mm, part.height() / part.look.px_per_mm


@every_view
@every_panel
def test_everything_is_large_enough_for_a_glove(qtbot: QtBot, view: View, style: Style) -> None:
    window = shown(view, style)
    qtbot.addWidget(window)
    least = min(min(_millimetres(part)) for part in pressables(window))
    assert least >= 10, f"{least:.1f} mm"
    for part in pressables(window):
        if isinstance(part, PressButton):
            assert min(_millimetres(part)) >= 12, (part.accessibleName(), _millimetres(part))


@every_panel
def test_number_keys_are_as_large_as_standing_people_need(qtbot: QtBot, style: Style) -> None:
    window = shown(VIEWS["receive_check"], style)
    qtbot.addWidget(window)
    keys = [part for part in pressables(window) if isinstance(part, KeyCap)]
    assert len(keys) == 12
    assert min(min(_millimetres(key)) for key in keys) >= 18.4


@every_panel
def test_lot_keys_are_fifteen_millimetres_wide_or_nearly(qtbot: QtBot, style: Style) -> None:
    window = shown(VIEWS["type_lot"], style)
    qtbot.addWidget(window)
    keys = [part for part in pressables(window) if isinstance(part, KeyCap)]
    assert len(keys) == 40
    assert min(min(_millimetres(key)) for key in keys) >= 14.5


@every_view
@every_panel
def test_nothing_lies_on_anything_else_or_outside(qtbot: QtBot, view: View, style: Style) -> None:
    window = shown(view, style)
    qtbot.addWidget(window)
    parts = [part for part in painted(window) if not any(child.isVisible() for child in part.findChildren(QWidget))]
    for part in parts:
        assert window.rect().contains(_place(part)), part.accessibleName()
    for one, other in combinations(parts, 2):
        assert not _place(one).intersects(_place(other)), (one.accessibleName(), other.accessibleName())


@every_view
def test_nothing_can_take_the_focus_from_a_scan(qtbot: QtBot, view: View) -> None:
    window = shown(view, PANELS["1280x800"])
    qtbot.addWidget(window)
    assert {part.focusPolicy() for part in (window, *window.findChildren(QWidget))} == {Qt.FocusPolicy.NoFocus}


@every_view
def test_everything_painted_has_a_name_for_those_who_cannot_see_it(qtbot: QtBot, view: View) -> None:
    window = shown(view, PANELS["1280x800"])
    qtbot.addWidget(window)
    for part in painted(window):
        face = QAccessible.queryAccessibleInterface(part)
        assert face.text(QAccessible.Text.Name).strip(), type(part).__name__
    for button in pressables(window):
        assert QAccessible.queryAccessibleInterface(button).role() == QAccessible.Role.Button


def _live_actions(part: object) -> set[str]:
    """Return the actions that a view offers now."""
    if isinstance(part, tuple):
        return set().union(*(_live_actions(each) for each in part)) if part else set()
    if not dataclasses.is_dataclass(part):
        return set()
    own = set()
    if isinstance(part, Button | Tile):
        own = {part.action} if part.enabled else set()
    elif isinstance(part, Chip | StateTile | QueueRow | QuantityTile):
        own = {part.action} - {""}
    return own.union(*(_live_actions(getattr(part, field.name)) for field in dataclasses.fields(part)))


@every_view
@every_panel
def test_whatever_a_view_offers_can_be_pressed(qtbot: QtBot, view: View, style: Style) -> None:
    window = shown(view, style)
    qtbot.addWidget(window)
    sent = {part.action(part.shown) for part in pressables(window) if part.isEnabled()}
    offered = _live_actions(view)
    if isinstance(view, type(VIEWS["receive_packs"])) and "set" in offered:
        offered -= _live_actions(view.finish)  # the pad stands there
        offered -= _live_actions(view.actions) if view.side.packs else set()
    assert offered <= sent, offered - sent


@every_panel
def test_what_cannot_be_taken_back_stands_apart(qtbot: QtBot, style: Style) -> None:
    window = shown(VIEWS["supervisor"], style)
    qtbot.addWidget(window)
    buttons = [part for part in pressables(window) if isinstance(part, PressButton)]
    danger = next(part for part in buttons if part.shown and part.shown.look is Look.DANGER)
    beside = [part for part in buttons if part is not danger and part.parent() is danger.parent() and part.y() == danger.y()]
    assert beside
    assert min(danger.x() - part.geometry().right() - 1 for part in beside) / style.px_per_mm >= 4


@every_panel
def test_a_page_of_the_queue_and_of_the_summary_fits(qtbot: QtBot, style: Style) -> None:
    queue, summary = shown(VIEWS["supervisor"], style), shown(VIEWS["summary"], style)
    qtbot.addWidget(queue)
    qtbot.addWidget(summary)
    assert sum(row.isVisible() for row in queue.findChildren(QueueRowPanel)) == QUEUE_ROWS
    assert sum(row.isVisible() for row in summary.findChildren(SummaryRowPanel)) == SUMMARY_ROWS
