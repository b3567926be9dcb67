"""The station's one screen: it shows one seat's desk, and beside it what was said last at the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Final

from kiosk.presenters.desk import SEAT, Desk
from kiosk.presenters.health import Health
from kiosk.presenters.idleness import Idleness
from kiosk.presenters.language import SOURCE, Language
from kiosk.presenters.verdict_view import TONES
from kiosk.presenters.views import SeatBand, View
from kiosk.presenters.words import words_of
from kiosk.services.ports import Clock, LotBook, Queue
from kiosk.services.seats import Seats
from kiosk.services.station import Outcome
from traceability.refusals import Verdict
from traceability.workflows.seat import next_ask
from traceability.workflows.step import Said

SWITCH: Final = "seat:"
#: A touch on the dimmed screen: it wakes, and presses nothing that lies under it.
WAKE: Final = "wake"


@dataclass(slots=True)
class Bench:
    """Every seat's desk. Scans go to their scanner's own; touches and typing to the one that is shown."""

    seats: Seats
    book: LotBook
    queue: Queue
    clock: Clock
    first_language: str = SOURCE
    idleness: Idleness | None = None  # None: nobody is ever signed out for doing nothing
    desks: dict[str, Desk] = field(init=False)
    shown: str = field(init=False)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.desks = {
            name: Desk(station, self.book, self.queue, self.clock, first_language=self.first_language, numbers=self._numbers)
            for name, station in self.seats.stations.items()
        }
        self.shown = next(iter(self.desks))

    @property
    def desk(self) -> Desk:
        """The desk that the screen shows."""
        return self.desks[self.shown]

    def scan(self, data: bytes, device: str, at: datetime | None = None, noise: str | None = None) -> Outcome:
        """Take what a scanner delivered, at its own seat; the screen stays with whom it showed, but for the card that turns it."""
        name = self.seats.of(device).seat_name
        self._touched(name)
        outcome = self.desks[name].scan(data, device, at, noise)
        if outcome.touch == SEAT:
            self.shown = name
        return outcome

    def press(self, action: str) -> None:
        """Take a touch: one on the band shows that seat, any other is the shown seat's."""
        self._touched(self.shown)
        if action.startswith(SWITCH):
            if action.removeprefix(SWITCH) in self.desks:
                self.shown = action.removeprefix(SWITCH)
                self._touched(self.shown)
        elif action != WAKE:
            self.desk.press(action)

    def look_who_is_there(self) -> None:
        """Dim the screen where nobody has been for a while, and sign out whoever has gone; the open work stays. Called by a timer."""
        if self.idleness is None:
            return
        somebody_signs_in = self.book.has_operators()
        for name, desk in self.desks.items():
            desk.dimmed = self.idleness.dims(name)
            seat = desk.station.seat
            # A STOP stays for all to see until somebody says that they have stopped.
            here = somebody_signs_in and seat.operator is not None and seat.latched is None
            if here and self.idleness.leaves(name):
                desk.press("idle")

    def _touched(self, name: str) -> None:
        self.desks[name].dimmed = False
        if self.idleness is not None:
            self.idleness.touched(name)

    def view(self) -> View:
        """Return what is to be shown now."""
        return self.desk.view()

    def bands(self) -> tuple[SeatBand, ...]:
        """Return what is to be shown of the other seats; nothing where only one person works."""
        return tuple(_band(name, desk, self.desk.language) for name, desk in self.desks.items() if name != self.shown)

    def note_health(self, changed: Callable[[Health], Health]) -> None:
        """Let every desk know how devices and network are."""
        for desk in self.desks.values():
            desk.health = changed(desk.health)

    def wake_the_wire_by(self, sync_now: Callable[[], None]) -> None:
        """Say what sends what waits at once."""
        for desk in self.desks.values():
            desk.sync_now = sync_now

    def note_clock_offset(self, milliseconds: int) -> None:
        """Let every seat's events say how far the server's clock is from ours."""
        for station in self.seats.stations.values():
            station.clock_offset_ms = milliseconds


def _band(name: str, desk: Desk, language: Language) -> SeatBand:
    seat, said = desk.station.seat, desk.said
    if seat.latched is not None:
        said = Said(seat.latched.verdict, next_ask(seat), seat.latched.reason, seat.latched.about)
    elif said is None or said.verdict not in TONES or seat.operator is None:
        said = Said(Verdict.ASK, next_ask(seat))
    words = words_of(said, language)
    return SeatBand(
        action=f"{SWITCH}{name}",
        name=language.say("seat.name", seat=name),
        user=seat.operator.name if seat.operator else "",
        tone=TONES.get(said.verdict) if said.verdict else None,
        word=words.what,
        lot=said.about.get("lot", ""),
        words=words.next if said.verdict is Verdict.ASK else words.why,
        number=desk.number,
        stopped=seat.latched is not None and seat.latched.verdict is Verdict.STOP,
    )
