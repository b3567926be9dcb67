"""The end of the shift: labels again, nobody there, a stop, a broken disk."""

from __future__ import annotations

from kiosk.presenters.idleness import Idleness
from tests.kiosk.floor import RECALLED, SUPERVISOR, WORK_ORDER, WORKER, Floor, bag
from tests.kiosk.session.plant import QUALITY
from tests.kiosk.session.steps import Steps, first


def break_the_disk(floor: Floor) -> None:
    floor.wired.station.fault = "the disk is full"


def nobody_is_there(floor: Floor, minutes: int = 4) -> None:
    bench = floor.bench
    bench.idleness = Idleness(bench.clock)
    bench.idleness.touched(bench.shown)
    floor.clock.advance(60 * minutes)
    bench.look_who_is_there()


def chosen(floor: Floor) -> None:
    floor.press(first(floor, "select:"))


PEOPLE: Steps = [
    ("home, something to look at", lambda floor: (floor.press("acknowledge", "finish", "finish", "home"), floor.scan(QUALITY))),
    ("what was let through", lambda floor: floor.press("queue", "filter:override")),
    ("who let it through", lambda floor: floor.press(first(floor, "select:"))),
    ("not by who took part", lambda floor: (floor.scan(SUPERVISOR), floor.press("queue", "filter:override"), chosen(floor))),
    (
        "it was looked at",
        lambda floor: (floor.scan(QUALITY), floor.press("queue", "filter:override"), chosen(floor), floor.press("reviewed")),
    ),
    ("labels printed last", lambda floor: (floor.press("back"), floor.scan(WORKER), floor.press("mode:reprint"))),
    ("which label", lambda floor: floor.press("choose_order")),
    ("why this label", lambda floor: floor.press(first(floor, "choose:"))),
    ("printed again", lambda floor: floor.press("choose:lost")),
    ("no label of ours", lambda floor: floor.scan(bag("NWS-240817-A"))),
    ("nobody is there", nobody_is_there),
    ("still nobody", lambda floor: (floor.press("mode:consume"), floor.scan(WORK_ORDER), nobody_is_there(floor, minutes=11))),
    ("somebody else goes on", lambda floor: floor.scan(SUPERVISOR)),
    ("stopped at the line", lambda floor: floor.scan(RECALLED)),
    ("locked", break_the_disk),
]
