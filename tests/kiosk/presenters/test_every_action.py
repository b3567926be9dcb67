"""Whatever a screen offers is taken: each action of each view of a long session is pressed on a copy of the station as it stood."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.presenters.views import View
from kiosk.services.clocks import ScriptClock
from tests.kiosk.floor import Floor
from tests.kiosk.session import SESSION, offered
from traceability.refusals import Reason
from traceability.workflows.modes import WORKFLOWS

#: These may leave everything as it is: there is nobody to reach, nothing typed, or it is chosen or shown already.
QUIET = {"try_now", "queue", "filter", "select", "key", "unit", "set", "page", "mode", "language"}


def twin(floor: Floor, folder: Path) -> Floor:
    """A copy of the station as it stands, screen included."""
    shutil.copytree(floor.folder, folder)
    copy = Floor(folder, replace_clock(floor))
    station = copy.wired.station
    station.fault = floor.wired.station.fault
    assert station.seat == floor.wired.station.seat
    copy.bench.desks[copy.bench.shown] = replace(
        floor.desk, station=station, book=copy.wired.store.book, queue=copy.wired.store.queue, clock=copy.clock
    )
    return copy


def replace_clock(floor: Floor) -> ScriptClock:
    return ScriptClock(floor.clock.now(), floor.clock.zone())


def press_on_a_copy(floor: Floor, action: str, folder: Path) -> str:
    """Press; return what is wrong with what came of it."""
    copy = twin(floor, folder)
    before, events = copy.desk.view(), len(copy.events())
    called: list[str] = []
    copy.desk.sync_now = lambda: called.append("sync")
    copy.press(action)
    after, said = copy.desk.view(), copy.desk.said
    unchanged = untimed(after) == untimed(before) and len(copy.events()) == events and not called
    copy.check()
    copy.close()
    if said is not None and said is not floor.desk.said and said.reason in (Reason.NOT_EXPECTED_HERE, Reason.COMMAND_UNKNOWN):
        return f"{action} is not expected"
    return f"{action} does nothing" if unchanged and action.partition(":")[0] not in QUIET else ""


def untimed(view: View) -> View:
    """A view without the time in its bar."""
    return replace(view, top=replace(view.top, clock="")) if hasattr(view, "top") else view


@pytest.mark.slow
def test_every_action_of_every_view_is_taken(shift: Floor, tmp_path: Path) -> None:
    floor = shift
    wrong, tried, kinds, modes = [], set(), set(), set()
    for name, act in SESSION:
        act(floor)
        view = floor.desk.view()
        kinds.add(type(view).__name__)
        modes.add(floor.wired.station.seat.mode)
        for action in offered(view):
            verb = action.partition(":")[0]
            # Where a button looks the same and means the same it is pressed once.
            if (type(view), verb, floor.desk.said and floor.desk.said.ask) in tried:
                continue
            tried.add((type(view), verb, floor.desk.said and floor.desk.said.ask))
            if problem := press_on_a_copy(floor, action, tmp_path / f"copy-{len(tried)}"):
                wrong.append(f"{name}: {problem}")
    floor.wired.station.fault = None
    assert wrong == []
    assert kinds == {each.__name__ for each in View.__args__}
    assert modes >= set(WORKFLOWS)
    assert len(tried) > 150
