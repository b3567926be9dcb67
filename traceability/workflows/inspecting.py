"""The nouns of quality's work: a lot that is looked at, or several that are to be held together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from traceability.hold_scopes import HeldLot, HoldScope
from traceability.lots import LotKey
from traceability.values import quick
from traceability.workflows.working import Working

NAME: Final = "quality"
#: Times that are offered; others are typed, like 0800-1030 or 08:00-10:30 (of today).
WINDOWS: Final = ("hour", "shift", "today", "yesterday")
TIMES: Final = re.compile(r"([0-9]{2}):?([0-9]{2})\s*[-–]\s*([0-9]{2}):?([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Together:
    """Lots that are to be held by one yes, and why these."""

    basis: Literal["receipt", "work_order", "time_window"]
    name: str
    lots: tuple[LotKey, ...]
    used: tuple[LotKey, ...] = ()  # what went into the work order; a person says whether it is meant too
    since: datetime | None = None
    until: datetime | None = None
    why: str | None = None
    with_used: bool = False


@dataclass(frozen=True, slots=True)
class Releasing:
    """What is held together and may be released by one yes."""

    scopes: tuple[HoldScope, ...]
    lots: tuple[HeldLot, ...]


@quick
@dataclass(frozen=True, slots=True)
class Inspecting(Working):
    """Lots are looked at, one after the other; `together` are those that are asked about, `releasing` those that are held together."""

    together: Together | None = None
    releasing: Releasing | None = None

    def facts(self) -> dict[str, str]:
        """Whose words are meant."""
        return {"workflow": NAME}
