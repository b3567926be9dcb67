"""How wide a Zebra printer's own font is: what ^A0 needs for a line of ASCII, so that words can be fitted before they are sent."""

from __future__ import annotations

from typing import Final

#: Height of a capital letter, in heights of the font as ^A0 takes them.
CAPITALS: Final = 0.75

#: Advance widths in thousandths of the font's height, as measured on rendered labels, and the characters that have them.
_WIDTHS: Final = {
    250: "ijl",
    282: " !',.:;/()[]`fIt",
    344: "r",
    375: "z",
    438: "?Jcksvxy",
    469: '"#$*0123456789L\\aeo',
    500: "EFTZ^_bdghnpqu{|}",
    532: "CSV",
    562: "ABKOPQRXY",
    594: "DGR",
    625: "&HNU",
    657: "w",
    750: "Mm",
    812: "W",
    907: "%+-=@",
    1000: "<>~",
}
_WIDTH: Final = {character: width for width, characters in _WIDTHS.items() for character in characters}
#: Printers differ by a little; words must not run out of their box on any.
_SLACK: Final = 1.02


def is_printable(words: str) -> bool:
    """Tell whether ^A0 has every character of `words`."""
    return all(character in _WIDTH for character in words)


def measure(words: str) -> float:
    """Return how wide `words` are, in heights of a capital letter."""
    return sum(_WIDTH[character] for character in words) * _SLACK / 1000 / CAPITALS
