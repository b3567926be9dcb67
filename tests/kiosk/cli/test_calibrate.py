"""`lotline calibrate`: the test card is scanned, the scanner's way of typing is known, and said in plain words."""

from __future__ import annotations

import io
import json
import os
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.cli.main import main
from traceability.barcodes import wedge
from traceability.barcodes.wedge_card import BASELINE, dead_key_barcode

GS_AT_HOME = str.maketrans("yzYZ]-", "zyZY-]")  # letters and signs have changed places, GS arrives as it is
JOINED = {"^": dict(zip("aeiou", "âêîôû", strict=True)), "`": dict(zip("aeiou", "àèìòù", strict=True))}

Told = tuple[int, str, str]


def typed(text: str) -> str:
    """Return what arrives of `text` where ^ and ` are dead keys and y and z have changed places."""
    arrived, waits = "", ""
    for sign in text:
        if waits:
            arrived += waits if sign == " " else JOINED[waits].get(sign, waits + sign.translate(GS_AT_HOME))
            waits = ""
        elif sign in JOINED:
            waits = sign
        else:
            arrived += sign.translate(GS_AT_HOME)
    return arrived + waits


CARD = typed("]d1" + BASELINE)
DEAD = [typed("]d1" + dead_key_barcode(sign)) for sign in "^`"]
SCAN = "]d20109521234543213" + "10xyz-^a`q\x1d17271130"


@pytest.fixture
def calibrate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    def run(*lines: str, words: tuple[str, ...] = ()) -> Told:
        file = tmp_path / "typed.txt"
        file.write_bytes("".join(line + "\r\n" for line in lines).encode("utf-8", "surrogateescape"))
        code = main(["calibrate", str(file), "-o", str(tmp_path / "dock.json"), *words])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def written(tmp_path: Path) -> Callable[[], wedge.Calibration]:
    def load() -> wedge.Calibration:
        found = wedge.loads((tmp_path / "dock.json").read_text())
        assert isinstance(found, wedge.Calibration)
        return found

    return load


def test_a_card_scanned_whole(calibrate: Callable[..., Told], written: Callable[[], wedge.Calibration]) -> None:
    code, out, _ = calibrate(CARD, *DEAD)
    assert code == 0
    assert out.splitlines() == [
        "The keyboard layouts are none that are known by name; what arrives is put right all the same.",
        "Capital and small letters arrive as they are.",
        "Nothing comes before a scan.",
        "Behind each scan comes Enter only.",
        "AIM identifiers arrive.",
        "GS, the separator, arrives as GS.",
    ]
    assert written().translate(typed(SCAN)) == SCAN


