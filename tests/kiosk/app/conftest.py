"""A kiosk with everything around it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.app import devices
from tests.kiosk.app.workplace import Workplace


@pytest.fixture
def opened(plant_database: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Workplace]]:
    """Return a function that begins a workplace on a fresh station, or on a folder that is there already."""
    monkeypatch.setattr(devices, "PRINTER_RETRY_SECONDS", 0.05)
    monkeypatch.setattr(devices, "PRINTER_LOOK_SECONDS", 0.05)
    begun: list[Workplace] = []

    def begin(name: str = "station", **settings: Any) -> Workplace:
        folder = tmp_path / name
        if not folder.exists():
            shutil.copytree(plant_database, folder)
        workplace = Workplace(folder, **settings)
        begun.append(workplace)
        workplace.begin()
        return workplace

    yield begin
    for workplace in begun:
        workplace.end()
