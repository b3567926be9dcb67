"""`lotline decode` as a person and a script use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.cli.decode import visible
from kiosk.cli.main import main


@pytest.fixture
def label(tmp_path: Path) -> Path:
    path = tmp_path / "label.png"
    barcode = zxingcpp.create_barcode("(10)LOT-1(21)S7", zxingcpp.BarcodeFormat.DataMatrix, gs1=True)
    Image.fromarray(barcode.to_image(scale=6, add_quiet_zones=True)).save(path)
    return path


@pytest.mark.parametrize("decoder", [[], ["--decoder", "zxing"]])
def test_json_is_one_line_a_picture(label: Path, decoder: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decode", "--json", str(label), str(label), *decoder]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["image"] for line in lines] == [str(label)] * 2
    (barcode,) = lines[0]["barcodes"]
    assert {key: barcode[key] for key in ("text", "symbology", "aim")} == {
        "text": "10LOT-1\x1d21S7",
        "symbology": "datamatrix",
        "aim": "]d2",
    }
    assert [len(corner) for corner in barcode["corners"]] == [2, 2, 2, 2]


def test_for_people_control_characters_have_names(label: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decode", str(label)]) == 0
    assert capsys.readouterr().out == f"{label}: datamatrix ]d2 10LOT-1<GS>21S7\n"


def test_missing_empty_and_blank_pictures_are_named_and_the_others_are_read(
    label: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.png").touch()
    (tmp_path / "text.png").write_text("no picture", encoding="ascii")
    Image.new("L", (50, 50), 255).save(tmp_path / "blank.png")
    names = ["gone.png", "empty.png", "text.png", "blank.png"]
    assert main(["decode", "--json", *(str(tmp_path / name) for name in names), str(tmp_path), str(label)]) == 1
    captured = capsys.readouterr()
    assert [len(json.loads(line)["barcodes"]) for line in captured.out.splitlines()] == [0, 0, 0, 0, 0, 1]
    for words in ("no such file", "is empty", "no picture of a known kind", "no barcode was found", "directory"):
        assert words in captured.err
    assert "Traceback" not in captured.err


def test_an_unknown_decoder_is_wrong_usage(label: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["decode", "--decoder", "zxnig", str(label)])
    assert left.value.code == 2
    assert "zxing" in capsys.readouterr().err


def test_what_a_terminal_can_not_show() -> None:
    assert visible("\x1b[31m\x1d\x7f") == "<1B>[31m<GS><7F>"
