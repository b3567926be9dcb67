"""The small stock works on the screens: one look for all. Each has a file of its own that says its icon."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.presenters.sheet import Goal, Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button, DocumentHeader, QuantityTile
from traceability.workflows.step import Ask
from traceability.workflows.stock_works import WORKS
from traceability.workflows.stocking import Stocking
from traceability.workflows.working import Asked, Load


def stock_sheet(icon: str, actions: Callable[[Stocking, Sight], tuple[Button, ...]] | None = None) -> Sheet:
    """Return the sheet of one of them."""
    return Sheet(icon=icon, header=_header, finish=finish, goal=_goal, last=_last, actions=actions, question=question, group="stock")


def _header(state: Stocking, sight: Sight) -> DocumentHeader:
    say, count = sight.language.say, sum(each.key is not None for each in state.done)
    done = sight.language.say_of("document.lots", len({each.key for each in state.done if each.key})) if count else ""
    return DocumentHeader(say(f"work.{state.work}"), _place(state, sight), count=done)


def _place(state: Stocking, sight: Sight) -> str:
    """The place in hand; only a work that takes goods somewhere misses one."""
    wants = state.work in WORKS and WORKS[state.work].to_place
    return state.place.name if state.place else sight.say("empty.place") if wants else ""


def finish(_state: object, sight: Sight) -> Button:
    """Return the way out; the work stays as it is."""
    return Button("home", sight.say("button.home"), "home")


def _goal(_state: Stocking, load: Load | None, _sight: Sight) -> Goal:
    return Goal(load.item.description if load and load.item else "")


def _last(state: Stocking, sight: Sight) -> QuantityTile:
    say, done = sight.language.say, next((each for each in reversed(state.done) if each.key), None)
    if done is None:
        return QuantityTile(say("title.last_done"), nothing=say("empty.done"))
    return QuantityTile(title=say("title.last_done"), number=sight.language.amount(done.amount), unit=done.unit)


def question(_state: object, asked: Asked, sight: Sight) -> str:
    """Return what is asked over the tiles where another work asks it too."""
    return sight.language.say("prompt.whose_lot") if asked.ask is Ask.CHOOSE_LOT else ""
