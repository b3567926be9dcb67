"""The nouns of a count: the place, what was found there so far, and what has to be counted again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from traceability.events import Container
from traceability.lots import LotKey
from traceability.places import Place
from traceability.refusals import Reason
from traceability.values import quick
from traceability.workflows.working import Load, Working


class Unlike(StrEnum):
    """How the books differ from what was found."""

    ELSEWHERE = "elsewhere"  # they have it in another place
    GONE = "gone"  # it was used, shipped or lost
    NOWHERE = "nowhere"  # they never heard of this piece


@quick
@dataclass(frozen=True, slots=True)
class Tally:
    """One thing that was found: a container, or loose goods of a lot; amounts in the base unit. `scans` wait for the count's event."""

    key: LotKey
    amount: Decimal
    unit: str
    description: str
    scans: tuple[str, ...] = ()
    opening: bool = False  # a lot that nobody here knew: it is walked in
    container: str | None = None
    held: Decimal = Decimal(0)  # what the container was thought to hold …
    stood: str = ""  # … and where
    expires_on: date | None = None
    agreed: tuple[Reason, ...] = ()
    serial: str | None = None  # of a piece that has its own
    unlike: Unlike | None = None  # what is odd about finding it here
    labels: tuple[Container, ...] = ()  # that it gets when the count is recorded: walked in, and none of ours is on it
    gtin: str | None = None  # for those labels

    @property
    def is_elsewhere(self) -> bool:
        """Whether the books have it in another place."""
        return self.unlike is Unlike.ELSEWHERE


@quick
@dataclass(frozen=True, slots=True)
class Cause:
    """Why the count of a lot differs from the books, in a person's word: a reason code, or that nobody knows."""

    key: LotKey
    code: str


@quick
@dataclass(frozen=True, slots=True)
class Stocktake(Working):
    """A count, blind: nobody is told what is expected. `again`: lots whose first count was too far off, to be counted once more."""

    place: Place | None = None
    round: int = 1
    tallies: tuple[Tally, ...] = ()
    last: Load | None = None  # the last thing found, for another quantity of it
    again: tuple[LotKey, ...] = ()
    none_left: bool = False  # a person said that what was not found is not there
    causes: tuple[Cause, ...] = ()
    explaining: LotKey | None = None  # whose cause is asked

    def found_of(self, key: LotKey) -> Decimal:
        """How much was found of a lot."""
        return sum((each.amount for each in self.tallies if each.key == key), Decimal(0))

    def cause_of(self, key: LotKey) -> str | None:
        """Return why the count of a lot differs; None where that was not asked."""
        return next((each.code for each in self.causes if each.key == key), None)

    def source_of(self, item: str, lot: str) -> str | None:
        """Return who assigned a lot that is walked in, where a person said so for another part of it."""
        return next((each.key.assigned_by for each in self.tallies if each.opening and (each.key.item, each.key.code) == (item, lot)), None)

    def has_piece(self, item: str, serial: str) -> bool:
        """Whether a piece was found already."""
        return any(each.serial == serial and each.key.item == item for each in self.tallies)

    def document(self) -> tuple[tuple[str, str], ...]:
        """Name the place."""
        return (("place", self.place.name),) if self.place else ()

    def facts(self) -> dict[str, str]:
        """The place, for the words."""
        return {"workflow": "count", **({"place": self.place.name} if self.place else {})}

    def open_scans(self) -> tuple[str, ...]:
        """The scans that no event names yet, those of what was found included."""
        return tuple(dict.fromkeys((*(scan for each in self.tallies for scan in each.scans), *Working.open_scans(self))))
