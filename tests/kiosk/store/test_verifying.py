from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from kiosk.services.ports import StorageFailed
from kiosk.store.opening import FILE, StationStore, reading_station
from kiosk.store.verifying import Verdict, verify
from tests.kiosk.store.station_kit import receipt, record, undo


@pytest.fixture
def journal(store: StationStore) -> Path:
    """A database with six events and a scan for each; nobody works with it."""
    events = record(store, *(receipt(f"L{number}") for number in range(5)))
    undo(store, events[1])
    store.close()
    return store.database.path.parent


def checked(folder: Path) -> Verdict:
    with reading_station(folder) as database:
        return verify(database)


def spoil(folder: Path, *statements: str) -> None:
    raw = sqlite3.connect(folder / FILE)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def test_a_journal_as_it_was_written_holds(journal: Path) -> None:
    verdict = checked(journal)
    assert verdict.ok
    assert (verdict.events, len(verdict.journals)) == (6, 1)


def test_it_can_be_checked_while_the_kiosk_works(store: StationStore) -> None:
    record(store, receipt())
    assert checked(store.database.path.parent).ok
    record(store, receipt())
    assert checked(store.database.path.parent).events == 2


@pytest.mark.parametrize(
    ("column", "where"),
    [("body", "sequence = {n}"), ("hash", "sequence = {n}"), ("id", "sequence = {n}"), ("occurred_at", "sequence = {n}")],
)
@pytest.mark.parametrize("seed", range(6))
def test_a_flipped_bit_in_an_event_is_found(journal: Path, column: str, where: str, seed: int) -> None:
    choose = random.Random(f"{column}{seed}")
    sequence = choose.randint(1, 6)
    _flip(journal, "events", column, where.format(n=sequence), choose)
    verdict = checked(journal)
    assert not verdict.ok
    assert verdict.broken is not None
    assert verdict.broken.sequence == sequence


@pytest.mark.parametrize("column", ["data", "id", "device", "received_at", "aim"])
@pytest.mark.parametrize("seed", range(3))
def test_a_flipped_bit_in_a_scan_is_found(journal: Path, column: str, seed: int) -> None:
    choose = random.Random(f"{column}{seed}")
    row = choose.randint(1, 6)
    _flip(journal, "scans", column, f"row = {row}", choose)
    verdict = checked(journal)
    assert verdict.broken is not None
    assert verdict.broken.sequence == row


def _flip(folder: Path, table: str, column: str, where: str, choose: random.Random) -> None:
    raw = sqlite3.connect(folder / FILE)
    (value,) = raw.execute(f"SELECT {column} FROM {table} WHERE {where}").fetchone()
    data = bytearray(value if isinstance(value, bytes) else value.encode())
    # Bits 0 to 6: text columns stay text.
    data[choose.randrange(len(data))] ^= 1 << choose.randrange(7)
    raw.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (bytes(data) if isinstance(value, bytes) else data.decode(),))
    raw.commit()
    raw.close()


@pytest.mark.parametrize(
    ("statement", "at"),
    [
        ("DELETE FROM events WHERE sequence = 3", 3),
        ("DELETE FROM events WHERE sequence = 6", 6),  # the newest: nothing follows that would miss it
        ("DELETE FROM events WHERE sequence = 1", 1),
        ("DELETE FROM scans WHERE event = 4", 4),
        ("UPDATE scans SET event = NULL WHERE event = 2", 2),
        ("UPDATE events SET sequence = 7 WHERE sequence = 6", 6),
        ("UPDATE events SET kind = 'hold' WHERE sequence = 2", 2),
    ],
)
def test_what_is_missing_or_moved_is_found(journal: Path, statement: str, at: int) -> None:
    spoil(journal, statement)
    verdict = checked(journal)
    assert verdict.broken is not None
    assert verdict.broken.sequence == at


def test_a_body_that_says_the_same_in_other_bytes_is_found(journal: Path) -> None:
    spoil(journal, "UPDATE events SET body = CAST(replace(CAST(body AS TEXT), '\":', '\": ') AS BLOB) WHERE sequence = 4")
    broken = checked(journal).broken
    assert broken is not None
    assert (broken.sequence, "canonical" in broken.words) == (4, True)


def test_a_whole_journal_that_vanished_is_found(journal: Path) -> None:
    spoil(journal, "DELETE FROM events")
    assert not checked(journal).ok
    spoil(journal, "DELETE FROM journals")
    assert not checked(journal).ok


def test_events_of_a_journal_that_is_not_listed_are_found(journal: Path) -> None:
    spoil(journal, "PRAGMA foreign_keys=OFF", "UPDATE journals SET id = 'another'")
    assert not checked(journal).ok


def test_an_envelope_that_was_sealed_anew_does_not_fit_the_next(journal: Path) -> None:
    import json

    from traceability.chain import canonical, hash_of

    raw = sqlite3.connect(journal / FILE)
    (body,) = raw.execute("SELECT body FROM events WHERE sequence = 2").fetchone()
    forged = json.loads(body)
    forged["data"]["why" if "why" in forged["data"] else "description"] = "something else"
    forged["hash"] = hash_of(forged)
    raw.execute("UPDATE events SET body = ?, hash = ? WHERE sequence = 2", (canonical(forged), forged["hash"]))
    raw.commit()
    raw.close()
    verdict = checked(journal)
    assert verdict.broken is not None
    assert (verdict.broken.sequence, "does not follow event 2" in verdict.broken.words) == (3, True)


@pytest.mark.parametrize("seed", range(4))
def test_a_torn_page_of_the_file_is_found_or_refused(journal: Path, seed: int) -> None:
    choose = random.Random(seed)
    path = journal / FILE
    content = bytearray(path.read_bytes())
    page = choose.randrange(1, len(content) // 4096)
    content[page * 4096 : page * 4096 + 4096] = choose.randbytes(4096)
    path.write_bytes(content)
    try:
        assert not checked(journal).ok
    except StorageFailed as failure:
        assert "damaged" in failure.words
