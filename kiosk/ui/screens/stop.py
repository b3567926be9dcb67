"""STOP: recalled, held at the gate, wrong customer. Locks until a hand or a card says that it was seen."""

from __future__ import annotations

from kiosk.presenters.views import StopView
from kiosk.ui.screens.alarm import Alarm, AlarmScreen


class StopScreen(AlarmScreen):
    """The alarm of a lot."""

    def show_view(self, view: StopView) -> None:
        """Show why to stop and what to do."""
        small = tuple(filter(None, (view.hold_list, view.refused_meanwhile)))
        self.show_alarm(
            Alarm(view.word, view.reason, view.lot, view.detail, view.next_icon, view.next_step, small, view.acknowledge, view.hint)
        )
