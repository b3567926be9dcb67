"""A scan that can't be kept is not accepted: the station locks, says why, and goes on where it was once the disk is back."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.views import FaultView, HomeView, QueueView, ReceiveView, SignInView
from kiosk.presenters.words import words_of
from kiosk.services.ports import StorageFailed
from tests.kiosk.floor import STARCH, Floor, bag
from traceability.refusals import Reason, Verdict

ENGLISH = load_language(SOURCE)

Fault = Callable[[Floor], Iterator[None]]


def _connection(floor: Floor) -> Connection:
    return floor.wired.store.database.connection()


@contextmanager
def full(floor: Floor) -> Iterator[None]:
    connection = _connection(floor)
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql("CREATE TABLE filler (x)")
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    # What is free inside the file is used up first.
    with pytest.raises(Exception, match="full"):
        connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO filler SELECT zeroblob(100) FROM n"
        )
    for _ in range(100):
        with contextlib.suppress(OperationalError):
            connection.exec_driver_sql("INSERT INTO filler VALUES (zeroblob(100))")
    yield
    connection.exec_driver_sql("PRAGMA max_page_count=1000000")


@contextmanager
def read_only(floor: Floor) -> Iterator[None]:
    _connection(floor).exec_driver_sql("PRAGMA query_only=1")
    yield
    _connection(floor).exec_driver_sql("PRAGMA query_only=0")


@contextmanager
def locked(floor: Floor) -> Iterator[None]:
    _connection(floor).exec_driver_sql("PRAGMA busy_timeout=1")
    other = sqlite3.connect(floor.folder / "station.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


FAULTS = [(full, "disk is full"), (read_only, "read-only"), (locked, "another program holds")]


@pytest.mark.parametrize(("fault", "words"), FAULTS, ids=[each[0].__name__ for each in FAULTS])
def test_nothing_is_accepted_until_the_disk_is_back(floor: Floor, fault: Callable[[Floor], Iterator[None]], words: str) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("BEFORE"))
    seat, events = floor.wired.station.seat, floor.events()
    with fault(floor):
        outcome = floor.scan(bag("LOST"))
        assert (outcome.said.verdict, outcome.said.reason) == (Verdict.STOP, Reason.STORAGE_FAILED)
        assert words in words_of(outcome.said, ENGLISH).why
        view = floor.desk.view()
        assert isinstance(view, FaultView)
        assert words in view.reason
        assert view.button is not None
        floor.press(view.button.action)
        assert isinstance(floor.desk.view(), FaultView)  # it was tried, and is not back yet
        assert floor.scan(bag("ALSO")).said.verdict is Verdict.STOP
        floor.press("undo")
        assert (floor.wired.station.seat, floor.events()) == (seat, events)
    floor.press("try_again")
    assert isinstance(floor.desk.view(), ReceiveView)
    assert floor.scan(bag("AFTER")).said.verdict is Verdict.ACCEPTED
    assert [event["data"]["lot"] for event in floor.events("receipt")] == ["BEFORE", "AFTER"]


def test_a_scan_that_finds_the_disk_back_unlocks_by_itself(floor: Floor) -> None:
    floor.sign_in_and_open()
    with read_only(floor):
        floor.scan(bag("LOST"))
    assert floor.scan(bag("AFTER")).said.verdict is Verdict.ACCEPTED
    assert isinstance(floor.desk.view(), ReceiveView)


def test_a_scan_that_was_kept_but_not_answered_is_named_once_the_disk_is_back(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    floor.sign_in_and_open()
    journal = type(floor.wired.store.journal)
    with monkeypatch.context() as broken:
        broken.setattr(journal, "commit", _disk_is_full)
        assert floor.scan(bag("HALF")).said.reason is Reason.STORAGE_FAILED
        floor.press("try_again")
        assert isinstance(floor.desk.view(), FaultView)
    floor.press("try_again")
    assert isinstance(floor.desk.view(), ReceiveView)
    (left,) = floor.events("abandonment")
    assert (left["data"]["why"], len(left["scans"])) == ("not_stored", 1)


def test_scans_that_were_freed_while_the_disk_was_full_are_named_and_not_counted(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{STARCH}1728113010ASKED")
    floor.scan(bag("WAITS-1"))
    floor.scan(bag("WAITS-2"))
    journal, works = type(floor.wired.store.journal), iter([True])
    commit = journal.commit
    with monkeypatch.context() as broken:
        broken.setattr(journal, "commit", lambda self, work: commit(self, work) if next(works, False) else _disk_is_full())
        given = floor.wired.station.give_quantity("10", None)
    assert given.said.verdict is Verdict.ACCEPTED  # that one is on disk
    assert [freed.said.reason for freed in given.then] == [Reason.STORAGE_FAILED] * 2
    assert isinstance(floor.desk.view(), FaultView)
    floor.press("try_again")
    (left,) = floor.events("abandonment")
    assert len(left["scans"]) == 2
    assert [event["data"]["lot"] for event in floor.events("receipt")] == ["ASKED"]


@contextmanager
def torn(floor: Floor) -> Iterator[None]:
    """The file is overwritten beneath the station, and nothing of it is in memory any more."""
    file = floor.folder / "station.db"
    _connection(floor).exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = file.read_bytes()
    _overwritten(floor, file, bytes(len(whole)))
    yield
    _overwritten(floor, file, whole)


def _overwritten(floor: Floor, file: Path, content: bytes) -> None:
    with file.open("r+b") as opened:  # in place: the station has it open
        opened.write(content)
    for connection in floor.wired.store.database._all:
        connection.exec_driver_sql("PRAGMA shrink_memory")


@pytest.mark.parametrize(
    ("touches", "shown"), [((), ReceiveView), (("home",), HomeView), (("queue",), QueueView), (("sign_out",), SignInView)]
)
def test_a_database_that_can_not_even_be_read_locks_the_screen(floor: Floor, touches: tuple[str, ...], shown: type) -> None:
    floor.sign_in_and_open()
    for touch in touches:
        floor.press(touch)
    assert isinstance(floor.desk.view(), shown)
    seat, events = floor.wired.station.seat, floor.events()
    with torn(floor):
        view = floor.desk.view()  # nothing was scanned or touched: to look is enough
        assert isinstance(view, FaultView)
        assert "damaged" in view.reason
        floor.press("try_again")
        assert isinstance(floor.desk.view(), FaultView)
        assert floor.scan(bag("LOT")).said.reason is Reason.STORAGE_FAILED
    floor.press("try_again")
    assert isinstance(floor.desk.view(), ReceiveView if shown is QueueView else shown)  # a scan closes what lay over the work
    assert (floor.wired.station.seat, floor.events()) == (seat, events)


def test_a_scan_whose_rules_can_not_be_read_is_not_accepted(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    floor.sign_in_and_open()
    with monkeypatch.context() as broken:
        broken.setattr(type(floor.wired.store.book), "policies", _disk_is_full)
        assert floor.scan(bag("LOT")).said.reason is Reason.STORAGE_FAILED
    floor.press("try_again")
    assert isinstance(floor.desk.view(), ReceiveView)


def _disk_is_full(*_: object, **__: object) -> None:
    raise StorageFailed("the disk is full")


def test_a_database_of_a_newer_version_is_left_alone(floor: Floor, tmp_path: Path) -> None:
    floor.close()
    raw = sqlite3.connect(floor.folder / "station.db")
    (before,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    with pytest.raises(StorageFailed, match="newer"):
        Floor(floor.folder)
    raw.execute("UPDATE alembic_version SET version_num = ?", (before,))
    raw.commit()
    raw.close()
    floor.restart()
