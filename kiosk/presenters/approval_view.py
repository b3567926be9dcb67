"""A second person at the screen: whose badge, whose PIN, and why. The PIN is shown as so many dots."""

from __future__ import annotations

from typing import Final

from kiosk.presenters import choices
from kiosk.presenters.sight import Sight
from kiosk.presenters.verdict_view import verdict_hero
from kiosk.presenters.views import Button, ChoiceView, Keypad, Look, PinView, ReadyHero, Tile
from kiosk.presenters.words import choice_in_words, reason_in_words
from traceability.operators import Operator
from traceability.workflows.approvals import Overriding
from traceability.workflows.receiving import Question
from traceability.workflows.working import Asked

DOT: Final = "●"


def approval_view(asked: Asked | Question, dialogue: Overriding, sight: Sight) -> PinView | ChoiceView | None:
    """Return what the second person is asked: the PIN, or the reason; None where the work's own screen asks for the badge."""
    if dialogue.approver is None:
        return None
    return _reasons(asked, dialogue.approver, sight) if dialogue.proven else _pin(asked, dialogue.approver, sight)


def _pin(asked: Asked | Question, person: Operator, sight: Sight) -> PinView:
    language = sight.language
    about = reason_in_words(asked.reason.value if asked.reason else "", asked.about, language)
    ready = ReadyHero(
        language.say("prompt.OVERRIDE_PIN", name=person.name), item=about, hint=language.say("ask.OVERRIDE_PIN"), icon="badge"
    )
    hero = verdict_hero(sight.said, sight.number, language) if sight.said is not None and "approving" in sight.said.about else None
    pad = Keypad(
        title=language.say("title.pin"),
        buffer=DOT * sight.digits,
        unit="",
        set_button=Button("set", language.say("button.set"), "check", look=Look.PRIMARY),
        cancel_button=Button("cancel", language.say("button.cancel")),
        decimal=language.decimal,
        erase=language.say("button.erase"),
    )
    return PinView(sight.top, hero or ready, pad)


def _reasons(asked: Asked | Question, person: Operator, sight: Sight) -> ChoiceView:
    language = sight.language
    tiles = tuple(Tile(f"choose:{each.id}", choice_in_words(each, {}, language)) for each in asked.choices)
    question = language.say("prompt.OVERRIDE_REASON", name=person.name)
    return choices.paged(sight, question, asked.about.get("lot", ""), tiles, language.say("empty.choices"))
