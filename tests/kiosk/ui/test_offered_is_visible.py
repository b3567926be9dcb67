"""Whatever a station offers is on its screen: whole, uncovered, large enough, with a card of its own; and the work knows each touch."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.presenters.card_touches import numbered
from kiosk.presenters.views import Keypad, ReceiveView, StopView, View
from kiosk.services import cards
from kiosk.ui.dim_cover import DimCover
from kiosk.ui.pressable import Pressable
from kiosk.ui.window import Window
from tests.kiosk.floor import Floor
from tests.kiosk.session import SESSION, offered
from tests.kiosk.ui.panels import LARGE, SMALL, pressables
from traceability import workflows
from traceability.workflows.modes import WORKFLOWS, OpenWork
from traceability.workflows.task import Task

LEAST_MM = 10
#: What takes a question back, or says yes to it, has several names.
SAME = {"cancel": {"cancel", "back", "undo"}, "back": {"cancel", "back"}, "confirm": {"confirm", "hold_all"}, "change": {"change_quantity"}}
PANELS = {"1280x800": LARGE, "1024x600": SMALL}


def place(part: QWidget) -> QRect:
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


def touchable(window: Window) -> dict[str, Pressable]:
    """What a finger can press, by its action."""
    return {part.action(part.shown): part for part in pressables(window) if part.isEnabled()}


def seen(window: Window, part: Pressable) -> bool:
    """Whether its middle and its corners are its own: nothing lies over them, nothing cuts them off."""
    box = place(part).adjusted(3, 3, -3, -3)
    spots = (box.center(), box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight())
    return window.rect().contains(place(part)) and all(_at(window, spot) is part for spot in spots)


def _at(window: Window, spot: QPoint) -> QWidget | None:
    return window.childAt(spot)


def meant(view: View) -> Iterator[str]:
    """What a view offers, without the letters of its pads (each has keys of its own) and without what lies under a keypad."""
    covered = set()
    if isinstance(view, ReceiveView) and isinstance(view.side, Keypad):
        covered = {view.finish.action} if view.finish.action != view.side.cancel_button.action else set()
        if view.side.packs:
            covered |= {button.action for button in view.actions if button.action not in {pack.action for pack in view.side.packs}}
    for action in offered(view):
        if not action.startswith("key:") and action not in covered:
            yield action


def wrong_on(window: Window, view: View) -> list[str]:
    """What is offered and can't be pressed, or not be seen, or is too small; and what can be pressed twice over."""
    window.show_view(view)
    if hasattr(view, "top") and view.top.dimmed:
        return [] if isinstance(_at(window, window.rect().center()), DimCover) else ["a dimmed screen can be pressed"]
    there = touchable(window)
    faults = [f"{action} is nowhere" for action in meant(view) if action not in there]
    for action, part in there.items():
        if not seen(window, part):
            faults.append(f"{action} is cut off or covered")
        if min(part.width(), part.height()) / window.look.px_per_mm < LEAST_MM:
            faults.append(f"{action} is too small")
    boxes = [(action, place(part)) for action, part in there.items()]
    faults += [f"{one} lies on {other}" for (one, box), (other, its) in combinations(boxes, 2) if box.intersects(its)]
    return faults


@pytest.mark.slow
def test_whatever_is_offered_in_a_long_session_is_seen_and_has_a_card(qtbot: QtBot, shift: Floor) -> None:
    windows = {name: Window(style) for name, style in PANELS.items()}
    for window in windows.values():
        qtbot.addWidget(window)
        window.show()
    wrong, met = [], dict.fromkeys(WORKFLOWS, frozenset[str]())
    for step, act in SESSION:
        act(shift)
        view = shift.desk.view()
        for size, window in windows.items():
            wrong += [f"{step}, {size}: {fault}" for fault in wrong_on(window, view)]
        if shift.wired.station.fault is None and not isinstance(view, StopView):
            by_place = numbered(view)
            wrong += [f"{step}: {action} has no card" for action in meant(view) if not (cards.card_of(action) or by_place.get(action))]
        wrong += [f"{step}: {choice} is asked and not offered" for choice in unoffered(shift, view)]
        if (mode := shift.wired.station.seat.mode) is not None:
            met[mode] |= {action.removeprefix("choose:") for action in offered(view)}
    shift.wired.station.fault = None
    assert not wrong, "\n".join(wrong)
    never = {f"{mode}: {verb}" for mode in WORKFLOWS for verb in touches_of(mode) if not met[mode] & SAME.get(verb, {verb})}
    assert never == set(), "no step of the session shows these"


def touches_of(mode: str) -> set[str]:
    """What the rules of a kind of work take beside what all take."""
    modules = [importlib.import_module(f"traceability.workflows.{each.name}") for each in pkgutil.iter_modules(workflows.__path__)]
    tasks = (task for module in modules for task in vars(module).values() if isinstance(task, Task) and task.name == mode)
    return {verb for task in tasks for verb in task.touches}


def unoffered(floor: Floor, view: View) -> list[str]:
    """The answers of an open question that no touch on the screen, nor any page after it, gives."""
    seat = floor.wired.station.seat
    work = seat.work
    if not isinstance(work, OpenWork) or work.question is None or seat.mode is None or seat.latched is not None or floor.desk._overlay:
        return []
    there = set(offered(view))
    if "page:next" in there or work.question.overriding is not None:
        return []
    given = {action.removeprefix("choose:") for action in there}
    return [choice.id for choice in work.question.choices if not given & SAME.get(choice.id, {choice.id})]
