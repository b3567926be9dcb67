"""The colours can be told apart and read: WCAG contrast, computed from the tokens."""

from __future__ import annotations

import dataclasses
import re

import pytest

from kiosk.presenters.views import Mark, Tone
from kiosk.ui.hero import colours_of
from kiosk.ui.marks import badge_colours
from kiosk.ui.style import Style
from kiosk.ui.tokens import DARK, LIGHT, Palette, Theme, palette_of

TEXT = 4.5
CONTROL = 3.0


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours."""
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        *(("ink", ground, TEXT) for ground in ("bg", "surface", "sunken", "accent_soft", "warn_soft", "bad_soft")),
        *(("ink2", ground, TEXT) for ground in ("bg", "surface", "sunken", "accent_soft")),
        ("ink3", "surface", TEXT),
        ("ink3", "bg", TEXT),
        ("line_strong", "surface", CONTROL),
        ("line_strong", "bg", CONTROL),
        ("on_chrome", "chrome", TEXT),
        ("on_chrome2", "chrome", TEXT),
        ("on_chrome", "chrome_hi", TEXT),
        ("accent", "surface", TEXT),
        ("accent", "accent_soft", TEXT),
        ("on_accent", "accent", TEXT),
        *((f"{verdict}_text", "surface", TEXT) for verdict in ("ok", "warn", "bad", "dup")),
        *((f"{verdict}_text", "accent_soft", TEXT) for verdict in ("warn", "bad")),
        *((f"on_{verdict}", verdict, TEXT) for verdict in ("ok", "warn", "bad", "dup")),
    ],
)
def test_what_is_written_can_be_read(palette: Palette, ink: str, ground: str, least: float) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= least


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", Tone)
def test_a_verdict_can_be_read_in_both_themes(palette: Palette, tone: Tone) -> None:
    colours = colours_of(tone, palette)
    assert contrast(colours.on, colours.fill) >= TEXT
    assert contrast(colours.on_strip, colours.strip) >= TEXT


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("mark", Mark)
def test_a_badge_stands_out_on_a_surface(theme: Theme, mark: Mark) -> None:
    style = Style(theme=theme)
    fill, glyph = badge_colours(mark, style)
    assert contrast(fill, glyph) >= CONTROL
    assert contrast(fill, style.palette.surface) >= (
        1.5 if fill == LIGHT.warn else CONTROL
    )  # amber on white: its dark glyph and its shape carry it


def test_verdict_fills_never_change() -> None:
    for name in ("ok", "warn", "bad", "dup", "on_ok", "on_warn", "on_bad", "on_dup"):
        assert getattr(LIGHT, name) == getattr(DARK, name)


def test_only_rejected_and_real_holds_are_striped() -> None:
    assert {tone for tone in Tone if colours_of(tone, LIGHT).stripe} == {Tone.BAD, Tone.HOLD}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_tokens_are_colours(palette: Palette) -> None:
    for field in dataclasses.fields(palette):
        assert re.fullmatch("#[0-9A-F]{6}", getattr(palette, field.name)), field.name


def test_high_contrast_is_dark() -> None:
    palette = Style(high_contrast=True).palette
    assert palette == palette_of(Theme.LIGHT, high_contrast=True)
    assert palette.surface == DARK.surface
    assert palette.line == palette.line_strong == DARK.ink
    assert Style(high_contrast=True).dark
