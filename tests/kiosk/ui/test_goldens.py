"""Each screen and verdict as it was when a person last looked at it.

`LOTLINE_GOLDEN=write pytest tests/kiosk/ui/test_goldens.py` draws them anew; look at them before you commit them. They are kept with
few colours, so that they stay small; letters and edges may differ by a hair, words, places and colours may not.
"""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, qVersion
from PySide6.QtGui import QImage

from kiosk.presenters.views import SeatBand, Tone, View
from kiosk.ui.screenshot import picture
from kiosk.ui.style import Style
from kiosk.ui.tokens import Theme
from tests.kiosk.ui.panels import LARGE, SMALL
from tests.kiosk.ui.sample_views import OK, RECEIVE, VIEWS

FOLDER = Path(__file__).parent / "goldens"
VERSION = FOLDER / "qt.txt"  # which Qt drew them
COLOURS = 96
MOST_LEVELS = 48  # of 255: fewer colours, a letter drawn a hair further along
CELL = 25  # px: what changed is looked for cell by cell, or a word more would be lost in a million pixels
MOST_OF_A_CELL = 0.05
MOST_PICTURES, MOST_BYTES = 80, 3_000_000
WRITING = os.environ.get("LOTLINE_GOLDEN") == "write"

AT_SMALL = (
    "receive_ok",
    "receive_check",
    "receive_hold",
    "ship",
    "produce",
    "lot",
    "pin",
    "choice",
    "home_full",
    "stop_fullscreen",
    "summary",
)
DARK = replace(LARGE, theme=Theme.DARK)
BANDS = {
    "seats": (SeatBand("seat:2", "Seat 2", "R. Chen", Tone.OK, "ACCEPTED", "NWS-240817-C", "25 kg", number=3),),
    "seats_stopped": (SeatBand("seat:2", "Seat 2", "R. Chen", Tone.BAD, "STOP", "NWS-230311-A", "Recalled lot", number=4, stopped=True),),
}
PICTURES: dict[str, tuple[View, Style]] = {
    **{name: (view, LARGE) for name, view in VIEWS.items()},
    **{f"small_{name}": (VIEWS[name], SMALL) for name in AT_SMALL},
    "dark_receive_bad": (VIEWS["receive_bad"], DARK),
    "dark_receive_ok_left": (VIEWS["receive_ok"], replace(DARK, left_handed=True)),
    "dark_lot": (VIEWS["lot"], DARK),
    "left_receive_check": (VIEWS["receive_check"], replace(LARGE, left_handed=True)),
    **dict.fromkeys(BANDS, (VIEWS["receive_ready"], LARGE)),
}


def drawn(view: View, style: Style, beside: tuple[SeatBand, ...] = ()) -> Image.Image:
    """Return a view as it looks now."""
    return plain(picture(view, style, beside))


def plain(image: QImage) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(buffer.data().data())).convert("RGB")


def differing(one: Image.Image, other: Image.Image) -> float:
    """Return which share of the cell that differs most differs by more than a hair."""
    if one.size != other.size:
        return 1.0
    levels = np.abs(np.asarray(one, dtype=np.int16) - np.asarray(other, dtype=np.int16)).max(axis=2)
    high, wide = (side // CELL * CELL for side in levels.shape)
    cells = (levels[:high, :wide] > MOST_LEVELS).reshape(high // CELL, CELL, wide // CELL, CELL)
    return float(cells.mean(axis=(1, 3)).max())


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_it_looks_as_it_did(qapp: object, name: str) -> None:
    now, file = drawn(*PICTURES[name], BANDS.get(name, ())), FOLDER / f"{name}.png"
    if WRITING:
        now.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE).save(file, optimize=True)
        VERSION.write_text(qVersion() + "\n")
    if (kept := VERSION.read_text().strip()) != qVersion():
        pytest.skip(f"the pictures were drawn by Qt {kept}, here is {qVersion()}: letters differ")
    share = differing(now, Image.open(file).convert("RGB"))
    assert share <= MOST_OF_A_CELL, f"{share:.0%} of a cell differs; look at the picture, then draw it anew with LOTLINE_GOLDEN=write"


def test_the_pictures_are_those_of_the_screens_and_stay_small() -> None:
    files = {file.stem: file.stat().st_size for file in FOLDER.glob("*.png")}
    assert files.keys() == PICTURES.keys()
    assert len(files) <= MOST_PICTURES
    assert sum(files.values()) <= MOST_BYTES


def test_a_word_that_changed_is_seen(qapp: object) -> None:
    one = RECEIVE
    number = replace(one, document=replace(one.document, count="13 lots"))
    icon = replace(one, hero=replace(OK, next_icon="dialpad"))
    assert differing(drawn(one, LARGE), drawn(number, LARGE)) > MOST_OF_A_CELL
    assert differing(drawn(replace(one, hero=OK), LARGE), drawn(icon, LARGE)) > MOST_OF_A_CELL