def test_the_file_puts_scans_right(calibrate: Callable[..., Told], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calibrate(CARD, *DEAD)
    scan = "]d20109521234543213" + "10XYZ-1\x1d17271130"
    words = ["barcode", "--json", "--today", "2026-11-21", "--calibration", str(tmp_path / "dock.json"), "--", typed(scan)]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["facts"]["lot"] == "XYZ-1"


def test_dead_keys_in_any_order_and_what_is_still_to_come(calibrate: Callable[..., Told], written: Callable[[], wedge.Calibration]) -> None:
    calibrate(CARD, *DEAD)
    whole = written()
    calibrate(CARD, "", *reversed(DEAD))
    assert written() == whole
    code, out, _ = calibrate(CARD, DEAD[1])
    assert code == 0
    (left,) = [line for line in out.splitlines() if "Still" in line]
    assert left.startswith('Still to be scanned: the dead key ^. Print its card: echo \'{"dead": "^"}\' | lotline label test_card')


def test_without_gs_the_answer_is_no(calibrate: Callable[..., Told], written: Callable[[], wedge.Calibration]) -> None:
    code, out, _ = calibrate(CARD.replace("\x1d", ""), *(line.replace("\x1d", "") for line in DEAD))
    assert code == 1
    assert "GS, the separator, does not arrive: a lot would run into what follows it.\nSet the scanner to" in out
    assert not written().separator
    code, out, _ = calibrate(CARD.replace("\x1d", ""), words=("--json",))
    assert (code, json.loads(out)["ok"]) == (1, False)


def test_what_else_the_scanner_does_is_said(calibrate: Callable[..., Told]) -> None:
    out = calibrate(("*" + BASELINE.replace("\x1d", "§") + "\t").swapcase())[1].splitlines()
    assert "Capital and small letters are swapped, which is put right: Caps Lock is on." in out
    assert "Before each scan comes *." in out
    assert "Behind each scan comes Tab." in out
    assert "No AIM identifiers arrive: switch them on in the scanner if you can." in out
    assert "GS, the separator, arrives as §." in out
    assert "The scanner types as on a US keyboard" in calibrate(BASELINE)[1]
    out = calibrate(BASELINE.replace("\x1e", "").replace("#", "A").upper())[1].splitlines()
    assert "Only one kind of letters arrives: set the scanner to send letters as they are." in out
    assert [line for line in out if line.startswith("Lost on the way: ") and "RS" in line]
    assert [line for line in out if line.startswith("These arrive for several signs") and "A" in line]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "nothing was scanned."),
        (["hello"], "the first line can't be used: this is not the first barcode of the test card"),
        ([BASELINE.strip()], "Scan the test card again, whole."),
        ([CARD, "hello"], "no barcode of a dead key that is still to be scanned; these are: ^ `."),
        ([CARD, DEAD[0], DEAD[0]], "these are: `."),
        ([CARD, DEAD[0][:90]], "not all of the dead keys' barcodes came; still to be scanned: ^ `."),
        ([CARD, DEAD[0], DEAD[1][:90]], "these are: `."),
        (["\udcff" * 9000], "the first line can't be used"),
    ],
)
def test_what_is_no_card_is_refused(calibrate: Callable[..., Told], lines: list[str], words: str, tmp_path: Path) -> None:
    code, out, err = calibrate(*lines)
    assert (code, out) == (1, "")
    assert words in err
    assert not (tmp_path / "dock.json").exists()


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", str(tmp_path / "none.txt"), "-o", str(tmp_path / "dock.json")]) == 2
    assert "none.txt: No such file or directory." in capsys.readouterr().err


def test_standard_input_may_be_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join([CARD, *DEAD]).encode())))
    assert main(["calibrate", "-o", str(tmp_path / "dock.json")]) == 0


class Person(io.StringIO):
    """Reads standard error, and scans the next barcode into the terminal whenever asked to."""

    def __init__(self, keys: int, *lines: str) -> None:
        super().__init__()
        self.keys, self.lines = keys, list(lines)

    def write(self, words: str) -> int:
        if words.startswith("Scan "):
            os.write(self.keys, (self.lines.pop(0) + "\r").encode())
        return super().write(words)


@pytest.fixture
def scanning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., tuple[int, str]]]:
    """Run the command at a terminal; the terminal is afterwards as it was."""
    keys, screen = os.openpty()

    def run(*lines: str) -> tuple[int, str]:
        before, person = termios.tcgetattr(screen), Person(keys, *lines)
        monkeypatch.setattr(sys, "stderr", person)
        code = main(["calibrate", "-o", str(tmp_path / "dock.json")])
        assert termios.tcgetattr(screen) == before
        return code, person.getvalue()

    with open(screen, encoding="utf-8", closefd=False) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield run
    os.close(keys)
    os.close(screen)


def test_scanned_into_a_terminal(scanning: Callable[..., tuple[int, str]], written: Callable[[], wedge.Calibration]) -> None:
    """FS is the terminal's quit key and EOT its end of file: here they are signs like any other."""
    code, said = scanning(CARD, DEAD[0], "oops", DEAD[1])
    assert code == 0
    assert said.splitlines() == [
        "Scan the test card's barcode ('lotline label test_card' prints it).",
        "Scan the barcode of the dead key ^ (Enter alone ends it here). To go: ^ `",
        "Scan the barcode of the dead key ` (Enter alone ends it here). To go: `",
        "No, this is no barcode of a dead key that is still to be scanned; these are: `.",
        "Scan the barcode of the dead key ` (Enter alone ends it here). To go: `",
    ]
    assert written().lost == ""
    assert written().translate(typed(SCAN)) == SCAN


def test_enter_alone_leaves_the_rest_out(
    scanning: Callable[..., tuple[int, str]], written: Callable[[], wedge.Calibration], capsys: pytest.CaptureFixture[str]
) -> None:
    assert scanning(CARD, "")[0] == 0
    assert "Still to be scanned: the dead key `" in capsys.readouterr().out
    assert written().untried == "^`"


def test_control_c_ends_it(scanning: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    assert scanning("\x03")[0] == 130
    assert not (tmp_path / "dock.json").exists()
