"""A station's database in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.store.opening import StationStore, import_plant, open_station
from tests.kiosk.store.station_kit import plant


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a station's database; nothing is in it yet."""
    return tmp_path / "db"


@pytest.fixture
def store(folder: Path) -> Iterator[StationStore]:
    """A station that knows the small plant."""
    import_plant(folder, plant())
    opened = open_station(folder, "DOCK-1")
    yield opened
    opened.close()
