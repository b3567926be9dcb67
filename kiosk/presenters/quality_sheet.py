"""Quality's work on the screens: how a lot stands, what was decided here, and lots that are held together."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.presenters.sheet import Goal, Pad, Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button, DocumentHeader, QuantityTile
from kiosk.presenters.words import limits_of, of_quality
from kiosk.presenters.work_view import set_aside_button, type_lot_button, undo_button
from traceability.events import LotHeld, LotReleased, LotTested, ScopeHeld, ScopeReleased
from traceability.workflows.inspecting import Inspecting
from traceability.workflows.quality_rules import is_measured
from traceability.workflows.working import Asked, Done, Load


def header(state: Inspecting, sight: Sight) -> DocumentHeader:
    """Return what is done here, and about how many lots it was decided."""
    lots = {each.key for each in state.done if each.key is not None}
    count = sight.language.say_of("document.lots", len(lots)) if lots else ""
    return DocumentHeader(sight.say("work.quality"), sight.say("hint.quality"), count=count)


def finish(_state: Inspecting, sight: Sight) -> Button:
    """Return the way out."""
    return Button("home", sight.say("button.home"), "home")


def goal(state: Inspecting, load: Load | None, sight: Sight) -> Goal:
    """Return the lot in hand and how it stands, or how many lots are meant."""
    about = state.question.about if state.question else {}
    return Goal(load.item.description if load and load.item else "", of_quality(about, sight.language))


def actions(state: Inspecting, sight: Sight) -> tuple[Button, ...]:
    """Return the buttons while nothing is asked."""
    if state.question is not None:
        return undo_button(state, sight), type_lot_button(sight)
    several = Button("several", sight.say("button.several"), "schedule")
    return undo_button(state, sight), several, set_aside_button(state, sight), type_lot_button(sight)


def last(state: Inspecting, sight: Sight) -> QuantityTile:
    """Return what was decided last."""
    done = state.done[-1] if state.done else None
    if done is None:
        return QuantityTile(sight.say("title.last_decision"), nothing=sight.say("empty.decisions"))
    return QuantityTile(sight.say("title.last_decision"), number=_named(done), source=_decision(done, sight))


def _named(done: Done) -> str:
    """Return the lot, or the paper that stands for several."""
    paper = done.event.basis_id if isinstance(done.event, ScopeHeld) else None
    return done.key.code if done.key else paper or ""


def _decision(done: Done, sight: Sight) -> str:
    match done.event:
        case LotHeld() | ScopeHeld():
            return sight.say("stands.hold")
        case ScopeReleased():
            return sight.say("kind.scope_release")
        case LotReleased(disposition=stands):
            return sight.say(f"stands.{stands}")
        case LotTested(passed=passed):
            return sight.say("said.passed" if passed else "said.failed")
        case _:
            return ""


def pad(_state: Inspecting, asked: Asked, sight: Sight) -> Pad | None:
    """Return which value is asked, and between which limits it is good."""
    item = asked.load.item if asked.load else None
    if item is None or not is_measured(asked):
        return None
    about = asked.about
    below = any(about.get(side, "").startswith("-") for side in ("low", "high"))
    tested = replace(item, unit=about.get("test_unit", ""), packs={})
    return Pad(tested, about.get("test", ""), limits_of(about, sight.language), signed=below)


_OVER_TILES: Final = {
    "why": "prompt.why_hold",
    "why_all": "prompt.why_hold",
    "window": "prompt.which_time",
    "which_hold": "prompt.which_hold",
}


def question(_state: Inspecting, asked: Asked, sight: Sight) -> str:
    """Return what is asked over the tiles."""
    key = {"why": "prompt.why_hold", "why_all": "prompt.why_hold", "window": "prompt.which_time", "which_hold": "prompt.which_hold"}.get(
        asked.topic
    )
    if key is None:
        return ""
    lots = asked.about.get("lots")
    return f"{sight.say(key)} · {sight.language.say_of('document.lots', int(lots))}" if lots else sight.say(key)


SHEET = Sheet(
    icon="verified",
    header=header,
    finish=finish,
    goal=goal,
    actions=actions,
    last=last,
    pad=pad,
    question=question,
    counts=False,
)
