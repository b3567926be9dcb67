"""How long to wait before the next attempt: exponential back-off with full jitter, so that stations do not come back in step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Backoff:
    """Counts failures. Delays are seconds, drawn evenly (`random`: [0, 1)) from zero to a ceiling that doubles up to `cap`."""

    random: Callable[[], float]
    first: float = 1.0
    cap: float = 60.0
    failures: int = 0

    def delay(self) -> float:
        """Count one more failure; return how long to wait."""
        ceiling = min(self.cap, self.first * 2.0 ** min(self.failures, 30))
        self.failures += 1
        return ceiling * self.random()

    def reset(self) -> None:
        """It worked: begin again with short delays."""
        self.failures = 0
