"""The touch beside the keypad that takes what lies on the scale."""

from __future__ import annotations

from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button


def weigh_button(sight: Sight) -> tuple[Button, ...]:
    """Return the touch that takes the weight on the scale; while nothing stands still on it, it waits."""
    if not sight.has_scale:
        return ()
    if sight.weight is None:
        return (Button("weigh", sight.language.say("button.weigh"), "scale", False, sight.language.say("disabled.weigh")),)
    amount, unit = sight.weight
    return (Button("weigh", sight.language.say("button.weigh_amount", quantity=sight.language.amount(amount), unit=unit), "scale"),)
