"""The colours of the design language. Verdict fills are the same in both themes: the colour that a worker learns never changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Theme(StrEnum):
    """Light for bright docks, dark for the night and the cab."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours as `#RRGGBB`. `on_x` is written on `x`; `x_text` is `x` as text on a surface; `x_soft` a pale ground;
    `track` is what a progress bar runs in."""

    bg: str
    surface: str
    sunken: str
    line: str
    line_strong: str
    track: str
    ink: str
    ink2: str
    ink3: str
    disabled: str
    chrome: str
    on_chrome2: str
    chrome_hi: str
    accent: str
    on_accent: str
    accent_soft: str
    ok_soft: str
    ok_text: str
    warn_soft: str
    warn_text: str
    bad_soft: str
    bad_text: str
    dup_soft: str
    dup_text: str
    on_chrome: str = "#FFFFFF"
    ok: str = "#007A62"
    on_ok: str = "#FFFFFF"
    warn: str = "#FFB81C"
    on_warn: str = "#10181F"
    bad: str = "#BF0F0F"
    on_bad: str = "#FFFFFF"
    dup: str = "#2E3944"
    on_dup: str = "#FFFFFF"
    slate: str = "#10181F"  # the strip under amber and slate verdicts, in both themes


LIGHT = Palette(
    bg="#E7EAED",
    surface="#FFFFFF",
    sunken="#F3F5F7",
    line="#C5CCD3",
    line_strong="#7B8793",
    track="#C5CCD3",
    ink="#10181F",
    ink2="#45525E",
    ink3="#5E6B77",
    disabled="#9AA4AE",
    chrome="#18222C",
    on_chrome2="#B9C4CE",
    chrome_hi="#2A3743",
    accent="#0B57C2",
    on_accent="#FFFFFF",
    accent_soft="#E3EDFC",
    ok_soft="#DBF0EA",
    ok_text="#006652",
    warn_soft="#FFF2D1",
    warn_text="#7A4B00",
    bad_soft="#FBE3E1",
    bad_text="#A80E0E",
    dup_soft="#E4E8EC",
    dup_text="#2E3944",
)

DARK = Palette(
    bg="#0E1318",
    surface="#1B242C",
    sunken="#141B21",
    line="#34414D",
    line_strong="#8694A1",
    track="#34414D",
    ink="#F2F5F7",
    ink2="#B7C2CC",
    ink3="#93A0AC",
    disabled="#5C6873",
    chrome="#05080B",
    on_chrome2="#A9B5C0",
    chrome_hi="#1E2831",
    accent="#7FB2FF",
    on_accent="#0A1420",
    accent_soft="#16304F",
    ok_soft="#0C3A30",
    ok_text="#3FD6B0",
    warn_soft="#3B2D08",
    warn_text="#FFC43D",
    bad_soft="#4A1512",
    bad_text="#FF9A8E",
    dup_soft="#2A343D",
    dup_text="#C9D3DB",
)


def palette_of(theme: Theme, high_contrast: bool = False) -> Palette:
    """Return the colours of a theme; high contrast is the dark one with every line in ink."""
    if high_contrast:
        return replace(DARK, line=DARK.ink, line_strong=DARK.ink, ink2=DARK.ink, ink3=DARK.ink)
    return DARK if theme is Theme.DARK else LIGHT
