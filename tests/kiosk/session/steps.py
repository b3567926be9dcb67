"""What a session is made of: steps, and what a worker has in hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

from kiosk.presenters.views import Keypad, TypeLotView
from tests.kiosk.floor import Floor

#: What is done, and by which name the screen is known that is looked at then.
Steps = list[tuple[str, Callable[[Floor], object]]]


def offered(view: object) -> Iterator[str]:
    """Yield the action of everything on a view that can be pressed."""
    if isinstance(view, tuple):
        for each in view:
            yield from offered(each)
    if not is_dataclass(view):
        return
    if isinstance(view, Keypad | TypeLotView):
        yield from ("key:7", "key:.", "key:back")
    for name in ("action", "user_action"):
        if getattr(view, name, "") and getattr(view, "enabled", True):
            yield getattr(view, name)
    for field in fields(view):
        yield from offered(getattr(view, field.name))


def set_all_aside(floor: Floor) -> None:
    """Everything that was refused was dealt with."""
    while "set_aside" in offered(floor.desk.view()):
        floor.press("set_aside")


def own_labels(floor: Floor, kind: str = "receipt") -> list[str]:
    """The serials of our labels on what was received, made or given back, the first first."""
    return [each["serial"] for event in floor.events(kind) for each in event["data"].get("containers", ())]


def carton(floor: Floor, number: int = -1) -> str:
    """The label of a carton or pallet that was opened here."""
    return f"]C100{floor.events('carton_opened')[number]['data']['sscc']}"


def first(floor: Floor, prefix: str) -> str:
    """The first thing on the screen that can be pressed, of those that begin so."""
    return next(action for action in offered(floor.desk.view()) if action.startswith(prefix))
