"""Each language fits on each screen of a long session, at both sizes; so does one that is 40 % longer than English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.presenters import desk
from kiosk.presenters.language import SOURCE, Language, language_codes, load_language
from kiosk.presenters.views import View
from kiosk.ui.style import Style
from kiosk.ui.window import Window
from tests.kiosk.floor import Floor
from tests.kiosk.session import SESSION
from tests.kiosk.ui.panels import LARGE, SMALL
from tests.kiosk.ui.words_that_fit import important_words


def longer(text: str) -> str:
    """Return `text` in a language 40 % longer: every word grows, and has marks above and below."""
    return " ".join(f"{word}{'üßé'[: round(len(word) * 0.4)]}" if word.isalpha() and len(word) > 2 else word for word in text.split(" "))


def pseudo(english: Language) -> Language:
    """English, 40 % longer; verdicts stay as short as the catalogue's own test wants them."""

    def grown(texts: Mapping[str, str]) -> dict[str, str]:
        return {key: text if key.startswith("verdict.") else longer(text) for key, text in texts.items()}

    return replace(english, texts=grown(english.texts), counted={key: grown(forms) for key, forms in english.counted.items()})


LANGUAGES = {"longer": pseudo(load_language(SOURCE)), **{code: load_language(code) for code in language_codes()}}


def views_in(language: Language, floor: Floor, monkeypatch: pytest.MonkeyPatch) -> dict[str, View]:
    """Return the session's screens in one language."""
    monkeypatch.setattr(desk, "load_language", lambda code: language)
    views = {}
    for name, act in SESSION:
        act(floor)
        views[name] = floor.desk.view()
    return views


def cut_on(window: Window, view: View, cut_words: list[str]) -> set[str]:
    """Return the words that had to be cut and may not be."""
    cut_words.clear()
    window.show_view(view)
    window.grab()
    return important_words(view).intersection(cut_words)


@pytest.mark.slow
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_screen_of_a_session_fits(
    qtbot: QtBot, shift: Floor, monkeypatch: pytest.MonkeyPatch, cut_words: list[str], code: str
) -> None:
    views = views_in(LANGUAGES[code], shift, monkeypatch)
    cut = {}
    for size, style in (("large", LARGE), ("small", SMALL)):
        window = opened(style)
        qtbot.addWidget(window)
        cut.update({f"{size}, {name}": found for name, view in views.items() if (found := cut_on(window, view, cut_words))})
    assert cut == {}


def opened(style: Style) -> Window:
    window = Window(style)
    window.show()
    return window
