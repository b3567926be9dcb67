from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kiosk.services.ports import StorageFailed
from kiosk.store.opening import FILE, import_plant, open_station, reading_station
from tests.kiosk.store.station_kit import plant, receipt, record


def test_a_database_is_made_once_and_kept(folder: Path) -> None:
    first = open_station(folder, "DOCK-1")
    journal, serials = first.journal.id, first.journal.serials()
    first.close()
    second = open_station(folder, "DOCK-1")
    assert (second.journal.id, second.journal.serials()) == (journal, serials)
    assert second.outbox.journal() == journal
    second.close()
    assert sorted(each.name for each in folder.iterdir()) == ["badge.key", "station.db", "station.lock"]
    assert (folder / "badge.key").stat().st_mode & 0o777 == 0o600


def test_what_people_did_is_for_the_stations_own_account(tmp_path: Path) -> None:
    store = open_station(tmp_path / "made", "DOCK-1")
    with pytest.raises(DBAPIError) as failed, store.database.writing() as connection:
        connection.execute(text("INSERT INTO nothing VALUES (:who)"), {"who": "Ann"})
    store.close()
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "made" / FILE).stat().st_mode & 0o777 == 0o600
    assert "Ann" not in str(failed.value)


def test_every_database_has_its_own_journal_and_serials(tmp_path: Path) -> None:
    one, two = open_station(tmp_path / "one", "S"), open_station(tmp_path / "two", "S")
    assert one.journal.id != two.journal.id
    assert one.journal.serials().prefix != two.journal.serials().prefix
    one.close()
    two.close()


@pytest.mark.parametrize(("station", "start"), [("DOCK-1", "DOCK1-"), ("packing line 12", "PACKINGL-"), ("Ümläut", "MLUT-"), ("—", "S-")])
def test_serials_fit_the_barcode_of_a_label(folder: Path, station: str, start: str) -> None:
    opened = open_station(folder, station)
    prefix = opened.journal.serials().prefix
    opened.close()
    assert prefix.startswith(start)
    # AI 21 holds twenty characters; six are the counter's.
    assert len(prefix) <= 14
    assert prefix.isascii()


def test_two_kiosks_do_not_share_a_database(folder: Path) -> None:
    held = open_station(folder, "DOCK-1")
    with pytest.raises(StorageFailed, match="another Lotline station is running"):
        open_station(folder, "DOCK-1")
    with pytest.raises(StorageFailed, match="another Lotline station is running"):
        import_plant(folder, plant())
    held.close()
    open_station(folder, "DOCK-1").close()


def test_a_database_stays_with_its_station(folder: Path) -> None:
    import_plant(folder, plant())
    open_station(folder, "DOCK-1").close()
    with pytest.raises(StorageFailed, match="belongs to station 'DOCK-1', not to 'DOCK-2'"):
        open_station(folder, "DOCK-2")


def test_a_newer_database_is_left_alone(folder: Path) -> None:
    open_station(folder, "S").close()
    raw = sqlite3.connect(folder / "station.db")
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.close()
    before = (folder / "station.db").read_bytes()
    with pytest.raises(StorageFailed, match="written by a newer Lotline"):
        open_station(folder, "S")
    with pytest.raises(StorageFailed, match="newer Lotline"), reading_station(folder):
        pass
    assert (folder / "station.db").read_bytes() == before


def test_what_is_no_database_of_ours_is_refused(folder: Path) -> None:
    folder.mkdir()
    raw = sqlite3.connect(folder / "station.db")
    raw.execute("CREATE TABLE songs (title)")
    raw.close()
    with pytest.raises(StorageFailed, match="not a database of Lotline"):
        open_station(folder, "S")


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to look at " * 50, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_refused_in_words(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "station.db").write_bytes(content)
    with pytest.raises(StorageFailed, match="damaged"):
        open_station(folder, "S")
    assert (folder / "station.db").read_bytes() == content


def test_without_its_badge_key_no_badge_could_be_known(folder: Path) -> None:
    import_plant(folder, plant())
    (folder / "badge.key").write_bytes(b"another")
    with pytest.raises(StorageFailed, match=r"badge\.key is missing or belongs to another"):
        open_station(folder, "DOCK-1")


def test_a_first_start_that_was_killed_before_the_key_was_noted_starts_again(folder: Path) -> None:
    folder.mkdir()
    (folder / "badge.key.part").write_bytes(b"half")
    (folder / "badge.key").write_bytes(b"a key that no database names")
    open_station(folder, "S").close()
    open_station(folder, "S").close()


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("a file")
    with pytest.raises(StorageFailed, match="can't be used"):
        open_station(tmp_path / "db", "S")


def test_reading_needs_a_database_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match=r"there is no station\.db"), reading_station(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_whose_name_is_special_to_urls(tmp_path: Path) -> None:
    folder = tmp_path / "50% of #2?"
    opened = open_station(folder, "S")
    record(opened, receipt())
    opened.close()
    assert (folder / "station.db").is_file()


@pytest.fixture
def read_only_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "db"
    open_station(folder, "S").close()
    if os.geteuid() == 0:
        pytest.skip("root may write to read-only folders; run as another user")
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    folder.chmod(0o755)


def test_a_read_only_folder_is_refused_in_words(read_only_disk: Path) -> None:
    with pytest.raises(StorageFailed, match=r"can't be opened|read-only"):
        open_station(read_only_disk, "S")
