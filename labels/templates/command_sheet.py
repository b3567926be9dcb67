"""A sheet of command cards: barcodes that do what a touch does, for gloves and for the far end of the bench."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from labels import payloads, values
from labels.goods import unknown_key
from labels.label import Align, Box, Label, Mark, Text
from labels.layout import Sheet, bars, human_readable, qr, rule, sheet, words
from labels.media import Media
from labels.refused import LabelRefused
from traceability.barcodes.command import command_card

MEDIA: Final = "100x150"
_KEYS: Final = ("title", "cards")
_CARD_KEYS: Final = ("command", "words")
_HEAD: Final = 14  # of the design
_LOWEST_ROW_MM: Final = 14.0  # lower, and the neighbour is scanned by mistake
_HIGHEST_ROW_MM: Final = 26.0


@dataclass(frozen=True, slots=True)
class Card:
    """One command: what a scanner sends, and what people read."""

    text: str
    words: str


def lay_out(data: Mapping[str, object], media: Media) -> Label | LabelRefused:
    """Lay out {"title": …, "cards": [{"command": "MODE.RECEIVE", "words": "Receive"}, …]}."""
    if unknown := [key for key in data if key not in _KEYS]:
        return LabelRefused(" ".join(unknown_key(key, _KEYS) for key in unknown))
    try:
        title, cards = values.prose(data.get("title", "Commands")), _read_cards(data.get("cards"))
    except values.RefusedValueError as refused:
        return LabelRefused(f"cards: {refused.words}")
    on = sheet(media)
    top = on.box(0, 0, 0, _HEAD).height
    row = min((on.height_mm - top) / len(cards), _HIGHEST_ROW_MM)
    if row < _LOWEST_ROW_MM:
        most = int((on.height_mm - top) / _LOWEST_ROW_MM)
        return LabelRefused(f"{len(cards)} cards do not fit on {media.name}; it takes {most}. Use a larger label or two sheets.")
    marks: list[Mark] = [*words(on, on.box(4, 3.5, 92, 8.5), title, 6)]
    for number, card in enumerate(cards):
        drawn = _row(on, Box(0, top + number * row, on.width_mm, row), card)
        if isinstance(drawn, LabelRefused):
            return drawn
        marks += drawn
    return Label(media, on.height_mm, tuple(marks))


def _read_cards(value: object) -> list[Card]:
    if not isinstance(value, list) or not value:
        raise values.RefusedValueError("expected a list of one card or more, such as [{'command': 'UNDO', 'words': 'Undo'}].")
    return [_read_card(card) for card in value]


def _read_card(value: object) -> Card:
    if not isinstance(value, dict) or "command" not in value:
        raise values.RefusedValueError(f"{values.shown(value)} is no card; expected {{'command': 'UNDO', 'words': 'Undo'}}.")
    if unknown := [str(key) for key in value if key not in _CARD_KEYS]:
        raise values.RefusedValueError(unknown_key(unknown[0], _CARD_KEYS))
    command = values.name(41)(value["command"])
    verb, dot, argument = command.partition(".")
    try:
        text = command_card(verb, argument if dot else None)
    except ValueError:
        raise values.RefusedValueError(f"{values.shown(command)} is no command; expected capitals and digits such as 'QTY.5'.") from None
    return Card(text, values.prose(value.get("words", command)) or command)


def _row(on: Sheet, room: Box, card: Card) -> list[Mark] | LabelRefused:
    payload = payloads.plain(card.text)
    left = on.box(4, 0, 58, 0)
    place = Box(left.x, room.y + 2, left.width, room.height - 6.5)
    symbol = bars(on.media, place, payload) or qr(on.media, place, payload)
    if symbol is None:
        return LabelRefused(f"The card {card.text} does not fit on {on.media.name}; use a larger label.")
    right = on.box(64, 0, 32, 0)
    return [
        rule(on, room.y / on.height_mm * on.design_height),
        symbol,
        *human_readable(on, Box(place.x, place.bottom + 0.7, place.width, 3), card.text, 2.2, align=Align.CENTRE),
        Text(Box(right.x, room.y + 1, right.width, room.height - 2), card.words, on.size(6), lines=2, middle=True),
    ]
