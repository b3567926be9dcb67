"""Every command card of a station, with its words, in sheets that a label printer takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.presenters.language import Language, language_codes, load_language
from kiosk.services.cards import ON_SCREEN, TOUCHES, card_of

CARDS_A_SHEET: Final = 9  # what 100 x 150 mm holds, far enough apart for a scanner
MOST_CHOICES: Final = 8
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS: Final = {"POINT": ".", "DASH": "-", "SLASH": "/"}
#: Cards whose words stand on a button or a tile already.
_WORDS: Final = {
    "UNDO": "button.undo_last",
    "RETURN": "button.return_rest",
    "OTHER": "choice.other_amount",
    "NEXT": "button.more",
    "PREV": "button.earlier",
    "TYPE": "button.type_lot",
    "LIST": "button.choose_order",
    "QUEUE": "work.queue",
    "ENTER": "button.set",
}


def command_sheets(modes: tuple[str, ...], language: Language) -> tuple[dict[str, object], ...]:
    """Return the data of all sheets, for the template `command_sheet`."""
    cards = [{"command": card, "words": words} for card, words in _cards(modes, language)]
    pages = [cards[start : start + CARDS_A_SHEET] for start in range(0, len(cards), CARDS_A_SHEET)]
    title = language.say("title.cards")
    return tuple({"title": f"{title} {number}/{len(pages)}", "cards": page} for number, page in enumerate(pages, start=1))


def _cards(modes: tuple[str, ...], language: Language) -> Iterator[tuple[str, str]]:
    yield from ((verb, _words(verb, language)) for verb in (*TOUCHES, "ENTER", *ON_SCREEN))
    yield from ((f"DIGIT.{digit}", digit) for digit in "1234567890")
    yield from ((f"CHOOSE.{number}", language.say("card.CHOOSE", number=str(number))) for number in range(1, MOST_CHOICES + 1))
    yield from ((f"PACK.{number}", language.say("card.PACK", number=str(number))) for number in range(1, 4))
    yield from ((f"FILTER.{number}", language.say("card.FILTER", number=str(number))) for number in range(1, 5))
    yield from ((card, language.say(f"work.{mode}")) for mode in modes if (card := card_of(f"mode:{mode}")))
    yield "MODE.STOCK", language.say("work.stock")
    yield from ((f"HAND.{hand}", language.say(f"card.HAND_{hand}")) for hand in "LR")
    yield from ((f"LANG.{code.upper()}", load_language(code).name) for code in language_codes())
    yield from ((f"KEY.{letter}", letter) for letter in _LETTERS)


def _words(verb: str, language: Language) -> str:
    """The words of the button that it stands for; of one that has none, its own."""
    keys = (f"card.{verb}1", f"card.{verb}", _WORDS.get(verb, ""), f"button.{TOUCHES.get(verb) or ON_SCREEN.get(verb)}")
    return _SIGNS.get(verb) or next((language.say(key) for key in keys if language.knows(key)), verb.capitalize())
