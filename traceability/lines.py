"""Which lots may be in what is made, beside those that were scanned into it: the rest in a hopper, what mixed in a vessel.

The rule. A lot is at a line position from when it is loaded there until the position is said to be empty, or until another lot is
loaded and the overlap (policy `overlap_minutes`) has passed. A lot is in a vessel until that is cleaned out. An output is being made
from the last output of its order, or from what the order loaded or used first, until it is counted. Every lot that was at hand at any
moment of that may be in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from traceability.events.made import LotInput
from traceability.genealogy import Grade
from traceability.lots import LotKey
from traceability.values import replace

#: How long what was loaded before may still come, where the plant does not say.
OVERLAP: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A lot was put to a line position or into a vessel."""

    place: str
    at: datetime
    key: LotKey
    unit: str
    vessel: bool = False


@dataclass(frozen=True, slots=True)
class Emptied:
    """A position was said to be empty, or a vessel was cleaned out."""

    place: str
    at: datetime


Happened = Loaded | Emptied


@dataclass(frozen=True, slots=True)
class AtHand:
    """What happened where an order is made, oldest first; since when its next output is being made, and when the order was begun."""

    happened: tuple[Happened, ...] = ()
    since: datetime | None = None
    begun: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A lot at a place: `replaced` by another one loaded after it, `gone` where somebody said so."""

    loaded: Loaded
    replaced: datetime | None = None
    gone: datetime | None = None

    def ends(self, overlap: timedelta) -> datetime | None:
        """When nothing of it can come any more; None: it still may."""
        ended = [self.gone] if self.gone else []
        if self.replaced is not None and not self.loaded.vessel:
            ended.append(self.replaced + overlap)
        return min(ended, default=None)


def overlap_of(policies: Mapping[str, str]) -> timedelta:
    """Return how long a lot may still come after another was loaded; a policy that is no number is the default."""
    minutes = policies.get("overlap_minutes", "")
    return timedelta(minutes=int(minutes)) if minutes.isascii() and minutes.isdecimal() and len(minutes) <= 6 else OVERLAP


def stays(happened: Iterable[Happened]) -> tuple[Stay, ...]:
    """Return who was where from when to when; `happened` is told oldest first."""
    found: list[Stay] = []
    for each in happened:
        match each:
            case Emptied(place, at):
                found = [replace(stay, gone=at) if stay.loaded.place == place and stay.gone is None else stay for stay in found]
            case Loaded() if not any(_is_there(stay, each) for stay in found):
                found = [replace(stay, replaced=each.at) if _makes_way(stay, each) else stay for stay in found]
                found.append(Stay(each))
            case Loaded():
                pass  # more of what is there already
    return tuple(found)


def possible_inputs(
    at_hand: AtHand, made_at: datetime, overlap: timedelta, named: Collection[LotKey], made: LotKey | None = None
) -> tuple[LotInput, ...]:
    """Return the lots that may be in an output beside those that are `named` as its inputs; nobody can say how much of them."""
    begun = at_hand.since or made_at
    keys = dict.fromkeys(_came_by(stays(at_hand.happened), begun, made_at, overlap))
    units = {each.key: each.unit for each in at_hand.happened if isinstance(each, Loaded)}
    return tuple(
        LotInput(key.item, key.code, key.assigned_by, Decimal(0), units[key], Grade.POSSIBLE)
        for key in keys
        if key not in named and key != made
    )


def _came_by(among: Iterable[Stay], begun: datetime, made_at: datetime, overlap: timedelta) -> Iterator[LotKey]:
    for stay in among:
        ends = stay.ends(overlap)
        if stay.loaded.at <= made_at and (ends is None or ends > begun):
            yield stay.loaded.key


def _is_there(stay: Stay, loaded: Loaded) -> bool:
    """Whether the lot is there already."""
    same = (stay.loaded.place, stay.loaded.key) == (loaded.place, loaded.key)
    return same and stay.gone is None and stay.replaced is None


def _makes_way(stay: Stay, loaded: Loaded) -> bool:
    return stay.loaded.place == loaded.place and not loaded.vessel and stay.gone is None and stay.replaced is None
