"""The test card for keyboard scanners: what its barcodes say, and what arrived from them, sign by sign.

A keyboard scanner types. Where its keyboard layout is not the computer's, signs arrive as others; a dead key (an accent that
waits for its letter) swallows the sign behind it; GS may arrive as anything or not at all. The card's first barcode holds every
sign of ASCII with spaces between them, so that all this shows; for each dead key that it shows, one more barcode pairs that key
with every sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: The signs that GS1 data may have (CSET 82), then the rest of ASCII's.
COMMON: Final = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
OTHERS: Final = "#$@[\\]^`{|}~"
#: GS, FS, RS, US and EOT.
CONTROLS: Final = "\x1d\x1c\x1e\x1f\x04"
NUL: Final = "\0"

#: The first barcode.
BASELINE: Final = "  " + " ".join(COMMON) + "   " + " ".join(OTHERS) + "".join("    " + sign for sign in CONTROLS) + "    "
_LONGEST: Final = 4096  # characters that one barcode of the card may arrive as


def dead_key_barcode(sign: str) -> str:
    """Return the barcode that shows what the dead key of `sign` makes of each sign behind it."""
    return "".join(sign + other for other in _PRINTABLE)


_PRINTABLE: Final = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the first barcode arrived as: for each sign sent, what came ("" is nothing), and which signs are dead keys."""

    lead: str  # before the card's own text: the AIM identifier, and what the scanner is set to put first
    came: dict[str, str]
    dead: frozenset[str] = field(default_factory=frozenset)  # signs sent that arrived as dead keys
    marked: bool = False  # the host tells a dead key by NUL before what it makes
    terminator: str = ""


def arrival(received: str) -> Arrival | None:
    """Match what was received with the first barcode; None where it can't be that."""
    start = received.find("  ")
    if start < 0 or len(received) > _LONGEST:
        return None
    came: dict[str, str] = {}
    dead: set[str] = set()
    at, marked = start + 2, False
    for sign, gap in [*((sign, 1) for sign in COMMON[:-1]), (COMMON[-1], 3), *((sign, 1) for sign in OTHERS[:-1]), (OTHERS[-1], 4)]:
        key = _key(received, at, gap)
        if key is None:
            return None
        came[sign], at = key.text, key.end
        if key.dead:
            dead.add(sign)
        marked = marked or key.marked
    ends = received[at:].split("    ")
    if len(ends) != len(CONTROLS) + 1:
        return None
    came.update(zip(CONTROLS, ends, strict=False))
    return Arrival(received[:start], came, frozenset(dead), marked, ends[-1])


@dataclass(frozen=True, slots=True)
class _Key:
    text: str
    end: int
    dead: bool = False
    marked: bool = False


def _key(received: str, at: int, gap: int) -> _Key | None:
    """Return what one sign arrived as; the spaces behind it (`gap` of them) tell a dead key: it swallows one."""
    if received[at : at + 1] == " ":
        return _Key("", at + gap) if received[at : at + gap] == " " * gap else None
    if received[at : at + 1] == NUL and received[at + 1 : at + 2] not in ("", " "):
        end = at + 2 + gap - 1
        return _Key(received[at + 1], end, True, True) if received[at + 2 : end].strip(" ") == "" and end <= len(received) else None
    end = at + 1
    if received[end : end + gap] == " " * gap:
        return _Key(received[at], end + gap)
    swallowed = " " * (gap - 1)
    return _Key(received[at], end + gap - 1, True) if at < len(received) and received[end : end + gap - 1] == swallowed else None


def compositions(dead: str, received: str, card: Arrival, accents: Mapping[str, str]) -> dict[str, str] | None:
    """Match the barcode of the dead key `dead`: return for each composed character the two signs that made it.

    `accents` has what each dead key shows by itself (see `accent_of`). None where the barcode can't be that key's.
    """
    text = _body(received, card)
    if text is None:
        return None
    at, mark, made = 0, NUL if card.marked else "", dict[str, str]()
    for sign in _PRINTABLE:
        if card.came[sign] in ("", NUL):
            continue  # a key that the computer does not have makes nothing
        plain = mark + accents[dead] + accents.get(sign, card.came[sign])
        if text.startswith(plain, at):
            at += len(plain)
        elif text.startswith(mark, at) and at + len(mark) < len(text):
            made.setdefault(text[at + len(mark)], dead + sign)
            at += len(mark) + 1
        else:
            return None
    # More than an accent that waits in vain for the last sign: this is another key's barcode.
    return None if text[at:].strip(NUL + accents[dead]) else made


def accent_of(dead: str, received: str, card: Arrival) -> str | None:
    """Return what the dead key `dead` shows before a sign that it can't join, from its barcode; None where that is not it.

    Before a space, as in the first barcode, some computers show another sign.
    """
    text = _body(received, card)
    mark = NUL if card.marked else ""
    if dead not in card.dead or text is None or not text.startswith(mark):
        return None
    accent, behind = text[len(mark) : len(mark) + 1], text[len(mark) + 1 : len(mark) + 2]
    return accent if accent and behind == card.came[_PRINTABLE[0]] else None


def _body(received: str, card: Arrival) -> str | None:
    text = received.removesuffix(card.terminator)
    return text[len(card.lead) :] if text.startswith(card.lead) and len(text) <= _LONGEST else None
