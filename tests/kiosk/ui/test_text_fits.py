"""Words fit, in a language 40 % longer too. What is cut at all is a note, never a verdict, a button or what to do next."""

from __future__ import annotations

import dataclasses
from typing import TypeVar

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from kiosk.presenters.views import View
from kiosk.ui import painting
from kiosk.ui.faces import mono, sans
from kiosk.ui.style import Style
from tests.kiosk.ui.panels import LARGE, SMALL, shown
from tests.kiosk.ui.sample_views import VIEWS
from tests.kiosk.ui.words_that_fit import important_words

TRANSLATED = {
    *("word", "reason", "next_step", "prompt", "hint", "words", "progress"),
    *("name", "title", "nothing", "change", "why_disabled", "source"),
}
Part = TypeVar("Part")


def _longer(text: str) -> str:
    """Return `text` in a language 40 % longer: every word grows."""
    return " ".join(f"{word}{'üßé'[: round(len(word) * 0.4)]}" if word.isalpha() and len(word) > 2 else word for word in text.split(" "))


def _translated(part: Part) -> Part:
    """Return a view with the words that a translator would change made longer."""
    if isinstance(part, tuple):
        return tuple(_translated(each) for each in part)
    if not dataclasses.is_dataclass(part) or isinstance(part, type):
        return part
    changed = {}
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if isinstance(value, str):
            changed[field.name] = _longer(value) if field.name in TRANSLATED and type(value) is str else value
        elif not isinstance(value, bool | int | float):
            changed[field.name] = _translated(value)
    return dataclasses.replace(part, **changed)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("style", [LARGE, SMALL], ids=["large", "small"])
@pytest.mark.parametrize("longer", [False, True], ids=["english", "longer"])
def test_the_words_that_matter_are_never_cut(qtbot: QtBot, cut_words: list[str], view: View, style: Style, longer: bool) -> None:
    view = _translated(view) if longer else view
    window = shown(view, style)
    qtbot.addWidget(window)
    window.grab()
    assert not important_words(view).intersection(cut_words)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_on_the_large_panel_nothing_is_cut_at_all(qtbot: QtBot, cut_words: list[str], view: View) -> None:
    window = shown(view, LARGE)
    qtbot.addWidget(window)
    window.grab()
    assert cut_words == []


def test_a_longer_language_is_really_longer() -> None:
    assert _longer("Reprint label") == "Reprintüßé labelüß"


def test_the_largest_face_that_fits_is_chosen(qapp: object) -> None:
    word = "ABGELEHNT"
    chosen = painting.fitting(lambda size: sans(size, 700), word, 102, 525, 40)
    size = chosen.font.pixelSize()
    assert 40 < size < 102
    assert chosen.width(word) <= 525 < sans(size + 2, 700).width(word)


def test_a_text_too_long_for_its_smallest_face_keeps_both_ends(qapp: object) -> None:
    text = painting.cut(mono(20), "NWS-240817-C-0123456789-ABCDEFGHIJ", 200, middle=True)
    assert text.startswith("NWS")
    assert text.endswith("J")
    assert mono(20).width(text) <= 200


@pytest.mark.parametrize(
    ("text", "lines"), [("", ()), ("one", ("one",)), ("Diese Charge ist abgelaufen", ("Diese Charge ist", "abgelaufen"))]
)
def test_words_break_between_words(qapp: object, text: str, lines: tuple[str, ...]) -> None:
    assert painting.wrapped(sans(20), text, 150) == lines


def test_weights_of_the_variable_face_differ(qapp: object) -> None:
    assert sans(40, 400).width("Scan a lot") < sans(40, 600).width("Scan a lot") < sans(40, 700).width("Scan a lot")
    assert isinstance(sans(40).measures, QFontMetricsF)
    assert sans(40).font.family() == "IBM Plex Sans"
    assert sans(100, 700).cap_height == pytest.approx(69.8, abs=0.5)
