"""The kiosk as a whole: what it does when it is put away, asked to end, typed at, or when its disk fails in the background."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.wedge_keys import Key
from kiosk.app.station_thread import StationThread
from kiosk.app.wiring import meetings_with
from kiosk.presenters.views import Keypad, QueueView, ReceiveView, TypeLotView
from kiosk.services.ports import StorageFailed
from kiosk.store.opening import open_station
from kiosk.store.verifying import verify
from tests.corpora import ROOT
from tests.kiosk.app.workplace import NETWORK, SERIAL, Workplace
from tests.kiosk.floor import ORDER, STARCH, STATION, WORKER, Floor, bag

Opened = Callable[..., Workplace]


def test_what_was_read_before_the_end_is_still_answered(opened: Opened) -> None:
    workplace = opened()
    for scan in (WORKER, ORDER):
        workplace.scan(NETWORK, scan)
    for number in range(20):
        workplace.serial.scan(bag(f"LOT-{number}"))
    workplace.wait(lambda: workplace.kiosk.answered >= 3)
    workplace.kiosk.stop()
    answered = workplace.kiosk.answered
    again = opened()
    kinds = [kind for kind, _ in again.events()]
    assert kinds.count("receipt") == answered - 2
    assert verify(again.kiosk.wired.store.database).ok


def test_a_person_types_into_the_pad_that_is_open(opened: Opened) -> None:
    workplace = opened()
    for scan in (WORKER, ORDER):
        workplace.scan(SERIAL, scan)
    kiosk = workplace.kiosk
    workplace.answered(lambda: kiosk.type("12"), 2)  # nothing is open
    workplace.scan(SERIAL, f"{STARCH}1728113010LOT-1")
    workplace.answered(lambda: kiosk.type("1x2..5\b"), 7)
    view = kiosk.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.side, Keypad)
    assert view.side.buffer == "12."
    workplace.answered(lambda: kiosk.type("5\r"), 2)
    assert workplace.events()[-1][1]["base_quantity"] == "12.5"
    workplace.scan(SERIAL, STARCH)
    workplace.touch("type_lot")
    workplace.answered(lambda: kiosk.type("Ab 1.2.3"), 8)
    typing = kiosk.desk.view()
    assert isinstance(typing, TypeLotView)
    assert typing.buffer == "Ab 1.2.3"


def test_a_keyboard_beside_the_wedge_reaches_the_pads(opened: Opened) -> None:
    from config.devices import driver_options
    from config.settings import Scanner
    from drivers.scanners.keyboard_wedge import Scanner as Wedge

    settings = Scanner(name="wedge", driver="keyboard_wedge", options={"people_type": True})
    wedge = Wedge("wedge", driver_options("scanners", settings))
    typed = wedge.press(Key("7", 0, 1.0, False, False, False, False)) + wedge.idle(2.0)
    workplace = opened()
    for scan in (WORKER, ORDER, f"{STARCH}1728113010LOT-1"):
        workplace.scan(SERIAL, scan)
    workplace.answered(lambda: workplace._keys.typed.emit(typed))
    view = workplace.kiosk.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.side, Keypad)
    assert view.side.buffer == "7"


def test_touches_on_the_window_reach_the_desk(opened: Opened) -> None:
    workplace = opened()
    workplace.touch("queue")
    assert isinstance(workplace.kiosk.desk.view(), QueueView)


CHILD = """
import sys
from kiosk.cli.main import main
sys.exit(main(["kiosk", "--config", sys.argv[1]]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_kiosk_ends_at_once_when_the_system_asks_it_to(plant_database: Path, tmp_path: Path, how: signal.Signals) -> None:
    folder = Path(shutil.copytree(plant_database, tmp_path / "station"))
    with socket.create_server(("127.0.0.1", 0)) as scanner:
        config = tmp_path / "station.toml"
        config.write_text(
            f'station = "{STATION}"\ndatabase = "station"\n[screen]\nsize = "1024x600"\n[sounds]\non = false\n[[scanners]]\nname = "dock"\n'
            f'driver = "tcp"\noptions = {{host = "127.0.0.1", port = {scanner.getsockname()[1]}}}\n'
        )
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        kiosk = subprocess.Popen([sys.executable, "-c", CHILD, str(config)], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
        scanner.settimeout(60)
        link, _ = scanner.accept()
        with link:
            link.sendall(f"{WORKER}\r{ORDER}\r{bag('LOT-1')}\r".encode())
            _wait_for_receipt(folder)
            kiosk.send_signal(how)
            _, errors = kiosk.communicate(timeout=30)
    assert (kiosk.returncode, errors) == (0, "")
    store = open_station(folder, STATION)  # it let go of it
    assert verify(store.database).events == 3
    assert verify(store.database).ok
    store.close()


def _wait_for_receipt(folder: Path) -> None:
    import sqlite3
    import time

    raw = sqlite3.connect(f"file:{folder / 'station.db'}?mode=ro", uri=True)
    until = time.monotonic() + 60
    while raw.execute("SELECT count(*) FROM events WHERE kind = 'receipt'").fetchone() != (1,):
        assert time.monotonic() < until
        time.sleep(0.01)
    raw.close()


@pytest.mark.expects_log("kiosk.app.station_thread")
def test_the_station_thread_goes_on_after_a_bug() -> None:
    broken: list[BaseException] = []
    done: list[int] = []
    thread = StationThread(broken.append)
    thread.start()
    for job in (lambda: done.append(1), lambda: 1 / 0, lambda: done.append(2)):
        thread.hand_in(job)
    thread.stop()
    assert done == [1, 2]
    assert [type(error) for error in broken] == [ZeroDivisionError]


def test_jobs_are_done_in_the_order_in_which_they_were_handed_in() -> None:
    done: list[int] = []
    thread = StationThread(lambda error: None)
    for number in range(100):
        thread.hand_in(lambda number=number: done.append(number))
    thread.start()
    threads = [threading.Thread(target=thread.hand_in, args=(lambda: done.append(-1),)) for _ in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    thread.stop()
    assert done == [*range(100), *[-1] * 10]


def test_a_full_disk_ends_no_meeting_with_the_server_for_good(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageFailed("the disk is full")

    meetings = meetings_with(floor.wired.store, STATION, "http://127.0.0.1:9", "token")
    with monkeypatch.context() as broken:
        broken.setattr(type(floor.wired.store.reference), "note_meeting", full)
        report = meetings.sync_once(floor.clock.now)
        assert (report.online, report.words) == (False, "the disk is full")
    report = meetings.sync_once(floor.clock.now)
    assert report.words is not None
    assert "can't be reached" in report.words
    meetings.close()
