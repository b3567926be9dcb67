"""Label sizes are read strictly."""

from __future__ import annotations

import pytest

from labels.media import Media, read_media
from labels.refused import LabelRefused


@pytest.mark.parametrize(
    ("name", "width", "height"), [("100x150", 100, 150), ("57x32", 57, 32), ("receipt80", 72, None), ("210x297", 210, 297)]
)
def test_a_size_is_width_by_height(name: str, width: int, height: int | None) -> None:
    assert read_media(name, 300) == Media(name, width, height, 300)


@pytest.mark.parametrize(
    "name", ["", "100", "100x", "x50", "100X50", "100x50mm", "1e2x50", "-100x50", "0x0", "10x10", "9999x50", "receipt", "１００x50"]
)
def test_anything_else_is_refused(name: str) -> None:
    refused = read_media(name)
    assert isinstance(refused, LabelRefused)
    assert repr(name) in refused.words
    assert refused.asked_wrong


def test_a_resolution_that_no_printer_has_is_refused() -> None:
    assert read_media("100x50", 72) == LabelRefused(
        "72 dots per inch is not a printer's resolution; expected one of 203, 300, 600.", asked_wrong=True
    )


def test_two_dots_at_203_dpi_are_a_quarter_millimetre() -> None:
    media = Media("100x50", 100, 50)
    assert media.dots(100) == 799
    assert media.millimetres(2) == pytest.approx(0.25, abs=0.001)
