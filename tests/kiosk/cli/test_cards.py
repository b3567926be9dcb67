"""The sheets of command cards: each card is there once, is understood, and fits in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli.main import main
from kiosk.presenters.command_sheets import command_sheets
from kiosk.presenters.language import language_codes, load_language
from kiosk.services.cards import TOUCHES, card_of, mode_of, screen_touch
from kiosk.services.pins import number_card
from labels.label import Label
from labels.printing import lay_out
from traceability.barcodes.command import command_card
from traceability.workflows.modes import MODES


def cards() -> list[str]:
    sheets = command_sheets(MODES, load_language("en"))
    return [card["command"] for sheet in sheets for card in sheet["cards"]]


def test_each_card_is_there_once_and_is_understood() -> None:
    found = cards()
    assert len(found) == len(set(found)) > 80
    for card in found:
        verb, dot, argument = card.partition(".")
        known = (
            (not dot and verb in TOUCHES)
            or screen_touch(verb, argument)
            or number_card(command_card(verb, argument if dot else None))
            or (verb == "MODE" and mode_of(argument))
            or (verb == "HAND" and argument in "LR")
            or (verb == "LANG" and argument.lower() in language_codes())
        )
        assert known, card


def test_every_touch_of_every_work_is_on_the_sheets() -> None:
    assert {*TOUCHES, *(card_of(f"mode:{mode}") for mode in MODES)} <= set(cards())


@pytest.mark.parametrize("code", language_codes())
def test_the_sheets_fit_in_every_language(code: str) -> None:
    for data in command_sheets(MODES, load_language(code)):
        assert isinstance(lay_out("command_sheet", data, None, 203), Label), data["title"]


def test_the_command_writes_a_file_a_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cards", "--language", "png", "--words", "de", "--modes", "receive", "-o", str(tmp_path / "sheets")]) == 0
    files = sorted((tmp_path / "sheets").iterdir())
    assert f"{len(files)} sheets" in capsys.readouterr().out
    assert len(files) >= 9
    assert files[0].read_bytes().startswith(b"\x89PNG")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["cards", "--language", "png", "-o", str(tmp_path / "file" / "sheets")]) != 0
    assert "can't make the folder" in capsys.readouterr().err
