"""A scan that can't be kept is not accepted: whatever the disk does, it is said in words and nothing is half-written."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.services.ports import StorageFailed, Work
from kiosk.store.faults import storage_faults
from kiosk.store.opening import FILE, StationStore, open_station
from kiosk.store.verifying import verify
from tests.corpora import ROOT
from tests.kiosk.store.station_kit import label, receipt, record, scan, stamp
from traceability.workflows.step import Record


def _fill(store: StationStore) -> int:
    """Commit until the disk is full; return how many receipts were taken."""
    for taken in range(5000):
        try:
            record(store, receipt(f"L{taken}", containers=()), prints=(label(f"S-{taken}"),))
        except StorageFailed as failure:
            assert "disk is full" in failure.words
            return taken
    raise AssertionError("the disk never filled up")


def test_a_full_disk_is_said_and_what_was_accepted_stays(store: StationStore) -> None:
    store.database.connection().exec_driver_sql("PRAGMA max_page_count=120")
    taken = _fill(store)
    assert store.outbox.last_sequence() == taken
    assert store.prints.waiting_count() == taken
    with pytest.raises(StorageFailed, match="disk is full"):
        _keep_scans(store, 200)
    assert verify(store.database).ok
    # Space is back: work goes on where it was.
    store.database.connection().exec_driver_sql("PRAGMA max_page_count=100000")
    record(store, receipt("again"))
    assert store.outbox.last_sequence() == taken + 1


def _keep_scans(store: StationStore, count: int) -> None:
    for _ in range(count):
        store.journal.keep_scan(scan(b"x" * 8000))


@pytest.fixture
def small_disk(known_plant: Path) -> Iterator[Path]:
    """A real file system of two megabytes."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    with tempfile.TemporaryDirectory() as mount:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mount], capture_output=True, check=False)
        if mounted.returncode != 0:
            pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
        try:
            yield Path(shutil.copytree(known_plant, Path(mount) / "db"))
        finally:
            subprocess.run(["umount", mount], check=True)


def test_a_file_system_that_is_really_full(small_disk: Path) -> None:
    store = open_station(small_disk, "DOCK-1")
    taken = _fill(store)
    assert taken > 10
    store.close()
    again = open_station(small_disk, "DOCK-1")
    assert again.outbox.last_sequence() == taken
    assert verify(again.database).ok
    again.close()


def test_a_file_system_that_turned_read_only(small_disk: Path) -> None:
    open_station(small_disk, "DOCK-1").close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk.parent)], check=True)
    with pytest.raises(StorageFailed, match="read-only"):
        open_station(small_disk, "DOCK-1")
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk.parent)], check=True)


LIMITED = """
import resource, signal, sys
from pathlib import Path
from kiosk.services.ports import StorageFailed
from kiosk.store.opening import open_station
from tests.kiosk.store.station_kit import receipt, record
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_station(Path(sys.argv[1]), "DOCK-1")
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    for number in range(5000):
        record(store, receipt(f"L{number}"))
        print(number + 1, flush=True)
except StorageFailed as failure:
    print(failure.words)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="file sizes can't be limited here")
def test_a_file_that_may_not_grow(known_plant: Path, folder: Path) -> None:
    shutil.copytree(known_plant, folder)
    done = subprocess.run([sys.executable, "-c", LIMITED, str(folder), "600000"], cwd=ROOT, capture_output=True, text=True, check=True)
    *taken, words = done.stdout.splitlines()
    assert "disk" in words
    store = open_station(folder, "DOCK-1")
    assert store.outbox.last_sequence() == int(taken[-1])
    assert verify(store.database).ok
    store.close()


def test_another_program_that_holds_the_database(store: StationStore) -> None:
    store.database.connection().exec_driver_sql("PRAGMA busy_timeout=20")
    other = sqlite3.connect(store.database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageFailed, match="another program holds"):
        store.journal.keep_scan(scan())
    with pytest.raises(StorageFailed, match="another program holds"):
        store.journal.commit(Work(stamp(), (Record(receipt()),)))
    # Reading goes on meanwhile.
    assert store.book.item("FLOUR") is not None
    other.execute("ROLLBACK")
    other.close()
    record(store, receipt())
    assert store.outbox.last_sequence() == 1


def test_a_database_whose_pages_were_overwritten(store: StationStore) -> None:
    record(store, receipt())
    store.close()
    path = store.database.path.parent / FILE
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    with pytest.raises(StorageFailed, match="damaged"):
        open_station(path.parent, "DOCK-1")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "can't be opened"),
        (errno.EIO, "I/O error"),
        (errno.ENAMETOOLONG, "can't be used"),
    ],
)
def test_what_the_operating_system_says_in_words(number: int, words: str) -> None:
    with pytest.raises(StorageFailed, match=words), storage_faults():
        raise OSError(number, os.strerror(number))


def test_a_bug_is_not_dressed_up_as_a_storage_fault(store: StationStore) -> None:
    kept = scan()
    store.journal.keep_scan(kept)
    with pytest.raises(Exception, match="UNIQUE constraint failed"):
        store.journal.keep_scan(kept)
    with pytest.raises(Exception, match="no such table"), store.database.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere")
