"""How long nobody has scanned or touched anything at a seat: the screen dims, then whoever sat there is signed out."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.services.ports import Clock

_MICROSECONDS = 60_000_000


@dataclass(slots=True)
class Idleness:
    """Counts by the clock that is never set; 0 minutes: never. A seat that was never touched has been idle since this began."""

    clock: Clock
    dim_minutes: int = 3
    sign_out_minutes: int = 10
    _began: int = field(init=False)
    _touched: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._began = self.clock.monotonic_us()

    def touched(self, seat: str) -> None:
        """Somebody is there."""
        self._touched[seat] = self.clock.monotonic_us()

    def dims(self, seat: str) -> bool:
        """Whether nobody has been there long enough for the screen to dim."""
        return self._idle_for(seat, self.dim_minutes)

    def leaves(self, seat: str) -> bool:
        """Whether nobody has been there so long that whoever sat there has gone."""
        return self._idle_for(seat, self.sign_out_minutes)

    def _idle_for(self, seat: str, minutes: int) -> bool:
        idle = self.clock.monotonic_us() - self._touched.get(seat, self._began)
        return minutes > 0 and idle >= minutes * _MICROSECONDS
