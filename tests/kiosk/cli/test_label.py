"""`lotline label`: a file when the label is right; otherwise words, an exit code and no file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.cli.main import main

_LOT = {"gtin": "09520123456788", "lot": "A-1", "expires_on": "2027-11-30", "quantity": "25.00", "unit": "kg"}


def _run(folder: Path, data: object, *more: str, template: str = "lot", language: str = "zpl") -> int:
    (folder / "data.json").write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    words = ["label", template, "--data", str(folder / "data.json"), "--language", language, "-o", str(folder / "out"), *more]
    return main(words)


@pytest.mark.parametrize(("language", "start"), [("zpl", b"^XA"), ("escpos", b"\x1b@"), ("png", b"\x89PNG")])
def test_a_right_label_is_written(tmp_path: Path, language: str, start: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tmp_path, _LOT, language=language) == 0
    assert (tmp_path / "out").read_bytes().startswith(start)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.json", "out"]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("data", "exit_code", "words"),
    [
        ({**_LOT, "gtin": "09520123456789"}, 1, "expected 8. Check the number."),
        ({**_LOT, "expires_on": "2027-02-30"}, 1, "is no day of the calendar."),
        ({**_LOT, "lot": ""}, 1, "lot: is empty"),
        ({**_LOT, "lott": "A"}, 1, "Did you mean 'lot'?"),
        ('{"lot": "A", "lot": "B"}', 1, "the key 'lot' stands twice"),
        ("", 2, "is not JSON (line 1, column 1"),
        ("[1]", 2, "holds a list; expected a JSON object"),
        ("[" * 60_000, 2, "more than a label can say"),
        ('{"lot": ' + "9" * 9_000 + "}", 2, "more than a label can say"),
        ('{"lot": "' + "A" * 70_000 + '"}', 2, "larger than 64 kB"),
    ],
)
def test_wrong_data_are_refused_and_nothing_is_written(
    tmp_path: Path, data: object, exit_code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path, data) == exit_code
    assert [path.name for path in tmp_path.iterdir()] == ["data.json"]
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("lotline label: ")
    assert words in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("template", "more", "words"),
    [
        ("lots", (), "Did you mean 'lot'?"),
        ("lot", ("--media", "100by50"), "is no label size"),
        ("lot", ("--dpi", "72"), "expected one of 203, 300, 600"),
    ],
)
def test_asking_for_what_there_is_not_is_wrong_usage(
    tmp_path: Path, template: str, more: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path, _LOT, *more, template=template) == 2
    assert words in capsys.readouterr().err


def test_an_old_label_stays_when_the_new_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"old")
    assert _run(tmp_path, {**_LOT, "lot": ""}) == 1
    assert (tmp_path / "out").read_bytes() == b"old"


def test_a_printers_device_file_is_written_to_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text(json.dumps(_LOT))
    assert main(["label", "lot", "--data", str(tmp_path / "data.json"), "--language", "zpl", "-o", "/dev/null"]) == 0
    assert Path("/dev/null").is_char_device()


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.json"
    assert main(["label", "lot", "--data", str(missing), "--language", "zpl", "-o", str(tmp_path / "out")]) == 2
    assert f"can't read {missing}: No such file or directory." in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "none" / "out"
    (tmp_path / "data.json").write_text(json.dumps(_LOT))
    assert main(["label", "lot", "--data", str(tmp_path / "data.json"), "--language", "zpl", "-o", str(target)]) == 2
    assert f"can't write {target}: No such file or directory." in capsys.readouterr().err


def _verify(folder: Path, scan: str, **data: str) -> int:
    (folder / "data.json").write_text(json.dumps(_LOT | data), encoding="utf-8")
    return main(["label", "lot", "--data", str(folder / "data.json"), "--language", "zpl", "--verify", scan])


def test_a_scan_of_the_printed_label_proves_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = "]C1010952012345678810A-1\x1d17271130310200250021S-1"
    assert _verify(tmp_path, right, serial="S-1") == 0
    assert capsys.readouterr().out == "The label carries what it must.\n"
    assert _verify(tmp_path, right.replace("A-1", "A-7"), serial="S-1") == 1
    assert "(10) should be 'A-1', read was 'A-7'" in capsys.readouterr().err
    assert _verify(tmp_path, "something else", serial="S-1") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["data.json"]
