"""`lotline barcode`: the answers that other people's scripts read, and the words that people read."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from kiosk.cli.main import main

LABEL = "]C1010952012345678831020025001726110010ABC"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        code = main(["barcode", *words])
    except SystemExit as left:  # argparse
        code = int(left.code or 0)
    told = capsys.readouterr()
    return code, told.out, told.err


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_label_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--json", "--today", "2026-11-21", LABEL)
    assert code == 0
    assert objects(out) == [
        {
            "scan": LABEL,
            "ok": True,
            "format": "gs1",
            "elements": [["01", "09520123456788"], ["3102", "002500"], ["17", "261100"], ["10", "ABC"]],
            "facts": {"gtin": "09520123456788", "lot": "ABC", "expires_on": "2026-11-30", "quantity": "25.00", "unit": "kg"},
            "error": None,
        }
    ]


def test_an_error_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--json", "]C10112345678901234")
    assert code == 1
    (told,) = objects(out)
    assert (told["ok"], told["format"], told["facts"]) == (False, "gs1", {})
    assert told["error"]["reason"] == "BARCODE_INVALID"
    assert told["error"]["marked"] == "(01)1234567890123|4|"
    assert told["error"]["position"] == 18


def test_lines_of_json_strings_are_answered_in_order(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b'"10D9T"\n"]C110A\\u001d21B"\n"\\ud800"\n\n"..K.QTY.5.Y"\n""\n')
    code, out, _ = run(capsys, "--json")
    assert code == 1
    told = objects(out)
    assert [one["format"] for one in told] == ["plain", "gs1", None, "command", None]
    assert told[1]["elements"] == [["10", "A"], ["21", "B"]]
    assert told[2]["scan"] == "\ud800"
    assert told[3]["facts"] == {"command": "QTY.5"}
    assert told[4]["error"]["reason"] == "BARCODE_UNREADABLE"


@pytest.mark.parametrize("line", [b"ABC", b"{}", b"12", b'"\xff"', b'"open', b"[" * 5000, b"null"])
def test_a_line_that_is_no_json_string_is_named(line: bytes, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b'"fine"\n' + line + b'\n"never read"\n')
    code, out, err = run(capsys, "--json")
    assert code == 2
    assert len(objects(out)) == 1
    assert "line 2 of standard input is no JSON string" in err


def test_plain_lines_for_people(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, f"{LABEL}\r\n".encode() + b"]C10112345678901234\n")
    code, out, _ = run(capsys, "--today", "2026-11-21")
    assert code == 1
    assert "expires on   = 2026-11-30" in out
    assert "BARCODE_INVALID: GTIN (01): the check digit is 4, expected 1." in out
    assert "(01)1234567890123|4|" in out


def test_the_station_s_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "10D9T")[1].splitlines()[1].split() == ["format", "plain"]
    assert objects(run(capsys, "--json", "--assume-gs1", "10D9T")[1])[0]["facts"] == {"lot": "D9T"}
    assert objects(run(capsys, "--json", "--separator", "|", "0109520123456788" + "10A|21B")[1])[0]["facts"]["serial"] == "B"
    assert objects(run(capsys, "--json", "--typed", "(10)A(21)B")[1])[0]["facts"] == {"lot": "A", "serial": "B"}


def test_two_readings_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--json", "--assume-gs1", "4006381333931")
    (told,) = objects(out)
    assert (code, told["ok"], told["error"]["reason"]) == (1, False, "AMBIGUOUS")
    assert [reading["format"] for reading in told["readings"]] == ["gs1", "retail"]
    assert "AMBIGUOUS" in run(capsys, "--assume-gs1", "4006381333931")[1]


@pytest.mark.parametrize("words", [["--separator", "ab", "x"], ["--today", "21.11.2026", "x"], ["--no-such"]])
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, *words)
    assert code == 2
    assert "Traceback" not in err


def test_control_characters_never_reach_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "]d1\x1b[31mred")
    assert "\x1b" not in out


def test_it_starts_without_the_heavy_libraries() -> None:
    heavy = {"PySide6", "sqlalchemy", "requests", "pydantic"}
    code = f"import sys; from kiosk.cli.main import main; main(['barcode', 'X']); print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[-1] == "[]"
