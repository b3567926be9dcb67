"""The window before anything else is there: a dark screen makes people press the power button. It takes no scan yet."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from config.settings import Screen
from config.version import VERSION
from kiosk.presenters.language import Language, load_language
from kiosk.presenters.views import ReadyHero, SignInView, TopBar
from kiosk.ui.style import COMPACT, REGULAR, Style
from kiosk.ui.tokens import Theme
from kiosk.ui.window import Window

_SIZES: Final = {"1280x800": REGULAR, "1024x600": COMPACT}


def first_window(screen: Screen) -> Window:
    """Return the kiosk's window, on the screen and painted. It makes the QApplication where there is none."""
    application = QApplication.instance() or QApplication(["lotline"])
    window = Window(style_of(screen))
    window.show_view(starting_view(load_language(screen.language)))
    window.showFullScreen() if screen.size == "full" else window.show()
    application.processEvents()
    return window


def starting_view(language: Language) -> SignInView:
    """Return what stands there until the database is open, which knows the language that was chosen last."""
    starting = language.say("doing.starting")
    top = TopBar("hourglass_top", starting, "", f"{datetime.now().astimezone():%H:%M}")
    return SignInView(top, ReadyHero(starting, f"Lotline {VERSION}", hint=language.say("hint.when_told"), hint_icon="schedule"))


def style_of(screen: Screen) -> Style:
    """Return how large and in which colours things are drawn."""
    width, height = _SIZES.get(screen.size) or _panel()
    return Style(width, height, screen.px_per_mm or 5.88 * width / 1280, Theme(screen.theme), screen.left_handed)


def _panel() -> tuple[int, int]:
    panel = QGuiApplication.primaryScreen().size()
    return panel.width(), panel.height()
