"""Reference data in a file: the plant file, or one kind of thing from a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from config.csv_import import load_csv
from config.plant import Plant, load_plant


def load_reference(path: Path, kind: str | None) -> Plant:
    """Return what the file holds; a CSV file holds `kind`, else what it is called (items.csv). SettingsRefused says what is wrong."""
    return load_csv(path, kind or path.stem) if path.suffix.lower() == ".csv" else load_plant(path)
