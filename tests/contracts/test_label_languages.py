"""What every printer language must do, ours and installed ones: print every kind of mark, the same each time, and say no in words."""

from __future__ import annotations

import pytest

from config import plugins
from labels.label import Align, Box, Label, Mark, Rectangle, Stripes, Text
from labels.layout import bars, matrix, qr
from labels.media import Media, read_media
from labels.payloads import format_06, gs1, plain
from labels.printing import LANGUAGES
from labels.refused import LabelRefused

_LANGUAGES = plugins.names(LANGUAGES)


def _label(dpi: int) -> Label:
    """Return a label with every kind of mark."""
    media = Media("80x100", 80, 100, dpi)
    symbols: list[Mark | LabelRefused | None] = [
        bars(media, Box(5, 40, 70, 10), gs1([("00", "095201234500000014")])),
        matrix(media, Box(5, 60, 30, 30), format_06([("P", "4711"), ("1T", "Ä^~\\_ 1")])),
        qr(media, Box(40, 60, 30, 30), plain("..K.UNDO.P")),
    ]
    marks: list[Mark] = [
        Stripes(Box(0, 0, 80, 8)),
        Text(Box(5, 10, 70, 10), "^XA~JA Größe\\", 5, align=Align.RIGHT, lines=2),
        Rectangle(Box(5, 25, 30, 8)),
        Text(Box(6, 26, 28, 6), "WHITE", 4, align=Align.CENTRE, white=True, bold=False),
        Rectangle(Box(40, 25, 30, 8), frame_mm=0.5),
    ]
    for symbol in symbols:
        assert symbol is not None
        assert not isinstance(symbol, LabelRefused)
        marks.append(symbol)
    return Label(media, 100, tuple(marks))


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_every_kind_of_mark_is_printed_the_same_each_time(language: str, dpi: int) -> None:
    printer = plugins.find(LANGUAGES, language)
    first = printer.render(_label(dpi), 1)
    assert isinstance(first, bytes), first
    assert first == printer.render(_label(dpi), 1)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_no_mark_is_left_out(language: str) -> None:
    printer, whole = plugins.find(LANGUAGES, language), _label(203)
    printed = printer.render(whole, 1)
    for missing in range(len(whole.marks)):
        less = Label(whole.media, whole.height_mm, whole.marks[:missing] + whole.marks[missing + 1 :])
        assert printer.render(less, 1) != printed


@pytest.mark.parametrize("language", _LANGUAGES)
def test_its_paper_is_a_paper(language: str) -> None:
    media = plugins.find(LANGUAGES, language).MEDIA
    assert media is None or isinstance(read_media(media), Media)
