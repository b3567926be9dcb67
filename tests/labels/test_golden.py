"""Labels as they were when a person last looked at them.

`LOTLINE_GOLDEN=write pytest tests/labels/test_golden.py` keeps new ones; look at them before you commit them.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from PIL import ImageChops

from tests.labels.receipt_printer import receipts
from tests.labels.samples import SAMPLES, made, opened

_KEPT = Path(__file__).parents[1] / "golden" / "labels"


def _kept(name: str, made_now: bytes) -> bytes:
    path = _KEPT / name
    if os.environ.get("LOTLINE_GOLDEN") == "write":
        path.write_bytes(made_now)
    return path.read_bytes()


@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_zpl(template: str) -> None:
    zpl = made(template, SAMPLES[template], "zpl")
    assert zpl.decode() == _kept(f"{template}.zpl", zpl).decode()


@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_png(template: str) -> None:
    png = made(template, SAMPLES[template], "png")
    kept = opened(_kept(f"{template}.png", png))
    assert ImageChops.difference(opened(png), kept).getbbox() is None


@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_escpos(template: str) -> None:
    """The receipt's paper is kept as a digest: its picture is the same drawing as the PNG's."""
    (receipt,) = receipts(made(template, SAMPLES[template], "escpos"))
    paper = receipt.picture
    words = f"{paper.width}x{paper.height} {hashlib.sha256(paper.tobytes()).hexdigest()} {receipt.bars}\n".encode()
    assert words.decode() == _kept(f"{template}.escpos.txt", words).decode()
