from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from kiosk.cli.main import main
from kiosk.store.opening import open_station
from sync.protocol import Answer, AnswerKind
from tests.kiosk.store.station_kit import NOW, receipt, record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = open_station(tmp_path / "db", "DOCK-1")
    events = record(store, receipt("L1"), receipt("L2"), receipt("L3"))
    parked = Answer(id=str(events[1]["id"]), sequence=2, answer=AnswerKind.PARKED, words="the item is not known")
    store.outbox.record_answers([Answer(id=str(events[0]["id"]), sequence=1, answer=AnswerKind.ACKNOWLEDGED), parked], NOW)
    store.reference.note_meeting(NOW, online=True, complete=True)
    store.close()
    return store.database.path.parent


def test_the_queue_for_scripts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["queue", "--json", "--db", str(folder)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    queue = json.loads(line)
    (parked,) = queue.pop("parked")
    assert (parked["sequence"], parked["kind"], parked["tries"], parked["words"]) == (2, "receipt", 1, "the item is not known")
    assert len(queue.pop("journal")) == 36
    assert queue == {
        "station": "DOCK-1",
        "online": True,
        "waiting": 1,
        "exceptions": 0,
        "oldest_at": "2026-11-21T10:00:00Z",
        "last_sync_at": "2026-11-21T10:00:00Z",
    }


def test_the_queue_for_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["queue", "--db", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "1 events wait to be sent, the oldest since 2026-11-21T10:00:00Z" in out
    assert "parked: receipt 2 of 2026-11-21T10:00:00Z: the item is not known" in out


def test_a_whole_journal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--json", "--db", str(folder)]) == 0
    verdict = json.loads(capsys.readouterr().out)
    assert (verdict["ok"], verdict["events"], len(verdict["journals"]), verdict["broken_at"]) == (True, 3, 1, None)
    assert main(["verify", "--db", str(folder)]) == 0
    assert "All 3 events" in capsys.readouterr().out


def test_a_spoilt_journal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = sqlite3.connect(folder / "station.db")
    raw.execute("UPDATE events SET body = CAST(replace(CAST(body AS TEXT), '\"50\"', '\"51\"') AS BLOB) WHERE sequence = 2")
    raw.commit()
    raw.close()
    assert main(["verify", "--json", "--db", str(folder)]) == 1
    verdict = json.loads(capsys.readouterr().out)
    assert (verdict["ok"], verdict["events"], verdict["broken_at"]) == (False, 3, 2)
    assert main(["verify", "--db", str(folder)]) == 1
    assert "event 2 was changed" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["queue", "verify"])
def test_a_folder_without_a_database(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--json", "--db", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "there is no station.db in" in captured.err
    assert "Traceback" not in captured.err


def test_a_file_that_can_not_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "station.db").write_bytes(b"nonsense " * 1000)
    assert main(["queue", "--db", str(tmp_path)]) == 1
    assert "damaged" in capsys.readouterr().err
    assert main(["verify", "--json", "--db", str(tmp_path)]) == 1
    verdict = json.loads(capsys.readouterr().out)
    assert (verdict["ok"], verdict["events"], verdict["broken_at"]) == (False, 0, None)
    assert "damaged" in verdict["words"]


@pytest.mark.parametrize("command", ["queue", "verify"])
def test_an_empty_database_is_no_station(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "station.db").touch()
    assert main([command, "--db", str(tmp_path)]) == 2
    assert "no station has worked with it" in capsys.readouterr().err
