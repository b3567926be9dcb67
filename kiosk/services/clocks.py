"""The station's clock, and one that a script moves."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, at the plant's IANA time zone."""

    zone_name: str = "UTC"

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def monotonic_us(self) -> int:
        """Microseconds that never go back while the machine runs."""
        return time.monotonic_ns() // 1000

    def zone(self) -> str:
        """The plant's time zone."""
        return self.zone_name

    def today(self) -> date:
        """The calendar date at the plant."""
        return self.now().astimezone(ZoneInfo(self.zone_name)).date()


@dataclass(slots=True)
class ScriptClock:
    """A clock that stands still until a script moves it."""

    at: datetime
    zone_name: str = "UTC"
    started: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.at

    def now(self) -> datetime:
        """The moment that the script is at, in UTC."""
        return self.at

    def monotonic_us(self) -> int:
        """Microseconds since the script began; a clock that was set back does not set them back."""
        return max(0, (self.at - self.started) // timedelta(microseconds=1))

    def zone(self) -> str:
        """The plant's time zone."""
        return self.zone_name

    def today(self) -> date:
        """The calendar date at the plant."""
        return self.at.astimezone(ZoneInfo(self.zone_name)).date()

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)

    def set(self, moment: datetime) -> None:
        """Set the clock, as somebody might."""
        self.at = moment.astimezone(UTC)
