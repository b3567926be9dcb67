"""Which lots went into which: graded edges, walks over them, and the balance of what became of a lot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, Protocol

LotId = int  # the store's own number of a lot


class Grade(StrEnum):
    """How surely one lot went into another."""

    SCANNED = "scanned"
    BACKFLUSHED = "backflushed"  # booked by the recipe, not seen
    POSSIBLE = "possible"  # both were at hand while it was made
    OVERRIDDEN = "overridden"  # seen, and let through by a second person


@dataclass(frozen=True, slots=True)
class Edge:
    """So much of `source` went into `target`; `event` recorded it. `quantity` is in the source's unit."""

    source: LotId
    target: LotId
    quantity: Decimal
    unit: str
    grade: Grade
    event: str


class EdgeBook(Protocol):
    """Where edges are kept. One call answers for a whole level of the walk."""

    def edges_into(self, lots: Collection[LotId]) -> Iterable[Edge]:
        """Return every edge whose target is among `lots`."""

    def edges_out_of(self, lots: Collection[LotId]) -> Iterable[Edge]:
        """Return every edge whose source is among `lots`."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk reached: each lot with its distance from the start (0: the start itself), the edges, and the lots reached surely."""

    start: LotId
    levels: Mapping[LotId, int]
    edges: tuple[Edge, ...]
    sure: frozenset[LotId]


def trace_back(start: LotId, book: EdgeBook) -> Walk:
    """Walk to everything that went into `start`."""
    return _walk(start, book.edges_into, source_of)


def trace_forward(start: LotId, book: EdgeBook) -> Walk:
    """Walk to everything that `start` went into."""
    return _walk(start, book.edges_out_of, target_of)


def source_of(edge: Edge) -> LotId:
    """The lot that was used."""
    return edge.source


def target_of(edge: Edge) -> LotId:
    """The lot that it went into."""
    return edge.target


_End = Callable[[Edge], LotId]


def reached(start: Collection[LotId], onward: Callable[[Collection[LotId]], Iterable[LotId]]) -> dict[LotId, int]:
    """Return every lot that the way leads to, with its distance from the nearest of `start` (0: one of those).

    `onward` says where one step leads from a whole level. Rework makes cycles: a lot that was met is not entered again.
    """
    levels, level, depth = dict.fromkeys(start, 0), set(start), 0
    while level:
        depth += 1
        level = set(onward(level)) - levels.keys()
        levels.update(dict.fromkeys(level, depth))
    return levels


def _walk(start: LotId, edges_of: Callable[[Collection[LotId]], Iterable[Edge]], far_end: _End) -> Walk:
    edges = list[Edge]()

    def onward(level: Collection[LotId]) -> Iterable[LotId]:
        found = list(edges_of(level))
        edges.extend(found)  # those to a lot that was met included
        return map(far_end, found)

    return Walk(start, reached((start,), onward), tuple(edges), _reached_surely(start, edges, far_end))


def _reached_surely(start: LotId, edges: Iterable[Edge], far_end: _End) -> frozenset[LotId]:
    """Walk again, in memory, over what is not merely possible: a lot first met by a doubtful way may have a sure, longer one."""
    near_end = source_of if far_end is target_of else target_of
    onward: dict[LotId, list[LotId]] = {}
    for edge in edges:
        if edge.grade is not Grade.POSSIBLE:
            onward.setdefault(near_end(edge), []).append(far_end(edge))
    sure, waiting = {start}, [start]
    while waiting:
        fresh = set(onward.get(waiting.pop(), ())) - sure
        sure |= fresh
        waiting.extend(fresh)
    return frozenset(sure)


_HUNDRED: Final = Decimal(100)
_PERCENT_STEP: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Balance:
    """What became of a lot, in its base unit. Adjustments without a cause are in none of these, so they stay unaccounted."""

    received: Decimal  # or produced, or counted in as opening stock
    on_hand: Decimal = Decimal(0)
    consumed: Decimal = Decimal(0)
    shipped: Decimal = Decimal(0)
    returned: Decimal = Decimal(0)
    scrapped: Decimal = Decimal(0)
    sampled: Decimal = Decimal(0)

    @property
    def accounted(self) -> Decimal:
        """What is known to be somewhere."""
        return self.on_hand + self.consumed + self.shipped + self.returned + self.scrapped + self.sampled

    @property
    def unaccounted(self) -> Decimal:
        """What is missing; below zero, more was found than came in."""
        return self.received - self.accounted

    @property
    def percent(self) -> Decimal | None:
        """The share that is accounted for, to two places; None where nothing came in."""
        if not self.received:
            return None
        return (self.accounted * _HUNDRED / self.received).quantize(_PERCENT_STEP)
