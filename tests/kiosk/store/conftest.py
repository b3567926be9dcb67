"""A station's database in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.store.opening import StationStore, import_plant, open_station
from tests.kiosk.store.station_kit import plant


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a station's database; nothing is in it yet."""
    return tmp_path / "db"


@pytest.fixture(scope="session")
def known_plant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the small plant and belongs to no station yet: made once, copied for every test."""
    made = tmp_path_factory.mktemp("plant") / "db"
    import_plant(made, plant())
    return made


@pytest.fixture
def store(known_plant: Path, folder: Path) -> Iterator[StationStore]:
    """A station that knows the small plant."""
    shutil.copytree(known_plant, folder)
    opened = open_station(folder, "DOCK-1")
    yield opened
    opened.close()
