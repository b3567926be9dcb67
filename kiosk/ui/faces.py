"""The letters: IBM Plex Sans for words, IBM Plex Mono for lots and codes. Loaded from their packages, never from the system."""

from __future__ import annotations

import functools
import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from kiosk.ui.font_axes import with_axes

SANS: Final = ("fontpkg_ibm_plex_sans", "files/IBMPlexSans[wdth,wght].ttf")
MONO: Final = ("fontpkg_ibm_plex_mono", "files/IBMPlexMono-SemiBold.ttf")


@dataclass(frozen=True, slots=True)
class Face:
    """A font in one size and weight with its measures (px)."""

    font: QFont
    measures: QFontMetricsF

    def width(self, text: str) -> float:
        """Return how wide `text` gets, in px."""
        return self.measures.horizontalAdvance(text)

    @property
    def cap_height(self) -> float:
        """How tall capitals are, in px."""
        return self.measures.capHeight()

    @property
    def line_height(self) -> float:
        """How far lines are apart, in px."""
        return self.measures.height()


def packaged_file(package: str, path: str) -> Path:
    """Return a data file of an installed package without importing it. Raises FileNotFoundError when it is not there."""
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (found := Path(folder, path)).is_file():
            return found
    raise FileNotFoundError(f"the package {package} has no {path}; install the locked requirements")


@functools.lru_cache(maxsize=256)
def sans(size: int, weight: int = 400) -> Face:
    """Return Plex Sans at `size` px."""
    font = with_axes(_font(*SANS, size), {"wght": weight})
    return Face(font, QFontMetricsF(font))


@functools.lru_cache(maxsize=32)
def mono(size: int) -> Face:
    """Return Plex Mono, semi-bold, at `size` px."""
    font = _font(*MONO, size)
    font.setWeight(QFont.Weight.DemiBold)
    return Face(font, QFontMetricsF(font))


def _font(package: str, path: str, size: int) -> QFont:
    font = QFont(_family(package, path))
    font.setPixelSize(max(size, 1))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@functools.cache
def _family(package: str, path: str) -> str:
    file = packaged_file(package, path)
    number = QFontDatabase.addApplicationFont(str(file))
    if number < 0:
        raise OSError(f"{file} is not a font that can be used")
    return QFontDatabase.applicationFontFamilies(number)[0]
