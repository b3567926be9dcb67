"""The screens of real sessions: every golden picture is a view that the product itself came to, under the name of its step."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from kiosk.presenters.views import SeatBand, View
from sync.protocol import AnswerKind
from tests.kiosk.floor import ORDER, RECALLED, SCANNER, SUPERVISOR, WORK_ORDER, WORKER, Floor, bag
from tests.kiosk.session import SESSION
from tests.kiosk.session.goods_in import answered, come_back_online

#: Looked at in another language as well, under the step's name and that of the language.
IN_GERMAN: Final = frozenset({"expired", "used"})
SECOND: Final = "scanner-2"


@dataclass(frozen=True, slots=True)
class Looked:
    """What the station showed at a step, and what it said of the other seats."""

    view: View
    beside: tuple[SeatBand, ...] = ()


def played(database: Path, folder: Path) -> Mapping[str, Looked]:
    """Play the long session and one of two seats; return what was seen at every step."""
    return {**_session(_with_ids_in_turn(Floor(_copy(database, folder / "one")))), **_two_seats(_copy(database, folder / "two"))}


def _copy(database: Path, to: Path) -> Path:
    return Path(shutil.copytree(database, to))


def _with_ids_in_turn(floor: Floor) -> Floor:
    """Ids are the same every time: one of them stands on a picture."""
    turn = count(1)
    for station in floor.wired.seats.stations.values():
        station.entropy = lambda size: next(turn).to_bytes(size, "big")
    return floor


def _session(floor: Floor) -> dict[str, Looked]:
    seen = {}
    for step, act in SESSION:
        act(floor)
        # The wire does this within a second; what quality held together would come back in the feed, and there is no server here.
        if floor.desk.health.online and floor.wired.station.seat.mode != "quality":
            answered(floor, AnswerKind.ACKNOWLEDGED)
        seen[step] = Looked(floor.desk.view())
        if step in IN_GERMAN:
            floor.press("language:de")
            seen[f"{step}, German"] = Looked(floor.desk.view())
            floor.press("language:en")
    floor.close()
    return seen


def _two_seats(folder: Path) -> dict[str, Looked]:
    floor, seen = Floor(folder, seat_of={SCANNER: "1", SECOND: "2"}), {}
    for code, scanner in ((WORKER, SCANNER), (ORDER, SCANNER), (bag("NWS-240817-C"), SCANNER), (SUPERVISOR, SECOND), (WORK_ORDER, SECOND)):
        floor.scan(code, scanner)
    floor.scan(bag("NWS-240601-A"), SECOND)
    come_back_online(floor)
    seen["beside another seat"] = Looked(floor.bench.view(), floor.bench.bands())
    floor.scan(RECALLED, SECOND)
    answered(floor, AnswerKind.ACKNOWLEDGED)
    seen["beside a stopped seat"] = Looked(floor.bench.view(), floor.bench.bands())
    floor.close()
    return seen
