"""The scale on the screen: the touch that takes what lies on it, and that a quantity came from it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button
from traceability.items import Item
from traceability.units import Quantity, to_base

_A_KILOGRAM: Final = Quantity(Decimal(1), "kg")


def came_by(given: object, weighed: str | None, sight: Sight) -> str:
    """Return where a quantity came from: the scale, a person's fingers, else the label."""
    if weighed:
        return sight.language.say("document.weighed")
    return sight.language.say("document.typed" if given else "document.from_label")


def weigh_button(item: Item, sight: Sight) -> tuple[Button, ...]:
    """Return the touch that takes the weight on the scale; while nothing stands still on it, it waits. What is not weighed has none."""
    if not sight.has_scale or to_base(_A_KILOGRAM, item.unit, item.packs) is None:
        return ()
    if sight.weight is None or sight.weight[0] <= 0:
        return (Button("weigh", sight.language.say("button.weigh"), "scale", False, sight.language.say("disabled.weigh")),)
    amount, unit = sight.weight
    return (Button("weigh", sight.language.say("button.weigh_amount", quantity=sight.language.amount(amount), unit=unit), "scale"),)
