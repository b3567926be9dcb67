"""How long the last action is taken back without a question, and what is asked later."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from traceability.reasons import UNDO, reasons_for
from traceability.workflows.inputs import Circumstances
from traceability.workflows.step import Choice

TOPIC: Final = "undo"
#: Another quantity of what was done: that is taken back, and done anew.
CHANGE: Final = "change"
TAKES_BACK: Final = (TOPIC, CHANGE)
#: Where the plant's policy `undo_minutes` does not say otherwise.
MINUTES: Final = 5


def wants_reason(done_at: datetime, now: Circumstances) -> bool:
    """Whether what was done then is taken back with a reason only; a clock that was set back asks none."""
    return now.at - done_at > timedelta(minutes=int(now.policies.get("undo_minutes", MINUTES)))


def reasons(now: Circumstances) -> tuple[Choice, ...]:
    """Return why something may be taken back: the plant's reasons for it, or ours."""
    return tuple(Choice(each.code, each.said) for each in reasons_for(UNDO, now.reasons))
