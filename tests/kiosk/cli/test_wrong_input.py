"""Every command with wrong input: an exit code, words on standard error that say what to do, and never a traceback."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli.main import COMMANDS, main
from kiosk.store.opening import open_station
from tests.kiosk.floor import STATION, plant_file

NOBODY = "http://127.0.0.1:9"  # the discard port: nobody listens


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs a command and returns its exit code, output and errors."""

    def lotline(*words: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as left:  # argparse's own way
            code = int(str(left.code))
        out, err = capsys.readouterr()
        assert "Traceback" not in err + out
        return code, out, err

    return lotline


Run = Callable[..., tuple[int, str, str]]


def test_no_command_and_help(run: Run) -> None:
    code, out, err = run()
    assert (code, out) == (2, "")
    assert all(name in err for name in COMMANDS)
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert all(does in out for _, does in COMMANDS.values())
    assert run("--version")[0] == 0


@pytest.mark.parametrize(("typed", "meant"), [("raplay", "replay"), ("kisok", "kiosk"), ("doktor", "doctor"), ("QUEUE", "queue")])
def test_an_unknown_command_is_answered_with_the_nearest(run: Run, typed: str, meant: str) -> None:
    code, _, err = run(typed)
    assert code == 2
    assert f"Did you mean {meant!r}?" in err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself_and_refuses_options_that_it_does_not_have(run: Run, command: str) -> None:
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert f"lotline {command}" in out
    code, out, err = run(command, "--no-such-option")
    assert (code, out) == (2, "")
    assert err


LINES: list[tuple[str, str]] = [
    ("scan", "not JSON"),
    ("[1, 2]", "expected an object"),
    ('"text"', "expected an object"),
    ("{}", "expected an object"),
    ('{"scna": "x"}', "Did you mean 'scan'?"),
    ('{"scan": 7}', "can't be understood"),
    ('{"scan": "x", "press": "undo"}', "one line does one thing"),
    ('{"scan": "x", "device": 7}', "'device' is text"),
    ('{"press": "undo", "device": "x"}', "goes with scan"),
    ('{"quantity": "5", "unit": 7}', "'unit' is text"),
    ('{"quantity": "5", "unit": "\\ud800"}', "'unit' is text"),
    ('{"unit": "kg"}', "goes with quantity or weight"),
    ('{"wait": "soon"}', "takes seconds"),
    ('{"wait": "-1"}', "takes 0 to"),
    ('{"wait": "NaN"}', "takes 0 to"),
    ('{"wait": "1e300"}', "takes 0 to"),
    ('{"clock": "yesterday"}', "takes a time like"),
    ('{"clock": "0001-01-01T00:00:00+14:00"}', "takes a year"),
    ('{"clock": "9999-12-31T23:59:59Z"}', "takes a year"),
    ('{"network": "sideways"}', 'expected {"network": "down"} or {"network": "up"}'),
    ('{"printer": "on fire"}', "can't be understood"),
    ('{"scan": 1.5}', "can't be understood"),
    ('{"quantity": 1E9999999999999999999999}', "no number that fits anywhere"),
    ('{"quantity": NaN}', "can't be understood"),
    ('{"quantity": ' + "9" * 5000 + "}", "not JSON"),
    ("[" * 100_000, "not JSON"),
]


@pytest.mark.parametrize(("line", "words"), LINES, ids=[line[:30] for line, _ in LINES])
def test_a_malformed_line_is_told_with_its_number(run: Run, tmp_path: Path, line: str, words: str) -> None:
    script = tmp_path / "script.jsonl"
    script.write_text(f'# a comment\n{{"scan": "B-1001"}}\n\n{line}\n')
    code, out, err = run("replay", "--plant", plant_file(tmp_path), script)
    assert (code, len(out.splitlines())) == (2, 1)
    assert err.startswith("lotline replay: line 4: ")
    assert words in err


def test_a_script_that_is_no_text_or_not_there(run: Run, tmp_path: Path) -> None:
    plant = plant_file(tmp_path)
    script = tmp_path / "script.jsonl"
    script.write_bytes(b"\xff\xfe\x00")
    assert run("replay", "--plant", plant, script)[0] == 2
    code, _, err = run("replay", "--plant", plant, tmp_path / "missing.jsonl")
    assert code == 2
    assert "can't be read" in err
    assert run("replay", "--plant", plant, tmp_path)[0] == 2


def test_replay_speaks_english_unless_it_is_asked_for_another_language(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "script.jsonl"
    script.write_text('{"scan": "B-0"}\n{"press": "language:fr"}\n{"scan": "B-0"}\n')
    why = {"en": "This badge is not known here", "pl": "Ten identyfikator nie jest tu znany"}
    for options, language in (((), "en"), (("--language", "pl"), "pl")):
        code, out, _ = run("replay", "--plant", plant_file(tmp_path), *options, script)
        first, _, last = map(json.loads, out.splitlines())
        assert (code, first["words"]["why"], last["words"]["why"]) == (0, why[language], why[language])
    assert run("replay", "--plant", plant_file(tmp_path), "--language", "xx", script)[0] == 2


def test_what_replay_is_given_beside_its_script(run: Run, tmp_path: Path) -> None:
    plant, script = plant_file(tmp_path), tmp_path / "script.jsonl"
    script.write_text('{"press": "undo"}\n')
    (tmp_path / "file").write_text("two words")
    given = ("replay", "--plant", plant)
    for options, words in (
        (("--separator", "||"), "one character"),
        (("--labels", tmp_path / "file"), "can't be made"),
        (("--token-file", tmp_path / "missing"), "can't be read"),
        (("--token-file", tmp_path / "file"), "no token"),
        (("--db", tmp_path / "file" / "below"), ""),
    ):
        code, out, err = run(*given, *options, script)
        assert (code in (1, 2), out) == (True, ""), options
        assert words in err
    code, out, _ = run(*given, "--server", "nonsense", script)
    assert code == 0  # nobody goes there until a line says so


def test_a_plant_with_three_mistakes_is_told_all_three_with_their_lines(run: Run, tmp_path: Path) -> None:
    plant = tmp_path / "plant.json"
    plant.write_text(
        '{"items": [\n {"item": "A", "gtin": "09520123000012", "unit": "kg"},\n {"item": "B", "unti": "kg"}\n],\n"vendros": []}'
    )
    for words in (("replay", "--plant", plant, "-"), ("import", "--db", tmp_path / "db", plant)):
        code, out, err = run(*words)
        assert (code, out) == (2, "")
        assert "3 mistakes" in err
        for told in (
            "line 2: items[0].gtin",
            "line 3: items[1].unti",
            "Did you mean 'unit'?",
            "line 5: vendros",
            "Did you mean 'vendors'?",
        ):
            assert told in err, told
    assert not (tmp_path / "db").exists()


def settings_file(folder: Path, text: str) -> Path:
    file = folder / "station.toml"
    file.write_text(text)
    return file


def test_settings_with_three_mistakes(run: Run, tmp_path: Path) -> None:
    text = 'staton = "S"\n[screen]\ntheme = "drak"\n[[scanners]]\nname = "a"\ndriver = "serail_line"\n'
    config = settings_file(tmp_path, text)
    code, out, err = run("kiosk", "--config", config)
    assert (code, out) == (2, "")
    for told in ("line 1: staton", "line 3: screen.theme", "line 6: scanners[0].driver", "serial_line"):
        assert told in err, told
    code, out, _ = run("doctor", "--json", "--config", config)
    (finding,) = json.loads(out)
    assert (code, finding["check"], finding["ok"]) == (1, "settings", False)
    assert "line 6" in finding["words"]
    code, _, err = run("kiosk", "--config", tmp_path / "missing.toml")
    assert code == 2
    assert "no such file" in err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f'[server]\nurl = "{NOBODY}"\ntoken_file = "missing"\n', "missing"),
        ('[[scanners]]\nname = "a"\ndriver = "keyboard_wedge"\ncalibration = "missing.json"\n', "missing.json"),
        ('[[scanners]]\nname = "a"\ndriver = "keyboard_wedge"\ncalibration = "station.toml"\n', "no JSON"),
    ],
)
def test_a_file_that_the_settings_name_and_that_is_not_there(run: Run, tmp_path: Path, qapp: object, text: str, words: str) -> None:
    config = settings_file(tmp_path, f'station = "S"\n{text}')
    code, _, err = run("kiosk", "--config", config)
    assert code == 2
    assert words in err
    code, out, _ = run("doctor", "--json", "--config", config)
    assert code == 1
    assert any(words in finding["words"] and finding["advice"] for finding in json.loads(out) if not finding["ok"])


