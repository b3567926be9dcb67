"""The power goes at any moment: all that the worker was told is there, each scan is named, and the worker is back where they were."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corpora import ROOT
from tests.kiosk.floor import ORDER, RECALLED, STARCH, WORKER, Floor, bag, plant_file
from traceability.barcodes.command import command_card
from traceability.workflows.seat import next_ask

ROUNDS = 4
#: A stretch of work that passes through every kind of state; it can be repeated.
WORK: list[dict[str, Any]] = [
    {"scan": bag("LOT-1")},
    {"scan": f"{STARCH}17281130"},
    {"scan": "]C110LOT-2"},
    {"scan": bag("WAITS-1")},
    {"scan": bag("WAITS-2")},
    {"quantity": "12.5", "unit": "kg"},
    {"scan": "nonsense"},
    {"scan": RECALLED},
    {"scan": bag("MEANWHILE")},
    {"scan": command_card("OK")},
    {"press": "undo"},
    {"press": "reprint"},
    {"choose": "damaged"},
]
START: list[dict[str, Any]] = [{"scan": WORKER}, {"scan": ORDER}]


class Worker:
    """`lotline replay` in a process of its own: a line goes in only once the last one was answered."""

    def __init__(self, folder: Path, plant: Path) -> None:
        command = [sys.executable, "-m", "kiosk", "replay", "--plant", str(plant), "--db", str(folder), "--station", "DOCK-1", "-"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(self, line: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def kill(self) -> list[str]:
        """Kill it; return the lines that it still got out, the last of them perhaps cut short."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.kill()
        rest = self.process.stdout.read().splitlines(keepends=True)
        self.process.wait()
        self.process.stdout.close()
        self.process.stdin.close()
        return [line for line in rest if line.endswith("\n")]


def _told(answer: dict[str, Any]) -> Iterator[str]:
    yield from (each["id"] for each in answer.get("recorded", ()))
    for freed in answer.get("then", ()):
        yield from _told(freed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_nothing_that_was_told_is_lost_when_the_power_goes(plant_database: Path, tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)
    folder = Path(shutil.copytree(plant_database, tmp_path / "station"))
    worker = Worker(folder, plant_file(tmp_path))
    last = choose.randrange(len(START), 3 * len(WORK))
    lines = [*START, *WORK, *WORK, *WORK]
    told, answers = [], []
    for line in lines[:last]:
        worker.say(line)
        answers.append(worker.hear())
    worker.say(lines[last])
    time.sleep(choose.random() * 0.03)  # somewhere inside the next piece of work: where, the machine decides
    answers += map(json.loads, worker.kill())
    told = [event for answer in answers for event in _told(answer)]

    floor = Floor(folder)
    floor.check()
    journal = {event["id"]: event for event in floor.events()}
    assert [event for event in told if event not in journal] == []
    # Where the worker was: as last told, or one answer further that they did not see any more.
    assert next_ask(floor.wired.station.seat) in _asks(plant_database, tmp_path / "uninterrupted", lines, len(answers))
    assert floor.wired.station.seat.operator is not None
    # And work goes on.
    floor.press("acknowledge", "cancel")
    floor.scan(bag("AFTER"))
    assert floor.events("receipt")[-1]["data"]["lot"] == "AFTER"
    floor.check()
    floor.close()


def _asks(plant_database: Path, folder: Path, lines: list[dict[str, Any]], answered: int) -> set[Any]:
    """What the station asks after `answered` lines, and after one more, where nothing goes wrong."""
    floor = Floor(Path(shutil.copytree(plant_database, folder)))
    asks = []
    for line in lines[: answered + 1]:
        _do(floor, line)
        asks.append(next_ask(floor.wired.station.seat))
    floor.close()
    return set(asks[-2:])


def _do(floor: Floor, line: dict[str, Any]) -> None:
    match line:
        case {"scan": scan}:
            floor.scan(scan)
        case {"quantity": amount, "unit": unit}:
            floor.wired.station.give_quantity(amount, unit)
        case {"press": verb}:
            floor.press(verb)
        case {"choose": choice}:
            floor.press(f"choose:{choice}")
