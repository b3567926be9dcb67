"""A station on a small plant, for the tests of what is above the store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kiosk.floor import Floor, new_database
from tests.kiosk.session import SHIFT


@pytest.fixture(scope="session")
def plant_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the plant and belongs to no station yet: made once, copied for every test."""
    return new_database(tmp_path_factory.mktemp("floor") / "db")


@pytest.fixture
def floor(plant_database: Path, tmp_path: Path) -> Iterator[Floor]:
    """A station where nobody has signed in yet; whatever a test did to it, its journal holds in the end."""
    station = Floor(Path(shutil.copytree(plant_database, tmp_path / "station")))
    yield station
    station.check()
    station.close()


@pytest.fixture(scope="session")
def shift_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same plant and what the long session needs."""
    return new_database(tmp_path_factory.mktemp("shift") / "db", **SHIFT)


@pytest.fixture
def shift(shift_database: Path, tmp_path: Path) -> Iterator[Floor]:
    """A station on the long session's plant."""
    station = Floor(Path(shutil.copytree(shift_database, tmp_path / "shift")))
    yield station
    station.check()
    station.close()
