"""The power goes in each state of each kind of work: whoever comes back is where they were, sees it, and goes on alike.

The states are not listed by hand. The long session, every script in examples/ and, in each mode of WORKFLOWS, a worker who does
anything at all are followed; in each kind of state that they come to, the database is opened again as a kill would leave it. New
kinds of work are so covered too.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from config.plant import load_plant
from kiosk.app.replaying import Replay, ReplaySettings
from kiosk.presenters.bench import Bench
from kiosk.presenters.views import View
from kiosk.services.clocks import ScriptClock
from kiosk.services.pins import PinTyping
from kiosk.services.ports import QueuedEvent, QueueFigures
from kiosk.services.seats import Seats
from kiosk.services.station import Outcome, Station
from kiosk.store.opening import StationStore, open_station
from tests.corpora import ROOT
from tests.kiosk.any_shift import CODES, GOODS, PAPERS, QUALITY, codes_printed, everything, touches
from tests.kiosk.floor import STARCH, WORKER, Floor, bag
from tests.kiosk.presenters.test_every_action import untimed
from tests.kiosk.session import SESSION
from traceability.records import to_json
from traceability.workflows.modes import WORKFLOWS, OpenWork
from traceability.workflows.seat import Seat, next_ask
from traceability.workflows.step import Ask

EXAMPLES = sorted((ROOT / "examples").glob("*.jsonl"))
#: How far a worker who does anything goes in each mode; and who they are, which decides what they do.
STEPS, WORKERS = 60, (1, 2)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")

Kind = tuple[Any, ...]


def kind_of(seat: Seat) -> Kind:
    """What kind of state a seat is in: two of one kind differ only in lots, amounts and orders."""
    work = seat.work
    asked = work.question if isinstance(work, OpenWork) else None
    question = (asked.ask, asked.reason, getattr(asked, "topic", "")) if asked else ()
    in_hand = bool(getattr(work, "begun", ()) or getattr(work, "drafts", ()))
    waiting, done = bool(getattr(work, "waiting", ())), bool(getattr(work, "done", ()) or getattr(work, "taken", ()))
    latched = seat.latched.reason if seat.latched else None
    return seat.mode, type(work).__name__, question, in_hand, waiting, done, latched, seat.operator is None, bool(seat.aside)


class Watch:
    """Follows a station; in every kind of state that is new it takes the power away on a copy, and goes on with both."""

    def __init__(self, folder: Path) -> None:
        self.kinds: set[Kind] = set()
        self._folder = folder
        self._copies = count(1)
        self._open: dict[int, tuple[StationStore, Path]] = {}

    def look(self, station: Station, folder: Path, clock: ScriptClock) -> None:
        kind = kind_of(station.seat)
        if station.fault is not None or kind in self.kinds:
            return
        self.kinds.add(kind)
        resumed, went_on = (self._copy(folder, clock, station.name) for _ in range(2))
        assert _stored(resumed) == to_json(station.seat)
        assert resumed.seat == station.seat, kind
        assert next_ask(resumed.seat) == next_ask(station.seat)
        assert _shown(resumed) == _shown(station), kind
        # What is in memory beside the seat must not matter: whoever never lost power is answered just the same.
        went_on.seat, went_on.entropy = station.seat, _counted()
        resumed.entropy = _counted()
        for number, (one, other) in enumerate(zip(_answers(resumed), _answers(went_on), strict=True)):
            assert one == other, (kind, number)
        for each in (resumed, went_on):
            self._close(each)

    def _copy(self, folder: Path, clock: ScriptClock, name: str) -> Station:
        """The station on a copy of its files as they are now, nothing put away."""
        copy = Path(shutil.copytree(folder, self._folder / f"copy-{next(self._copies)}"))
        store = open_station(copy, name)
        clock = ScriptClock(clock.now(), clock.zone())
        station = Station(name, store.journal, store.book, clock, bytes, "1", {}, languages=("en", "de"))
        self._open[id(station)] = store, copy
        assert station.resume() == 0  # every scan was answered
        return station

    def _close(self, station: Station) -> None:
        store, copy = self._open.pop(id(station))
        store.close()
        shutil.rmtree(copy)


def _counted() -> Any:
    numbers = count(1)
    return lambda size: next(numbers).to_bytes(size, "big")


def _stored(station: Station) -> Any:
    return station.journal.seats().get(station.seat_name, to_json(station.seat))


def _shown(station: Station) -> View:
    """The screen of somebody who comes in now: without the last answer, which nobody is told twice."""
    station = replace(station, typing=PinTyping())  # nobody's half-typed PIN is kept
    return untimed(Bench(Seats(station), station.book, NothingWaits(), station.clock).view())


class NothingWaits:
    """An empty queue: what is sent when is no part of where the worker is."""

    def counts(self) -> Mapping[str, int]:
        return {}

    def figures(self, now: datetime) -> QueueFigures:
        return QueueFigures(0, 0, 0, 0, None, None)

    def events(self, states: tuple[str, ...], limit: int) -> tuple[QueuedEvent, ...]:
        return ()

    def try_again(self, event_id: str) -> None:
        raise AssertionError("nothing waits here")


def _answers(station: Station) -> Iterator[tuple[Any, ...]]:
    """What comes of the next inputs, whatever they are there: goods, an answer, a touch."""
    clock = station.clock
    assert isinstance(clock, ScriptClock)
    for act in (
        lambda: station.scan(bag("PROBE-1").encode(), "scanner-1"),
        lambda: station.give_quantity("5", "kg"),
        lambda: station.press("confirm"),
        lambda: station.scan(STARCH.encode(), "scanner-1"),
        lambda: station.choose("to_go"),
        lambda: station.press("undo"),
        lambda: station.press("cancel"),
        lambda: station.press("acknowledge"),
        lambda: station.press("finish"),
    ):
        clock.advance(2)
        outcome: Outcome = act()
        yield outcome.said, [(each["kind"], each["data"]) for each in outcome.recorded], to_json(outcome.seat)


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    (tmp_path / "copies").mkdir()
    return Watch(tmp_path / "copies")


def test_in_every_state_of_the_long_session(shift_database: Path, tmp_path: Path, watch: Watch) -> None:
    floor = Floor(Path(shutil.copytree(shift_database, tmp_path / "station")))
    for _name, act in SESSION:
        act(floor)
        watch.look(floor.wired.station, floor.folder, floor.clock)
    asks = {kind[2][0] for kind in watch.kinds if kind[2]}
    assert asks >= {Ask.SCAN_LOT, Ask.QUANTITY, Ask.DECIDE, Ask.CHOOSE_ITEM, Ask.CHOOSE_UNIT, Ask.CHOOSE_LOT}
    assert any(kind[6] for kind in watch.kinds)  # stopped
    floor.close()


@pytest.mark.parametrize("script", EXAMPLES, ids=lambda script: script.stem)
def test_after_every_line_of_every_example(script: Path, watch: Watch, tmp_path: Path) -> None:
    with Replay(load_plant(ROOT / "examples" / "plant.json"), ReplaySettings(tmp_path / "station")) as replay:
        for number, line in _lines(script):
            replay.play(number, line)
            for station in replay._wired.seats.stations.values():
                if len(replay._wired.seats.stations) == 1:
                    watch.look(station, tmp_path / "station", replay._clock)
        seats = replay._wired.seats.stations
        if len(seats) > 1:
            # Several people: all of them are back.
            seen = {name: station.seat for name, station in seats.items()}
            replay.play(0, '{"restart": true}')
            assert {name: replay._wired.seats.seat(name).seat for name in seen} == seen
    assert watch.kinds or len(seats) > 1


@pytest.mark.parametrize("mode", WORKFLOWS)
def test_in_every_state_that_anybody_gets_a_kind_of_work_into(mode: str, watch: Watch, tmp_path: Path) -> None:
    for worker in WORKERS:
        floor = everything(tmp_path / f"station-{worker}")
        for _ in _anything(floor, mode, random.Random(worker)):
            watch.look(floor.wired.station, floor.folder, floor.clock)
        floor.check()
        floor.close()
    own = {kind for kind in watch.kinds if kind[0] == mode}
    # The beginning, and what a paper opens: something in hand, a question, something done. Else this test has not been there.
    assert len(own) >= (3 if mode in PAPERS else 1), own


def _anything(floor: Floor, mode: str, chance: random.Random) -> Iterator[None]:
    """A worker who does anything at all, mostly in one kind of work."""
    papers = PAPERS.get(mode, ())
    floor.scan(QUALITY)
    if mode == "ship":  # what leaves was packed before
        floor.press("mode:pack", "new_carton")
        floor.scan(bag("S-1"))
        floor.press("confirm", "close")
    floor.press(f"mode:{mode}")
    yield
    for paper in papers:
        floor.scan(paper)
        yield
    for _ in range(STEPS):
        what = chance.random()
        if floor.wired.station.seat.operator is None:
            floor.scan(WORKER)
        elif floor.wired.station.seat.mode != mode and what < 0.5:
            floor.press(f"mode:{mode}")
        elif what < 0.45:
            floor.scan(chance.choice((*(codes_printed(floor) if mode == "ship" else GOODS), *papers)))
        elif what < 0.6:
            floor.scan(chance.choice(CODES))
        else:
            offered = touches(floor)
            floor.press(chance.choice(offered) if offered else "acknowledge")
        yield


@pytest.mark.slow
@pytest.mark.parametrize("script", EXAMPLES, ids=lambda script: script.stem)
def test_a_real_kill_after_any_line_leaves_the_seats_as_told(script: Path, tmp_path: Path) -> None:
    lines = [text for _, text in _lines(script)]
    last = random.Random(script.stem).randrange(len(lines) // 2, len(lines))
    plant = ROOT / "examples" / "plant.json"
    killed = tmp_path / "killed"
    command = [sys.executable, "-m", "kiosk", "replay", "--plant", str(plant), "--db", str(killed), "-"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    for line in lines[: last + 1]:
        process.stdin.write(f"{line}\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    with Replay(load_plant(plant), ReplaySettings(tmp_path / "whole")) as whole:
        for number, line in enumerate(lines[: last + 1], 1):
            whole.play(number, line)
        told = {name: to_json(station.seat) for name, station in whole._wired.seats.stations.items()}
    with Replay(load_plant(plant), ReplaySettings(killed)) as after:
        back = {name: to_json(after._wired.seats.seat(name).seat) for name in told}
        assert after._wired.left_behind == 0
    assert _unnamed(back) == _unnamed(told)


def _lines(script: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(script.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line


def _unnamed(seats: Any) -> Any:
    """Without ids and without the tag of the label serials, which are new in every database."""
    text = ID.sub("id", json.dumps(seats, sort_keys=True))
    return json.loads(re.sub(r'("serial": ")[^"]*"', r'\1serial"', text))
