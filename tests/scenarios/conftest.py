"""The small plant of the station's tests, for scenarios."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kiosk.floor import new_database
from tests.kiosk.session import SHIFT


@pytest.fixture(scope="session")
def plant_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the plant and belongs to no station yet: made once, copied for every test."""
    return new_database(tmp_path_factory.mktemp("floor") / "db")


@pytest.fixture(scope="session")
def shift_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same plant and what the long session needs."""
    return new_database(tmp_path_factory.mktemp("shift") / "db", **SHIFT)
