"""How a scanner types on this computer: what it made of the test card, in a file (docs/barcodes.md)."""

from __future__ import annotations

from pathlib import Path

from config.loading import read_text
from config.mistakes import Mistake, SettingsRefused
from traceability.barcodes.wedge import Calibration, loads
from traceability.refusals import Refusal


def load_calibration(file: Path) -> Calibration:
    """Return the calibration in `file`; raise SettingsRefused where there is none."""
    found = loads(read_text(file))
    if isinstance(found, Refusal):
        raise SettingsRefused(file, [Mistake("", found.about["why"])])
    return found
