"""Each screen and verdict as it was when a person last looked at it, as a real session comes to it: none shows what the product can't.

`LOTLINE_GOLDEN=write pytest tests/kiosk/ui/test_goldens.py` draws them anew; look at them before you commit them. They are kept with
few colours, so that they stay small; letters and edges may differ by a hair, words, places and colours may not.
"""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, qVersion
from PySide6.QtGui import QImage

from kiosk.presenters.views import SeatBand, View
from kiosk.ui.screenshot import picture
from kiosk.ui.style import Style
from kiosk.ui.tokens import Theme
from tests.kiosk.ui.panels import LARGE, SMALL
from tests.kiosk.ui.played import Looked, played
from tests.kiosk.ui.sample_views import OK, RECEIVE

FOLDER = Path(__file__).parent / "goldens"
VERSION = FOLDER / "qt.txt"  # which Qt drew them
COLOURS = 96
MOST_LEVELS = 48  # of 255: fewer colours, a letter drawn a hair further along
CELL = 25  # px: what changed is looked for cell by cell, or a word more would be lost in a million pixels
MOST_OF_A_CELL = 0.05
MOST_PICTURES, MOST_BYTES = 80, 3_000_000
WRITING = os.environ.get("LOTLINE_GOLDEN") == "write"

DARK = replace(LARGE, theme=Theme.DARK)
LEFT = replace(LARGE, left_handed=True)

#: Each picture with the step of the session that it shows.
AT_LARGE = {
    "sign_in": "signed out",
    "sign_in_refused": "a strange badge",
    "home": "signed in",
    "home_refused": "nothing of that name at home",
    "home_open": "home, with the order open",
    "receive_empty": "no order",
    "choice": "orders",
    "receive_ready": "opened",
    "receive_ok": "accepted",
    "details": "its details",
    "receive_collecting": "half a label",
    "receive_check": "lot missing",
    "type_lot": "typing a lot",
    "receive_packs": "quantity asked",
    "receive_no_quantity": "quantity that is none",
    "receive_over": "too much",
    "receive_near_expiry": "near its end",
    "receive_hold": "held",
    "receive_bad": "expired",
    "receive_looks_alike": "looks alike",
    "receive_to_qc": "quarantine",
    "summary": "summary",
    "queue_offline": "queue, offline",
    "queue": "queue, selected",
    "queue_empty": "queue, all sent",
    "stop": "stopped",
    "consume_ready": "work order opened",
    "consume_used": "used",
    "consume_return": "how much is left",
    "consume_over_plan": "more than planned",
    "consume_second_person": "a second person is wanted",
    "pin": "a PIN",
    "pin_wrong": "a wrong PIN",
    "reasons": "why it is let through",
    "consume_loaded": "loaded there",
    "produce": "how many were made",
    "produce_made": "made",
    "produce_mix": "mixed in",
    "stock": "small works",
    "move": "moved",
    "count": "counted",
    "count_missing": "some were not found",
    "return_way": "who gives it back",
    "lookup_place": "a place's lots",
    "lot": "a lot's card",
    "lot_held": "a held lot's card",
    "pick": "what is to be fetched",
    "pack": "packed",
    "pack_dup": "packed twice",
    "pallet": "on the pallet",
    "ship": "what is to be shipped",
    "shipped": "shipped",
    "ship_undone_late": "undone late",
    "ship_wrong_customer": "a carton for another customer",
    "ship_gate": "a held lot at the gate",
    "quality": "what about this lot",
    "quality_value": "the first value",
    "quality_held": "held by quality",
    "reprint": "labels printed last",
    "reprint_list": "which label",
    "dimmed": "nobody is there",
    "fault": "locked",
    "seats": "beside another seat",
    "seats_stopped": "beside a stopped seat",
    "receive_german": "expired, German",
}
AT_SMALL = ("home_open", "receive_packs", "receive_hold", "receive_ok", "summary", "stop", "pin", "produce_made", "shipped", "lot")
PICTURES: dict[str, tuple[str, Style]] = {
    **{name: (step, LARGE) for name, step in AT_LARGE.items()},
    **{f"small_{name}": (AT_LARGE[name], SMALL) for name in AT_SMALL},
    "dark_receive_bad": ("expired", DARK),
    "dark_consume_used_left": ("used", replace(DARK, left_handed=True)),
    "dark_lot": ("a lot's card", DARK),
    "dark_small_produce": ("how many were made", replace(SMALL, theme=Theme.DARK)),
    "left_receive_packs": ("quantity asked", LEFT),
}


@pytest.fixture(scope="module")
def seen(shift_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Looked]:
    return played(shift_database, tmp_path_factory.mktemp("played"))


def drawn(view: View, style: Style, beside: tuple[SeatBand, ...] = ()) -> Image.Image:
    """Return a view as it looks now."""
    return plain(picture(view, style, beside))


def plain(image: QImage) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
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
def test_it_looks_as_it_did(qapp: object, seen: Mapping[str, Looked], name: str) -> None:
    step, style = PICTURES[name]
    now, file = drawn(seen[step].view, style, seen[step].beside), FOLDER / f"{name}.png"
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
