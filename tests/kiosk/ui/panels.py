"""The panels that the screens are tried on, and how to look at what stands on them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from kiosk.presenters.views import View
from kiosk.ui.panel import Panel
from kiosk.ui.pressable import Pressable
from kiosk.ui.style import Style
from kiosk.ui.window import Window

LARGE = Style(1280, 800, 5.88)  # 10.1 inch
SMALL = Style(1024, 600, 4.63)  # 10.1 inch
WIDE = Style(1920, 1080, 5.56)  # 15.6 inch
PANELS = {"1280x800": LARGE, "1024x600": SMALL, "1920x1080": WIDE}


def shown(view: View, style: Style) -> Window:
    """Return a window that shows `view`."""
    window = Window(style)
    window.show_view(view)
    window.show()
    return window


def pressables(window: QWidget) -> list[Pressable]:
    """Return everything that can be seen and touched (the parts may be disabled)."""
    return [part for part in window.findChildren(Pressable) if part.isVisible()]


def painted(window: QWidget) -> Iterator[QWidget]:
    """Return every part that paints itself and can be seen."""
    yield from pressables(window)
    yield from (part for part in window.findChildren(Panel) if part.isVisible())
