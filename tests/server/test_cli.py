"""`lotline server`, `import` and `trace` as a person or a script meets them."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
import trustme
from cryptography.hazmat.primitives import serialization

from kiosk.cli.main import main
from server.store.database import open_database
from server.store.schema import epoch
from sync.client import SyncSession
from sync.http import Address, Connection
from tests.simulators.journals import START, StationJournal, receipt

PLANT = {
    "items": [{"item": "FLOUR", "unit": "kg", "description": "Wheat flour"}],
    "vendors": [{"vendor": "V1", "name": "Mill"}],
    "purchase_orders": [{"order": "PO-1", "vendor": "V1", "lines": [{"item": "FLOUR", "quantity": "100"}]}],
}


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    file = tmp_path / "plant.json"
    file.write_text(json.dumps(PLANT))
    return file


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "server"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    def lotline(*words: object) -> tuple[int, str, str]:
        try:
            code = main([str(word) for word in words])
        except SystemExit as error:
            code = int(error.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        assert not [file for file in psutil.Process().open_files() if file.path.startswith(str(tmp_path))], "left open"
        return code, out, err

    return lotline


def test_a_token_is_shown_once_or_kept_in_a_file_of_its_owner(run: Any, directory: Path, tmp_path: Path) -> None:
    code, out, err = run("server", "enrol", "S1", "--db", directory)
    assert (code, out.startswith("lotline-station-"), len(out.split())) == (0, True, 1)
    assert "not shown again" in err
    file = tmp_path / "token"
    assert run("server", "admin", "ann", "--db", directory, "--token-file", file)[0] == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert re.fullmatch(r"lotline-admin-\S{43}\n", file.read_text())


def test_a_token_that_can_not_be_written_is_not_issued(run: Any, directory: Path, tmp_path: Path) -> None:
    code, _, err = run("server", "enrol", "S1", "--db", directory, "--token-file", tmp_path / "missing" / "token")
    assert code == 2
    assert "can't be written" in err
    assert run("server", "revoke", "S1", "--db", directory)[0] == 1


@pytest.mark.parametrize("name", ["", " ", "S 1 ", "S\n1", "x" * 129])
def test_a_name_that_is_none_is_refused(run: Any, directory: Path, name: str) -> None:
    assert run("server", "enrol", name, "--db", directory)[0] == 2


def test_reference_data_is_stored_once(run: Any, directory: Path, plant: Path) -> None:
    assert run("server", "import", plant, "--db", directory)[1] == "3 records read, 3 of them new or changed\n"
    assert run("server", "import", plant, "--db", directory)[1] == "3 records read, 0 of them new or changed\n"


def test_a_plant_file_with_mistakes_is_refused_whole(run: Any, directory: Path, plant: Path) -> None:
    plant.write_text('{"itemz": [], "vendors": [{}]}')
    code, _, err = run("server", "import", plant, "--db", directory)
    assert code == 2
    assert "items" in err
    assert "vendor" in err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--host", "0.0.0.0"], "--certificate"),
        (["--certificate", "c.pem"], "go together"),
        (["--certificate", "no.pem", "--key", "no.pem"], "no file"),
        (["--certificate", "{folder}/server.pem", "--key", "{folder}/other.key"], "another certificate's"),
        (["--certificate", "{folder}/server.key", "--key", "{folder}/server.key"], "expected a certificate"),
        (["--certificate", "{folder}/server.pem", "--key", "{folder}/locked.key"], "without pass phrase"),
        (["--host", "256.1.1.1", "--insecure-plain-http"], "listened"),
        (["--port", "99999"], "no port"),
    ],
)
def test_a_server_that_can_not_run_says_why(run: Any, directory: Path, words: list[str], expected: str, tmp_path: Path) -> None:
    _certificates(tmp_path)
    _unfit_keys(tmp_path)
    code, _, err = run("server", "run", "--db", directory, *(word.format(folder=tmp_path) for word in words))
    assert code == 2
    assert expected in err


def test_a_taken_port_is_said(run: Any, directory: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "listened" in run("server", "run", "--db", directory, "--port", taken.getsockname()[1])[2]


def test_a_directory_that_can_not_be_made_is_said(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert run("server", "migrate", "--db", tmp_path / "file" / "server")[0] == 1


def test_migrate_and_backup(run: Any, directory: Path, tmp_path: Path) -> None:
    assert run("server", "migrate", "--db", directory)[0] == 0
    assert run("server", "backup", "--db", directory, tmp_path / "copy.db")[0] == 0
    assert run("server", "backup", "--db", directory, tmp_path / "copy.db")[0] == 1


def test_stations_are_told_that_an_older_copy_took_the_databases_place(run: Any, directory: Path) -> None:
    assert run("server", "migrate", "--db", directory)[0] == 0
    epochs = []
    for _ in range(2):
        with closing(open_database(str(directory))) as database, database.reading() as connection:
            epochs.append(epoch(connection))
        assert run("server", "restored", "--db", directory)[0] == 0
    assert epochs[0] != epochs[1]


@contextmanager
def running(directory: Path, *words: str) -> Iterator[str]:
    command = [sys.executable, "-m", "kiosk", "server", "run", "--db", str(directory), "--port", "0", *words]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    with process.stdout:
        yield process.stdout.readline().split()[-1]
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)


def _certificates(tmp_path: Path) -> tuple[Path, Path, Path]:
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    files = tmp_path / "ca.pem", tmp_path / "server.pem", tmp_path / "server.key"
    authority.cert_pem.write_to_path(files[0])
    issued.cert_chain_pems[0].write_to_path(files[1])
    issued.private_key_pem.write_to_path(files[2])
    return files


def _unfit_keys(tmp_path: Path) -> None:
    trustme.CA().issue_cert("127.0.0.1").private_key_pem.write_to_path(tmp_path / "other.key")
    key = serialization.load_pem_private_key((tmp_path / "server.key").read_bytes(), None)
    locked = serialization.BestAvailableEncryption(b"secret")
    (tmp_path / "locked.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked))


@pytest.mark.slow
def test_from_enrolment_to_trace_over_tls(run: Any, directory: Path, plant: Path, tmp_path: Path) -> None:
    admin, station = tmp_path / "admin", tmp_path / "station"
    run("server", "admin", "ann", "--db", directory, "--token-file", admin)
    run("server", "enrol", "S1", "--db", directory, "--token-file", station)
    authority, certificate, key = _certificates(tmp_path)
    with running(directory, "--certificate", str(certificate), "--key", str(key)) as url:
        access = ("--server", url, "--token-file", admin, "--ca-file", authority)
        assert run("import", *access, plant)[1] == "3 records sent, 3 of them new or changed\n"
        journal = StationJournal()
        journal.add("receipt", receipt(containers=[{"serial": "C-1", "quantity": "25", "unit": "kg"}]))
        connection = Connection(Address(url, station.read_text().strip(), str(authority)))
        report = SyncSession("S1", connection, journal, journal).sync_once(lambda: START)
        connection.close()
        assert (report.complete, report.pushed, report.pulled) == (True, 1, 5)
        asked = ("trace", "--item", "FLOUR", "--lot", "L1", "--json")
        code, out, _ = run(*asked, *access)
        assert code == 0
        assert json.loads(out)["received"][0]["order"] == "PO-1"
        code, out, _ = run("trace", "--serial", "C-1", *access)
        assert code == 0
        assert out.startswith("Container C-1\n  2026-11-21T10:00:00")
        code, out, _ = run(*asked, *access)
        # Without the plant's authority nobody is believed.
        assert "did not prove" in run(*asked, "--server", url, "--token-file", admin)[2]
    beside = json.loads(run(*asked, "--db", directory)[1])
    assert {**beside, "as_of": None} == {**json.loads(out), "as_of": None}


def test_a_trace_says_no_in_words(run: Any, directory: Path, tmp_path: Path) -> None:
    asked = ("trace", "--item", "I", "--lot", "L")
    assert run(*asked)[0] == 2
    assert "no server's database" in run(*asked, "--db", tmp_path)[2]
    run("server", "migrate", "--db", directory)
    code, out, err = run(*asked, "--db", directory)
    assert (code, out) == (1, "")
    assert "no lot 'L' of item 'I'" in err
    code, out, err = run("trace", "--serial", "P-1", "--db", directory)
    assert (code, out) == (1, "")
    assert "no piece, container, carton or pallet 'P-1'" in err
    code, out, err = run("trace", "--item", "I", "--db", directory)
    assert (code, out) == (2, "")
    assert "--serial" in err


def test_a_command_wants_a_token_and_a_server(run: Any, plant: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOTLINE_TOKEN", raising=False)
    assert "wants a token" in run("import", "--server", "http://127.0.0.1:1", plant)[2]
    assert "can't be read" in run("import", "--server", "http://127.0.0.1:1", "--token-file", tmp_path / "none", plant)[2]
    (tmp_path / "two").write_text("two words")
    assert "holds no token" in run("import", "--server", "http://127.0.0.1:1", "--token-file", tmp_path / "two", plant)[2]
    monkeypatch.setenv("LOTLINE_TOKEN", "lotline-admin-x")
    code, _, err = run("import", "--server", "http://127.0.0.1:1", plant)
    assert code == 1
    assert "can't be reached" in err


def test_one_station_can_be_given_its_data_directly(run: Any, plant: Path, tmp_path: Path) -> None:
    code, out, _ = run("import", "--db", tmp_path / "station", plant)
    assert (code, out.startswith("3 records")) == (0, True)
