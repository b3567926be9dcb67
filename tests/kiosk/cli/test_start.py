"""The kiosk's start: the garbage collector rests while it lasts, whatever comes of it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from kiosk.app import kiosk
from kiosk.cli.main import main


def test_a_start_that_is_refused_leaves_the_collector_at_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kiosk", "--config", str(tmp_path / "none.toml")]) == 2
    assert "no such file" in capsys.readouterr().err
    assert gc.isenabled()


def test_what_the_start_made_is_left_alone_and_the_collector_goes_on() -> None:
    frozen = gc.get_freeze_count()
    kiosk.leave_what_lasts_alone()
    assert gc.get_freeze_count() == frozen, "it was at work: this is no start"
    gc.disable()
    try:
        kiosk.leave_what_lasts_alone()
        assert gc.get_freeze_count() > frozen
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.enable()
