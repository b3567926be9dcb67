"""docs/barcodes.md says what is so: each picture holds the text under it, and is read as the format that it names."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from tests.corpora import ROOT
from traceability.barcodes.flaws import picture
from traceability.barcodes.read import read
from traceability.barcodes.reading import Reading
from traceability.barcodes.wedge import Calibration, calibrate
from traceability.barcodes.wedge_card import BASELINE

DOCS = ROOT / "docs"
TEXT = (DOCS / "barcodes.md").read_text("utf-8")
SHOWN = re.findall(r"!\[[^]]*\]\((pictures/[^)]+)\)\n\nScanned: `([^`]+)` \((\w+)\)", TEXT)


def scanned(path: str) -> str:
    pixels = np.array(Image.open(DOCS / path).convert("L"))
    (barcode,) = zxingcpp.read_barcodes(pixels, text_mode=zxingcpp.TextMode.Plain)
    return f"{barcode.symbology_identifier}{barcode.text}"


@pytest.mark.parametrize(("path", "text", "kind"), SHOWN)
def test_a_picture_holds_what_is_written_under_it(path: str, text: str, kind: str) -> None:
    scan = scanned(path)
    assert picture(scan) == text
    found = read(scan, today=date(2026, 11, 21))
    assert isinstance(found, Reading), found
    assert found.format == kind
    assert found.repairs == ()


def test_the_test_card_calibrates() -> None:
    scan = scanned("pictures/wedge-card.png")
    assert scan == "]d1" + BASELINE
    calibration = calibrate(scan)
    assert isinstance(calibration, Calibration)
    assert calibration.characters == {}


def test_every_picture_is_shown() -> None:
    # screen-….png are the screen's, shown elsewhere.
    drawn = {f"pictures/{path.name}" for path in (DOCS / "pictures").glob("*.png") if not path.name.startswith("screen-")}
    assert drawn == {path for path, _, _ in SHOWN} | {"pictures/wedge-card.png"}
