"""What a command card touches on the screen as it stands: the third tile, the second pack, the first filter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Final

from kiosk.presenters.views import (
    ChoiceView,
    HomeView,
    Keypad,
    LotView,
    QueueView,
    ReceiveView,
    SignInView,
    TypeLotView,
    View,
)
from kiosk.services.station import Outcome
from traceability.workflows.bursts import DOUBLE_READ
from traceability.workflows.step import ScanRef

#: The parts of a view that CHOOSE.n counts, in their order on the screen.
_COUNTED: Final[dict[type, tuple[str, ...]]] = {
    ChoiceView: ("tiles", "others"),
    HomeView: ("tiles", "others"),
    LotView: ("actions",),
    QueueView: ("rows",),
    ReceiveView: ("actions",),
    SignInView: ("languages",),
    TypeLotView: ("matches",),
}


@dataclass(slots=True)
class CardReads:
    """The last card that the screen answered: one pull of the trigger may read it twice (PRODUCT, rule 17)."""

    _scan: ScanRef | None = None
    _touch: str = ""

    def read_again(self, outcome: Outcome) -> bool:
        """Whether this is the same card again from the same scanner, too soon to be meant."""
        (last, touch), scan = (self._scan, self._touch), outcome.scan
        self._scan, self._touch = scan, outcome.touch
        if last is None or scan is None or touch != outcome.touch:
            return False
        return last.device == scan.device and scan.at - last.at < DOUBLE_READ


def touch_on(view: View, touch: str) -> str:
    """Return the action that a card's touch is on this screen; empty where there is nothing to touch."""
    verb, _, number = touch.partition(":")
    if verb not in ("nth", "nth_pack", "nth_filter"):
        return touch
    actions = _actions(view, verb)
    return actions[int(number) - 1] if int(number) <= len(actions) else ""


def offered(view: object) -> Iterator[str]:
    """Yield the action of everything on a view that can be touched now, the keys of its pad too."""
    if isinstance(view, tuple):
        for each in view:
            yield from offered(each)
    if not is_dataclass(view):
        return
    if isinstance(view, Keypad):
        yield from (f"key:{key}" for key in (*"0123456789", ".", "back", "clear"))
    if isinstance(view, TypeLotView):
        yield from (f"key:{key}" for key in (*"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./", "back", "clear"))
    for name in ("action", "user_action"):
        if getattr(view, name, "") and getattr(view, "enabled", True):
            yield getattr(view, name)
    for field in fields(view):
        yield from offered(getattr(view, field.name))


def numbered(view: View) -> dict[str, str]:
    """Return the cards of what can only be reached by where it stands: each action with its CHOOSE.n, PACK.n or FILTER.n."""
    cards = {"nth": "CHOOSE", "nth_pack": "PACK", "nth_filter": "FILTER"}
    return {
        action: f"{card}.{number}" for verb, card in cards.items() for number, action in enumerate(_actions(view, verb), start=1) if action
    }


def _actions(view: View, verb: str) -> tuple[str, ...]:
    if verb == "nth_pack":
        if not isinstance(view, ReceiveView) or not isinstance(view.side, Keypad):
            return ()
        return tuple(button.action for button in (*view.side.packs, *view.actions) if button.action.startswith("pack:"))
    if verb == "nth_filter":
        return tuple(tile.action for tile in view.states) if isinstance(view, QueueView) else ()
    parts = [part for name in _COUNTED.get(type(view), ()) for part in getattr(view, name)]
    return tuple(part.action if getattr(part, "enabled", True) else "" for part in parts)
