"""How large things are on this panel, and in which colours: everything a part needs to paint itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kiosk.ui.tokens import Palette, Theme, palette_of

REGULAR: Final = (1280, 800)
COMPACT: Final = (1024, 600)
LEAST_REGULAR_SCALE: Final = 0.9  # below this the regular layout's words get too small: the compact one has fewer, larger things


@dataclass(frozen=True, slots=True)
class Style:
    """A panel of `width` x `height` px with `px_per_mm` (calibrated, never what the display reports), a theme and a hand."""

    width: int = REGULAR[0]
    height: int = REGULAR[1]
    px_per_mm: float = 5.88
    theme: Theme = Theme.LIGHT
    left_handed: bool = False
    high_contrast: bool = False
    reduce_motion: bool = False
    palette: Palette = field(init=False)
    compact: bool = field(init=False)
    scale: float = field(init=False)

    def __post_init__(self) -> None:
        regular = min(self.width / REGULAR[0], self.height / REGULAR[1])
        compact = regular < LEAST_REGULAR_SCALE
        set_once = object.__setattr__
        set_once(self, "compact", compact)
        set_once(self, "scale", min(self.width / COMPACT[0], self.height / COMPACT[1]) if compact else regular)
        set_once(self, "palette", palette_of(self.theme, self.high_contrast))

    def px(self, regular: float, compact: float) -> int:
        """Return a length drawn as `regular` at 1280x800 and as `compact` at 1024x600, on this panel."""
        return round((compact if self.compact else regular) * self.scale)

    def fine(self, regular: float, compact: float) -> float:
        """Return a line's thickness, which need not be whole px."""
        return (compact if self.compact else regular) * self.scale

    def mm(self, millimetres: float) -> int:
        """Return what a length in millimetres takes on this panel, in px, never less."""
        return -int(-millimetres * self.px_per_mm // 1)

    def touchable(self, regular: float, compact: float, millimetres: float) -> int:
        """Return the drawn length, or what a gloved finger needs when that is more."""
        return max(self.px(regular, compact), self.mm(millimetres))

    @property
    def dark(self) -> bool:
        """Tell whether surfaces are dark: small marks then use the bright text colours."""
        return self.high_contrast or self.theme is Theme.DARK

    @property
    def gap(self) -> int:
        """Between parts."""
        return self.px(12, 8)

    @property
    def margin(self) -> int:
        """Round the page."""
        return self.px(16, 10)

    @property
    def bar_height(self) -> int:
        """The top bar."""
        return self.touchable(72, 60, 12)

    @property
    def row_height(self) -> int:
        """The action row at the bottom."""
        return self.touchable(92, 74, 15)

    @property
    def side_width(self) -> int:
        """The context column."""
        return self.px(400, 318)
