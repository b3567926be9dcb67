"""Move on the screens. Where a vessel or a line position was scanned, it is said here that it is clean, or empty."""

from __future__ import annotations

from kiosk.presenters.sight import Sight
from kiosk.presenters.stock_sheets import stock_sheet
from kiosk.presenters.views import Button
from kiosk.presenters.work_view import empty_button, set_aside_button, standard_actions, type_lot_button, undo_button
from traceability.workflows.stocking import Stocking


def actions(state: Stocking, sight: Sight) -> tuple[Button, ...]:
    """Return the buttons while nothing is asked."""
    place = state.place
    if place is None or not (place.is_vessel or place.is_position):
        return standard_actions(state, sight)
    return undo_button(state, sight), set_aside_button(state, sight), empty_button(place, sight), type_lot_button(sight)


SHEET = stock_sheet("conveyor_belt", actions)
