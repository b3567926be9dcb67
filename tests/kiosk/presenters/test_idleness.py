"""Nobody there: the screen dims after a while, later whoever sat there is signed out, and the open work waits for the next badge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.wiring import wire_station
from kiosk.presenters.bench import WAKE, Bench
from kiosk.presenters.idleness import Idleness
from kiosk.presenters.views import ReceiveView, SignInView, StopView
from kiosk.services.clocks import ScriptClock
from tests.kiosk.floor import NOON, ORDER, RECALLED, SCANNER, STATION, SUPERVISOR, WORKER, bag, new_database

OTHER = "scanner-2"


@pytest.fixture
def clock() -> ScriptClock:
    return ScriptClock(NOON)


@pytest.fixture
def bench(tmp_path: Path, clock: ScriptClock) -> Iterator[Bench]:
    folder = new_database(tmp_path / "station")
    wired = wire_station(folder, STATION, clock, {}, has_server=False, seat_of={OTHER: "2", SCANNER: "1"})
    yield Bench(wired.seats, wired.store.book, wired.store.queue, clock, idleness=Idleness(clock))
    wired.store.close()


def scan(bench: Bench, text: str, device: str = SCANNER) -> None:
    bench.scan(text.encode(), device, bench.clock.now())


def minutes_later(bench: Bench, minutes: float) -> Bench:
    clock = bench.clock
    assert isinstance(clock, ScriptClock)
    clock.advance(minutes * 60)
    bench.look_who_is_there()
    return bench


def dimmed(bench: Bench) -> bool:
    view = bench.view()
    assert not isinstance(view, StopView)
    return view.top.dimmed


def test_the_screen_dims_then_the_worker_is_signed_out_and_the_next_badge_goes_on(bench: Bench) -> None:
    for each in (WORKER, ORDER, bag("LOT-1")):
        scan(bench, each)
    assert not dimmed(minutes_later(bench, 2.9))
    assert dimmed(minutes_later(bench, 0.2))
    assert isinstance(bench.view(), ReceiveView)
    view = minutes_later(bench, 7).view()
    assert isinstance(view, SignInView)
    assert view.resume.startswith("M. Alvarez: PO 4500012345 is still open")
    scan(bench, SUPERVISOR)
    after = bench.view()
    assert isinstance(after, ReceiveView)
    assert after.top.user == "R. Chen"
    assert after.document.number == f"PO {ORDER}"
    assert not after.top.dimmed


def test_a_touch_on_the_dimmed_screen_wakes_it_and_presses_nothing(bench: Bench) -> None:
    scan(bench, WORKER)
    assert dimmed(minutes_later(bench, 3))
    before = bench.desk.said
    bench.press(WAKE)
    assert not dimmed(bench)
    assert bench.desk.said is before
    assert not dimmed(minutes_later(bench, 2.5))


def test_a_scan_wakes_and_is_taken(bench: Bench) -> None:
    scan(bench, WORKER)
    minutes_later(bench, 5)
    scan(bench, ORDER)
    assert not dimmed(bench)
    assert isinstance(bench.view(), ReceiveView)


def test_a_clock_that_is_set_signs_nobody_out(bench: Bench, clock: ScriptClock, monkeypatch: pytest.MonkeyPatch) -> None:
    scan(bench, WORKER)
    monkeypatch.setattr(ScriptClock, "monotonic_us", lambda _clock: 60_000_000)
    assert bench.idleness is not None
    bench.idleness.touched("1")
    minutes_later(bench, 1000)
    assert bench.desk.station.seat.operator is not None


def test_a_stop_stays_for_all_to_see(bench: Bench) -> None:
    for each in (WORKER, ORDER, RECALLED):
        scan(bench, each)
    assert isinstance(minutes_later(bench, 60).view(), StopView)
    assert bench.desk.station.seat.latched is not None
    assert bench.desk.station.seat.latched.refused_meanwhile == 0


def test_each_seat_is_idle_by_itself(bench: Bench) -> None:
    scan(bench, WORKER)
    scan(bench, SUPERVISOR, OTHER)
    minutes_later(bench, 6)
    scan(bench, ORDER, OTHER)
    minutes_later(bench, 6)
    assert bench.desks["1"].station.seat.operator is None
    assert bench.desks["2"].station.seat.operator is not None


def test_the_seats_type_their_pins_apart(bench: Bench) -> None:
    first, second = (bench.desks[name].station for name in ("1", "2"))
    first.typing.press("1")
    assert (first.typing.count, second.typing.count) == (1, 0)


def test_where_nobody_signs_in_nobody_is_signed_out_and_nothing_said_is_lost(tmp_path: Path, clock: ScriptClock) -> None:
    wired = wire_station(new_database(tmp_path / "alone", operators=[]), STATION, clock, {}, has_server=False)
    bench = Bench(wired.seats, wired.store.book, wired.store.queue, clock, idleness=Idleness(clock))
    scan(bench, ORDER)
    scan(bench, bag("LOT-1"))
    said = bench.desk.said
    minutes_later(bench, 60)
    assert bench.desk.said is said
    assert dimmed(bench)
    wired.store.close()


def test_zero_minutes_is_never(clock: ScriptClock) -> None:
    idleness = Idleness(clock, dim_minutes=0, sign_out_minutes=0)
    clock.advance(10**6)
    assert not idleness.dims("1")
    assert not idleness.leaves("1")