def test_doctor_says_of_each_thing_how_it_is_and_what_to_do(run: Run, tmp_path: Path) -> None:
    config = settings_file(
        tmp_path,
        f'station = "S"\n[server]\nurl = "{NOBODY}"\n[[scanners]]\nname = "dock"\ndriver = "serial_line"\n'
        'options = {port = "/dev/none"}\n[[printers]]\nname = "labels"\ndriver = "network"\n'
        'language = "zpl"\noptions = {host = "127.0.0.1", port = 9}\n',
    )
    code, out, _ = run("doctor", "--json", "--config", config)
    found: dict[str, dict[str, Any]] = {each["check"]: each for each in json.loads(out)}
    assert code == 1
    assert {name for name, each in found.items() if not each["ok"]} == {"server", "dock", "labels", "lot numbers"}
    assert all(found[name]["advice"] for name in ("server", "dock", "labels", "lot numbers"))
    assert found["company prefix"]["advice"]  # no plant was imported; where nobody packs that is no fault
    assert {"version", "settings", "disk", "database", "queue", "names"} <= found.keys()
    code, out, _ = run("doctor", "--config", config)
    assert "NO  labels: printer: can't be reached" in out


def test_a_database_that_another_station_works_with(run: Run, tmp_path: Path, plant_database: Path, qapp: object) -> None:
    folder = Path(shutil.copytree(plant_database, tmp_path / "station"))
    store = open_station(folder, STATION)
    config = settings_file(tmp_path, f'station = "{STATION}"\ndatabase = "station"\n')
    script = tmp_path / "script.jsonl"
    script.write_text("")
    for words in (("kiosk", "--config", config), ("replay", "--db", folder, "--plant", plant_file(tmp_path), script)):
        code, out, err = run(*words)
        assert (code, out) == (1, "")
        assert "another Lotline station is running" in err
    code, out, _ = run("doctor", "--json", "--config", config)
    assert code == 1
    assert any("another Lotline station" in each["words"] for each in json.loads(out))
    store.close()


