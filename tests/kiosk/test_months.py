"""A kiosk runs for months: what it keeps in memory does not grow with what it has done."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from pathlib import Path

from tests.kiosk.floor import ORDER, WORK_ORDER, WORKER, Floor, bag, new_database

#: Beyond what is remembered on purpose: fifty refusals, thirty rows of the list, twelve things that can be undone.
WARM_UP, MORE = 60, 40


def alive() -> Counter[str]:
    """How many objects there are, by their kind; but for the weak references of sqlite3, which sweeps them itself every two hundred."""
    gc.collect()
    there = (type(each) for each in gc.get_objects() if type(each) is not weakref.ref)
    return Counter(f"{kind.__module__}.{kind.__qualname__}" for kind in there)


def work(floor: Floor, number: int) -> None:
    """Receive, use and refuse something, and take some of it back; each time other lots, other labels."""
    floor.press("mode:receive")
    floor.scan(bag(f"L{number}"))
    floor.scan(f"nonsense {number}")
    floor.press("undo")
    floor.press("mode:consume")
    floor.scan(bag(f"L{number}"))
    floor.scan(f"{number}?")
    floor.press("cancel")
    floor.press("mode:lookup")
    floor.scan(bag(f"L{number}"))
    floor.bench.view()


def test_what_a_station_remembers_does_not_grow_with_its_scans(tmp_path: Path) -> None:
    floor = Floor(new_database(tmp_path / "db"))
    floor.scan(WORKER)
    for mode, paper in (("receive", ORDER), ("consume", WORK_ORDER)):
        floor.press(f"mode:{mode}")
        floor.scan(paper)
    for number in range(WARM_UP):
        work(floor, number)
    before = alive()
    for number in range(WARM_UP, WARM_UP + MORE):
        work(floor, number)
    after = alive()
    floor.close()
    # What one turn leaves may differ from what another leaves, but nothing adds up.
    assert {kind: (before[kind], after[kind]) for kind in after if after[kind] - before[kind] >= MORE} == {}
