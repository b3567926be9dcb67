"""Several people at one station: each scanner's scans go to its own seat, and no seat waits for another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.services.pins import PinTyping
from kiosk.services.ports import FIRST_SEAT
from kiosk.services.station import Station, remembered
from traceability.workflows.seat import is_half_done


@dataclass(slots=True)
class Seats:
    """The seats of one station, `first` the one of every scanner that `seat_of` does not name. Not for several threads at once."""

    first: Station
    seat_of: dict[str, str] = field(default_factory=dict)
    stations: dict[str, Station] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = sorted(set(self.seat_of.values()) or {FIRST_SEAT})
        self.first.seat_name = named[0]
        self.stations = {named[0]: self.first}
        for name in named[1:]:
            self._place(name)

    def seat(self, name: str) -> Station:
        """Return one seat; one that no scanner belongs to is put there, and is where it was left."""
        if name not in self.stations:
            self._place(name).resume()
        return self.stations[name]

    def _place(self, name: str) -> Station:
        self.stations[name] = replace(self.first, seat_name=name, typing=PinTyping())
        return self.stations[name]

    def of(self, device: str) -> Station:
        """Return the seat that a scanner belongs to."""
        return self.stations.get(self.seat_of.get(device, FIRST_SEAT), self.first)

    def resume(self) -> int:
        """Go back to where everyone was; return how many scans a crash left without an answer.

        A seat that no scanner belongs to any more is kept while its work is open: somebody has to finish that.
        """
        for name, stored in self.first.journal.seats().items():
            if name not in self.stations and is_half_done(remembered(stored)):
                self._place(name)
        return sum(station.resume() for station in self.stations.values())
