"""The test card for keyboard scanners: scanned once, it tells how the scanner types here (`lotline calibrate`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from labels import payloads, values
from labels.goods import unknown_key
from labels.label import Label, Payload
from labels.layout import Sheet, matrix, sheet, words
from labels.media import Media
from labels.refused import LabelRefused
from traceability.barcodes.wedge_card import BASELINE, dead_key_barcode

MEDIA: Final = "100x150"
_KEYS: Final = ("dead",)
_STEPS: Final = ("1. Start: lotline calibrate -o FILE", "2. Scan this barcode once.", "3. Do what the screen says next.")
_NEXT_STEP: Final = "Scan it when lotline calibrate asks for {}"


def lay_out(data: Mapping[str, object], media: Media) -> Label | LabelRefused:
    """Lay out the card that every scanner starts with, or with {"dead": "^"} the one for that dead key."""
    if unknown := [key for key in data if key not in _KEYS]:
        return LabelRefused(" ".join(unknown_key(key, _KEYS) for key in unknown))
    if "dead" not in data:
        return _card(sheet(media), "Scanner test card", _STEPS, payloads.plain(BASELINE))
    sign = data["dead"]
    if not (isinstance(sign, str) and len(sign) == 1 and "!" <= sign <= "~"):
        return LabelRefused(f"dead: {values.shown(sign)} is on no key of ASCII; expected one sign such as '^'.")
    return _card(sheet(media), f"Test card: dead key {sign}", (_NEXT_STEP.format(sign),), payloads.plain(dead_key_barcode(sign)))


def _card(on: Sheet, title: str, steps: tuple[str, ...], payload: Payload) -> Label | LabelRefused:
    symbol = matrix(on.media, on.box(8, 46, 84, 84) if on.tall else on.box(2, 2, 50, 46), payload)
    if isinstance(symbol, LabelRefused):
        return symbol
    marks = words(on, on.box(4, 4, 92, 9) if on.tall else on.box(54, 4, 44, 10), title, 7, lines=1 if on.tall else 2)
    for number, step in enumerate(steps):
        place = on.box(4, 18 + number * 8, 92, 6) if on.tall else on.box(54, 17 + number * 10, 44, 9)
        marks += words(on, place, step, 4, lines=1 if on.tall else 2)
    return Label(on.media, on.height_mm, (*marks, symbol))
