"""What the words on the command cards mean: a touch of the work, or one that only the screen answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from traceability.workflows.modes import MODES

#: Card to touch, for the rules. A work's own touches each have a line here.
TOUCHES: Final[Mapping[str, str]] = {
    "OK": "confirm",
    "CANCEL": "cancel",
    "UNDO": "undo",
    "HOLD": "hold",
    "RELEASE": "release",
    "SEVERAL": "several",
    "REPRINT": "reprint",
    "FINISH": "finish",
    "BACK": "back",
    "HOME": "home",
    "NOLOT": "no_lot",
    "LINK": "link",
    "BLIND": "blind",
    "CHANGE": "change",
    "SETASIDE": "set_aside",
    "EMPTY": "empty",
    "CLEANOUT": "clean_out",
    "NEWCARTON": "new_carton",
    "NEWPALLET": "new_pallet",
    "CLOSE": "close",
    "UNPACK": "unpack",
    "RETURN": "return",
    "TOGO": "to_go",
    "OTHER": "quantity",
    "SIGNOUT": "sign_out",
    "PHOTO": "photo",
    "MIX": "mix",
    "MAKE": "make",
    "MORELOT": "more_lot",
    "SCRAP": "scrap",
    "SUPERVISOR": "override",
    "WEIGH": "weigh",
}
#: Card to touch, for the screen: it types, turns a page or opens a list, and nothing is recorded but the card.
ON_SCREEN: Final[Mapping[str, str]] = {
    "NEXT": "page:next",
    "PREV": "page:previous",
    "TYPE": "type_lot",
    "LIST": "choose_order",
    "QUEUE": "queue",
    "DETAILS": "details",
    "TRYNOW": "try_now",
    "TRYAGAIN": "try_again",
    "REVIEWED": "reviewed",
    "UNIT": "unit",
    "ERASE": "key:back",
    "CLEAR": "key:clear",
    "POINT": "key:.",
    "DASH": "key:-",
    "SLASH": "key:/",
    "SEAT": "seat",  # the screen shows the seat whose scanner read it
}
#: The same with an argument: the n-th pack, tile or filter that is seen, or a letter of the lot pad.
_NTH: Final[Mapping[str, str]] = {"CHOOSE": "nth", "FILTER": "nth_filter", "PACK": "nth_pack"}
_MOST_NTH: Final = 40
#: The screen takes these where something lies over the work: a list is left, and closing shows first what is closed.
_SCREEN_FIRST: Final = frozenset({"finish", "back", "cancel", "confirm"})
_SHORT_MODES: Final[Mapping[str, str]] = {"RECV": "receive", "CONS": "consume", "PROD": "produce", "QC": "quality"}
_GROUPS: Final = ("STOCK",)


def mode_of(argument: str) -> str | None:
    """Return the kind of work that a MODE card names."""
    named = {mode.upper().replace("_", ""): mode for mode in MODES}
    short = _SHORT_MODES.get(argument)
    return named.get(argument) or (short if short in MODES else None)


def screen_touch(verb: str, argument: str) -> str | None:
    """Return what a card does on the screen, where only the screen answers it."""
    if not argument:
        touch = TOUCHES.get(verb)
        return "nth_pack:1" if verb == "PACK" else touch if touch in _SCREEN_FIRST else ON_SCREEN.get(verb)
    if verb in _NTH and argument.isascii() and argument.isdecimal() and 1 <= int(argument) <= _MOST_NTH:
        return f"{_NTH[verb]}:{int(argument)}"
    if verb == "KEY" and len(argument) == 1:
        return f"key:{argument}"
    if verb == "MODE" and argument in _GROUPS:
        return f"group:{argument.lower()}"
    return None


_OTHERWISE: Final[Mapping[str, str]] = {
    "acknowledge": "OK",
    "change_quantity": "CHANGE",
    "set": "ENTER",
    "key:,": "POINT",
}
_CARDS: Final[Mapping[str, str]] = {**{touch: card for card, touch in (*TOUCHES.items(), *ON_SCREEN.items())}, **_OTHERWISE}


def card_of(action: str) -> str | None:
    """Return the card (VERB or VERB.ARGUMENT) that does what a touch of this action does; None where that hangs on where it stands."""
    verb, _, argument = action.partition(":")
    if action in _CARDS:
        return _CARDS[action]
    match verb:
        case "mode" if argument in MODES:
            return f"MODE.{argument.upper().replace('_', '')}"
        case "language":
            return f"LANG.{argument.upper()}"
        case "seat":
            return "SEAT"
        case "group":
            return f"MODE.{argument.upper()}"
        case "key" if argument.isdecimal():
            return f"DIGIT.{argument}"
        case "key" if len(argument) == 1:
            return f"KEY.{argument.upper()}"
        case _:
            return None