@pytest.mark.parametrize(
    ("change", "words"), [("UPDATE alembic_version SET version_num = '9999'", "newer"), ("UPDATE station SET station = 'OTHER'", "OTHER")]
)
def test_a_database_that_is_not_for_this_station(
    run: Run, tmp_path: Path, plant_database: Path, qapp: object, change: str, words: str
) -> None:
    folder = Path(shutil.copytree(plant_database, tmp_path / "station"))
    open_station(folder, STATION).close()
    raw = sqlite3.connect(folder / "station.db")
    raw.execute(change)
    raw.commit()
    raw.close()
    code, out, err = run("kiosk", "--config", settings_file(tmp_path, f'station = "{STATION}"\ndatabase = "station"\n'))
    assert (code, out) == (1, "")
    assert words in err


def test_commands_that_need_a_server_which_is_not_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = tmp_path / "token"
    token.write_text("abc\n")
    for words in (("trace", "--item", "A", "--lot", "B", "--server", NOBODY), ("import", "--server", NOBODY, plant_file(tmp_path))):
        code, out, err = run(*words, "--token-file", token)
        assert (code, out) == (1, "")
        assert "can't be reached" in err
        monkeypatch.delenv("LOTLINE_TOKEN", raising=False)
        code, _, err = run(*words)
        assert code == 2
        assert "wants a token" in err


def test_the_demo_is_told_a_station_or_a_folder_that_can_not_be(run: Run, tmp_path: Path) -> None:
    code, _, err = run("demo", "--station", "NOWHERE", "--headless", tmp_path)
    assert code == 2
    assert "DOCK3" in err
    (tmp_path / "file").write_text("")
    code, _, err = run("demo", "--headless", tmp_path / "file")
    assert code == 2
    assert "can't be made" in err
