"""The kiosk can't do its duty (disk full, clock wrong): scanning is locked, and who to call stands there."""

from __future__ import annotations

from kiosk.presenters.views import FaultView
from kiosk.ui.screens.alarm import Alarm, AlarmScreen


class FaultScreen(AlarmScreen):
    """The alarm of the kiosk itself."""

    def show_view(self, view: FaultView) -> None:
        """Show what is broken and whom to call."""
        facts = tuple(f"{fact.name}  {fact.value}" for fact in view.facts)
        self.show_alarm(Alarm(view.word, view.reason, "", view.contact, view.next_icon, view.next_step, facts[:3], view.button, ""))
