"""A picture of a view without a display: for the manual, the demo and the tests."""

from __future__ import annotations

from dataclasses import replace
from math import hypot
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage

from kiosk.presenters.views import SeatBand, View
from kiosk.ui.style import Style
from kiosk.ui.tokens import Theme
from kiosk.ui.window import Window

PANEL_DIAGONAL_MM: Final = 10.1 * 25.4  # the panel that the pictures stand for


def picture(view: View, style: Style, beside: tuple[SeatBand, ...] = ()) -> QImage:
    """Return `view` as it looks in `style`, other seats' bands under it, without the edge frame. Needs a QApplication."""
    window = Window(replace(style, reduce_motion=True))
    window.show_view(view, beside)
    image = window.grab().toImage()
    window.deleteLater()
    return image


def render(view: View, size: tuple[int, int], theme: Theme, path: Path) -> None:
    """Write `view` as a PNG. Raises OSError when the file can't be written."""
    style = Style(width=size[0], height=size[1], px_per_mm=hypot(*size) / PANEL_DIAGONAL_MM, theme=theme)
    if not picture(view, style).save(str(path), "PNG"):  # type: ignore[call-overload]  # PySide: a format is text
        raise OSError(f"the picture could not be written to {path}")
